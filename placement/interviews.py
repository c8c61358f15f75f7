"""Decides when somebody meets a company, and what became of it: only an interview that took place counts."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from employers.moves import Refusal
from placement.calendars import moment_on
from placement.enums import InterviewState, ReferralState
from placement.models import Interview, Referral
from placement.states import MoveRefused

TERMS = ("minutes", "place", "link", "is_accompanied")


def plan_interview(session: Session, referral: Referral, given: dict[str, Any], today: date) -> None:
    """A new appointment; `given`: at (aware), minutes, place, link, is_accompanied.

    Raises MoveRefused without a time, or for one that has gone by on `today`.
    """
    at = given.get("at")
    if not isinstance(at, datetime):
        raise MoveRefused(Refusal("interview_time_missing"))
    ask_is_to_come(at, today)
    known = {name: given[name] for name in TERMS if given.get(name) is not None}
    session.add(Interview(referral_id=referral.id or 0, at=at, **known))
    session.flush()


def ask_is_to_come(at: datetime, today: date) -> None:
    """An interview is planned for a time that is still to come. Raises MoveRefused."""
    if at < moment_on(today):
        raise MoveRefused(Refusal("interview_in_past"))


def interview_target(given: dict[str, Any]) -> str:
    """Where the referral goes on: a no-show back to interested, a moved one stays planned."""
    if given.get("no_show"):
        return ReferralState.INTERESTED
    return ReferralState.INTERVIEW_PLANNED if given.get("at") else ReferralState.INTERVIEWED


def record_interview(session: Session, referral: Referral, given: dict[str, Any], today: date) -> None:
    """Say what became of the appointment: `at` moves it to another time, `no_show` names who did not come."""
    planned = planned_interview(session, referral)
    if planned is not None:
        planned.state, planned.no_show = _outcome(given), given.get("no_show")
        session.flush()
    if given.get("at"):
        plan_interview(session, referral, given, today)


def settle_interview(session: Session, referral: Referral) -> None:
    """No appointment outlives its referral: it is cancelled with it, and comes back when that was a mistake."""
    if referral.state != ReferralState.INTERVIEW_PLANNED:
        _set_state(session, planned_interview(session, referral), InterviewState.CANCELLED)
    elif planned_interview(session, referral) is None:
        _set_state(session, cancelled_interview(session, referral), InterviewState.PLANNED)


def forget_interview(session: Session, referral: Referral, move: str) -> None:
    """What the undo of a move brings: a planned appointment goes, a recorded one is to come again."""
    if move == "plan_interview":
        _delete_planned(session, referral)
    if move == "record_interview":
        _delete_planned(session, referral)
        last = session.exec(_interviews_of(referral)).first()
        if last is not None:
            last.state, last.no_show = InterviewState.PLANNED, None
            session.flush()


def planned_interview(session: Session, referral: Referral) -> Interview | None:
    """The interview that is still to come, or to be recorded."""
    return session.exec(_interviews_of(referral).where(Interview.state == InterviewState.PLANNED)).first()


def cancelled_interview(session: Session, referral: Referral) -> Interview | None:
    """The newest interview where it was cancelled, or None."""
    newest: Interview | None = session.exec(_interviews_of(referral)).first()
    return newest if newest is not None and newest.state == InterviewState.CANCELLED else None


def appointment_number(session: Session, interview: Interview) -> int:
    """Which of the referral's appointments it is, from 1; one that was moved to another time is still the same."""
    before = select(func.count()).where(
        Interview.referral_id == interview.referral_id,
        col(Interview.id) < interview.id,
        Interview.state != InterviewState.MOVED,
    )
    return session.exec(before).one() + 1


def _set_state(session: Session, interview: Interview | None, state: InterviewState) -> None:
    if interview is not None:
        interview.state = state
        session.flush()


def _interviews_of(referral: Referral) -> Any:
    return select(Interview).where(Interview.referral_id == referral.id).order_by(col(Interview.id).desc()).limit(1)


def _delete_planned(session: Session, referral: Referral) -> None:
    planned = planned_interview(session, referral)
    if planned is not None:
        session.delete(planned)
        session.flush()


def _outcome(given: dict[str, Any]) -> InterviewState:
    if given.get("at"):
        return InterviewState.MOVED
    return InterviewState.NO_SHOW if given.get("no_show") else InterviewState.TOOK_PLACE
