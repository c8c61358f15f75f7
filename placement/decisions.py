"""Decides what a counselor's word on a suggestion changes: its state, its reason, and the line in the log."""

from datetime import date

from sqlmodel import Session

from placement.models import Suggestion
from placement.states import Actor, move, undo

UNDO = "undo"


def decide(
    session: Session, suggestion: Suggestion, name: str, actor: Actor, *, today: date, reason: str | None = None
) -> None:
    """Make the move, or take the last one back with "undo". `reason` is a DismissReason. Raises MoveRefused."""
    if name == UNDO:
        undo(session, suggestion, actor, effective_on=today)
        suggestion.reason = None
        return
    move(session, suggestion, name, actor, effective_on=today, reason=reason)
    suggestion.reason = reason
