"""Decides what runs when: one table, and the clock that only puts due work into the queue."""

import threading
from datetime import datetime
from typing import NamedTuple

from apscheduler.triggers.cron import CronTrigger
from sqlmodel import Session

from employers.columns import now
from placement import queue
from placement.calendars import SEOUL
from placement.db import Database
from placement.jobs.worker import beat_until
from placement.models import Heartbeat


class Due(NamedTuple):
    """A kind of job and the time of day (Asia/Seoul) at which it is due."""

    kind: str
    trigger: CronTrigger


SCHEDULE = (
    Due("daily_tick", CronTrigger(hour=0, minute=10, timezone=SEOUL)),
    Due("nightly_run", CronTrigger(hour=2, minute=0, timezone=SEOUL)),
)


def run_clock(database: Database, stopping: threading.Event, schedule: tuple[Due, ...] = SCHEDULE) -> None:
    """Queue what falls due, with every heartbeat, until told to stop.

    The heartbeat moves on only together with the queued work: whatever kept a clock from either, be it that none ran
    or that the database could not be reached, the next heartbeat makes up for. One loop does both, so that a clock
    that queues nothing any more does not look alive.
    """
    beat_until(database, "clock", stopping, lambda session: queue_due(session, schedule))


def queue_due(session: Session, schedule: tuple[Due, ...]) -> None:
    """Queue, once each, what fell due since the clock's last heartbeat; a database that never had one missed nothing.

    The moment at which it fell due is part of the job's key, so that two clocks queue nothing twice.
    """
    last = session.get(Heartbeat, "clock")
    if last is None:
        return
    for due in schedule:
        moment = _first_due(due, after=last.at)
        if moment is not None and moment <= now():
            queue.enqueue(session, due.kind, due_at=moment)


def _first_due(due: Due, *, after: datetime) -> datetime | None:
    fire: datetime | None = due.trigger.get_next_fire_time(None, after.astimezone(SEOUL))
    return fire
