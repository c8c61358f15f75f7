"""A job is done whole or again: whatever a handler or a writer does wrong, nothing half-written stays."""

import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import Session, select, update

from employers.columns import now
from placement import queue
from placement.db import Database
from placement.heartbeats import is_alive
from placement.jobs.handlers import HANDLERS, LIMITS
from placement.jobs.worker import Handler, Worker
from placement.models import Job, Setting
from tests.placement.cast import DAY, count_rows


def ask(database: Database, kind: str = "note", subject: str = "7") -> None:
    with database.transaction() as session:
        queue.enqueue(session, kind, subject, due_at=now() - timedelta(hours=1))


def job_of(database: Database) -> Job:
    with database.reading() as session:
        return session.exec(select(Job)).one()


def notes_in(database: Database) -> list[str]:
    with database.reading() as session:
        return [setting.name for setting in session.exec(select(Setting))]


def note(_database: Database, subject: str, _today: date | None) -> Callable[[Session], None]:
    return lambda session: session.add(Setting(name=subject, value=1))


def broken_handler(_database: Database, _subject: str, _today: date | None):
    raise ValueError("no such graduate")


def broken_writer(_database: Database, subject: str, _today: date | None):
    def write(session: Session) -> None:
        session.add(Setting(name=subject, value=1))
        session.flush()
        raise ValueError("the pen broke")

    return write


def worker(database: Database, handler: Handler = note, **given) -> Worker:
    handlers: Mapping[str, Handler] = {"note": handler}
    return Worker(database, handlers, **given)


def test_a_due_job_is_written_and_done(database: Database):
    ask(database)
    assert worker(database).work_once() is True
    assert notes_in(database) == ["7"]
    assert (job_of(database).state, job_of(database).error) == ("done", None)
    assert worker(database).work_once() is False


@pytest.mark.parametrize(
    ("handler", "said"),
    [(broken_handler, "ValueError: no such graduate"), (broken_writer, "ValueError: the pen broke")],
)
def test_after_an_error_the_job_is_back_with_the_error_and_nothing_is_written(database: Database, handler, said: str):
    ask(database)
    assert worker(database, handler).work_once() is True
    job = job_of(database)
    assert (job.state, job.error, job.attempts) == ("queued", said, 1)
    assert job.due_at > now()
    assert notes_in(database) == []


def test_a_kind_that_nobody_knows_goes_back_too(database: Database):
    ask(database, kind="fly")
    worker(database).work_once()
    assert job_of(database).error.startswith("KeyError")


def test_after_a_failure_the_same_job_can_succeed(database: Database):
    ask(database)
    worker(database, broken_writer).work_once()
    with database.transaction() as session:
        session.execute(update(Job).values(due_at=now()))
    worker(database).work_once()
    assert job_of(database).state == "done"
    assert notes_in(database) == ["7"]


def taken_over(database: Database, subject: str, today: date | None):
    """A handler so slow that its lease runs out and another worker does the job."""
    with database.transaction() as session:
        session.execute(update(Job).values(leased_until=now() - timedelta(seconds=1)))
    worker(database, lambda *_: lambda session: session.add(Setting(name="by the other", value=1))).work_once()
    return note(database, subject, today)


def test_who_lost_the_lease_writes_nothing(database: Database):
    ask(database)
    assert worker(database, taken_over).work_once() is True
    assert notes_in(database) == ["by the other"]
    assert job_of(database).state == "done"


def test_without_the_question_whose_job_it_is_it_would_be_written_twice(sqlite_database: Database, monkeypatch):
    monkeypatch.setattr(queue, "finish", lambda *_: True)
    ask(sqlite_database)
    worker(sqlite_database, taken_over).work_once()
    assert sorted(notes_in(sqlite_database)) == ["7", "by the other"]


def test_a_handler_gets_the_subject_and_the_fixed_day(database: Database):
    heard: list[tuple[str, date | None]] = []

    def listen(_database: Database, subject: str, today: date | None):
        heard.append((subject, today))
        return lambda _session: None

    ask(database, subject="42")
    worker(database, listen, fixed_today=DAY).work_once()
    assert heard == [("42", DAY)]


def test_no_transaction_is_open_while_a_handler_computes(sqlite_database: Database):
    def compute(database: Database, subject: str, today: date | None):
        with database.transaction() as session:  # would wait for the lock that the worker held
            session.add(Setting(name="meanwhile", value=1))
        return note(database, subject, today)

    ask(sqlite_database)
    worker(sqlite_database, compute).work_once()
    assert sorted(notes_in(sqlite_database)) == ["7", "meanwhile"]


def run_until(database: Database, is_done: Callable[[], bool], **given) -> None:
    stopping = threading.Event()
    thread = threading.Thread(target=worker(database, **given).run, args=(stopping,))
    thread.start()
    end = now() + timedelta(seconds=10)
    while not is_done() and now() < end:
        stopping.wait(0.02)
    stopping.set()
    thread.join(timeout=10)
    assert not thread.is_alive()


def test_a_running_worker_finds_its_work_shows_a_pulse_and_stops_when_told(database: Database):
    ask(database)
    run_until(database, lambda: job_of(database).state == "done")
    with database.reading() as session:
        assert is_alive(session, "worker")
        assert count_rows(session, Setting) == 1


def test_while_a_job_is_worked_on_its_lease_grows_with_the_pulse(sqlite_database: Database, monkeypatch):
    monkeypatch.setattr("placement.jobs.worker.BEAT_S", 0.05)
    grown = threading.Event()

    def slow(database: Database, subject: str, today: date | None):
        with database.transaction() as session:
            session.execute(update(Job).values(leased_until=now() + timedelta(seconds=1)))
        end = now() + timedelta(seconds=10)
        while not grown.is_set() and now() < end:
            if job_of(database).leased_until > now() + timedelta(minutes=1):
                grown.set()
        return note(database, subject, today)

    ask(sqlite_database)
    stopping = threading.Event()
    thread = threading.Thread(target=worker(sqlite_database, slow).run, args=(stopping,))
    thread.start()
    assert grown.wait(10)
    stopping.set()
    thread.join(timeout=10)
    assert job_of(sqlite_database).state == "done"


def test_a_worker_outlives_a_moment_in_which_the_database_says_no(sqlite_database: Database, monkeypatch):
    claim, refused = queue.claim, iter([True])

    def claim_on_the_second_try(session: Session, owner: str) -> Job | None:
        if next(refused, False):
            raise OSError("the database restarts")
        return claim(session, owner)

    monkeypatch.setattr(queue, "claim", claim_on_the_second_try)
    ask(sqlite_database)
    run_until(sqlite_database, lambda: job_of(sqlite_database).state == "done")
    assert notes_in(sqlite_database) == ["7"]


@pytest.fixture
def released() -> Iterator[threading.Event]:
    """What a hanging handler waits for; the test's end lets it go."""
    is_over = threading.Event()
    yield is_over
    is_over.set()


AT_ONCE = {"note": timedelta(milliseconds=50)}


def hanging(released: threading.Event, gone: threading.Event) -> Handler:
    """A handler that never gets on until it is released; then it tries to write all the same, and says it is gone."""

    def hang(_database: Database, _subject: str, _today: date | None) -> Callable[[Session], None]:
        released.wait(30)

        def write(session: Session) -> None:
            session.add(Setting(name="too late", value=1))
            event_of_the_end(session, gone)

        return write

    return hang


def event_of_the_end(session: Session, gone: threading.Event) -> None:
    event.listen(session, "after_commit", lambda _session: gone.set())
    event.listen(session, "after_rollback", lambda _session: gone.set())


def make_due(database: Database) -> None:
    with database.transaction() as session:
        session.execute(update(Job).values(due_at=now()))


def test_a_job_that_never_ends_is_put_back_and_said_and_the_worker_goes_on(
    database: Database, released: threading.Event, caplog: pytest.LogCaptureFixture
):
    gone = threading.Event()
    ask(database)
    first = worker(database, hanging(released, gone), limits=AT_ONCE)
    assert first.work_once() is True
    job = job_of(database)
    assert (job.state, job.error) == ("queued", "HangingJobError: no end within 0:00:00.050000")
    assert "job note 7 failed" in caplog.text
    assert first.work_once() is False

    make_due(database)
    assert worker(database).work_once() is True
    assert job_of(database).state == "done"
    released.set()
    assert gone.wait(10)
    assert notes_in(database) == ["7"]


def test_the_lease_of_a_hanging_job_grows_no_more_once_its_time_is_over(
    sqlite_database: Database, released: threading.Event
):
    ask(sqlite_database)
    first = worker(sqlite_database, hanging(released, threading.Event()), limits=AT_ONCE)
    first.work_once()
    with sqlite_database.transaction() as session:
        first.keep_lease(session)
        assert queue.extend(session, job_of(sqlite_database), first.name) is False


def test_a_hanging_job_that_comes_back_does_not_end_the_later_attempt_of_its_own_worker(
    sqlite_database: Database, released: threading.Event
):
    gone = threading.Event()
    ask(sqlite_database)
    one = worker(sqlite_database, hanging(released, gone), limits=AT_ONCE)
    one.work_once()
    make_due(sqlite_database)
    with sqlite_database.transaction() as session:
        assert queue.claim(session, one.name) is not None
    released.set()
    assert gone.wait(10)
    assert (job_of(sqlite_database).state, notes_in(sqlite_database)) == ("running", [])


def test_a_job_that_hangs_each_time_is_given_up(sqlite_database: Database, released: threading.Event):
    ask(sqlite_database)
    for _attempt in range(queue.MAX_ATTEMPTS):
        make_due(sqlite_database)
        worker(sqlite_database, hanging(released, threading.Event()), limits=AT_ONCE).work_once()
    assert job_of(sqlite_database).state == "dead"


def test_every_kind_has_a_limit_longer_than_a_lease_is_short():
    assert set(LIMITS) == set(HANDLERS)
    assert all(limit >= queue.LEASE for limit in LIMITS.values())


def test_every_scheduled_and_asked_for_kind_has_a_handler():
    assert set(HANDLERS) == {"daily_tick", "match_cohort", "nightly_run", "rematch_graduate", "rematch_opening"}
