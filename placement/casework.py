"""Decides what waits for a counselor today: people without a decision, strong new pairs, closing openings, gaps."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, update
from sqlmodel import Session, col, select

from employers.columns import now
from employers.models import Company, Opening
from placement.models import Account, Graduate, MatchRun, Referral, Suggestion
from placement.profiling import is_matchable_graduate
from placement.rankings import Ranked
from placement.states import states_where

STRONG_SCORE = 80
CLOSING_SOON = timedelta(days=7)
SHOWN = 5

_CHOSEN = col(Suggestion.state) == "shortlisted"


def _has_suggestion(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    found = select(Suggestion.id).where(Suggestion.graduate_id == Graduate.id, *conditions)
    return found.correlate(Graduate).exists()


def _is_new() -> ColumnElement[bool]:
    """The condition on a pair about which nobody has decided and that was never put to the company."""
    of_pair = (Referral.graduate_id == Suggestion.graduate_id, Referral.opening_id == Suggestion.opening_id)
    put = select(Referral.id).where(*of_pair).correlate(Suggestion).exists()
    return (col(Suggestion.state) == "new") & ~put


def is_looking() -> ColumnElement[bool]:
    """The condition on a graduate whom a suggestion could still serve: nobody who has a job or has accepted one."""
    return is_matchable_graduate() & col(Graduate.engaged_by).is_(None)


def _is_put_forward() -> ColumnElement[bool]:
    going_on = col(Referral.state).in_(states_where("referral", open=True))
    return select(Referral.id).where(Referral.graduate_id == Graduate.id, going_on).correlate(Graduate).exists()


def awaits_decision() -> ColumnElement[bool]:
    """The condition on a graduate with new suggestions of whom none has been chosen yet, nor put to a company."""
    return is_looking() & _has_suggestion(_is_new()) & ~_has_suggestion(_CHOSEN) & ~_is_put_forward()


def has_strong_suggestion() -> ColumnElement[bool]:
    """The condition on a graduate with a new suggestion of 80 or more."""
    return is_looking() & _has_suggestion(_is_new(), col(Suggestion.score) >= STRONG_SCORE)


def has_no_suggestion() -> ColumnElement[bool]:
    """The condition on a graduate whom no list holds."""
    return is_looking() & ~_has_suggestion()


def has_no_counselor() -> ColumnElement[bool]:
    """The condition on a graduate of the program who is nobody's; who pauses or has a job needs somebody, too."""
    return col(Graduate.state).in_(states_where("graduate", closed=False)) & col(Graduate.counselor_id).is_(None)


def is_closing_soon(today: date) -> ColumnElement[bool]:
    """The condition on an open opening whose last day is within a week."""
    is_open = col(Opening.state).in_(states_where("opening", open=True))
    return is_open & ~col(Opening.until_filled) & col(Opening.closes_on).between(today, today + CLOSING_SOON)


def take_over(session: Session, graduate: Graduate, counselor: Account) -> None:
    """Make the graduate this counselor's own; a form that is open elsewhere becomes stale."""
    values = {"counselor_id": counselor.id, "version": Graduate.version + 1, "updated_at": now()}
    session.connection().execute(update(Graduate).where(col(Graduate.id) == graduate.id).values(**values))


class Waiting(NamedTuple):
    """A graduate who waits for a decision: the best score so far, and since when (UTC) a suggestion lies there."""

    graduate: Graduate
    best: float
    since: datetime

    @property
    def days(self) -> int:
        """For how many whole days."""
        return (now() - self.since).days


class Casework(NamedTuple):
    """A counselor's day: counts for the tiles, and the first few rows of the lists."""

    undecided: int
    strong: int
    closing: int
    without_counselor: int
    without_suggestion: int
    waiting: list[Waiting]
    strong_pairs: list[Ranked]
    closing_openings: list[tuple[Opening, Company]]


def casework_of(session: Session, counselor: Account, today: date) -> Casework:
    """What waits for this counselor; gaps (no counselor, no suggestion) are everybody's."""
    mine = col(Graduate.counselor_id) == counselor.id
    closing = select(Opening, Company).join(Company).where(is_closing_soon(today))
    return Casework(
        undecided=_count(session, mine & awaits_decision()),
        strong=_count(session, mine & has_strong_suggestion()),
        closing=session.exec(select(func.count(col(Opening.id))).where(is_closing_soon(today))).one(),
        without_counselor=_count(session, has_no_counselor()),
        without_suggestion=_count(session, has_no_suggestion()),
        waiting=longest_waiting(session, mine),
        strong_pairs=newest_strong_pairs(session, mine),
        closing_openings=list(session.exec(closing.order_by(col(Opening.closes_on), col(Opening.id)).limit(SHOWN))),
    )


def longest_waiting(session: Session, condition: ColumnElement[bool]) -> list[Waiting]:
    """The first few who wait for a decision, the longest first, then the best score."""
    best = (
        select(
            col(Suggestion.graduate_id),
            func.max(col(Suggestion.score)).label("score"),
            func.min(col(MatchRun.started_at)).label("since"),
        )
        .join(MatchRun, col(MatchRun.id) == col(Suggestion.run_id))
        .where(_is_new())
        .group_by(col(Suggestion.graduate_id))
        .subquery()
    )
    rows = session.exec(
        select(Graduate, best.c.score, best.c.since)
        .join(best, best.c.graduate_id == col(Graduate.id))
        .where(condition, awaits_decision())
        .order_by(best.c.since, best.c.score.desc(), col(Graduate.id))
        .limit(SHOWN)
    )
    return [Waiting(*row) for row in rows]


def newest_strong_pairs(session: Session, condition: ColumnElement[bool]) -> list[Ranked]:
    """The first few new pairs of 80 or more that the last runs brought, the newest first, then the best."""
    rows = session.exec(
        select(Suggestion, Graduate, Opening, Company)
        .join(Graduate, col(Suggestion.graduate_id) == col(Graduate.id))
        .join(Opening, col(Suggestion.opening_id) == col(Opening.id))
        .join(Company, col(Opening.company_id) == col(Company.id))
        .where(condition, is_looking(), _is_new(), col(Suggestion.score) >= STRONG_SCORE)
        .order_by(col(Suggestion.run_id).desc(), col(Suggestion.score).desc(), col(Suggestion.id))
        .limit(SHOWN)
    )
    return [Ranked(rank, *row) for rank, row in enumerate(rows, start=1)]


def _count(session: Session, condition: ColumnElement[bool]) -> int:
    return session.exec(select(func.count(col(Graduate.id))).where(condition)).one()
