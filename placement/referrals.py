"""Decides the official act of putting one graduate to one company: who may be sent, what each move needs and brings."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from employers.enums import AgreementState
from employers.models import Agreement, Opening
from employers.moves import Refusal
from placement import placements
from placement.access import office_actor
from placement.calendars import moment_on
from placement.consents import end_consent, provide, record_provision_consent, restore_consents, standing_consent
from placement.enums import PlacementKind, ProvisionStage, ReferralState
from placement.events import followers_of, last_move_of, no_earlier
from placement.interviews import (
    ask_is_to_come,
    forget_interview,
    interview_target,
    plan_interview,
    planned_interview,
    record_interview,
    settle_interview,
)
from placement.machines import ANSWER, CHANGE, DECIDE, SAID_NO
from placement.meeting import ask_is_free, ask_is_not_placed, ask_may_meet, ask_may_reopen, refusal_for
from placement.models import Event, Graduate, Referral
from placement.offers import ask_expiry, ask_is_standing
from placement.queue import enqueue
from placement.seats import Shift, engage, release, shift_seats
from placement.states import SYSTEM, Actor, MoveRefused, flags_of, machine_of, move, record_birth, states_where, undo

OFFER_DAYS = 7
SEEN_BY_NAME = (
    ReferralState.INTERESTED,
    ReferralState.INTERVIEW_PLANNED,
    ReferralState.INTERVIEWED,
    ReferralState.OFFERED,
)
SEEN_BY_COMPANY = (ReferralState.SENT, ReferralState.ON_HOLD, *SEEN_BY_NAME)
WITHOUT_CONSENT = (ReferralState.DRAFT, ReferralState.AWAITING_CONSENT, ReferralState.WITHDRAWN)
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
    ask_may_meet(session, graduate, opening)
    referral = Referral(
        graduate_id=graduate.id or 0,
        opening_id=opening.id or 0,
        counselor_id=counselor_id,
        waiting_since=moment_on(today),
    )
    with _one_open_referral(session, actor):
        record_birth(session, referral, actor, effective_on=today)
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
    because_of: int | None = None,
    **given: Any,
) -> Event:
    """Run one move with what it needs and brings. Raises MoveRefused; half of it may be done then: see `moving`.

    `given` by move: consent (channel), hold (until), plan_interview (at, minutes, place, link, is_accompanied),
    record_interview (no_show, at …), offer (kind, employment_type, starts_on, ends_on, pay, expires_on).
    """
    _ask_heard(referral, name, actor, note)
    opening = session.get_one(Opening, referral.opening_id)
    before = referral.state
    if name == "accept":  # first, so that two acceptances wait here and nowhere else
        engage(session, referral.graduate_id, referral.id or 0)
    said: dict[str, Any] = {"reason": reason, "note": note, "to": _target(session, referral, name, to, given)}
    changes = PREPARE[name](session, referral, opening, actor, effective_on, note, given) if name in PREPARE else {}
    with _one_open_referral(session, actor):
        event = move(
            session,
            referral,
            name,
            actor,
            effective_on=effective_on,
            because_of=because_of,
            waiting_since=moment_on(effective_on),
            **said,
            **changes,
        )
    _settle(session, referral, opening, before, actor, event)
    return event


def ask_day(session: Session, referral: Referral, line: Event) -> None:
    """Whether the move of this line, the row's last one, may have happened on its day. Raises MoveRefused as the move does."""
    day = line.effective_on
    if line.move == "hold":
        _until_to_come(referral.on_hold_until, day)
    if line.move == "offer":
        ask_expiry(referral.offer_expires_on, day)
    planned = planned_interview(session, referral)
    if planned is not None and line.to_state == ReferralState.INTERVIEW_PLANNED:
        ask_is_to_come(planned.at, day)


def take_back(
    session: Session,
    referral: Referral,
    actor: Actor,
    *,
    effective_on: date,
    note: str | None = None,
    because_of: int | None = None,
) -> Event:
    """Undo the last move with what had followed from it: consent, interview, seats, engagement, placement.

    The person's other referrals that an acceptance had closed come back as far as they can: see `still_closed`.
    """
    _lock_openings(session, referral)
    opening = session.get_one(Opening, referral.opening_id)
    was_closed, before = flags_of(referral).closed, referral.state
    with _one_open_referral(session, actor):
        event = undo(session, referral, actor, effective_on=effective_on, note=note, because_of=because_of)
    undone = session.get_one(Event, event.undo_of)
    if undone.move == "close_elsewhere":
        ask_is_free(session, referral, opening)
    elif was_closed and flags_of(referral).open:
        ask_is_not_placed(session, referral, actor)
    restore_consents(session, undone, because_of=event.id)
    forget_interview(session, referral, undone.move)
    _settle(session, referral, opening, before, actor, event)
    bring_back(session, undone, because_of=event.id, today=effective_on)
    return event


def bring_back(session: Session, undone: Event, *, because_of: int | None, today: date) -> None:
    """Take back each referral's closing that had followed from a line which is undone now; what cannot, stays closed."""
    for line in followers_of(session, "referral", undone):
        last = last_move_of(session, "referral", line.entity_id)
        if last is not None and last.id == line.id:
            other = session.get_one(Referral, line.entity_id, populate_existing=True)
            day = no_earlier(session, "referral", line.entity_id, today)
            try:
                with session.begin_nested():
                    take_back(session, other, office_actor(SYSTEM), effective_on=day, because_of=because_of)
            except MoveRefused:
                session.expire_all()  # taking it back has left the rows at hand as they no longer are


def still_closed(session: Session, event: Event) -> list[Referral]:
    """The referrals that had been closed with what `event` took back, directly or by way of others, and stay so."""
    lines: list[Event] = []
    causes = {event.undo_of} - {None}
    while causes:
        found = session.exec(select(Event).where(col(Event.because_of).in_(causes), col(Event.undo_of).is_(None))).all()
        lines, causes = [*lines, *found], {line.id for line in found}
    taken_back = set(session.exec(select(Event.undo_of).where(col(Event.undo_of).in_([line.id for line in lines]))))
    closings = [line for line in lines if line.entity == "referral" and line.id not in taken_back]
    return [session.get_one(Referral, line.entity_id) for line in closings]


def _lock_openings(session: Session, referral: Referral) -> None:
    """Whoever takes an acceptance back holds the openings of all that it closed in the order of ids, as `shift_seats`."""
    last = last_move_of(session, "referral", referral.id or 0)
    if last is None or last.move != "accept":
        return
    lines = followers_of(session, "referral", last)
    mine = select(Referral.opening_id).where(col(Referral.id).in_([referral.id, *(line.entity_id for line in lines)]))
    locked = select(Opening.id).where(col(Opening.id).in_(mine)).order_by(col(Opening.id))
    session.exec(locked.with_for_update(key_share=True)).all()


@contextmanager
def _one_open_referral(session: Session, actor: Actor) -> Iterator[None]:
    """The index on open pairs speaks as a refusal; whoever wrote at the same time is seen too."""
    try:
        with session.begin_nested():
            yield
    except IntegrityError:
        raise MoveRefused(refusal_for(actor, "referral_open_already")) from None


def _settle(session: Session, referral: Referral, opening: Opening, before: str, actor: Actor, event: Event) -> None:
    """What a company sees, consent, interview, seats, engagement, placement and the person's other referrals follow."""
    after, accepted, today = referral.state, ReferralState.ACCEPTED, event.effective_on
    shifts = {referral.opening_id: _seats_between(before, after)}
    _end_consent(session, referral, event)
    settle_interview(session, referral)
    if after == accepted and before != accepted:
        engage(session, referral.graduate_id, referral.id or 0)
        for other_opening, shift in _close_others(session, referral, event).items():
            shifts[other_opening] = shifts.get(other_opening, Shift()) + shift
    if before == accepted and after != accepted:
        placements.unplace(session, referral, actor, today=today)
        release(session, referral.graduate_id, referral.id or 0)
    shift_seats(session, shifts, today=today)
    _show(session, referral, opening, actor)  # after the seats: whoever gets none is told so at once
    if after == accepted and before != accepted:
        placements.place(session, referral, opening, office_actor(actor.name), today=today)
    if {before, after} & {*SAID_NO, ReferralState.WITHDRAWN}:  # the pair leaves the lists, or comes back to them
        enqueue(session, "rematch_graduate", str(referral.graduate_id))
        enqueue(session, "rematch_opening", str(referral.opening_id))


def _end_consent(session: Session, referral: Referral, event: Event) -> None:
    """Where nothing may be given (any more), no consent stands."""
    consent = standing_consent(session, referral.id or 0) if referral.state in WITHOUT_CONSENT else None
    if consent is not None:
        end_consent(session, consent, today=event.effective_on, because_of=event.id)


def _show(session: Session, referral: Referral, opening: Opening, actor: Actor) -> None:
    """Whichever way led here: nobody is seen without consent, and name and contact only from interest on."""
    if referral.state not in SEEN_BY_COMPANY:
        return
    if standing_consent(session, referral.id or 0) is None:
        raise MoveRefused(refusal_for(actor, "consent_withdrawn"))
    provide(session, referral, opening, actor, ProvisionStage.BLIND)
    if referral.state in SEEN_BY_NAME:
        provide(session, referral, opening, actor, ProvisionStage.CONTACT)


def _seats_between(before: str, after: str) -> Shift:
    offered, accepted = ReferralState.OFFERED, ReferralState.ACCEPTED
    return Shift((after == offered) - (before == offered), (after == accepted) - (before == accepted))


def _close_others(session: Session, accepted: Referral, event: Event) -> dict[int, Shift]:
    """Close the person's other open referrals, without naming the company; the seats that this frees, by opening."""
    others = (
        select(Referral)
        .where(
            Referral.graduate_id == accepted.graduate_id,
            Referral.id != accepted.id,
            col(Referral.state).in_(states_where("referral", open=True)),
        )
        .order_by(col(Referral.id))
        .with_for_update(key_share=True)  # a company that retracts meanwhile is waited for, and is no reason to refuse
        .execution_options(populate_existing=True)
    )
    freed: dict[int, Shift] = {}
    for other in session.exec(others).all():
        before = other.state
        day = no_earlier(session, "referral", other.id or 0, event.effective_on)
        since = moment_on(day)
        actor = office_actor(SYSTEM)
        move(session, other, "close_elsewhere", actor, effective_on=day, because_of=event.id, waiting_since=since)
        settle_interview(session, other)
        shift = _seats_between(before, other.state)
        freed[other.opening_id] = freed.get(other.opening_id, Shift()) + shift
    return freed


def _target(session: Session, referral: Referral, name: str, to: str | None, given: Changes) -> str | None:
    """Where a move with several targets leads: reopened without consent, a referral begins anew."""
    if name == "record_interview":
        return to or interview_target(given)
    if name == "reopen":
        return ReferralState.DRAFT if standing_consent(session, referral.id or 0) is None else to or ReferralState.SENT
    return to


# What a move needs, by name


def _ask_heard(referral: Referral, name: str, actor: Actor, note: str | None) -> None:
    """Who writes down at the office what a company or a graduate has said notes how it was heard."""
    word = next((m.permission for m in machine_of(referral).moves if m.name == name), "")
    is_spoken = word in (ANSWER, DECIDE) and name != "withdraw"
    is_office = CHANGE in actor.permissions and actor.name != SYSTEM
    if is_spoken and is_office and not (note or "").strip():
        raise MoveRefused(Refusal("note_missing"))


def _reopen(
    session: Session, referral: Referral, opening: Opening, actor: Actor, today: date, note: str | None, given: Changes
) -> Changes:
    session.refresh(opening, with_for_update={"key_share": True})  # an offer that goes out meanwhile is waited for
    ask_may_reopen(session, referral, opening, actor)
    if opening.seats_taken + opening.seats_held >= opening.seats:
        raise MoveRefused(Refusal("no_seat_left"))
    return {}


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
    session.refresh(opening, with_for_update={"key_share": True})  # two at once shall not both be the last of the month
    if opening.state not in states_where("opening", open=True):
        raise MoveRefused(Refusal("opening_not_open"))
    if not may_be_shown_people(session, opening, today):
        raise MoveRefused(Refusal("no_agreement"))
    if opening.monthly_contacts is not None and sent_this_month(session, opening, today) >= opening.monthly_contacts:
        raise MoveRefused(Refusal("contact_cap_reached", {"cap": opening.monthly_contacts}))
    channel = given.get("channel")
    record_provision_consent(session, referral, opening, actor, channel=channel, note=note, on=today)
    return {"sent_on": today}


def _hold(
    session: Session, referral: Referral, opening: Opening, actor: Actor, today: date, note: str | None, given: Changes
) -> Changes:
    return {"on_hold_until": _until_to_come(given.get("until"), today)}


def _until_to_come(until: date | None, day: date) -> date:
    if until is None or until <= day:
        raise MoveRefused(Refusal("until_missing"))
    return until


def _plan(
    session: Session, referral: Referral, opening: Opening, actor: Actor, today: date, note: str | None, given: Changes
) -> Changes:
    plan_interview(session, referral, given, today)
    return {}


def _record(
    session: Session, referral: Referral, opening: Opening, actor: Actor, today: date, note: str | None, given: Changes
) -> Changes:
    record_interview(session, referral, given, today)
    return {}


def _offer(
    session: Session, referral: Referral, opening: Opening, actor: Actor, today: date, note: str | None, given: Changes
) -> Changes:
    kind = given.get("kind") or _usual_kind(opening)
    starts_on = given.get("starts_on") or opening.starts_on or today
    ends_on = given.get("ends_on")
    if kind == PlacementKind.INTERNSHIP and ends_on is None:
        ends_on = placements.internship_end(starts_on)
    expires_on = given.get("expires_on") or today + timedelta(days=OFFER_DAYS)
    if ends_on is not None and ends_on < starts_on:
        raise MoveRefused(Refusal("days_out_of_order"))
    ask_expiry(expires_on, today)
    return {
        "offer_kind": kind,
        "offer_employment_type": given.get("employment_type") or opening.employment_type,
        "offer_starts_on": starts_on,
        "offer_ends_on": ends_on,
        "offer_pay": given.get("pay"),
        "offer_expires_on": expires_on,
    }


def _accept(
    session: Session, referral: Referral, opening: Opening, actor: Actor, today: date, note: str | None, given: Changes
) -> Changes:
    ask_is_standing(referral, today)
    return {}


def _usual_kind(opening: Opening) -> PlacementKind:
    return PlacementKind.INTERNSHIP if opening.employment_type == "intern" else PlacementKind.EMPLOYMENT


PREPARE: dict[str, Callable[..., Changes]] = {
    "reopen": _reopen,
    "consent": _consent,
    "hold": _hold,
    "plan_interview": _plan,
    "record_interview": _record,
    "offer": _offer,
    "accept": _accept,
}
