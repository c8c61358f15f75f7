"""Decides what follows when a graduate's own state changes: a new comparison, and no open referral of one who has left."""

from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from placement import referrals
from placement.access import office_actor
from placement.enums import GraduateReason
from placement.events import no_earlier
from placement.models import Event, Graduate, Referral
from placement.queue import enqueue
from placement.states import SYSTEM, Actor, flags_of, move, states_where, undo


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
    **_given: Any,
) -> Event:
    """Run one move; who leaves the program has every open referral withdrawn, and with it its consent."""
    event = move(session, graduate, name, actor, effective_on=effective_on, reason=reason, note=note, to=to)
    if flags_of(graduate).closed:
        _withdraw_referrals(session, graduate, effective_on)
    enqueue(session, "rematch_graduate", str(graduate.id))
    return event


def take_back(
    session: Session, graduate: Graduate, actor: Actor, *, effective_on: date, note: str | None = None
) -> Event:
    """Undo the last move; withdrawn referrals stay so until somebody reopens them."""
    event = undo(session, graduate, actor, effective_on=effective_on, note=note)
    enqueue(session, "rematch_graduate", str(graduate.id))
    return event


def _withdraw_referrals(session: Session, graduate: Graduate, today: date) -> None:
    mine = select(Referral).where(
        Referral.graduate_id == graduate.id, col(Referral.state).in_(states_where("referral", open=True))
    )
    for referral in session.exec(mine.order_by(col(Referral.id))).all():
        referrals.advance(
            session,
            referral,
            "withdraw",
            office_actor(SYSTEM),
            effective_on=no_earlier(session, "referral", referral.id or 0, today),
            reason=GraduateReason.DROPPED_OUT,
        )
