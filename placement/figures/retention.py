"""Decides how many of those who began a regular job are still employed 3, 6 and 12 months later."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from placement.enums import RetentionState
from placement.events import standing_events
from placement.figures.intervals import percent_text
from placement.models import RetentionCheck

MONTHS = (3, 6, 12)


@dataclass(frozen=True)
class Retention:
    """The checks at one point whose day had come: `confirmed` and `left` are answered and make the denominator.

    Who cannot be reached has not left: `unreachable`, answers that differ (`conflict`) and those still to be asked
    (`waiting`) are no answer and stand apart. A check that fell away (the job never was) is in none of them.
    """

    months: int
    confirmed: int
    left: int
    unreachable: int
    conflict: int
    waiting: int

    @property
    def denominator(self) -> int:
        return self.confirmed + self.left

    @property
    def percent(self) -> str:
        """retention_rate_of_answered, in percent."""
        return percent_text(self.confirmed, self.denominator)


def retention(session: Session, *, as_of: date) -> list[Retention]:
    """One row for 3, 6 and 12 months, from what the log says had happened by `as_of`."""
    states: dict[int, str] = {}
    events = session.scalars(standing_events("retention_check", as_of=as_of))
    for event in sorted(events, key=lambda event: event.id or 0):
        states[event.entity_id] = event.to_state
    due = select(RetentionCheck.id, RetentionCheck.months).where(col(RetentionCheck.due_on) <= as_of)
    counts: dict[int, Counter[str]] = {months: Counter() for months in MONTHS}
    for row_id, months in session.exec(due):
        counts[months][states.get(row_id or 0, RetentionState.DUE)] += 1
    return [
        Retention(
            months,
            confirmed=found[RetentionState.CONFIRMED],
            left=found[RetentionState.LEFT],
            unreachable=found[RetentionState.UNREACHABLE],
            conflict=found[RetentionState.CONFLICT],
            waiting=found[RetentionState.DUE],
        )
        for months, found in counts.items()
    ]
