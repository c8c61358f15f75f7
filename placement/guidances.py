"""Decides how a graduate is told of an opening that somebody else has posted; this is no referral and never becomes one."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from employers.enums import OpeningSource
from employers.models import Company, Opening
from employers.moves import Refusal
from placement.enums import Channel
from placement.models import Graduate, Guidance
from placement.states import Actor, MoveRefused, record_birth, states_where


class Told(NamedTuple):
    """One 안내 with both sides."""

    guidance: Guidance
    graduate: Graduate
    opening: Opening
    company: Company


def is_external(opening: Opening) -> bool:
    """Whether the opening is posted elsewhere, so that people are only told of it."""
    return opening.source == OpeningSource.EXTERNAL


def tell(
    session: Session,
    graduate: Graduate,
    opening: Opening,
    actor: Actor,
    *,
    today: date,
    told_on: date | None = None,
    channel: str = Channel.PHONE,
    counselor_id: int | None = None,
) -> Guidance:
    """Record that a graduate was told of an external opening, with its day (today when unsaid) and channel.

    Raises MoveRefused: opening_not_external, opening_not_open, graduate_not_looking, day_in_future, told_already.
    """
    if not is_external(opening):
        raise MoveRefused(Refusal("opening_not_external"))
    if opening.state not in states_where("opening", open=True):
        raise MoveRefused(Refusal("opening_not_open"))
    if graduate.state not in states_where("graduate", open=True):
        raise MoveRefused(Refusal("graduate_not_looking"))
    day = told_on or today
    if day > today:
        raise MoveRefused(Refusal("day_in_future"))
    guidance = Guidance(
        graduate_id=graduate.id or 0,
        opening_id=opening.id or 0,
        counselor_id=counselor_id,
        told_on=day,
        channel=channel,
    )
    try:
        with session.begin_nested():
            record_birth(session, guidance, actor, effective_on=day)
    except IntegrityError:
        raise MoveRefused(Refusal("told_already")) from None
    return guidance


def guidances_among(guidances: Any, *conditions: ColumnElement[bool]) -> Any:
    """A query of Told columns for the guidances that a reader may see (`visible_guidances`), unordered."""
    return (
        select(Guidance, Graduate, Opening, Company)
        .join(Graduate, col(Graduate.id) == col(Guidance.graduate_id))
        .join(Opening, col(Opening.id) == col(Guidance.opening_id))
        .join(Company, col(Company.id) == col(Opening.company_id))
        .where(col(Guidance.id).in_(guidances.with_only_columns(col(Guidance.id))), *conditions)
    )
