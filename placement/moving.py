"""Decides which rule runs a move of which kind of row: the one way by which every door moves anything."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from types import ModuleType
from typing import Any

from sqlmodel import Session

from employers.moves import Refusal
from placement import (
    accounts,
    agreements,
    assessments,
    conversions,
    decisions,
    departures,
    hand_overs,
    internship_agreements,
    openings,
    placements,
    recording,
    referrals,
    retention,
    states,
    withdrawals,
)
from placement.events import last_move_of
from placement.models import Event
from placement.states import Actor, MoveRefused, check_right, machine_of, move, undo

# Kinds whose moves need or bring more than their own state; each room has the same two doors.
RULES: Mapping[str, ModuleType] = {
    "graduate": departures,
    "agreement": agreements,
    "opening": openings,
    "suggestion": decisions,
    "referral": referrals,
    "consent": withdrawals,
    "placement": placements,
    "conversion": conversions,
    "retention_check": retention,
    "outcome": recording,
    "internship_agreement": internship_agreements,
    "assessment": assessments,
    "account": accounts,
    "hand_over": hand_overs,
}
# Kinds some of whose moves have rules about their day; asked again when the day is put right.
DAY_RULES: Mapping[str, Callable[[Session, Any, Event], None]] = {
    "agreement": agreements.ask_day,
    "opening": openings.ask_day,
    "suggestion": decisions.ask_day,
    "referral": referrals.ask_day,
    "placement": placements.ask_day,
    "conversion": conversions.ask_day,
    "retention_check": retention.ask_day,
}
BRINGS_ROWS = frozenset({("referral", "consent"), ("referral", "accept")})


def advance(
    session: Session,
    row: Any,
    name: str,
    actor: Actor,
    *,
    effective_on: date,
    reason: str | None = None,
    note: str | None = None,
    to: str | None = None,
    **given: Any,
) -> Event:
    """Run a move of any row with all that follows from it. Raises MoveRefused."""
    entity = machine_of(row).entity
    check_right(row, name, actor)
    if entity in RULES:
        with _whole_or_not_at_all(session, row):
            event: Event = RULES[entity].advance(
                session, row, name, actor, effective_on=effective_on, reason=reason, note=note, to=to, **given
            )
        return event
    return move(session, row, name, actor, effective_on=effective_on, reason=reason, note=note, to=to)


def take_back(session: Session, row: Any, actor: Actor, *, effective_on: date, note: str | None = None) -> Event:
    """Undo a row's last move with all that had followed from it. Raises MoveRefused."""
    entity = machine_of(row).entity
    if entity in RULES:
        with _whole_or_not_at_all(session, row):
            event: Event = RULES[entity].take_back(session, row, actor, effective_on=effective_on, note=note)
        return event
    return undo(session, row, actor, effective_on=effective_on, note=note)


def correct_day(
    session: Session,
    row: Any,
    actor: Actor,
    *,
    effective_on: date,
    note: str | None = None,
    line_id: int | None = None,
) -> Event:
    """Say anew on which day a row's last move (the line `line_id`) happened; the log keeps both. Raises MoveRefused.

    The new day, and every day that goes with it, must be one on which the move itself could have been made. A move that
    has made rows of its own, with days of their own, is undone and made again instead: followed_by_others.
    """
    entity = machine_of(row).entity
    last = last_move_of(session, entity, row.id)
    if last is not None and (entity, last.move) in BRINGS_ROWS:
        raise MoveRefused(Refusal("followed_by_others"))
    with _whole_or_not_at_all(session, row):
        event = states.correct_day(session, row, actor, effective_on=effective_on, note=note, line_id=line_id)
        if entity in DAY_RULES:
            DAY_RULES[entity](session, row, event)
        if entity == "graduate" and last is not None:
            departures.follow_day(session, row, last, event)
        return event


@contextmanager
def _whole_or_not_at_all(session: Session, row: Any) -> Iterator[None]:
    """A refusal half-way leaves nothing behind, neither in the tables nor in the rows at hand."""
    try:
        with session.begin_nested():
            yield
    except MoveRefused:
        session.expire_all()
        session.refresh(row)
        raise
