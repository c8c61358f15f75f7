"""Decides what follows when a person takes a consent back: nothing more is shown, and what stood on it ends at once."""

from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from employers.columns import now
from employers.moves import Refusal
from placement import departures, referrals
from placement.access import office_actor
from placement.consents import ask_heard, end_consent, is_asked_anew, restore_consents
from placement.enums import ConsentKind, ConsentState, GraduateReason, LeaveReason, PlacementState, ReferralState
from placement.events import followers_of, last_move_of, no_earlier
from placement.models import Consent, Event, Graduate, Placement, Referral
from placement.states import SYSTEM, Actor, MoveRefused, flags_of, machine_of, move, undo


def advance(
    session: Session,
    consent: Consent,
    name: str,
    actor: Actor,
    *,
    effective_on: date,
    note: str | None = None,
    channel: str | None = None,
    reason: str | None = None,
    to: str | None = None,
    **_given: Any,
) -> Event:
    """Withdraw a consent as the person has said through `channel`, with all that stood on it. Raises MoveRefused."""
    ask_heard(channel, note)
    event = move(
        session,
        consent,
        name,
        actor,
        effective_on=effective_on,
        note=note,
        reason=reason,
        to=to,
        withdrawn_at=now(),
        withdrawn_channel=channel,
    )
    if consent.kind == ConsentKind.THIRD_PARTY:
        _end_referral(session, consent, event)
    else:
        _end_everything(session, consent, event)
    return event


def take_back(
    session: Session, consent: Consent, actor: Actor, *, effective_on: date, note: str | None = None
) -> Event:
    """Undo a withdrawal with what had followed from it, as far as that can come back.

    Raises MoveRefused: consent_fell_with_other for one that fell with something else (that is what is to be undone),
    graduate_not_looking for one to a company while the person has left, consent_asked_anew for one whose referral has
    begun anew since.
    """
    last = last_move_of(session, "consent", consent.id or 0)
    if last is not None and last.because_of is not None:
        raise MoveRefused(Refusal("consent_fell_with_other"))
    person = session.get_one(Graduate, consent.graduate_id)
    if consent.kind == ConsentKind.THIRD_PARTY and flags_of(person).closed:
        raise MoveRefused(Refusal("graduate_not_looking"))
    if is_asked_anew(session, consent):
        raise MoveRefused(Refusal("consent_asked_anew"))
    event = undo(session, consent, actor, effective_on=effective_on, note=note)
    undone = session.get_one(Event, event.undo_of)
    _bring_back_graduate(session, undone, event)
    fallen = followers_of(session, "consent", undone)
    restore_consents(session, undone, because_of=event.id)
    for line in (*fallen, undone):
        referrals.bring_back(session, line, because_of=event.id, today=effective_on)
    return event


def _end_referral(session: Session, consent: Consent, event: Event) -> None:
    """An open referral ends with its consent, and so does an acceptance whose work has not begun."""
    referral = session.get(Referral, consent.referral_id or 0, populate_existing=True)
    if referral is None:
        return
    name = _ending_of(session, referral)
    if name is not None:
        referrals.advance(
            session,
            referral,
            name,
            office_actor(SYSTEM),
            effective_on=no_earlier(session, "referral", referral.id or 0, event.effective_on),
            reason=GraduateReason.NO_CONSENT,
            to=ReferralState.WITHDRAWN,
            because_of=event.id,
        )


def _ending_of(session: Session, referral: Referral) -> str | None:
    """The move that ends a referral, or None where it has ended or its work goes on."""
    if any(m.name == "withdraw" and referral.state in m.sources for m in machine_of(referral).moves):
        return "withdraw"
    begins = select(Placement.id).where(
        Placement.referral_id == referral.id, Placement.state == PlacementState.SCHEDULED
    )
    is_cancelled = referral.state == ReferralState.ACCEPTED and session.exec(begins).first() is not None
    return "cancel_acceptance" if is_cancelled else None


def _end_everything(session: Session, consent: Consent, event: Event) -> None:
    """Without the consent to collect and use nothing is given to anybody, and the person leaves the program."""
    mine = select(Consent).where(
        Consent.graduate_id == consent.graduate_id,
        Consent.kind == ConsentKind.THIRD_PARTY,
        Consent.state == ConsentState.GIVEN,
    )
    for given in session.exec(mine.order_by(col(Consent.id))).all():
        line = end_consent(session, given, today=event.effective_on, because_of=event.id)
        _end_referral(session, given, line)
    graduate = session.get_one(Graduate, consent.graduate_id)
    if not flags_of(graduate).closed:
        day = no_earlier(session, "graduate", graduate.id or 0, event.effective_on)
        departures.advance(
            session,
            graduate,
            "leave",
            office_actor(SYSTEM),
            effective_on=day,
            reason=LeaveReason.NO_CONSENT,
            because_of=event.id,
        )


def _bring_back_graduate(session: Session, undone: Event, event: Event) -> None:
    for line in followers_of(session, "graduate", undone):
        last = last_move_of(session, "graduate", line.entity_id)
        if last is not None and last.id == line.id:
            graduate = session.get_one(Graduate, line.entity_id)
            day = no_earlier(session, "graduate", line.entity_id, event.effective_on)
            departures.take_back(session, graduate, office_actor(SYSTEM), effective_on=day, because_of=event.id)
