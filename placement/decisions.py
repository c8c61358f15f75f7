"""Decides what a counselor's word on a suggestion changes: its state and reason, and the lists of both sides."""

from datetime import date

from sqlmodel import Session

from placement.models import Suggestion
from placement.queue import enqueue
from placement.states import SUGGESTION, Actor, flags_of, move, undo

UNDO = "undo"


def decide(
    session: Session, suggestion: Suggestion, name: str, actor: Actor, *, today: date, reason: str | None = None
) -> None:
    """Make the move, or take the last one back with "undo". `reason` is a DismissReason. Raises MoveRefused.

    A pair that leaves the lists, or comes back to them, has both sides compared anew in the same transaction.
    """
    was_off = flags_of(suggestion).closed
    if name == UNDO:
        undo(session, suggestion, actor, effective_on=today)
    else:
        move(session, suggestion, name, actor, effective_on=today, reason=reason)
    if was_off or flags_of(suggestion).closed or suggestion.state in SUGGESTION.initial:
        enqueue(session, "rematch_graduate", str(suggestion.graduate_id))
        enqueue(session, "rematch_opening", str(suggestion.opening_id))
