"""The clock puts due work into the queue once: not twice in a minute, and once for all that was missed."""

import threading
from datetime import datetime, timedelta

import pytest
from apscheduler.triggers.cron import CronTrigger
from sqlmodel import col, select

from employers.columns import now
from placement.calendars import SEOUL
from placement.db import Database
from placement.heartbeats import is_alive
from placement.jobs.handlers import HANDLERS
from placement.jobs.schedule import SCHEDULE, Due, make_up_missed, run_clock, tick
from placement.models import Heartbeat, Job

NIGHTLY = Due("nightly_run", CronTrigger(hour=2, minute=0, timezone=SEOUL))
EVERY_SECOND = Due("nightly_run", CronTrigger(second="*", timezone=SEOUL))


def jobs_of(database: Database) -> list[Job]:
    with database.reading() as session:
        return list(session.exec(select(Job).order_by(col(Job.id))))


def last_beat(database: Database, at: datetime) -> None:
    with database.transaction() as session:
        session.merge(Heartbeat(name="clock", at=at))


def last_two_o_clock() -> datetime:
    today = now().astimezone(SEOUL).replace(hour=2, minute=0, second=0, microsecond=0)
    return today if today <= now() else today - timedelta(days=1)


def test_two_ticks_in_a_minute_are_one_job(database: Database, monkeypatch):
    for second in (0, 59):
        moment = datetime(2020, 12, 1, 2, 0, second, 500, tzinfo=SEOUL)
        monkeypatch.setattr("placement.jobs.schedule.now", lambda moment=moment: moment)
        tick(database, NIGHTLY)
    (job,) = jobs_of(database)
    assert (job.kind, job.state) == ("nightly_run", "queued")
    assert job.due_at == datetime(2020, 12, 1, 2, 0, tzinfo=SEOUL)


def test_ticks_of_two_minutes_are_two_jobs(sqlite_database: Database, monkeypatch):
    for minute in (0, 1):
        moment = datetime(2020, 12, 1, 2, minute, tzinfo=SEOUL)
        monkeypatch.setattr("placement.jobs.schedule.now", lambda moment=moment: moment)
        tick(sqlite_database, NIGHTLY)
    assert len(jobs_of(sqlite_database)) == 2


def test_a_fresh_database_has_missed_nothing(database: Database):
    make_up_missed(database, (NIGHTLY,))
    assert jobs_of(database) == []


def test_three_missed_nights_are_made_up_once(database: Database):
    last_beat(database, last_two_o_clock() - timedelta(days=2, hours=1))
    make_up_missed(database, (NIGHTLY,))
    make_up_missed(database, (NIGHTLY,))
    (job,) = jobs_of(database)
    assert job.due_at == last_two_o_clock() - timedelta(days=2)


def test_who_stopped_after_the_night_has_missed_nothing(database: Database):
    last_beat(database, last_two_o_clock() + timedelta(seconds=1))
    make_up_missed(database, (NIGHTLY,))
    assert jobs_of(database) == []


def test_a_restart_right_after_a_tick_does_not_repeat_it(database: Database, monkeypatch):
    two = last_two_o_clock()
    last_beat(database, two - timedelta(seconds=3))
    monkeypatch.setattr("placement.jobs.schedule.now", lambda: two + timedelta(seconds=1))
    tick(database, NIGHTLY)
    make_up_missed(database, (NIGHTLY,))
    assert len(jobs_of(database)) == 1


def run_for(database: Database, seconds: float, *clocks: tuple[Due, ...]) -> None:
    stopping = threading.Event()
    threads = [threading.Thread(target=run_clock, args=(database, stopping, schedule)) for schedule in clocks]
    for thread in threads:
        thread.start()
    stopping.wait(seconds)
    stopping.set()
    for thread in threads:
        thread.join(timeout=10)
        assert not thread.is_alive()


def test_the_clock_queues_what_is_due_and_shows_a_pulse(sqlite_database: Database):
    run_for(sqlite_database, 2.2, (EVERY_SECOND,))
    minutes = [job.due_at for job in jobs_of(sqlite_database)]
    assert 1 <= len(minutes) <= 2
    assert all(now() - due < timedelta(minutes=2) for due in minutes)
    with sqlite_database.reading() as session:
        assert is_alive(session, "clock")


def test_two_clocks_on_one_database_queue_nothing_twice(postgres_url: str):
    database = Database(postgres_url)
    run_for(database, 2.2, (EVERY_SECOND,), (EVERY_SECOND,))
    minutes = [job.due_at for job in jobs_of(database)]
    assert minutes
    assert len(minutes) == len(set(minutes))
    database.close()


@pytest.mark.parametrize("due", SCHEDULE, ids=lambda due: due.kind)
def test_what_is_scheduled_can_be_done_and_is_due_in_seoul(due: Due):
    assert due.kind in HANDLERS
    assert due.trigger.timezone == SEOUL


def test_the_nightly_run_is_due_at_two_in_seoul():
    (nightly,) = [due for due in SCHEDULE if due.kind == "nightly_run"]
    noon = datetime(2020, 12, 1, 12, 0, tzinfo=SEOUL)
    assert nightly.trigger.get_next_fire_time(None, noon) == datetime(2020, 12, 2, 2, 0, tzinfo=SEOUL)
