"""Decides until when an offer may be accepted, and by which mark an answer shows that it is to this very offer."""

import hashlib
import json
from datetime import date, datetime

from sqlmodel import Session, col, select

from employers.moves import Refusal
from placement.events import standing_events
from placement.models import Conversion, Event, Referral
from placement.states import MoveRefused, machine_of


def ask_expiry(expires_on: date | None, day: date) -> None:
    """An offer that is made on a day does not lapse before it. Raises MoveRefused (expires_before_offer)."""
    if expires_on is not None and expires_on < day:
        raise MoveRefused(Refusal("expires_before_offer"))


def ask_is_standing(row: Referral | Conversion, day: date) -> None:
    """An offer may be accepted through its last day, whether the clock has closed it since or not.

    Who said yes in time is written down with that day; else the offer is made anew. Raises MoveRefused (offer_lapsed).
    """
    if row.offer_expires_on is not None and row.offer_expires_on < day:
        raise MoveRefused(Refusal("offer_lapsed", {"day": row.offer_expires_on}))


def mark_of(session: Session, row: Referral | Conversion) -> str:
    """What tells the standing offer from every other one for the same row: a digest of its line in the log and its terms.

    A digest, so that nobody outside learns our row numbers.
    """
    columns = {name for name in type(row).model_fields if name == "terms" or name.startswith("offer")}
    line = _line_of(session, row)
    said = [line.id if line else None, row.model_dump(mode="json", include=columns)]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def is_made_after(session: Session, row: Referral | Conversion, moment: datetime) -> bool:
    """Whether the standing offer was written down later than `moment`."""
    line = _line_of(session, row)
    later = select(Event.id).where(Event.id == (line.id if line else None), col(Event.at) > moment)
    return session.exec(later).first() is not None


def _line_of(session: Session, row: Referral | Conversion) -> Event | None:
    offers = standing_events(machine_of(row).entity).where(Event.entity_id == row.id, Event.move == "offer")
    return session.scalars(offers.order_by(None).order_by(col(Event.id).desc()).limit(1)).first()
