"""Decides how a person's work somewhere begins, goes on and ends, and what that frees."""

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, or_, select

from employers.models import Opening
from employers.moves import Refusal, StateFlags
from placement.assessments import follow_days
from placement.enums import PlacementKind, PlacementSource, PlacementState, ReferralState, Side
from placement.events import last_move_of
from placement.internship_agreements import follow_terms
from placement.lapsing import settle_checks
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
                event = undo(session, placement, actor, effective_on=today)
                placement.sqlmodel_update(_terms(session, referral, opening, today))
                session.flush()
                _let_papers_follow(session, placement, event)
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
        event = move(session, placement, "not_start", actor, effective_on=today, reason="acceptance_cancelled")
        _let_papers_follow(session, placement, event)


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
    """Run one move of a placement with what follows from it.

    `given`: last_day and ended_by (end_early), ends_on (extend, continue), starts_on and ends_on (change_days). A
    suspension moves no end by itself: `continue` takes the new one where the two sides agreed on it.
    """
    before = flags_of(placement)
    changes = CHANGES[name](session, placement, effective_on, given) if name in CHANGES else {}
    event = move(session, placement, name, actor, effective_on=effective_on, reason=reason, note=note, to=to, **changes)
    _settle(session, placement, before, effective_on)
    _let_papers_follow(session, placement, event)
    settle_checks(session, placement, event)
    return event


def ask_day(session: Session, placement: Placement, line: Event) -> None:
    """Whether the move of this line, the row's last one, may have happened on its day. Raises MoveRefused as the move does."""
    if line.move == "end_early":
        given = {"last_day": placement.last_day, "ended_by": placement.ended_by}
        _early_end(session, placement, line.effective_on, given)


def take_back(
    session: Session, placement: Placement, actor: Actor, *, effective_on: date, note: str | None = None
) -> Event:
    """Undo the last move with what had followed from it."""
    before = flags_of(placement)
    event = undo(session, placement, actor, effective_on=effective_on, note=note)
    _settle(session, placement, before, effective_on)
    _let_papers_follow(session, placement, event)
    settle_checks(session, placement, event)
    return event


def _let_papers_follow(session: Session, placement: Placement, event: Event) -> None:
    """An internship's agreement and assessments go by the days of the placement as they are now."""
    follow_terms(session, placement, event)
    follow_days(session, placement)


def _early_end(session: Session, placement: Placement, today: date, given: dict[str, Any]) -> dict[str, Any]:
    """The last day that was worked, within the placement and not to come, and whose doing it was."""
    last_day, ended_by = given.get("last_day"), given.get("ended_by")
    if last_day is None:
        raise MoveRefused(Refusal("last_day_missing"))
    if last_day < placement.starts_on:
        raise MoveRefused(Refusal("days_out_of_order"))
    if last_day > today:
        raise MoveRefused(Refusal("day_in_future"))
    if ended_by not in set(Side):
        raise MoveRefused(Refusal("side_missing"))
    return {"last_day": last_day, "ended_by": ended_by}


def _longer(session: Session, placement: Placement, today: date, given: dict[str, Any]) -> dict[str, Any]:
    ends_on = given.get("ends_on")
    if ends_on is None or (placement.ends_on and ends_on <= placement.ends_on):
        raise MoveRefused(Refusal("end_not_later"))
    return _checked_days(session, placement, placement.starts_on, ends_on)


def _after_pause(session: Session, placement: Placement, today: date, given: dict[str, Any]) -> dict[str, Any]:
    """The end stays, unless a later one is said."""
    ends_on = given.get("ends_on")
    return {} if ends_on in (None, placement.ends_on) else _longer(session, placement, today, given)


def _other_days(session: Session, placement: Placement, today: date, given: dict[str, Any]) -> dict[str, Any]:
    """Days that were agreed anew or typed wrong; the first day stands once the work has begun."""
    starts_on = given.get("starts_on") or placement.starts_on
    ends_on = given.get("ends_on") or placement.ends_on
    if starts_on != placement.starts_on and placement.state != PlacementState.SCHEDULED:
        raise MoveRefused(Refusal("start_stands"))
    return _checked_days(session, placement, starts_on, ends_on)


def _checked_days(session: Session, placement: Placement, starts_on: date, ends_on: date | None) -> dict[str, Any]:
    if ends_on is not None and ends_on < starts_on:
        raise MoveRefused(Refusal("days_out_of_order"))
    others = work_between(session, placement.graduate_id, starts_on, ends_on)
    if any(other.id != placement.id for other in others):
        raise MoveRefused(Refusal("works_elsewhere"))
    return {"starts_on": starts_on, "ends_on": ends_on}


CHANGES: dict[str, Callable[..., dict[str, Any]]] = {
    "end_early": _early_end,
    "extend": _longer,
    "continue": _after_pause,
    "change_days": _other_days,
}


def work_between(session: Session, graduate_id: int, first: date, last: date | None) -> list[Placement]:
    """The person's placements that share a day with these; `last` None is no end. One that never began is none."""
    p = Placement
    last_day = func.coalesce(p.last_day, p.ends_on)
    chosen = select(p).where(
        p.graduate_id == graduate_id,
        p.state != PlacementState.DID_NOT_START,
        or_(last_day.is_(None), last_day >= first),
    )
    if last is not None:
        chosen = chosen.where(col(p.starts_on) <= last)
    return list(session.exec(chosen.order_by(col(p.id))))


def end_after_pause(session: Session, placement: Placement, today: date) -> date | None:
    """The end of a suspended placement if it were later by the days of the suspension; None where there is no end."""
    paused = last_move_of(session, "placement", placement.id or 0)
    if placement.ends_on is None or paused is None or placement.state != PlacementState.SUSPENDED:
        return None
    return placement.ends_on + (today - paused.effective_on)


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
