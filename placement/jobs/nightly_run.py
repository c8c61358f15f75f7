"""Decides what the nightly run does: everybody against every opening, once."""

from datetime import date

from sqlmodel import Session

from placement.calendars import today_of
from placement.db import Database
from placement.jobs.worker import Writer
from placement.storing import store
from placement.suggesting import propose_all


def nightly_run(database: Database, _subject: str, fixed_today: date | None) -> Writer:
    """Compare everybody with everything; the writing comes later, in one transaction."""
    with database.reading() as session:
        proposal = propose_all(session, today=today_of(session, fixed_today))

    def write(session: Session) -> None:
        store(session, proposal)

    return write
