"""Decides what a counselor's word on a suggestion changes: its state, its reason, its day to come back, and the log."""

from datetime import date
from typing import Any

from sqlmodel import Session

from employers.moves import Refusal
from placement.enums import SuggestionState
from placement.events import last_move_of
from placement.models import Event, Suggestion
from placement.states import Actor, MoveRefused, move, undo

UNDO = "undo"


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
    """Run one move; `reason` of a dismissal is a DismissReason, `given`: until (snooze). Raises MoveRefused."""
    changes: dict[str, Any] = {"snoozed_until": None}
    if name == "snooze":
        until = changes["snoozed_until"] = given.get("until")
        if until is None or until <= effective_on:
            raise MoveRefused(Refusal("until_missing"))
    event = move(
        session, suggestion, name, actor, effective_on=effective_on, reason=reason, note=note, to=to, **changes
    )
    _keep_reason(suggestion, reason)
    return event


def take_back(
    session: Session, suggestion: Suggestion, actor: Actor, *, effective_on: date, note: str | None = None
) -> Event:
    """Undo the last move; a dismissal that stands again has its reason again."""
    event = undo(session, suggestion, actor, effective_on=effective_on, note=note)
    standing = last_move_of(session, "suggestion", suggestion.id or 0)
    _keep_reason(suggestion, standing.reason if standing else None)
    return event


def decide(
    session: Session, suggestion: Suggestion, name: str, actor: Actor, *, today: date, reason: str | None = None
) -> None:
    """Make the move, or take the last one back with "undo". `reason` is a DismissReason. Raises MoveRefused."""
    if name == UNDO:
        take_back(session, suggestion, actor, effective_on=today)
    else:
        advance(session, suggestion, name, actor, effective_on=today, reason=reason)


def _keep_reason(suggestion: Suggestion, reason: str | None) -> None:
    suggestion.reason = reason if suggestion.state == SuggestionState.DISMISSED else None
