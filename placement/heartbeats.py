"""Decides who counts as alive: the clock and the worker, by their last heartbeat."""

from datetime import timedelta

from sqlmodel import Session

from employers.columns import now
from placement.models import Heartbeat

BEAT_S = 5.0
ALIVE_WITHIN = timedelta(seconds=30)


def beat(session: Session, name: str) -> None:
    """Say that `name` is alive now."""
    session.merge(Heartbeat(name=name, at=now()))


def is_alive(session: Session, name: str) -> bool:
    """Whether `name` was heard within the last 30 seconds."""
    last = session.get(Heartbeat, name)
    return last is not None and now() - last.at < ALIVE_WITHIN
