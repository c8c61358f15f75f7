"""Decides how background work is kept and claimed: a row a job, claimed by an update that repeats the old state."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, and_, col, or_, select

from employers.columns import now
from placement.enums import JobState
from placement.models import Job

LEASE = timedelta(minutes=10)
MAX_ATTEMPTS = 3
RETRY_AFTER = timedelta(seconds=30)
LONGEST_ERROR = 1000
SILENT = "Every worker fell silent over this job."


def enqueue(session: Session, kind: str, subject: str = "", *, due_at: datetime | None = None) -> None:
    """Ask for work in the caller's transaction; asked twice for the same moment it stands once."""
    session.flush()  # what is wrong with the caller's own rows is not ours to forgive
    try:
        with session.begin_nested():
            session.add(Job(kind=kind, subject=subject, due_at=due_at or now()))
    except IntegrityError:
        return


def claim(session: Session, owner: str) -> Job | None:
    """Take the oldest due job, or one whose lease ran out, for `owner`; None when nothing is due.

    A job that has silenced MAX_ATTEMPTS owners is not handed to another one: it goes among the dead.
    """
    moment = now()
    due = and_(col(Job.state) == JobState.QUEUED, col(Job.due_at) <= moment)
    abandoned = and_(col(Job.state) == JobState.RUNNING, col(Job.leased_until) < moment)
    for job in session.exec(select(Job).where(or_(due, abandoned)).order_by(col(Job.due_at), col(Job.id)).limit(5)):
        mine = update(Job).where(col(Job.id) == job.id, col(Job.state) == job.state, col(Job.attempts) == job.attempts)
        is_hopeless = job.attempts >= MAX_ATTEMPTS
        values = _dead(SILENT) if is_hopeless else _leased(owner, moment, job.attempts)
        if session.connection().execute(mine.values(**values)).rowcount == 1 and not is_hopeless:
            session.refresh(job)
            return job
    return None


def extend(session: Session, job: Job, owner: str) -> bool:
    """Lengthen the lease of a job that `owner` still works on; False when it is no longer `owner`'s."""
    return _settle(session, job, owner, leased_until=now() + LEASE)


def finish(session: Session, job: Job, owner: str) -> bool:
    """Mark the job done if it is still `owner`'s; False when somebody else took it over."""
    return _settle(session, job, owner, state=JobState.DONE, finished_at=now(), error=None)


def fail(session: Session, job: Job, owner: str, error: str) -> bool:
    """Put the job back for a later try, or among the dead after MAX_ATTEMPTS; the error stays readable."""
    said = error.replace("\x00", " ")[:LONGEST_ERROR]  # PostgreSQL keeps no NUL
    if job.attempts >= MAX_ATTEMPTS:
        return _settle(session, job, owner, **_dead(said))
    return _settle(session, job, owner, state=JobState.QUEUED, due_at=now() + RETRY_AFTER, error=said)


def is_waiting(session: Session, kind: str, subject: str) -> bool:
    """Whether work of this kind for this subject is queued or running."""
    open_states = (JobState.QUEUED, JobState.RUNNING)
    found = select(Job.id).where(Job.kind == kind, Job.subject == subject, col(Job.state).in_(open_states))
    return session.exec(found.limit(1)).first() is not None


def _leased(owner: str, moment: datetime, attempts: int) -> dict[str, Any]:
    return {"state": JobState.RUNNING, "owner": owner, "leased_until": moment + LEASE, "attempts": attempts + 1}


def _dead(error: str) -> dict[str, Any]:
    return {"state": JobState.DEAD, "finished_at": now(), "error": error}


def _settle(session: Session, job: Job, owner: str, **values: object) -> bool:
    mine = update(Job).where(col(Job.id) == job.id, col(Job.owner) == owner, col(Job.state) == JobState.RUNNING)
    still_mine = mine.where(col(Job.attempts) == job.attempts)  # not a later attempt of the same owner
    return session.connection().execute(still_mine.values(**values)).rowcount == 1
