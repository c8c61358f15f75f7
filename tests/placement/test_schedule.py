"""The clock puts due work into the queue once: not twice at a time, and once for all that was missed."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from apscheduler.triggers.cron import CronTrigger
from sqlmodel import col, select

from employers.columns import now
from placement import queue
from placement.calendars import SEOUL
from placement.db import Database
from placement.heartbeats import beat, is_alive
from placement.jobs.handlers import HANDLERS
from placement.jobs.schedule import SCHEDULE, Due, queue_due, run_clock
from placement.models import Heartbeat, Job

NIGHTLY = Due("nightly_run", CronTrigger(hour=2, minute=0, timezone=SEOUL))
EVERY_SECOND = Due("nightly_run", CronTrigger(second="*", timezone=SEOUL))


def jobs_of(database: Database) -> list[Job]:
    with database.reading() as session:
        return list(session.exec(select(Job).order_by(col(Job.id))))


def last_beat(database: Database, at: datetime) -> None:
    with database.transaction() as session:
        session.merge(Heartbeat(name="clock", at=at))


def queue_missed(database: Database) -> None:
    with database.transaction() as session:
        queue_due(session, (NIGHTLY,))


def last_two_o_clock() -> datetime:
    today = now().astimezone(SEOUL).replace(hour=2, minute=0, second=0, microsecond=0)
    return today if today <= now() else today - timedelta(days=1)


def test_a_fresh_database_has_missed_nothing(database: Database):
    queue_missed(database)
    assert jobs_of(database) == []


def test_three_missed_nights_are_made_up_once(database: Database):
    last_beat(database, last_two_o_clock() - timedelta(days=2, hours=1))
    queue_missed(database)
    queue_missed(database)
    (job,) = jobs_of(database)
    assert job.due_at == last_two_o_clock() - timedelta(days=2)


def test_who_stopped_after_the_night_has_missed_nothing(database: Database):
    last_beat(database, last_two_o_clock() + timedelta(seconds=1))
    queue_missed(database)
    assert jobs_of(database) == []


def test_what_is_queued_with_one_heartbeat_is_not_queued_with_the_next(database: Database):
    last_beat(database, last_two_o_clock() - timedelta(seconds=3))
    for _ in range(2):
        with database.transaction() as session:
            queue_due(session, (NIGHTLY,))
            beat(session, "clock")
    assert len(jobs_of(database)) == 1


def clocks_until(database: Database, is_done: Callable[[], bool], *clocks: tuple[Due, ...]) -> None:
    stopping = threading.Event()
    threads = [threading.Thread(target=run_clock, args=(database, stopping, schedule)) for schedule in clocks]
    for thread in threads:
        thread.start()
    end = now() + timedelta(seconds=10)
    while not is_done() and now() < end:
        stopping.wait(0.05)
    stopping.set()
    for thread in threads:
        thread.join(timeout=10)
        assert not thread.is_alive()


@pytest.fixture
def quick_beats(monkeypatch) -> None:
    monkeypatch.setattr("placement.jobs.worker.BEAT_S", 0.1)


@pytest.mark.usefixtures("quick_beats")
def test_the_clock_queues_what_falls_due_and_shows_a_pulse(sqlite_database: Database):
    clocks_until(sqlite_database, lambda: len(jobs_of(sqlite_database)) >= 2, (EVERY_SECOND,))
    moments = [job.due_at for job in jobs_of(sqlite_database)]
    assert len(moments) == len(set(moments)) >= 2
    with sqlite_database.reading() as session:
        assert is_alive(session, "clock")


@pytest.mark.usefixtures("quick_beats")
def test_two_clocks_on_one_database_queue_nothing_twice(postgres_url: str):
    database = Database(postgres_url)
    clocks_until(database, lambda: len(jobs_of(database)) >= 3, (EVERY_SECOND,), (EVERY_SECOND,))
    moments = [job.due_at for job in jobs_of(database)]
    assert len(moments) == len(set(moments)) >= 3
    database.close()


@pytest.mark.usefixtures("quick_beats")
def test_what_falls_due_while_the_database_says_no_is_queued_afterwards(sqlite_database: Database, monkeypatch):
    two = last_two_o_clock()
    last_beat(sqlite_database, two - timedelta(seconds=1))
    enqueue, refused = queue.enqueue, iter([True, True])

    def enqueue_on_the_third_try(session, kind: str, subject: str = "", *, due_at: datetime | None = None) -> None:
        if next(refused, False):
            raise OSError("the database restarts")
        enqueue(session, kind, subject, due_at=due_at)

    monkeypatch.setattr(queue, "enqueue", enqueue_on_the_third_try)
    clocks_until(sqlite_database, lambda: bool(jobs_of(sqlite_database)), (NIGHTLY,))
    assert [job.due_at for job in jobs_of(sqlite_database)] == [two]


@pytest.mark.usefixtures("quick_beats")
def test_a_clock_that_can_queue_nothing_does_not_look_alive(sqlite_database: Database, monkeypatch):
    hour_ago = now() - timedelta(hours=1)
    last_beat(sqlite_database, hour_ago)
    tries: list[int] = []

    def refuse(*_: object) -> None:
        tries.append(1)
        raise ValueError("a broken table of times")

    monkeypatch.setattr("placement.jobs.schedule.queue_due", refuse)
    clocks_until(sqlite_database, lambda: len(tries) >= 3, (NIGHTLY,))
    with sqlite_database.reading() as session:
        assert session.get_one(Heartbeat, "clock").at == hour_ago
        assert not is_alive(session, "clock")


@pytest.mark.parametrize("due", SCHEDULE, ids=lambda due: due.kind)
def test_what_is_scheduled_can_be_done_and_is_due_in_seoul(due: Due):
    assert due.kind in HANDLERS
    assert due.trigger.timezone == SEOUL


def test_the_nightly_run_is_due_at_two_in_seoul():
    (nightly,) = [due for due in SCHEDULE if due.kind == "nightly_run"]
    noon = datetime(2020, 12, 1, 12, 0, tzinfo=SEOUL)
    assert nightly.trigger.get_next_fire_time(None, noon) == datetime(2020, 12, 2, 2, 0, tzinfo=SEOUL)
