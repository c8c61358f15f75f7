"""Past internships, offers, conversions and hires become dated moves, and the article's rates come out of them."""

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from placement.db import Database
from placement.figures.rates import rates
from placement.importing import describe_problem
from placement.models import Conversion, Event, Graduate, Placement
from tests.importing.sheets import bring, csv_text, everything, row_counts, workbook

FIRST_DAY, LAST_DAY = date(2020, 3, 2), date(2020, 6, 1)
INTERNS = [f"인턴{letter}" for letter in "가나다라마바사아자차카타파하거너"]
HOSTS = [f"㈜참여{letter}" for letter in "가나다라마바사아자차카타"]
HOST_OF = [*range(12), *range(4)]


def graduates() -> bytes:
    rows = [[name, f"010-0000-{number:04}", "AI칼리지 청년인턴", "1차"] for number, name in enumerate(INTERNS)]
    return workbook([["성명", "연락처", "과정", "기수"], *rows], titles=["청년인턴 명단"])


def companies() -> bytes:
    return workbook([["기업명", "협약유형", "협약일"], *([name, "인턴 참여기업", date(2020, 2, 20)] for name in HOSTS)])


def wide() -> bytes:
    """Twelve were offered, six of them converted, three declined, three let it pass; four were not offered."""
    header = [
        "성명",
        "연락처",
        "기업명",
        "인턴 시작일",
        "인턴 종료일",
        "전환 제의일",
        "전환 결과",
        "결정일",
        "사유",
        "정규직 시작일",
    ]
    rows = []
    for number, name in enumerate(INTERNS):
        offer = date(2020, 5, 18) if number < 12 else ""
        result = "전환" if number < 6 else "거절" if number < 9 else "무응답" if number < 12 else "미제의"
        decided = date(2020, 5, 25) if number < 9 else ""
        start = date(2020, 7, 1) if number < 6 else ""
        host = HOSTS[HOST_OF[number]].replace("㈜", "(주) ")
        rows.append([name, f"010-0000-{number:04}", host, FIRST_DAY, LAST_DAY, offer, result, decided, "", start])
    return workbook([header, *rows], titles=["제1차 청년인턴 결과", "기준일: 2020. 9. 23."])


def long() -> str:
    lines = ["성명,기업명,구분,일자,종료일"]
    for number, name in enumerate(INTERNS):
        who = f"{name},{HOSTS[HOST_OF[number]]}"
        lines.append(f"{who},인턴,2020-03-02,2020-06-01")
        if number < 12:
            lines.append(f"{who},전환 제의,2020-05-18,")
        if number < 6:
            lines += [f"{who},수락,2020-05-25,", f"{who},전환,2020-07-01,"]
        elif number < 9:
            lines.append(f"{who},거절,2020-05-25,")
        elif number >= 12:
            lines.append(f"{who},미제의,2020-06-01,")
    return csv_text(*lines)


def told(database: Database) -> list[tuple[str, int, int]]:
    with database.reading() as session:
        found = rates(session, as_of=date(2020, 9, 23))
    return [(rate.name, rate.numerator, rate.denominator) for rate in found if rate.program is None]


def codes(problems) -> list[tuple[str, int | None, str | None]]:
    return [(problem.code, problem.row, problem.column) for problem in problems]


@pytest.fixture
def known(database: Database, tmp_path: Path) -> Database:
    bring(database, tmp_path, "graduates", "g.xlsx", graduates())
    bring(database, tmp_path, "agreements", "c.xlsx", companies())
    return database


ARTICLE = {
    ("offer_rate_of_interns", 12, 16),
    ("acceptance_rate_of_offers", 6, 12),
    ("conversion_rate_of_interns", 6, 16),
}


@pytest.mark.parametrize(("name", "content"), [("o.xlsx", wide()), ("o.csv", long())])
def test_the_articles_internship_comes_out_of_three_sheets(tmp_path: Path, known: Database, name: str, content):
    report = bring(known, tmp_path, "outcomes", name, content)
    assert (report.errors, report.stored) == ([], True)
    assert set(told(known)) >= ARTICLE
    with known.reading() as session:
        assert {p.state for p in everything(session, Placement)} == {"completed"}
        assert all(p.cohort_id for p in everything(session, Placement))


@pytest.mark.parametrize(("name", "content"), [("o.xlsx", wide()), ("o.csv", long())])
def test_the_second_identical_import_changes_nothing(tmp_path: Path, known: Database, name: str, content):
    bring(known, tmp_path, "outcomes", name, content)
    before = row_counts(known)
    again = bring(known, tmp_path, "outcomes", name, content)
    assert (again.unchanged, again.created, again.changed, again.errors) == (again.read, 0, 0, [])
    assert row_counts(known) == before


def test_moves_happened_on_the_days_of_the_sheet_and_were_typed_now(tmp_path: Path, known: Database):
    bring(known, tmp_path, "outcomes", "o.xlsx", wide())
    with known.reading() as session:
        first = everything(session, Conversion)[0]
        trail = session.exec(
            select(Event).where(Event.entity == "conversion", Event.entity_id == first.id).order_by(Event.id)
        )
        moves = [(event.move, event.effective_on.isoformat(), event.at.year >= 2026) for event in trail]
    assert moves == [
        ("create", "2020-05-04", True),
        ("offer", "2020-05-18", True),
        ("accept", "2020-05-25", True),
        ("start", "2020-07-01", True),
    ]
    assert (first.state, first.contract_starts_on) == ("started", date(2020, 7, 1))


HEAD = "성명,기업명,인턴 시작일,인턴 종료일,전환 제의일,전환 결과,결정일,정규직 시작일"


def test_a_later_sheet_continues_what_the_log_holds(tmp_path: Path, known: Database):
    line = "인턴가,참여가,2020-09-01,2020-11-30"
    bring(known, tmp_path, "outcomes", "a.csv", csv_text(HEAD, f"{line},,,,"))
    report = bring(
        known, tmp_path, "outcomes", "b.csv", csv_text(HEAD, f"{line},2020-11-20,수락,2020-11-25,2021-01-01")
    )
    with known.reading() as session:
        (conversion,) = everything(session, Conversion)
    assert (report.changed, conversion.state, conversion.contract_starts_on) == (1, "accepted", date(2021, 1, 1))


def test_another_story_than_the_log_is_an_error(tmp_path: Path, known: Database):
    line = "인턴가,참여가,2020-03-02,2020-06-01,2020-05-18"
    bring(known, tmp_path, "outcomes", "a.csv", csv_text(HEAD, f"{line},거절,2020-05-25,"))
    report = bring(known, tmp_path, "outcomes", "b.csv", csv_text(HEAD, f"{line},수락,2020-05-25,"))
    assert codes(report.errors) == [("outcome_differs_from_log", 2, None)]


def test_a_running_internship_is_active_and_without_answer(tmp_path: Path, known: Database):
    bring(known, tmp_path, "outcomes", "a.csv", csv_text(HEAD, "인턴가,참여가,2020-11-16,2021-02-15,,,,"))
    with known.reading() as session:
        assert [(p.state, p.kind) for p in everything(session, Placement)] == [("active", "internship")]
        assert everything(session, Conversion) == []


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ("2020-05-18,미전환,,", "expired"),
        ("2020-06-05,미전환,,", "expired"),  # offered after the last day: it ran out no earlier than it was made
        (",미전환,,", "not_offered"),
        ("아니오,,,", "not_offered"),
        ("예,거절,2020-05-25,", "declined"),
        (",전환,,2020-07-01", "started"),
        ("2020-05-18,기업 철회,,", "withdrawn_by_employer"),
        ("2020-05-18,,,", "offered"),
        (",,,", "pending"),
    ],
)
def test_the_words_of_an_office_become_states(tmp_path: Path, known: Database, cells: str, state: str):
    report = bring(known, tmp_path, "outcomes", "a.csv", csv_text(HEAD, f"인턴가,참여가,2020-03-02,2020-06-01,{cells}"))
    with known.reading() as session:
        assert (report.errors, [c.state for c in everything(session, Conversion)]) == ([], [state])


def test_hires_tell_whether_the_office_or_the_person_found_the_job(tmp_path: Path, known: Database):
    lines = csv_text(
        "성명,기업명,취업일,취업경로,고용형태",
        "인턴가,참여가,2020-11-20,알선,정규직",
        "인턴나,참여나,2020-11-23,본인취업,계약직",
    )
    report = bring(known, tmp_path, "outcomes", "a.csv", lines)
    with known.reading() as session:
        hires = [(p.kind, p.source, p.employment_type, p.state) for p in everything(session, Placement)]
    assert report.errors == []
    assert hires == [("employment", "referral", "regular", "active"), ("employment", "self", "contract", "active")]


def test_unknown_people_and_companies_are_errors_that_ask_back(tmp_path: Path, known: Database):
    lines = csv_text(
        HEAD,
        "아무개,참여가,2020-03-02,2020-06-01,,,,",
        "인턴가,참여나라,2020-03-02,2020-06-01,,,,",
        "인턴나,모르는회사,2020-03-02,2020-06-01,,,,",
    )
    report = bring(known, tmp_path, "outcomes", "a.csv", lines)
    assert codes(report.errors) == [
        ("graduate_unknown", 2, "성명"),
        ("company_alike", 3, "기업명"),
        ("company_unknown", 4, "기업명"),
    ]


def test_a_company_name_with_a_slip_is_asked_about(tmp_path: Path, known: Database):
    bring(known, tmp_path, "companies", "c.csv", csv_text("기업명", "가람데이터시스템"))
    report = bring(
        known, tmp_path, "outcomes", "a.csv", csv_text(HEAD, "인턴가,가람데이타시스템,2020-03-02,2020-06-01,,,,")
    )
    assert "혹시 ‘가람데이터시스템’입니까?" in describe_problem(report.errors[0])


def test_two_people_of_one_name_need_their_contact(tmp_path: Path, known: Database):
    bring(known, tmp_path, "graduates", "g.csv", csv_text("성명,연락처", "인턴가,010-0000-9999"))
    report = bring(known, tmp_path, "outcomes", "a.csv", csv_text(HEAD, "인턴가,참여가,2020-03-02,2020-06-01,,,,"))
    assert codes(report.errors) == [("graduate_ambiguous", 2, "성명")]
    with known.reading() as session:
        assert len(everything(session, Graduate)) == 17


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ("2020-06-01,2020-03-02,,,,", "days_out_of_order"),
        ("2020-03-02,2020-06-01,2020-05-18,수락,2020-05-01,", "days_out_of_order"),
        ("2020-03-02,2020-06-01,2020-05-18,미제의,,", "offer_contradicts_decision"),
        (",,2020-05-18,수락,,", "value_missing"),
    ],
)
def test_days_that_cannot_follow_each_other_are_refused(tmp_path: Path, known: Database, cells: str, code: str):
    report = bring(known, tmp_path, "outcomes", "a.csv", csv_text(HEAD, f"인턴가,참여가,{cells}"))
    assert [problem.code for problem in report.errors] == [code]
