"""Decides how an internship's conversion to a regular job goes on; converted means that the contract has started."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from employers.moves import Refusal
from placement.enums import ConversionState, PlacementKind
from placement.lapsing import settle_checks
from placement.models import Conversion, Event, Placement
from placement.offers import ask_expiry, ask_is_standing
from placement.states import Actor, MoveRefused, move, record_birth, states_where, undo

OPENS_BEFORE = timedelta(weeks=4)
UNKNOWN_AFTER = timedelta(days=30)
OFFER_DAYS = 14


def open_conversion(session: Session, placement: Placement, actor: Actor, *, today: date) -> Conversion:
    """The question whether this internship becomes a regular job.

    Raises MoveRefused: not_an_internship; conversion_open_already, one internship has one conversion.
    """
    if placement.kind != PlacementKind.INTERNSHIP:
        raise MoveRefused(Refusal("not_an_internship"))
    conversion = Conversion(placement_id=placement.id or 0)
    try:
        with session.begin_nested():
            record_birth(session, conversion, actor, effective_on=today)
    except IntegrityError:
        raise MoveRefused(Refusal("conversion_open_already")) from None
    return conversion


def advance(
    session: Session,
    conversion: Conversion,
    name: str,
    actor: Actor,
    *,
    effective_on: date,
    reason: str | None = None,
    note: str | None = None,
    to: str | None = None,
    **given: Any,
) -> Event:
    """Run one move; `given`: terms and expires_on (offer), contract_starts_on (start), next_step (decline).

    Raises MoveRefused: expires_before_offer for an offer that lapsed before it was made, offer_lapsed for an acceptance
    after its last day.
    """
    changes: dict[str, Any] = {}
    if name == "accept":
        ask_is_standing(conversion, effective_on)
    if name == "offer":
        expires_on = given.get("expires_on") or effective_on + timedelta(days=OFFER_DAYS)
        ask_expiry(expires_on, effective_on)
        changes = {"offered_on": effective_on, "offer_expires_on": expires_on, "terms": given.get("terms")}
    if name == "start":
        changes = {"contract_starts_on": given.get("contract_starts_on") or effective_on}
    if name == "decline":
        changes = {"next_step": given.get("next_step")}
    event = move(
        session, conversion, name, actor, effective_on=effective_on, reason=reason, note=note, to=to, **changes
    )
    settle_checks(session, conversion, event)
    return event


def ask_day(_session: Session, conversion: Conversion, line: Event) -> None:
    """Whether the move of this line, the row's last one, may have happened on its day. Raises MoveRefused as the move does."""
    if line.move == "offer":
        ask_expiry(conversion.offer_expires_on, line.effective_on)
    if line.move == "accept":
        ask_is_standing(conversion, line.effective_on)


def take_back(
    session: Session, conversion: Conversion, actor: Actor, *, effective_on: date, note: str | None = None
) -> Event:
    """Undo the last move, and what it had told of the retention checks."""
    event = undo(session, conversion, actor, effective_on=effective_on, note=note)
    settle_checks(session, conversion, event)
    return event


def internships_to_open(session: Session, today: date) -> list[Placement]:
    """Internships that end within four weeks (or have ended) and whose conversion nobody has opened yet."""
    going_on = (*states_where("placement", open=True), *states_where("placement", won=True, closed=True))
    opened = select(Conversion.id).where(Conversion.placement_id == Placement.id)
    chosen = select(Placement).where(
        Placement.kind == PlacementKind.INTERNSHIP,
        col(Placement.state).in_(going_on),
        col(Placement.ends_on) <= today + OPENS_BEFORE,
        ~opened.exists(),
    )
    return list(session.exec(chosen.order_by(col(Placement.id))))


def long_undecided(session: Session, today: date) -> list[Conversion]:
    """Conversions still without an answer 30 days after the internship's real end."""
    last_day = func.coalesce(Placement.last_day, Placement.ends_on)
    chosen = (
        select(Conversion)
        .join(Placement, col(Conversion.placement_id) == col(Placement.id))
        .where(Conversion.state == ConversionState.PENDING, last_day < today - UNKNOWN_AFTER)
    )
    return list(session.exec(chosen.order_by(col(Conversion.id))))


def lapsed_offers(session: Session, today: date) -> list[Conversion]:
    """Conversion offers whose last day has gone by."""
    chosen = select(Conversion).where(
        Conversion.state == ConversionState.OFFERED, col(Conversion.offer_expires_on) < today
    )
    return list(session.exec(chosen.order_by(col(Conversion.id))))
