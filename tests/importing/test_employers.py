"""Companies, agreements and openings come in once, open and in force, and likes are said, never merged."""

from datetime import date
from pathlib import Path

from sqlmodel import select

from employers.models import Agreement, Company, Contact, Opening, OpeningRequirement
from placement.db import Database
from placement.importing import describe_problem
from placement.models import AgreementProgram, Event
from tests.importing.sheets import TODAY, bring, csv_text, everything, json_lines, row_counts, workbook

COMPANIES = csv_text(
    "기업명,사업자등록번호,상시근로자수,업종코드,담당자,담당자 연락처,법인등록번호",
    "㈜가람데이터,999-81-00015,12,63111,담당자,02-000-0001,110111-1234567",
    "나래소프트,999-81-00029,3명,62010,,,",
)


def codes(problems) -> list[tuple[str, int | None, str | None]]:
    return [(problem.code, problem.row, problem.column) for problem in problems]


def table(database: Database, model) -> list:
    with database.reading() as session:
        return everything(session, model)


def test_companies_come_with_number_size_and_contact(tmp_path: Path, database: Database):
    report = bring(database, tmp_path, "companies", "a.csv", COMPANIES)
    assert (report.created, report.errors, codes(report.warnings)) == (2, [], [("column_dropped", 1, "법인등록번호")])
    first, second = table(database, Company)
    assert (first.business_number, first.size_band, first.name_key, second.size_band) == (
        "9998100015",
        "W10",
        "가람데이터",
        "W5",
    )
    assert [(c.company_id, c.phone) for c in table(database, Contact)] == [(first.id, "020000001")]
    before = row_counts(database)
    assert bring(database, tmp_path, "companies", "a.csv", COMPANIES).unchanged == 2
    assert row_counts(database) == before


def test_a_wrong_check_digit_stops_the_whole_sheet(tmp_path: Path, database: Database):
    report = bring(database, tmp_path, "companies", "a.csv", COMPANIES.replace("00029", "00028"))
    assert codes(report.errors) == [("business_number_check_digit", 3, "사업자등록번호")]
    assert table(database, Company) == []


def test_the_same_name_or_number_under_another_id_is_reported_and_never_merged(tmp_path: Path, database: Database):
    lines = csv_text(
        "기업 id,기업명,사업자등록번호",
        "B1,㈜가람데이터,999-81-00015",
        "B2,가람데이터 주식회사,",
        "B3,가람홀딩스,999-81-00015",
    )
    report = bring(database, tmp_path, "companies", "a.csv", lines)
    assert codes(report.warnings) == [
        ("possible_duplicate_company", 3, "기업명"),
        ("possible_duplicate_number", 4, "사업자등록번호"),
    ]
    assert [(c.key, c.business_number) for c in table(database, Company)] == [
        ("B1", "9998100015"),
        ("B2", None),
        ("B3", None),
    ]
    assert bring(database, tmp_path, "companies", "a.csv", lines).unchanged == 3


def test_a_company_without_id_is_found_by_number_or_by_name_without_legal_form(tmp_path: Path, database: Database):
    bring(database, tmp_path, "companies", "a.csv", COMPANIES)
    lines = csv_text("회사명,사업자번호,지역", "가람 데이터(주),,서울 서초구", "나래소프트웨어,9998100029,서울 강남구")
    report = bring(database, tmp_path, "companies", "b.csv", lines)
    assert (report.changed, report.created) == (2, 0)
    assert [(c.region, c.version) for c in table(database, Company)] == [("서울 서초구", 2), ("서울 강남구", 2)]


OPENINGS = [
    [
        "기업명",
        "채용공고명",
        "필수기술",
        "우대기술",
        "모집인원",
        "고용형태",
        "근무지",
        "근무형태",
        "급여",
        "마감일",
        "시작일",
    ],
    [
        "㈜가람데이터",
        "AI 데이터라벨러",
        "폴리곤 라벨링 중급",
        "엑셀, 검수",
        "3명",
        "계약직",
        "서울 서초구",
        "재택 가능",
        "월 180~200만원",
        "채용시까지 20-12-31",
        "2021. 1. 4.(월)",
    ],
    ["가람데이터", "라벨링 검수자", "검수", "", "00명", "정규직", "", "", "회사내규", date(2020, 12, 20), ""],
]


def test_openings_come_in_open_with_musts_and_their_company(tmp_path: Path, database: Database):
    report = bring(database, tmp_path, "openings", "공고.xlsx", workbook(OPENINGS, titles=["채용공고 목록"]))
    assert (report.created, report.errors, report.beside) == (2, [], {"company": 1})
    assert codes(report.warnings) == [("seats_unsaid", 4, "모집인원")]
    first, second = table(database, Opening)
    assert (first.state, first.source, first.seats, first.remote, first.employment_type) == (
        "open",
        "import",
        3,
        "remote",
        "contract",
    )
    assert (first.pay_min, first.pay_max, first.pay_period) == (1_800_000, 2_000_000, "month")
    assert (first.until_filled, first.closes_on, first.starts_on) == (True, date(2020, 12, 31), date(2021, 1, 4))
    assert (second.pay_max, second.seats, second.closes_on, second.company_id) == (
        None,
        1,
        date(2020, 12, 20),
        first.company_id,
    )
    asked = [(r.skill, r.level, r.must) for r in table(database, OpeningRequirement)]
    assert asked == [("폴리곤 라벨링", 3, True), ("엑셀", None, False), ("검수", None, False), ("검수", None, True)]
    moves = [(e.move, e.from_state, e.to_state, e.effective_on) for e in table(database, Event)]
    assert moves == [("create", None, "draft", TODAY), ("publish", "draft", "open", TODAY)] * 2


def test_the_second_identical_import_of_openings_changes_nothing(tmp_path: Path, database: Database):
    bring(database, tmp_path, "openings", "a.xlsx", workbook(OPENINGS))
    before = row_counts(database)
    again = bring(database, tmp_path, "openings", "a.xlsx", workbook(OPENINGS))
    assert (again.unchanged, again.changed, again.created, again.beside) == (2, 0, 0, {})
    assert row_counts(database) == before


def test_a_changed_opening_replaces_what_it_asks(tmp_path: Path, database: Database):
    lines = [{"id": "K1", "company": "기업-1", "title": "개발자", "skills": ["Java", "Spring"]}]
    bring(database, tmp_path, "openings", "a.jsonl", json_lines(lines))
    report = bring(database, tmp_path, "openings", "a.jsonl", json_lines([{**lines[0], "skills": ["Kotlin"]}]))
    assert (report.changed, [o.version for o in table(database, Opening)]) == (1, [2])
    assert [(r.skill, r.must, r.level) for r in table(database, OpeningRequirement)] == [("Kotlin", False, None)]


def test_an_id_twice_and_an_opening_of_another_company_are_errors(tmp_path: Path, database: Database):
    bring(database, tmp_path, "openings", "a.csv", csv_text("id,기업명,공고명", "K1,가람,개발자"))
    lines = csv_text("id,기업명,공고명", "K1,나래,개발자", "K2,나래,개발자", "K2,나래,검수자")
    report = bring(database, tmp_path, "openings", "b.csv", lines)
    assert codes(report.errors) == [("opening_of_other_company", 2, "기업명"), ("id_twice", 4, "id")]
    assert len(table(database, Company)) == 1


def test_a_yearly_heading_makes_a_yearly_pay(tmp_path: Path, database: Database):
    bring(database, tmp_path, "openings", "a.csv", csv_text("기업명,공고명,연봉(만원)", '가람,개발자,"3,000"'))
    assert [(o.pay_period, o.pay_min) for o in table(database, Opening)] == [("year", 30_000_000)]


def test_unknown_words_name_the_possible_ones(tmp_path: Path, database: Database):
    report = bring(database, tmp_path, "openings", "a.csv", csv_text("기업명,공고명,고용형태", "가람,개발자,아무거나"))
    assert describe_problem(report.errors[0]) == (
        "2행 [고용형태] 쓸 수 없는 값입니다: 아무거나. 쓸 수 있는 값: 정규직, 계약직, 인턴, 프리랜서, 시간제"
    )


AGREEMENTS = csv_text(
    "기업명,사업자등록번호,협약유형,협약일,협약만료일,채용예정인원,사업",
    "㈜가람데이터,999-81-00015,취업협약,2020-09-01,2021-08-31,5,블록체인 칼리지",
    "나래소프트,,인턴 참여기업,2019-03-02,2020-03-01,,",
)


def test_agreements_are_in_force_until_their_term_has_passed(tmp_path: Path, database: Database):
    report = bring(database, tmp_path, "agreements", "a.csv", AGREEMENTS)
    assert (report.created, report.errors) == (2, [])
    assert [(a.kind, a.state) for a in table(database, Agreement)] == [
        ("employment", "in_force"),
        ("internship", "ended"),
    ]
    with database.reading() as session:
        days = session.exec(
            select(Event.move, Event.effective_on).where(Event.entity == "agreement").order_by(Event.id)
        ).all()
        assert len(session.exec(select(AgreementProgram)).all()) == 1
    assert days[0:2] == [("create", date(2020, 9, 1)), ("enter_into_force", date(2020, 9, 1))]
    assert days[-1] == ("expire", date(2020, 3, 2))
    assert bring(database, tmp_path, "agreements", "a.csv", AGREEMENTS).unchanged == 2


def test_a_later_sheet_ends_an_agreement_and_another_day_is_a_new_edition(tmp_path: Path, database: Database):
    bring(database, tmp_path, "agreements", "a.csv", AGREEMENTS)
    lines = csv_text(
        "사업자등록번호,협약일,해지일,해지사유",
        "999-81-00015,2020-09-01,2020-11-30,사업 종료",
        "999-81-00015,2020-12-01,,",
    )
    report = bring(database, tmp_path, "agreements", "b.csv", lines)
    assert (report.changed, report.created) == (1, 1)
    assert [(a.edition, a.state) for a in table(database, Agreement) if a.kind == "employment"] == [
        (1, "ended"),
        (2, "in_force"),
    ]


def test_an_agreement_does_not_end_before_it_was_signed(tmp_path: Path, database: Database):
    lines = csv_text("기업명,사업자등록번호,협약일,해지일", "㈜가람데이터,999-81-00015,2020-09-01,2020-08-31")
    report = bring(database, tmp_path, "agreements", "a.csv", lines)
    assert codes(report.errors) == [("days_out_of_order", 2, "해지일")]


def test_an_agreement_without_its_day_is_an_error(tmp_path: Path, database: Database):
    report = bring(database, tmp_path, "agreements", "a.csv", csv_text("기업명,협약일", "가람,"))
    assert codes(report.errors) == [("value_missing", 2, "협약일")]
