"""Decides which suggestions are shown of one person or one opening, and in which order."""

from typing import Any, NamedTuple

from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from employers.models import Company, Opening
from placement.models import Graduate, Suggestion
from placement.states import states_where
from placement.storing import refused
from placement.suggesting import K


class Ranked(NamedTuple):
    """A suggestion on a page: its place on the list (1 = best) and both sides."""

    rank: int
    suggestion: Suggestion
    graduate: Graduate
    opening: Opening
    company: Company


def ranked_for_graduate(session: Session, graduate: Graduate, k: int = K) -> list[Ranked]:
    """The k best standing suggestions of one graduate, best first; one dismissed, snoozed or refused is on no list."""
    return _ranked(session, col(Suggestion.graduate_id) == graduate.id, col(Suggestion.opening_id), k)


def ranked_for_opening(session: Session, opening: Opening, k: int = K) -> list[Ranked]:
    """The k best standing suggestions for one opening, best first; one dismissed, snoozed or refused is on no list."""
    return _ranked(session, col(Suggestion.opening_id) == opening.id, col(Suggestion.graduate_id), k)


def dismissed_of(session: Session, *, graduate: Graduate | None = None, opening: Opening | None = None) -> list[Ranked]:
    """The pairs of one side that somebody took off, for reopening."""
    return _ranked(session, _of_side(graduate, opening), col(Suggestion.id), None, closed=True)


def snoozed_of(session: Session, *, graduate: Graduate | None = None, opening: Opening | None = None) -> list[Ranked]:
    """The pairs of one side that somebody put off, the first to come back on top."""
    one = _of_side(graduate, opening)
    found = _ranked(session, one, col(Suggestion.id), None, open=True, waits_for="nobody")
    return sorted(found, key=lambda pair: str(pair.suggestion.snoozed_until))


def _of_side(graduate: Graduate | None, opening: Opening | None) -> Any:
    if graduate is not None:
        return col(Suggestion.graduate_id) == graduate.id
    return col(Suggestion.opening_id) == (opening and opening.id)


def _ranked(session: Session, condition: Any, tie: Any, k: int | None, **wanted: Any) -> list[Ranked]:
    """Those whose state means what is wanted; unless said, that they wait for a counselor and nobody has said no."""
    nobody_refused = tuple_(col(Suggestion.graduate_id), col(Suggestion.opening_id)).not_in(refused())
    states = states_where("suggestion", **(wanted or {"waits_for": "counselor"}))
    chosen = (
        select(Suggestion, Graduate, Opening, Company)
        .join(Graduate, col(Suggestion.graduate_id) == col(Graduate.id))
        .join(Opening, col(Suggestion.opening_id) == col(Opening.id))
        .join(Company, col(Opening.company_id) == col(Company.id))
        .where(condition, col(Suggestion.state).in_(states), *([] if wanted else [nobody_refused]))
        .order_by(col(Suggestion.score).desc(), tie)
        .limit(k)
    )
    return [Ranked(rank, *row) for rank, row in enumerate(session.exec(chosen).all(), start=1)]
