"""Decides what a counselor's word on a suggestion changes: its state, reason and day to come back, and both lists."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from employers.moves import Refusal
from placement.models import Event, Suggestion
from placement.person_machines import SUGGESTION
from placement.queue import enqueue
from placement.states import Actor, MoveRefused, flags_of, move, undo

UNDO = "undo"
SNOOZE = timedelta(days=7)


def advance(
    session: Session,
    suggestion: Suggestion,
    name: str,
    actor: Actor,
    *,
    effective_on: date,
    reason: str | None = None,
    note: str | None = None,
    to: str | None = None,
    **given: Any,
) -> Event:
    """Run one move; `reason` of a dismissal is a DismissReason, `given`: until (snooze; a week unless said).

    Raises MoveRefused.

    A pair that leaves the lists, or comes back to them, has both sides compared anew in the same transaction.
    """
    was_off = flags_of(suggestion).closed
    changes: dict[str, Any] = {"snoozed_until": None}
    if name == "snooze":
        until = changes["snoozed_until"] = given.get("until") or effective_on + SNOOZE
        _ask_to_come(until, effective_on)
    event = move(
        session, suggestion, name, actor, effective_on=effective_on, reason=reason, note=note, to=to, **changes
    )
    _ask_rematch(session, suggestion, was_off)
    return event


def ask_day(_session: Session, suggestion: Suggestion, line: Event) -> None:
    """Whether the move of this line, the row's last one, may have happened on its day. Raises MoveRefused as the move does."""
    if line.move == "snooze" and suggestion.snoozed_until:
        _ask_to_come(suggestion.snoozed_until, line.effective_on)


def _ask_to_come(until: date, day: date) -> None:
    if until <= day:
        raise MoveRefused(Refusal("until_missing"))


def take_back(
    session: Session, suggestion: Suggestion, actor: Actor, *, effective_on: date, note: str | None = None
) -> Event:
    """Undo the last move; a dismissal that stands again has its reason again."""
    was_off = flags_of(suggestion).closed
    event = undo(session, suggestion, actor, effective_on=effective_on, note=note)
    _ask_rematch(session, suggestion, was_off)
    return event


def decide(
    session: Session,
    suggestion: Suggestion,
    name: str,
    actor: Actor,
    *,
    today: date,
    reason: str | None = None,
    until: date | None = None,
) -> None:
    """Make the move, or take the last one back with "undo". `reason` is a DismissReason, `until` a snooze's day.

    Raises MoveRefused.
    """
    if name == UNDO:
        take_back(session, suggestion, actor, effective_on=today)
    else:
        advance(session, suggestion, name, actor, effective_on=today, reason=reason, until=until)


def _ask_rematch(session: Session, suggestion: Suggestion, was_off: bool) -> None:
    if was_off or flags_of(suggestion).closed or suggestion.state in SUGGESTION.initial:
        enqueue(session, "rematch_graduate", str(suggestion.graduate_id))
        enqueue(session, "rematch_opening", str(suggestion.opening_id))
