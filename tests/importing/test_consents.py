"""Signed papers come in with the list of people: each is recorded once, and none brings a withdrawn consent back."""

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, select

from placement import moving
from placement.access import office_actor
from placement.consents import load_consent_documents, record_collect_consent, standing_collect_consent
from placement.db import Database
from placement.importing import ImportReport, describe_problem, describe_report
from placement.models import Consent, ConsentDocument, Event, Graduate
from placement.texts import speak
from tests.importing.sheets import bring, csv_text, everything, row_counts

OFFICE = office_actor("office@ieum.example")
SIGNED, LATER, LATEST = date(2020, 9, 14), date(2020, 10, 5), date(2020, 11, 2)


@pytest.fixture(autouse=True)
def texts(database: Database) -> None:
    with database.transaction() as session:
        load_consent_documents(session)


def take_in(database: Database, folder: Path, *people: str, head: str = "동의일", **options: bool) -> ImportReport:
    """A sheet of 성명, 연락처 and the columns of `head`; a person is `name,` and what stands below these."""
    rows = [f"{name},010-0000-000{n},{said}" for n, (name, _, said) in enumerate(p.partition(",") for p in people)]
    return bring(database, folder, "graduates", "명단.csv", csv_text(f"성명,연락처,{head}", *rows), **options)


def consents(database: Database) -> list[Consent]:
    with database.reading() as session:
        return everything(session, Consent)


def add_edition(session: Session) -> None:
    first = session.exec(select(ConsentDocument).where(ConsentDocument.kind == "collect_use")).one()
    session.add(ConsentDocument(**first.model_dump(exclude={"id", "edition"}), edition=2))


def withdraw(session: Session, on: date) -> None:
    consent = session.exec(select(Consent).where(Consent.state == "given")).one()
    moving.advance(session, consent, "withdraw", OFFICE, effective_on=on, channel="phone", note="전화로 철회")


def codes(problems) -> list[tuple[str, int | None, str | None]]:
    return [(problem.code, problem.row, problem.column) for problem in problems]


def test_a_signed_paper_comes_in_with_the_person_and_stands(database: Database, tmp_path: Path):
    report = take_in(database, tmp_path, "가온,2020. 9. 14.(월)", "나린,")
    assert (report.created, report.errors, report.warnings) == (2, [], [])
    assert report.beside == {"consent": 1}
    with database.reading() as session:
        person = session.exec(select(Graduate).where(Graduate.name == "가온")).one()
        other = session.exec(select(Graduate).where(Graduate.name == "나린")).one()
        consent = standing_collect_consent(session, person.id)
        assert standing_collect_consent(session, other.id) is None
        line = session.exec(select(Event).where(Event.entity == "consent")).one()
        edition = session.get_one(ConsentDocument, consent.document_id)
    assert (consent.kind, consent.channel, consent.given_on, consent.recorded_by) == (
        *("collect_use", "paper"),
        *(SIGNED, "import"),
    )
    assert consent.note
    assert (edition.kind, edition.edition) == ("collect_use", 1)
    assert (line.entity_id, line.move, line.to_state, line.effective_on) == (consent.id, "create", "given", SIGNED)
    assert (line.actor, line.note) == ("import", consent.note)


def test_the_second_identical_import_records_nothing(database: Database, tmp_path: Path):
    take_in(database, tmp_path, "가온,2020-09-14", "나린,2020-09-14")
    before = row_counts(database)
    report = take_in(database, tmp_path, "가온,2020-09-14", "나린,2020-09-14")
    assert (report.unchanged, report.changed, report.warnings, report.beside) == (2, 0, [], {})
    assert row_counts(database) == before


def test_the_paper_of_somebody_known_is_a_change_that_leaves_the_persons_row_alone(database: Database, tmp_path: Path):
    take_in(database, tmp_path, "가온,")
    report = take_in(database, tmp_path, "가온,2020-09-14")
    assert (report.created, report.changed, report.beside) == (0, 1, {"consent": 1})
    with database.reading() as session:
        assert everything(session, Graduate)[0].version == 1
    assert [one.given_on for one in consents(database)] == [SIGNED]


@pytest.mark.parametrize(
    ("said", "head", "code", "column"),
    [
        ("2020-12-02", "동의일", "consent_to_come", "동의일"),
        ("1020-09-14", "동의일", "date_out_of_range", "동의일"),
        ("2020-09-31", "동의일", "date_impossible", "동의일"),
        ("미동의", "동의일", "date_shape", "동의일"),
        ("2020-09-14,7", "동의일,동의서 판", "edition_unknown", "동의서 판"),
        ("2020-09-14,0", "동의일,동의서 판", "number_too_small", "동의서 판"),
        (",1", "동의일,동의서 판", "value_missing", "동의일"),
    ],
)
def test_what_is_wrong_is_said_by_row_and_column_and_nobody_is_stored(
    database: Database, tmp_path: Path, said: str, head: str, code: str, column: str
):
    before = row_counts(database)
    good = f"가온,2020-09-14{',1' if ',' in head else ''}"
    report = take_in(database, tmp_path, good, f"나린,{said}", head=head)
    assert (codes(report.errors), report.stored) == ([(code, 3, column)], False)
    assert row_counts(database) == before


def test_keep_good_records_the_papers_of_the_good_rows_alone(database: Database, tmp_path: Path):
    report = take_in(database, tmp_path, "가온,2020-09-14", "나린,2021-01-01", keep_good=True)
    assert (report.created, report.refused, len(consents(database))) == (1, 1, 1)


def test_a_dry_run_says_how_many_and_records_none(database: Database, tmp_path: Path):
    report = take_in(database, tmp_path, "가온,2020-09-14", dry_run=True)
    assert (report.beside, consents(database)) == ({"consent": 1}, [])


def test_without_a_text_nobody_can_have_consented(database: Database, tmp_path: Path):
    with database.transaction() as session:
        for document in everything(session, ConsentDocument):
            session.delete(document)
    report = take_in(database, tmp_path, "가온,2020-09-14")
    assert codes(report.errors) == [("consent_document_missing", 2, "동의일")]


def test_the_sheet_says_to_which_edition(database: Database, tmp_path: Path):
    with database.transaction() as session:
        add_edition(session)
    take_in(database, tmp_path, "가온,2020-09-14,제1판", "나린,2020-09-14,", head="동의일,동의서 판")
    with database.reading() as session:
        editions = [session.get_one(ConsentDocument, one.document_id).edition for one in everything(session, Consent)]
    assert editions == [1, 2]


def test_a_paper_on_record_is_known_again_when_there_is_a_newer_text(database: Database, tmp_path: Path):
    take_in(database, tmp_path, "가온,2020-09-14")
    with database.transaction() as session:
        add_edition(session)
    assert take_in(database, tmp_path, "가온,2020-09-14").unchanged == 1
    assert len(consents(database)) == 1


def test_a_paper_to_a_newer_text_is_recorded_beside_the_one_before(database: Database, tmp_path: Path):
    take_in(database, tmp_path, "가온,2020-09-14")
    with database.transaction() as session:
        add_edition(session)
    report = take_in(database, tmp_path, "가온,2020-10-05")
    assert (report.changed, report.warnings) == (1, [])
    assert [one.given_on for one in consents(database)] == [SIGNED, LATER]


@pytest.mark.parametrize("said", ["2020-09-14", "2020-11-02"])
def test_a_consent_on_record_stays_as_it_is_and_the_other_day_is_said(database: Database, tmp_path: Path, said: str):
    take_in(database, tmp_path, "가온,")
    with database.transaction() as session:
        person = session.exec(select(Graduate)).one()
        record_collect_consent(session, person, OFFICE, channel="phone", note="통화", on=LATER)
    report = take_in(database, tmp_path, f"가온,{said}")
    assert (report.unchanged, codes(report.warnings)) == (1, [("consent_stands", 2, "동의일")])
    assert [(one.given_on, one.channel) for one in consents(database)] == [(LATER, "phone")]


@pytest.mark.parametrize("said", ["2020-09-14", "2020-10-01", "2020-10-05"])
def test_a_paper_from_before_a_withdrawal_brings_nothing_back(database: Database, tmp_path: Path, said: str):
    take_in(database, tmp_path, "가온,2020-09-14")
    with database.transaction() as session:
        withdraw(session, LATER)
    report = take_in(database, tmp_path, f"가온,{said}")
    assert (report.unchanged, codes(report.warnings)) == (1, [("consent_withdrawn", 2, "동의일")])
    assert "2020-10-05" in describe_problem(report.warnings[0])
    assert [one.state for one in consents(database)] == ["withdrawn"]


def test_a_paper_signed_after_the_withdrawal_is_a_consent_of_its_own(database: Database, tmp_path: Path):
    take_in(database, tmp_path, "가온,2020-09-14")
    with database.transaction() as session:
        withdraw(session, LATER)
    assert take_in(database, tmp_path, "가온,2020-11-02").changed == 1
    assert [(one.given_on, one.state) for one in consents(database)] == [(SIGNED, "withdrawn"), (LATEST, "given")]
    again = take_in(database, tmp_path, "가온,2020-11-02")
    assert (again.unchanged, again.warnings) == (1, [])


def test_a_withdrawal_that_was_a_mistake_leaves_the_paper_known(database: Database, tmp_path: Path):
    take_in(database, tmp_path, "가온,2020-09-14")
    with database.transaction() as session:
        withdraw(session, LATER)
        moving.take_back(session, session.exec(select(Consent)).one(), OFFICE, effective_on=LATER)
    report = take_in(database, tmp_path, "가온,2020-09-14")
    assert (report.unchanged, report.warnings, len(consents(database))) == (1, [], 1)


def test_a_consent_that_came_in_meanwhile_is_seen(database: Database, tmp_path: Path):
    """`test_storing_at_once` asks it of every table; here of the consents' own rows."""
    take_in(database, tmp_path, "가온,")

    def record(rows):
        with database.transaction() as session:
            person = session.exec(select(Graduate)).one()
            if standing_collect_consent(session, person.id) is None:
                record_collect_consent(session, person, OFFICE, channel="phone", note="통화", on=LATER)
        return rows

    report = take_in(database, tmp_path, "가온,2020-09-14", progress=record)
    assert (report.unchanged, len(consents(database))) == (1, 1)


def test_what_came_in_is_said_in_both_languages(database: Database, tmp_path: Path):
    report = take_in(database, tmp_path, "가온,2020-09-14")
    assert describe_report(report)[1] == "함께 기록한 동의 1"
    speak("en")
    try:
        assert describe_report(report)[1] == "consents recorded along the way: 1"
    finally:
        speak("ko")
