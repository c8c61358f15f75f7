"""Decides what follows an edit, and a course that is completed: those whom it concerns are compared anew, at once."""

from collections.abc import Callable
from datetime import date

from sqlmodel import Session

from placement.calendars import today_of
from placement.db import Database
from placement.jobs.worker import Writer
from placement.storing import Proposal, store
from placement.suggesting import propose_all, propose_graduate, propose_opening


def rematch_graduate(database: Database, subject: str, fixed_today: date | None) -> Writer:
    """Compare the graduate with this row id with every opening."""
    return _rematch(
        database, lambda session: propose_graduate(session, int(subject), today=today_of(session, fixed_today))
    )


def rematch_opening(database: Database, subject: str, fixed_today: date | None) -> Writer:
    """Compare the opening with this row id with every graduate."""
    return _rematch(
        database, lambda session: propose_opening(session, int(subject), today=today_of(session, fixed_today))
    )


def match_cohort(database: Database, subject: str, fixed_today: date | None) -> Writer:
    """Compare everybody of the cohort with this row id with every opening."""
    return _rematch(
        database, lambda session: propose_all(session, today=today_of(session, fixed_today), cohort_id=int(subject))
    )


def _rematch(database: Database, propose: Callable[[Session], Proposal]) -> Writer:
    with database.reading() as session:
        proposal = propose(session)

    def write(session: Session) -> None:
        store(session, proposal)

    return write
