"""Decides what the first minutes of a day do: everything that time alone has made due."""

from datetime import date

from sqlmodel import Session

from placement import ticking
from placement.calendars import today_of
from placement.db import Database
from placement.jobs.worker import Writer


def daily_tick(_database: Database, _subject: str, fixed_today: date | None) -> Writer:
    """Nothing to compute beforehand: the rule itself reads and writes, in one transaction."""

    def write(session: Session) -> None:
        ticking.run_due(session, today=today_of(session, fixed_today))

    return write
