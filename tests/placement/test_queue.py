"""Work is claimed by one, taken over when its owner falls silent, tried again, and given up in the end."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from employers.columns import now
from placement import queue
from placement.db import Database
from placement.models import Job, Setting
from tests.placement.cast import count_rows, keep

MOMENT = datetime(2020, 12, 1, tzinfo=UTC)
JOBS, CLAIMERS = 12, 6


def add_job(session: Session, **values) -> Job:
    return keep(session, Job(**{"kind": "nightly_run", "due_at": MOMENT, **values}))


def job_now(session: Session) -> Job:
    session.expire_all()
    return session.exec(select(Job)).one()


def let_lease_run_out(session: Session) -> None:
    session.execute(update(Job).values(leased_until=now() - timedelta(seconds=1)))
    session.expire_all()


def make_due(session: Session) -> None:
    session.execute(update(Job).values(due_at=MOMENT))
    session.expire_all()


def test_asked_twice_for_one_moment_work_stands_once_and_the_caller_goes_on(session: Session):
    keep(session, Setting(name="before", value=1))
    queue.enqueue(session, "nightly_run", due_at=MOMENT)
    queue.enqueue(session, "nightly_run", due_at=MOMENT)
    keep(session, Setting(name="after", value=1))
    assert count_rows(session, Job) == 1
    assert count_rows(session, Setting) == 2


def test_work_for_two_subjects_or_two_moments_is_two_pieces(session: Session):
    queue.enqueue(session, "rematch_graduate", "1", due_at=MOMENT)
    queue.enqueue(session, "rematch_graduate", "2", due_at=MOMENT)
    queue.enqueue(session, "rematch_graduate", "2", due_at=MOMENT + timedelta(seconds=1))
    assert count_rows(session, Job) == 3


def test_the_callers_own_mistake_is_not_taken_for_work_that_stands_already(session: Session):
    keep(session, Setting(name="a", value=1))
    session.expunge_all()
    session.add(Setting(name="a", value=2))
    with pytest.raises(IntegrityError):
        queue.enqueue(session, "nightly_run", due_at=MOMENT)


def test_work_asked_for_in_a_failed_transaction_is_not_asked_for(database: Database):
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        queue.enqueue(session, "nightly_run")
        print(1 // 0)
    with database.reading() as session:
        assert count_rows(session, Job) == 0


def test_the_oldest_due_work_comes_first_and_the_future_waits(session: Session):
    add_job(session, subject="tomorrow", due_at=now() + timedelta(days=1))
    add_job(session, subject="second", due_at=MOMENT + timedelta(hours=1))
    add_job(session, subject="first", due_at=MOMENT)
    claimed = [queue.claim(session, "a") for _ in range(3)]
    assert [job and job.subject for job in claimed] == ["first", "second", None]


def test_claimed_work_names_its_owner_and_counts_the_attempt(session: Session):
    add_job(session)
    job = queue.claim(session, "a")
    assert (job.state, job.owner, job.attempts) == ("running", "a", 1)
    assert now() < job.leased_until <= now() + queue.LEASE
    assert queue.claim(session, "b") is None


def test_many_claimers_never_get_the_same_work(database: Database):
    with database.transaction() as session:
        for number in range(JOBS):
            add_job(session, subject=str(number))
    start = Barrier(CLAIMERS)

    def claim_all(number: int) -> list[str]:
        start.wait()
        taken = []
        for _ in range(JOBS):
            with database.transaction() as session:
                job = queue.claim(session, f"claimer {number}")
            taken += [job.subject] if job else []
        return taken

    with ThreadPoolExecutor(CLAIMERS) as threads:
        taken = [subject for mine in threads.map(claim_all, range(CLAIMERS)) for subject in mine]
    assert sorted(taken, key=int) == [str(number) for number in range(JOBS)]


def test_two_who_saw_the_same_free_work_do_not_both_get_it(postgres_url: str):
    database = Database(postgres_url)
    with database.transaction() as session:
        add_job(session)
    with database.transaction() as first, ThreadPoolExecutor(1) as thread:
        assert queue.claim(first, "first")
        second = thread.submit(claim_alone, database, "second")
        first.commit()
        assert second.result() is None
    database.close()


def claim_alone(database: Database, owner: str) -> Job | None:
    with database.transaction() as session:
        return queue.claim(session, owner)


def test_when_a_lease_runs_out_another_takes_over_and_the_first_may_not_finish(session: Session):
    add_job(session)
    late = queue.claim(session, "late")
    session.expunge(late)
    let_lease_run_out(session)
    taken_over = queue.claim(session, "next")
    assert (taken_over.owner, taken_over.attempts) == ("next", 2)
    assert queue.finish(session, late, "late") is False
    assert queue.fail(session, late, "late", "too late") is False
    assert job_now(session).state == "running"
    assert queue.finish(session, taken_over, "next") is True
    assert job_now(session).state == "done"


def test_only_its_owner_lengthens_a_lease(session: Session):
    add_job(session)
    job = queue.claim(session, "mine")
    let_lease_run_out(session)
    assert queue.extend(session, job, "somebody else's") is False
    assert queue.extend(session, job, "mine") is True
    assert queue.claim(session, "next") is None
    queue.finish(session, job, "mine")
    assert queue.extend(session, job, "mine") is False


def test_a_slow_owner_whom_nobody_replaced_may_still_finish(session: Session):
    add_job(session)
    slow = queue.claim(session, "slow")
    let_lease_run_out(session)
    assert queue.finish(session, slow, "slow")


def test_failed_work_waits_is_tried_again_and_is_given_up_after_three_times(session: Session):
    add_job(session)
    for attempt in range(1, queue.MAX_ATTEMPTS + 1):
        make_due(session)
        job = queue.claim(session, "a")
        assert job.attempts == attempt
        assert queue.fail(session, job, "a", f"error {attempt}")
        assert queue.claim(session, "a") is None
    given_up = job_now(session)
    assert (given_up.state, given_up.error) == ("dead", "error 3")
    assert given_up.finished_at is not None


def test_work_that_kills_its_workers_is_given_up_too(session: Session):
    add_job(session)
    for _ in range(queue.MAX_ATTEMPTS):
        assert queue.claim(session, "victim")
        let_lease_run_out(session)
    assert queue.claim(session, "victim") is None
    given_up = job_now(session)
    assert given_up.state == "dead"
    assert given_up.error


def test_a_later_success_clears_the_error(session: Session):
    add_job(session)
    queue.fail(session, queue.claim(session, "a"), "a", "first try")
    make_due(session)
    assert job_now(session).error == "first try"
    queue.finish(session, queue.claim(session, "a"), "a")
    assert job_now(session).error is None


@pytest.mark.parametrize("error", ["가" * 5000, "a null \x00 inside"])
def test_any_error_text_can_be_kept(session: Session, error: str):
    add_job(session)
    assert queue.fail(session, queue.claim(session, "a"), "a", error)
    assert 0 < len(job_now(session).error) <= 1000


def test_work_is_waiting_until_it_is_done_or_dead(session: Session):
    for state in ("queued", "running", "done", "dead"):
        add_job(session, subject=state, state=state)
    waiting = {state for state in ("queued", "running", "done", "dead", "never") if is_waiting(session, state)}
    assert waiting == {"queued", "running"}


def is_waiting(session: Session, subject: str) -> bool:
    return queue.is_waiting(session, "nightly_run", subject)


def test_the_queue_is_read_in_order_of_ids_when_due_together(session: Session):
    for number in range(3):
        add_job(session, subject=str(number))
    ids = [job.id for job in session.exec(select(Job).order_by(col(Job.id)))]
    assert [queue.claim(session, "a").id for _ in ids] == ids
