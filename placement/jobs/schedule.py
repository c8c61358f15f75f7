"""Decides what runs when: one table, and the clock that only puts due work into the queue."""

import logging
import threading
from datetime import datetime
from typing import NamedTuple

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger

from employers.columns import now
from placement import queue
from placement.calendars import SEOUL
from placement.db import Database
from placement.jobs.worker import beat_until
from placement.models import Heartbeat

log = logging.getLogger(__name__)


class Due(NamedTuple):
    """A kind of job and the time of day (Asia/Seoul) at which it is due."""

    kind: str
    trigger: CronTrigger


SCHEDULE = (
    Due("daily_tick", CronTrigger(hour=0, minute=10, timezone=SEOUL)),
    Due("nightly_run", CronTrigger(hour=2, minute=0, timezone=SEOUL)),
)


def run_clock(database: Database, stopping: threading.Event, schedule: tuple[Due, ...] = SCHEDULE) -> None:
    """Tick until told to stop. Ticks missed while no clock ran are made up once at the start."""
    make_up_missed(database, schedule)
    scheduler = BackgroundScheduler(
        timezone=SEOUL, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    for due in schedule:
        scheduler.add_job(tick, due.trigger, args=(database, due))
    scheduler.start()
    beat_until(database, "clock", stopping)
    scheduler.shutdown()


def tick(database: Database, due: Due) -> None:
    """Queue the work of this moment; the minute is its key, so that a second tick changes nothing."""
    with database.transaction() as session:
        queue.enqueue(session, due.kind, due_at=now().replace(second=0, microsecond=0))
    log.info("%s is due", due.kind)


def make_up_missed(database: Database, schedule: tuple[Due, ...]) -> None:
    """Queue once what fell due since the last heartbeat of a clock; a database that never had one missed nothing."""
    with database.transaction() as session:
        last = session.get(Heartbeat, "clock")
        if last is None:
            return
        for due in schedule:
            missed = _first_due(due, after=last.at)
            if missed is not None and missed <= now():
                queue.enqueue(session, due.kind, due_at=missed)


def _first_due(due: Due, *, after: datetime) -> datetime | None:
    fire: datetime | None = due.trigger.get_next_fire_time(None, after.astimezone(SEOUL))
    return fire
