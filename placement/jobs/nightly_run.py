"""Decides what the nightly run does: everybody against every opening, once."""

from sqlmodel import Session

from placement.calendars import today_of
from placement.db import Database
from placement.jobs.worker import Writer
from placement.suggesting import propose_all, store


def nightly_run(database: Database, _subject: str) -> Writer:
    """Compare everybody with everything; the writing comes later, in one transaction."""
    with database.reading() as session:
        proposal = propose_all(session, today=today_of(session))

    def write(session: Session) -> None:
        store(session, proposal)

    return write
