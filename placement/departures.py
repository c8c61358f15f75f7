"""Decides what follows when a graduate's own state changes: a new comparison, and no open referral of one who has left."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from employers.moves import Refusal
from placement import referrals
from placement.access import office_actor
from placement.enums import EnrolmentState, GraduateReason, GraduateState, LeaveReason
from placement.events import no_earlier
from placement.models import Enrolment, Event, Graduate, Referral
from placement.queue import enqueue
from placement.states import SYSTEM, Actor, MoveRefused, flags_of, move, states_where, undo


def advance(
    session: Session,
    graduate: Graduate,
    name: str,
    actor: Actor,
    *,
    effective_on: date,
    reason: str | None = None,
    note: str | None = None,
    to: str | None = None,
    because_of: int | None = None,
    **_given: Any,
) -> Event:
    """Run one move with what follows from it, and have the person compared anew. Raises MoveRefused."""
    said: dict[str, Any] = {"reason": reason, "note": note, "to": to, "because_of": because_of}
    event = move_on(session, graduate, name, actor, effective_on=effective_on, **said)
    enqueue(session, "rematch_graduate", str(graduate.id))
    return event


def move_on(session: Session, graduate: Graduate, name: str, actor: Actor, *, effective_on: date, **said: Any) -> Event:
    """The move without a comparison: who leaves the program has every open referral withdrawn, and with it its consent.

    A course that is completed or left is so in its enrolments too, and its last day is that of the move.
    """
    if name == "leave" and said.get("reason") not in set(LeaveReason):
        raise MoveRefused(Refusal("reason_missing"))
    if name == "complete":
        said["completion_on"] = effective_on
    event = move(session, graduate, name, actor, effective_on=effective_on, **said)
    if event.from_state == GraduateState.IN_TRAINING:
        _end_course(session, graduate, event)
    if flags_of(graduate).closed:
        _withdraw_referrals(session, graduate, event)
    return event


def take_back(
    session: Session,
    graduate: Graduate,
    actor: Actor,
    *,
    effective_on: date,
    note: str | None = None,
    because_of: int | None = None,
) -> Event:
    """Undo the last move; the referrals that were withdrawn with it come back as far as they can."""
    event = undo(session, graduate, actor, effective_on=effective_on, note=note, because_of=because_of)
    undone = session.get_one(Event, event.undo_of)
    referrals.bring_back(session, undone, because_of=event.id, today=effective_on)
    if undone.from_state == GraduateState.IN_TRAINING:
        _take_up_course(session, graduate, undone)
    enqueue(session, "rematch_graduate", str(graduate.id))
    return event


def course_end(event: Event) -> EnrolmentState:
    """How a course ends by this move: completed, left for a job (조기취업, no failure), or dropped."""
    if event.move == "complete":
        return EnrolmentState.COMPLETED
    return EnrolmentState.EMPLOYED if event.reason == LeaveReason.EMPLOYED else EnrolmentState.DROPPED


def follow_day(session: Session, graduate: Graduate, first: Event, event: Event) -> None:
    """Enrolments that ended with a move end on the day to which it was corrected."""
    if first.from_state == GraduateState.IN_TRAINING:
        ended = (Enrolment.state == course_end(first)) & (Enrolment.ended_on == first.effective_on)
        for enrolment in _enrolments(session, graduate, ended):
            enrolment.ended_on = event.effective_on
        session.flush()


def _end_course(session: Session, graduate: Graduate, event: Event) -> None:
    for enrolment in _enrolments(session, graduate, Enrolment.state == EnrolmentState.ENROLLED):
        enrolment.state, enrolment.ended_on = course_end(event), event.effective_on
    session.flush()


def _take_up_course(session: Session, graduate: Graduate, undone: Event) -> None:
    """Those enrolments that ended with the move go on again."""
    same_day = (Enrolment.state == course_end(undone)) & (Enrolment.ended_on == undone.effective_on)
    for enrolment in _enrolments(session, graduate, same_day):
        enrolment.state, enrolment.ended_on = EnrolmentState.ENROLLED, None
    session.flush()


def _enrolments(session: Session, graduate: Graduate, condition: Any) -> Sequence[Enrolment]:
    return session.exec(select(Enrolment).where(Enrolment.graduate_id == graduate.id, condition)).all()


WHY_WITHDRAWN: dict[str, GraduateReason] = {
    LeaveReason.NO_CONSENT: GraduateReason.NO_CONSENT,
    LeaveReason.EMPLOYED: GraduateReason.OTHER_JOB,
    LeaveReason.STUDY: GraduateReason.STUDY,
    LeaveReason.MEDICAL: GraduateReason.HEALTH_OR_FAMILY,
}


def _withdraw_referrals(session: Session, graduate: Graduate, event: Event) -> None:
    mine = select(Referral).where(
        Referral.graduate_id == graduate.id, col(Referral.state).in_(states_where("referral", open=True))
    )
    reason = WHY_WITHDRAWN.get(event.reason or "", GraduateReason.DROPPED_OUT)
    for referral in session.exec(mine.order_by(col(Referral.id))).all():
        referrals.advance(
            session,
            referral,
            "withdraw",
            office_actor(SYSTEM),
            effective_on=no_earlier(session, "referral", referral.id or 0, event.effective_on),
            reason=reason,
            because_of=event.id,
        )
