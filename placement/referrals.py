"""Decides the official act of putting one graduate to one company: who may be sent, what each move needs and brings."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from employers.columns import now
from employers.enums import AgreementState
from employers.models import Agreement, Opening
from employers.moves import Refusal
from placement import placements
from placement.access import office_actor
from placement.consents import provide, record_provision_consent, standing_consent, withdraw_consent
from placement.enums import Channel, InterviewState, PlacementKind, ProvisionStage, ReferralState
from placement.models import Event, Graduate, Interview, Referral
from placement.profiling import is_placed
from placement.seats import Shift, engage, release, shift_seats
from placement.states import SYSTEM, Actor, MoveRefused, move, record_birth, states_where, undo

OFFER_DAYS = 7
Changes = dict[str, Any]


def create_referral(
    session: Session,
    graduate: Graduate,
    opening: Opening,
    actor: Actor,
    *,
    today: date,
    counselor_id: int | None = None,
) -> Referral:
    """A new draft. Raises MoveRefused: opening_not_open, graduate_not_looking, already_placed, referral_open_already."""
    if opening.state not in states_where("opening", open=True):
        raise MoveRefused(Refusal("opening_not_open"))
    if graduate.state not in states_where("graduate", open=True):
        raise MoveRefused(Refusal("graduate_not_looking"))
    if session.exec(select(Graduate.id).where(Graduate.id == graduate.id, is_placed())).first():
        raise MoveRefused(Refusal("already_placed"))
    referral = Referral(graduate_id=graduate.id or 0, opening_id=opening.id or 0, counselor_id=counselor_id)
    try:
        with session.begin_nested():
            record_birth(session, referral, actor, effective_on=today)
    except IntegrityError:
        raise MoveRefused(Refusal("referral_open_already")) from None
    return referral


def advance(
    session: Session,
    referral: Referral,
    name: str,
    actor: Actor,
    *,
    effective_on: date,
    reason: str | None = None,
    note: str | None = None,
    to: str | None = None,
    **given: Any,
) -> Event:
    """Run one move with what it needs and brings. Raises MoveRefused; the caller's transaction then holds nothing of it.

    `given` by move: consent (channel), hold (until), plan_interview (at, minutes, place, link, is_accompanied),
    record_interview (no_show, at …), offer (kind, employment_type, starts_on, ends_on, pay, expires_on).
    """
    opening = session.get_one(Opening, referral.opening_id)
    before = referral.state
    if name == "accept":
        engage(
            session, referral.graduate_id, referral.id or 0
        )  # first, so that two acceptances wait here and nowhere else
    if name == "reopen":
        to = _reopening_target(session, referral, to)
    if name == "record_interview":
        to = to or _interview_target(given)
    changes = PREPARE[name](session, referral, opening, actor, effective_on, note, given) if name in PREPARE else {}
    event = move(
        session,
        referral,
        name,
        actor,
        effective_on=effective_on,
        reason=reason,
        note=note,
        to=to,
        waiting_since=now(),
        **changes,
    )
    _settle(session, referral, opening, before, actor, effective_on, was_engaged=name == "accept")
    return event


def take_back(
    session: Session, referral: Referral, actor: Actor, *, effective_on: date, note: str | None = None
) -> Event:
    """Undo the last move with what had followed from it: seats, engagement, placement, consent."""
    opening = session.get_one(Opening, referral.opening_id)
    before = referral.state
    event = undo(session, referral, actor, effective_on=effective_on, note=note)
    if before == ReferralState.SENT and referral.state == ReferralState.AWAITING_CONSENT:
        withdraw_consent(session, referral.id or 0)
    if referral.state == ReferralState.ACCEPTED:
        engage(session, referral.graduate_id, referral.id or 0)
    _settle(session, referral, opening, before, actor, effective_on, was_engaged=True)
    return event


def _settle(
    session: Session, referral: Referral, opening: Opening, before: str, actor: Actor, today: date, *, was_engaged: bool
) -> None:
    """Seats, engagement, placement and the person's other referrals follow from the two states, not from the path."""
    after, accepted = referral.state, ReferralState.ACCEPTED
    shifts = {referral.opening_id: _seats_between(before, after)}
    if after == accepted and before != accepted:
        if not was_engaged:
            engage(session, referral.graduate_id, referral.id or 0)
        for other_opening, shift in _close_others(session, referral, today).items():
            shifts[other_opening] = shifts.get(other_opening, Shift()) + shift
    if before == accepted and after != accepted:
        placements.unplace(session, referral, actor, today=today)
        release(session, referral.graduate_id, referral.id or 0)
    shift_seats(session, shifts, today=today)
    if after == accepted and before != accepted:
        placements.place(session, referral, opening, office_actor(actor.name), today=today)


def _seats_between(before: str, after: str) -> Shift:
    offered, accepted = ReferralState.OFFERED, ReferralState.ACCEPTED
    return Shift((after == offered) - (before == offered), (after == accepted) - (before == accepted))


def _close_others(session: Session, accepted: Referral, today: date) -> dict[int, Shift]:
    """Close the person's other open referrals, without naming the company; the seats that this frees, by opening."""
    others = (
        select(Referral)
        .where(
            Referral.graduate_id == accepted.graduate_id,
            Referral.id != accepted.id,
            col(Referral.state).in_(states_where("referral", open=True)),
        )
        .order_by(col(Referral.id))
    )
    freed: dict[int, Shift] = {}
    for other in session.exec(others).all():
        before = other.state
        move(session, other, "close_elsewhere", office_actor(SYSTEM), effective_on=today, waiting_since=now())
        shift = _seats_between(before, other.state)
        freed[other.opening_id] = freed.get(other.opening_id, Shift()) + shift
    return freed


def _reopening_target(session: Session, referral: Referral, to: str | None) -> str:
    """Where a reopened referral goes on: with the company while the consent stands, else from the start."""
    if standing_consent(session, referral.id or 0) is None:
        return ReferralState.DRAFT
    return to or ReferralState.SENT


def _interview_target(given: Changes) -> str:
    """Only what took place counts: a no-show goes back to interested, a moved one stays planned."""
    if given.get("no_show"):
        return ReferralState.INTERESTED
    return ReferralState.INTERVIEW_PLANNED if given.get("at") else ReferralState.INTERVIEWED


# What a move needs, by name


def may_be_shown_people(session: Session, opening: Opening, today: date) -> bool:
    """Whether the company has an agreement in force, or the program manager has approved the opening."""
    a = Agreement
    in_force = select(a.id).where(a.company_id == opening.company_id, a.state == AgreementState.IN_FORCE)
    current = in_force.where((col(a.valid_until).is_(None)) | (col(a.valid_until) >= today))
    return opening.is_approved or session.exec(current.limit(1)).first() is not None


def sent_this_month(session: Session, opening: Opening, today: date) -> int:
    """How many people the company was sent for this opening in the month of `today`."""
    first = today.replace(day=1)
    sent = select(func.count()).where(Referral.opening_id == opening.id, col(Referral.sent_on).between(first, today))
    return session.exec(sent).one()


def _consent(
    session: Session, referral: Referral, opening: Opening, actor: Actor, today: date, note: str | None, given: Changes
) -> Changes:
    if opening.state not in states_where("opening", open=True):
        raise MoveRefused(Refusal("opening_not_open"))
    if not may_be_shown_people(session, opening, today):
        raise MoveRefused(Refusal("no_agreement"))
    if opening.monthly_contacts is not None and sent_this_month(session, opening, today) >= opening.monthly_contacts:
        raise MoveRefused(Refusal("contact_cap_reached", {"cap": opening.monthly_contacts}))
    channel = given.get("channel", Channel.PHONE)
    record_provision_consent(session, referral, opening, actor, channel=channel, note=note, on=today)
    provide(session, referral, opening, actor, ProvisionStage.BLIND)
    return {"sent_on": today}


def _show_interest(
    session: Session, referral: Referral, opening: Opening, actor: Actor, today: date, note: str | None, given: Changes
) -> Changes:
    if standing_consent(session, referral.id or 0) is None:
        raise MoveRefused(Refusal("consent_withdrawn"))
    provide(session, referral, opening, actor, ProvisionStage.CONTACT)
    return {}


def _hold(
    session: Session, referral: Referral, opening: Opening, actor: Actor, today: date, note: str | None, given: Changes
) -> Changes:
    until = given.get("until")
    if until is None or until <= today:
        raise MoveRefused(Refusal("until_missing"))
    return {"on_hold_until": until}


def _plan_interview(
    session: Session, referral: Referral, opening: Opening, actor: Actor, today: date, note: str | None, given: Changes
) -> Changes:
    at = given.get("at")
    if not isinstance(at, datetime):
        raise MoveRefused(Refusal("interview_time_missing"))
    known = {
        name: given[name] for name in ("minutes", "place", "link", "is_accompanied") if given.get(name) is not None
    }
    session.add(Interview(referral_id=referral.id or 0, at=at, **known))
    session.flush()
    return {}


def _record_interview(
    session: Session, referral: Referral, opening: Opening, actor: Actor, today: date, note: str | None, given: Changes
) -> Changes:
    planned = planned_interview(session, referral)
    if planned is not None:
        moved = isinstance(given.get("at"), datetime)
        planned.state = (
            InterviewState.MOVED
            if moved
            else InterviewState.NO_SHOW
            if given.get("no_show")
            else InterviewState.TOOK_PLACE
        )
        planned.no_show = given.get("no_show")
        session.flush()
        if moved:
            _plan_interview(session, referral, opening, actor, today, note, given)
    return {}


def planned_interview(session: Session, referral: Referral) -> Interview | None:
    """The interview that is still to come, or to be recorded."""
    planned = select(Interview).where(Interview.referral_id == referral.id, Interview.state == InterviewState.PLANNED)
    return session.exec(planned.order_by(col(Interview.id).desc()).limit(1)).first()


def _offer(
    session: Session, referral: Referral, opening: Opening, actor: Actor, today: date, note: str | None, given: Changes
) -> Changes:
    kind = given.get("kind") or _usual_kind(opening)
    starts_on = given.get("starts_on") or opening.starts_on or today
    ends_on = given.get("ends_on")
    if kind == PlacementKind.INTERNSHIP and ends_on is None:
        ends_on = placements.internship_end(starts_on)
    if ends_on is not None and ends_on < starts_on:
        raise MoveRefused(Refusal("days_out_of_order"))
    return {
        "offer_kind": kind,
        "offer_employment_type": given.get("employment_type") or opening.employment_type,
        "offer_starts_on": starts_on,
        "offer_ends_on": ends_on,
        "offer_pay": given.get("pay"),
        "offer_expires_on": given.get("expires_on") or today + timedelta(days=OFFER_DAYS),
    }


def _usual_kind(opening: Opening) -> PlacementKind:
    return PlacementKind.INTERNSHIP if opening.employment_type == "intern" else PlacementKind.EMPLOYMENT


def _withdraw(
    session: Session, referral: Referral, opening: Opening, actor: Actor, today: date, note: str | None, given: Changes
) -> Changes:
    withdraw_consent(session, referral.id or 0)
    return {}


PREPARE: dict[str, Callable[..., Changes]] = {
    "consent": _consent,
    "show_interest": _show_interest,
    "hold": _hold,
    "plan_interview": _plan_interview,
    "record_interview": _record_interview,
    "offer": _offer,
    "withdraw": _withdraw,
}
