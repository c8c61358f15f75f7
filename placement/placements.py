"""Decides how a person's work somewhere begins, goes on and ends, and what that frees."""

import calendar
from datetime import date, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from employers.models import Opening
from employers.moves import Refusal, StateFlags
from placement.enums import PlacementKind, PlacementSource, PlacementState, ReferralState
from placement.models import Event, Graduate, Placement, Referral
from placement.seats import Shift, engage, release, shift_seats
from placement.states import MACHINES, Actor, MoveRefused, flags_of, move, record_birth, undo

INTERNSHIP_MONTHS = 3


def months_later(day: date, months: int) -> date:
    """The same day some months later, clamped to the end of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


def internship_end(starts_on: date, months: int = INTERNSHIP_MONTHS) -> date:
    """The last day: start + months - 1 day."""
    return months_later(starts_on, months) - timedelta(days=1)


def place(session: Session, referral: Referral, opening: Opening, actor: Actor, *, today: date) -> Placement:
    """The placement that an accepted offer brings; that of a cancelled acceptance comes back, on the terms of today.

    Raises MoveRefused (placement_exists) where the person has such a placement already.
    """
    placement = session.exec(select(Placement).where(Placement.referral_id == referral.id)).first()
    try:
        with session.begin_nested():
            if placement is None:
                placement = Placement(**_terms(session, referral, opening, today))
                record_birth(session, placement, actor, effective_on=today)
            else:
                undo(session, placement, actor, effective_on=today)
                placement.sqlmodel_update(_terms(session, referral, opening, today))
                session.flush()
    except IntegrityError:
        raise MoveRefused(Refusal("placement_exists")) from None
    return placement


def _terms(session: Session, referral: Referral, opening: Opening, today: date) -> dict[str, Any]:
    starts_on, ends_on = referral.offer_starts_on or today, referral.offer_ends_on
    if referral.offer_kind == PlacementKind.INTERNSHIP and ends_on is None:
        ends_on = internship_end(starts_on)
    return {
        "graduate_id": referral.graduate_id,
        "company_id": opening.company_id,
        "cohort_id": session.get_one(Graduate, referral.graduate_id).cohort_id,
        "opening_id": opening.id,
        "referral_id": referral.id,
        "kind": referral.offer_kind or PlacementKind.EMPLOYMENT,
        "source": PlacementSource.REFERRAL,
        "employment_type": referral.offer_employment_type or opening.employment_type,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }


def unplace(session: Session, referral: Referral, actor: Actor, *, today: date) -> None:
    """Take the placement of a cancelled acceptance back; raises MoveRefused once it has started, or never will."""
    for placement in session.exec(select(Placement).where(Placement.referral_id == referral.id)):
        if placement.state != PlacementState.SCHEDULED:
            raise MoveRefused(Refusal("placement_has_started"))
        move(session, placement, "not_start", actor, effective_on=today, reason="acceptance_cancelled")


def advance(
    session: Session,
    placement: Placement,
    name: str,
    actor: Actor,
    *,
    effective_on: date,
    reason: str | None = None,
    note: str | None = None,
    to: str | None = None,
    **given: Any,
) -> Event:
    """Run one move of a placement with what follows from it. `given`: last_day and ended_by (end_early), ends_on (extend)."""
    before = flags_of(placement)
    changes = _changes(placement, name, effective_on, given)
    event = move(session, placement, name, actor, effective_on=effective_on, reason=reason, note=note, to=to, **changes)
    _settle(session, placement, before, effective_on)
    return event


def take_back(
    session: Session, placement: Placement, actor: Actor, *, effective_on: date, note: str | None = None
) -> Event:
    """Undo the last move with what had followed from it."""
    before = flags_of(placement)
    event = undo(session, placement, actor, effective_on=effective_on, note=note)
    _settle(session, placement, before, effective_on)
    return event


def _changes(placement: Placement, name: str, effective_on: date, given: dict[str, Any]) -> dict[str, Any]:
    if name == "end_early":
        last_day = given.get("last_day") or effective_on
        if last_day < placement.starts_on:
            raise MoveRefused(Refusal("days_out_of_order"))
        return {"last_day": last_day, "ended_by": given.get("ended_by")}
    if name == "extend":
        ends_on = given.get("ends_on")
        if ends_on is None or (placement.ends_on and ends_on <= placement.ends_on):
            raise MoveRefused(Refusal("end_not_later"))
        return {"ends_on": ends_on}
    return {}


def _settle(session: Session, placement: Placement, before: StateFlags, today: date) -> None:
    """Seats and engagement follow the flags of the states, whichever way the state was reached."""
    after = MACHINES["placement"].states[placement.state]
    if placement.referral_id is None or before == after:
        return
    if before.open and not after.open:
        release(session, placement.graduate_id, placement.referral_id)
    if after.open and not before.open:
        if session.get_one(Referral, placement.referral_id).state != ReferralState.ACCEPTED:
            raise MoveRefused(Refusal("acceptance_is_cancelled"))
        engage(session, placement.graduate_id, placement.referral_id)
    if placement.opening_id is not None:
        taken = int(after.holds_seat) - int(before.holds_seat)
        shift_seats(session, {placement.opening_id: Shift(taken=taken)}, today=today)
