"""Decides how an internship is assessed (중간점검, 종료 평가): when it is due, what the company says, what the intern answers."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from employers.moves import Refusal
from placement.enums import AssessmentKind, AssessmentState, Channel, ConversionWish, PlacementKind
from placement.models import Assessment, Event, Placement
from placement.models.papers import SCALES
from placement.states import Actor, MoveRefused, move, record_birth, states_where, undo

END_BEFORE = timedelta(days=14)
PATIENCE = timedelta(days=7)
LONGEST = 1000
LEAST, MOST = 1, 5


def due_day(placement: Placement, kind: str) -> date | None:
    """From which day it is asked: at half time, or two weeks before the last day; None where there is no last day."""
    if placement.ends_on is None:
        return None
    if kind == AssessmentKind.MIDTERM:
        return placement.starts_on + (placement.ends_on - placement.starts_on) / 2
    return max(placement.starts_on, placement.ends_on - END_BEFORE)


def open_assessment(session: Session, placement: Placement, kind: str, actor: Actor, *, today: date) -> Assessment:
    """Ask a company for one. Raises MoveRefused: not_allowed, internship_only, assessment_open_already."""
    if "assessment:change" not in actor.permissions:
        raise MoveRefused(Refusal("not_allowed"))
    if placement.kind != PlacementKind.INTERNSHIP:
        raise MoveRefused(Refusal("internship_only"))
    row = Assessment(placement_id=placement.id or 0, kind=kind, due_on=due_day(placement, kind) or today)
    try:
        with session.begin_nested():
            record_birth(session, row, actor, effective_on=today)
    except IntegrityError:
        raise MoveRefused(Refusal("assessment_open_already")) from None
    return row


def open_due(session: Session, actor: Actor, *, today: date) -> list[Assessment]:
    """Open what is due of internships that go on and not open yet; doing it twice opens none.

    A mid-term check whose time was missed until the end assessment is due is not opened any more.
    """
    known = set(session.exec(select(Assessment.placement_id, Assessment.kind)).all())
    going_on = select(Placement).where(
        Placement.kind == PlacementKind.INTERNSHIP,
        col(Placement.state).in_(states_where("placement", open=True)),
        col(Placement.starts_on) <= today,
        col(Placement.ends_on) >= today,
    )
    asked = [
        (placement, _kind_due(placement, today)) for placement in session.exec(going_on.order_by(col(Placement.id)))
    ]
    made = []
    for placement, kind in asked:
        if kind is not None and (placement.id, kind) not in known:
            with suppress(MoveRefused):  # somebody else was quicker
                made.append(open_assessment(session, placement, kind, actor, today=today))
    return made


def _kind_due(placement: Placement, today: date) -> AssessmentKind | None:
    for kind in (AssessmentKind.END, AssessmentKind.MIDTERM):
        day = due_day(placement, kind)
        if day is not None and day <= today:
            return kind
    return None


def follow_days(session: Session, placement: Placement) -> None:
    """Assessments that nobody has answered yet are due by the placement's days as they are now."""
    for row in assessments_of(session, placement):
        if row.state == AssessmentState.DUE:
            row.due_on = due_day(placement, row.kind) or row.due_on
    session.flush()


def assessments_of(session: Session, placement: Placement) -> list[Assessment]:
    """The assessments of a placement, the mid-term check first."""
    mine = select(Assessment).where(Assessment.placement_id == placement.id)
    return list(session.exec(mine.order_by(col(Assessment.due_on), col(Assessment.id))))


def waiting(today: date) -> Any:
    """A query of assessments that a company owes on `today`; those of work that ended early ask nobody any more."""
    asked = (*states_where("placement", open=True), *states_where("placement", won=True, closed=True))
    return (
        select(Assessment)
        .join(Placement, col(Placement.id) == col(Assessment.placement_id))
        .where(
            Assessment.state == AssessmentState.DUE,
            col(Assessment.due_on) <= today,
            col(Placement.state).in_(asked),
        )
    )


def is_overdue(row: Assessment, today: date) -> bool:
    """Whether it has waited for more than a week."""
    return row.state == AssessmentState.DUE and row.due_on + PATIENCE < today


def advance(
    session: Session,
    row: Assessment,
    name: str,
    actor: Actor,
    *,
    effective_on: date,
    reason: str | None = None,
    note: str | None = None,
    to: str | None = None,
    **given: Any,
) -> Event:
    """Run one move; `given`: the scales, comment, conversion_wish, answered_by, channel (answer), contradiction (contradict).

    Raises MoveRefused: scale_missing, words_missing.
    """
    changes: dict[str, Any] = {}
    if name == "answer":
        changes = _said(actor, given)
    if name == "contradict":
        changes = {"contradiction": _words(given.get("contradiction"))}
        if changes["contradiction"] is None:
            raise MoveRefused(Refusal("words_missing"))
    return move(session, row, name, actor, effective_on=effective_on, reason=reason, note=note, to=to, **changes)


def _said(actor: Actor, given: dict[str, Any]) -> dict[str, Any]:
    scores = {scale: given.get(scale) for scale in SCALES}
    if any(not isinstance(score, int) or not LEAST <= score <= MOST for score in scores.values()):
        raise MoveRefused(Refusal("scale_missing"))
    return {
        **scores,
        "comment": _words(given.get("comment")),
        "conversion_wish": given.get("conversion_wish") or ConversionWish.UNDECIDED,
        "answered_by": (_words(given.get("answered_by")) or actor.on_behalf_of or actor.name)[:100],
        "channel": given.get("channel") or Channel.PHONE,
    }


def _words(text: str | None) -> str | None:
    return (text or "").strip()[:LONGEST] or None


def take_back(session: Session, row: Assessment, actor: Actor, *, effective_on: date, note: str | None = None) -> Event:
    """Undo the last move; what was said with it is gone from the row and stays in the log."""
    return undo(session, row, actor, effective_on=effective_on, note=note)
