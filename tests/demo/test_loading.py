"""Checks when a demo may be loaded, that the seed decides everything, and that removing it leaves nothing."""

import time
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func
from sqlmodel import Session, col, select

from employers.models import Company
from placement.access import office_actor
from placement.accounts import create_account
from placement.calendars import demo_today
from placement.consents import load_consent_documents, standing_collect_consent
from placement.db import Database, metadata
from placement.demo import DemoRefusedError, load, remove
from placement.demo.postings import TODAY
from placement.figures.rates import rates
from placement.models import Account, Consent, Event, Graduate, Job, MatchRun, Opening, Program, Setting, Suggestion
from placement.skills import load_shipped_vocabulary
from placement.states import move

DRAWN_ANEW = {"created_at", "updated_at", "recorded_at", "at", "due_at", "code", "password_hash", "session_stamp"}


def row_counts(session: Session) -> dict[str, int]:
    return {
        table.name: session.connection().execute(select(func.count()).select_from(table)).scalar_one()
        for table in metadata.sorted_tables
    }


def rows(session: Session) -> dict[str, list[tuple]]:
    """Every row of every table, without moments and secrets."""
    found = {}
    for table in metadata.sorted_tables:
        columns = [column for column in table.columns if column.name not in DRAWN_ANEW]
        found[table.name] = session.connection().execute(select(*columns).order_by(*table.primary_key)).all()
    return found


def rows_of_new_demo(sqlite_files, seed: int) -> dict[str, list[tuple]]:
    url = sqlite_files.create()
    database = Database(url)
    with database.transaction() as session:
        load(session, seed=seed)
        found = rows(session)
    database.close()
    sqlite_files.drop(url)
    return found


def office_account(session: Session, email: str = "office@example.org") -> Account:
    known = {"name": "가", "role": "manager", "password_hash": "-", "today": TODAY}
    return create_account(session, office_actor("office"), email=email, **known)


def refusal_of(action, *arguments, **named) -> str:
    with pytest.raises(DemoRefusedError) as refused:
        action(*arguments, **named)
    return refused.value.code


def test_loading_says_what_was_loaded(session):
    summary = load(session)
    assert (summary.programs, summary.cohorts, summary.people, summary.companies) == (3, 4, 148, 59)
    assert (summary.applications, len(summary.accounts)) == (175, 5)
    assert summary.openings >= 30
    assert demo_today(session) == summary.today == date(2020, 12, 1)


def test_the_rates_come_out_on_both_databases(session):
    load(session)
    said = [(r.numerator, r.denominator, r.percent) for r in rates(session, as_of=date(2020, 12, 1))[:3]]
    assert said == [(12, 16, "75.0"), (6, 12, "50.0"), (6, 16, "37.5")]


def test_everybody_of_the_demo_has_agreed_to_collecting_and_using_and_the_log_tells_it(session):
    load(session)
    people = list(session.exec(select(Graduate.id)))
    assert all(standing_collect_consent(session, number) for number in people)
    collecting = select(Consent.id).where(Consent.kind == "collect_use")
    of_consents = (Event.entity == "consent", Event.move == "create", col(Event.entity_id).in_(collecting))
    born = select(func.count()).select_from(Event).where(*of_consents)
    assert session.exec(born).one() == len(people) == 148


def test_the_same_seed_brings_the_same_rows(sqlite_files):
    assert rows_of_new_demo(sqlite_files, 7) == rows_of_new_demo(sqlite_files, 7)


def test_another_seed_brings_other_people_but_the_same_counts(sqlite_files):
    one, other = rows_of_new_demo(sqlite_files, 7), rows_of_new_demo(sqlite_files, 8)
    assert one["graduate"] != other["graduate"]
    fixed = ("graduate", "company", "placement", "conversion", "application", "enrolment", "agreement", "opening")
    assert [len(one[name]) for name in fixed] == [len(other[name]) for name in fixed]


@pytest.mark.parametrize("seed", [0, 99, -5])
def test_any_seed_can_be_loaded(sqlite_files, seed):
    assert len(rows_of_new_demo(sqlite_files, seed)["graduate"]) == 148


def test_loading_takes_less_than_eight_seconds(sqlite_files):
    began = time.process_time()
    rows_of_new_demo(sqlite_files, 2020)
    assert time.process_time() - began < 8


def test_a_second_demo_is_refused(session):
    load(session)
    before = row_counts(session)
    assert refusal_of(load, session) == "demo_exists"
    assert row_counts(session) == before


def test_an_unknown_scenario_is_refused(session):
    assert refusal_of(load, session, scenario="fairy-tale") == "unknown_scenario"


@pytest.mark.parametrize(
    "row",
    [
        Graduate(key="G-1", name="가나"),
        Company(key="C-1", name="누리솔", name_key="누리솔"),
        Program(key="labeling", name="과정"),
    ],
    ids=lambda row: type(row).__name__,
)
def test_a_database_with_people_companies_or_programs_is_refused(session, row):
    session.add(type(row)(**row.model_dump()))
    session.flush()
    before = row_counts(session)
    assert refusal_of(load, session) == "data_exists"
    assert row_counts(session) == before


def test_an_account_of_the_office_with_a_demo_address_is_refused(session):
    office_account(session, "manager@example.com")
    assert refusal_of(load, session) == "address_taken"


def test_removing_leaves_no_row_of_the_demo_nor_of_what_was_done_with_it(session):
    load_shipped_vocabulary(session)
    load_consent_documents(session)
    office_account(session)
    before = row_counts(session)
    load(session)
    run = MatchRun()
    session.add_all([run, Job(kind="rematch_graduate", subject="1", due_at=datetime(2020, 12, 1, tzinfo=UTC))])
    session.flush()
    graduate, opening = session.exec(select(Graduate)).first(), session.exec(select(Opening)).first()
    pair = Suggestion(graduate_id=graduate.id, opening_id=opening.id, run_id=run.id, score=80)
    session.add(pair)
    session.flush()
    move(session, pair, "shortlist", office_actor("test"), effective_on=date(2020, 12, 1))
    remove(session)
    assert row_counts(session) == before
    assert session.exec(select(Account.email)).all() == ["office@example.org"]


def test_a_demo_can_be_loaded_again_after_it_was_removed(session):
    load(session)
    remove(session)
    assert load(session, seed=1).people == 148


def test_removing_never_touches_data_of_the_office(session):
    session.add(Graduate(key="G-1", name="가나"))
    session.flush()
    before = row_counts(session)
    assert refusal_of(remove, session) == "no_demo"
    assert row_counts(session) == before


def test_other_settings_stay(session):
    session.add(Setting(name="region", value="서초구"))
    session.flush()
    load(session)
    remove(session)
    assert session.exec(select(Setting.name)).all() == ["region"]
