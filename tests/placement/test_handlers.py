"""Asked-for work, done by the worker from end to end, leaves the suggestions that a whole run would leave."""

from datetime import date

import pytest
from sqlmodel import Session, select

from placement import queue
from placement.db import Database
from placement.jobs.handlers import HANDLERS
from placement.jobs.worker import Worker
from placement.models import Job, MatchRun, Setting, Suggestion
from placement.states import move
from tests.placement.cast import DAY, OFFICE, add_opening, count_rows, keep
from tests.placement.market import Market

TOMORROW = date(2020, 12, 2)


@pytest.fixture
def people_and_openings(database: Database) -> Market:
    with database.transaction() as session:
        market = Market(session, people=8, offers=5)
        market.openings.append(add_opening(session, company=market.company, remote="remote", closes_on=DAY))
        return market


def work(database: Database, kind: str, subject: str = "", today: date = DAY) -> MatchRun:
    """Ask for one job, do it, and give back the run that it stored."""
    with database.transaction() as session:
        queue.enqueue(session, kind, subject)
    assert Worker(database, HANDLERS, fixed_today=today).work_once()
    with database.reading() as session:
        assert session.exec(select(Job.error).where(Job.state != "done")).all() == []
        return session.exec(select(MatchRun).order_by(MatchRun.id.desc())).first()


def pairs_in(database: Database) -> dict[tuple[int, int], float]:
    with database.reading() as session:
        return {(row.graduate_id, row.opening_id): row.score for row in session.exec(select(Suggestion))}


def leave(session: Session, graduate_id: int, market: Market) -> None:
    graduate = session.get_one(type(market.graduates[0]), graduate_id)
    move(session, graduate, "leave", OFFICE, effective_on=DAY, reason="other")


def test_the_nightly_run_compares_everybody_once(database: Database, people_and_openings: Market):
    run = work(database, "nightly_run")
    assert (run.scope, run.candidates, run.changed) == ("all", 8, len(pairs_in(database)))
    assert run.changed > 0
    assert work(database, "nightly_run").changed == 0


def test_an_edit_is_followed_by_a_rematch_that_a_whole_run_confirms(database: Database, people_and_openings: Market):
    work(database, "nightly_run")
    gone = people_and_openings.graduates[0].id
    with database.transaction() as session:
        leave(session, gone, people_and_openings)
    assert work(database, "rematch_graduate", str(gone)).scope == "graduate"
    assert gone not in {graduate for graduate, _ in pairs_in(database)}
    assert work(database, "rematch_opening", str(people_and_openings.openings[0].id)).scope == "opening"
    assert work(database, "nightly_run").changed == 0


def test_a_job_goes_by_the_fixed_day(database: Database, people_and_openings: Market):
    last_day = people_and_openings.openings[-1].id
    work(database, "nightly_run", today=DAY)
    assert last_day in {opening for _, opening in pairs_in(database)}
    work(database, "nightly_run", today=TOMORROW)
    assert last_day not in {opening for _, opening in pairs_in(database)}


def test_a_job_goes_by_the_day_of_a_loaded_demo(database: Database, people_and_openings: Market):
    with database.transaction() as session:
        keep(session, Setting(name="demo", value={"today": TOMORROW.isoformat()}))
    work(database, "nightly_run", today=DAY)
    assert people_and_openings.openings[-1].id not in {opening for _, opening in pairs_in(database)}


def test_a_subject_that_is_no_number_is_an_error_to_read(database: Database):
    with database.transaction() as session:
        queue.enqueue(session, "rematch_graduate", "somebody")
    Worker(database, HANDLERS).work_once()
    with database.reading() as session:
        assert session.exec(select(Job.error)).one().startswith("ValueError")
        assert count_rows(session, MatchRun) == 0
