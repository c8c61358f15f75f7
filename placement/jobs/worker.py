"""Decides how queued work is done: claim, compute outside any transaction, write and say done in one."""

import logging
import os
import socket
import threading
import uuid
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from sqlmodel import Session

from placement import queue
from placement.db import Database
from placement.heartbeats import BEAT_S, beat
from placement.models import Job

Writer = Callable[[Session], None]
Handler = Callable[[Database, str, date | None], Writer]

POLL_S = 0.2
RETRY_S = 1.0
LONGEST = timedelta(hours=1)
log = logging.getLogger(__name__)


class LostLeaseError(Exception):
    """Somebody else has taken the job over; what was computed here is dropped."""


class HangingJobError(Exception):
    """The job did not end within the time of its kind; whatever it still does is dropped."""


class Worker:
    """Works the queue of one database until told to stop.

    A handler gets the database, the job's subject and a fixed today; it reads and computes, and returns the function
    that writes; writing and "done" share one transaction, so a job cut in two leaves nothing behind and is done again.
    Each job runs in a thread of its own: one that does not end within the limit of its kind (LONGEST where none is
    named) is left alone and put back, and the worker goes on.
    """

    def __init__(
        self,
        database: Database,
        handlers: Mapping[str, Handler],
        fixed_today: date | None = None,
        limits: Mapping[str, timedelta] | None = None,
    ) -> None:
        self.database = database
        self.fixed_today = fixed_today
        self.handlers = handlers
        self.limits = limits or {}
        self.job: Job | None = None
        self.name = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"

    def run(self, stopping: threading.Event) -> None:
        """Work until `stopping` is set; while a long job runs, heartbeats go on and its lease grows with them."""
        pulse = threading.Thread(
            target=beat_until, args=(self.database, "worker", stopping, self.keep_lease), daemon=True
        )
        pulse.start()
        while not stopping.is_set():
            try:
                pause = 0.0 if self.work_once() else POLL_S
            except Exception:  # the database says no for a while: a dead thread would never ask it again
                log.exception("the queue cannot be worked")
                pause = RETRY_S
            stopping.wait(pause)
        pulse.join()

    def work_once(self) -> bool:
        """Do one due job; False when none was due."""
        with self.database.transaction() as session:
            job = queue.claim(session, self.name)
        if job is None:
            return False
        self.job = job
        try:
            self._end_in_time(job)
        except Exception as error:
            log.exception("job %s %s failed", job.kind, job.subject)
            with self.database.transaction() as session:
                queue.fail(session, job, self.name, f"{type(error).__name__}: {error}")
        finally:
            self.job = None
        return True

    def _end_in_time(self, job: Job) -> None:
        """Do the job in a thread; raises what it raised, or HangingJobError when its time is over."""
        limit, raised = self.limits.get(job.kind, LONGEST), []

        def work() -> None:
            try:
                self._do(job)
            except Exception as error:
                raised.append(error)

        thread = threading.Thread(target=work, name=f"job {job.kind}", daemon=True)  # a hanging one stops no exit
        thread.start()
        thread.join(limit.total_seconds())
        if thread.is_alive():
            raise HangingJobError(f"no end within {limit}")
        if raised:
            raise raised[0]

    def _do(self, job: Job) -> None:
        write = self.handlers[job.kind](self.database, job.subject, self.fixed_today)
        with self.database.transaction() as session:
            write(session)
            if not queue.finish(session, job, self.name):
                raise LostLeaseError(job.kind)

    def keep_lease(self, session: Session) -> None:
        """Lengthen the lease of the job in hand, if there is one."""
        if (job := self.job) is not None:
            queue.extend(session, job, self.name)


def beat_until(database: Database, name: str, stopping: threading.Event, work: Writer) -> None:
    """Do `work` and write a heartbeat, in one transaction, every few seconds until told to stop."""
    while not stopping.is_set():
        try:
            with database.transaction() as session:
                work(session)
                beat(session, name)
        except Exception:
            log.exception("heartbeat of %s failed", name)
        stopping.wait(BEAT_S)
