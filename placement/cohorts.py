"""Decides how a cohort completes its course: all who stayed are ready for work, and are compared with every opening at once."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlmodel import Session, col, select

from employers.moves import Refusal
from placement.departures import move_on
from placement.enums import GraduateState
from placement.models import Cohort, Graduate
from placement.queue import enqueue
from placement.states import Actor, MoveRefused


class Completed(NamedTuple):
    """How many completed the course, and how many had left it before."""

    completed: int
    left: int


def in_training(session: Session, cohort: Cohort) -> list[Graduate]:
    """Who of the cohort is still in training, by name."""
    mine = select(Graduate).where(Graduate.cohort_id == cohort.id, Graduate.state == GraduateState.IN_TRAINING)
    return list(session.exec(mine.order_by(col(Graduate.name), col(Graduate.id))))


def complete_cohort(
    session: Session, cohort: Cohort, actor: Actor, *, on: date, left: Mapping[int, str] | None = None
) -> Completed:
    """Everybody in training completes on this day, but those in `left` (graduate id → LeaveReason), who leave.

    One comparison of the whole cohort is queued in the same transaction. Raises MoveRefused (nobody_in_training).
    """
    people, leaving = in_training(session, cohort), left or {}
    if not people:
        raise MoveRefused(Refusal("nobody_in_training"))
    for graduate in people:
        reason = leaving.get(graduate.id or 0)
        move_on(session, graduate, "leave" if reason else "complete", actor, effective_on=on, reason=reason)
    cohort.ended_on = on
    ask_comparison(session, cohort.id or 0)
    gone = sum(graduate.id in leaving for graduate in people)
    return Completed(len(people) - gone, gone)


def ask_comparison(session: Session, cohort_id: int) -> None:
    """Have the worker compare this cohort with every opening, in the caller's transaction."""
    enqueue(session, "match_cohort", str(cohort_id))
