"""Decides which retention checks need no answer any more because the work itself ended, and which come back."""

from datetime import date
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from placement.access import office_actor
from placement.enums import ConversionState, PlacementKind, PlacementState, RetentionState
from placement.events import last_move_of, no_earlier
from placement.models import Conversion, Event, Placement, RetentionCheck
from placement.states import SYSTEM, flags_of, move, undo


class Ending(NamedTuple):
    """How later checks end: they lapse (the regular job never was), or say that the person has left on a day."""

    name: str
    after: date = date.min
    columns: dict[str, Any] = {}


def settle_checks(session: Session, row: Placement | Conversion | RetentionCheck, because: Event) -> None:
    """Let the placement's checks follow `because`, the last line in the log of its own row, conversion or one check.

    A job that ended, and a leaving, are told of every later check that still waits for an answer: who has left at
    three months has left at six. A job that never began, or a conversion that did not hold, leaves nothing to ask.
    When the row no longer says so, exactly the checks that had followed it come back.
    """
    ending = _ending_of(row)
    for check in _checks_of(session, row):
        if ending is None:
            _bring_back(session, check, row, because)
        elif flags_of(check).open and check.due_on > ending.after:
            _close(session, check, ending, because)


def _ending_of(row: Placement | Conversion | RetentionCheck) -> Ending | None:
    if isinstance(row, Conversion):
        return None if row.state == ConversionState.STARTED else Ending("lapse")
    if isinstance(row, RetentionCheck):
        left = {"left_on": row.left_on, "left_by": row.left_by, "evidence": row.evidence}
        return Ending("close_as_left", row.due_on, left) if row.state == RetentionState.LEFT else None
    if row.kind != PlacementKind.EMPLOYMENT:
        return None
    if row.state == PlacementState.ENDED_EARLY and row.last_day is not None:
        return Ending("close_as_left", row.last_day, {"left_on": row.last_day, "left_by": row.ended_by})
    return Ending("lapse") if row.state == PlacementState.DID_NOT_START else None


def _checks_of(session: Session, row: Placement | Conversion | RetentionCheck) -> list[RetentionCheck]:
    placement_id = row.id if isinstance(row, Placement) else row.placement_id
    mine = select(RetentionCheck).where(RetentionCheck.placement_id == placement_id)
    if isinstance(row, RetentionCheck):
        mine = mine.where(col(RetentionCheck.months) > row.months)
    return list(session.exec(mine.order_by(col(RetentionCheck.months))))


def _close(session: Session, check: RetentionCheck, ending: Ending, because: Event) -> None:
    day = no_earlier(session, "retention_check", check.id or 0, because.effective_on)
    move(
        session,
        check,
        ending.name,
        office_actor(SYSTEM),
        effective_on=day,
        reason=because.reason,
        because_of=because.id,
        **ending.columns,
    )


def _bring_back(session: Session, check: RetentionCheck, row: Any, because: Event) -> None:
    """Take the check's last line back where it had followed from this very row."""
    last = last_move_of(session, "retention_check", check.id or 0)
    cause = session.get(Event, last.because_of) if last and last.because_of else None
    if cause is None or (cause.entity, cause.entity_id) != (type(row).__tablename__, row.id):
        return
    day = no_earlier(session, "retention_check", check.id or 0, because.effective_on)
    undo(session, check, office_actor(SYSTEM), effective_on=day, because_of=because.id)
