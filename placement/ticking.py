"""Decides what time alone makes due on a day: openings and agreements end, silence closes, conversions open, checks come."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from employers.enums import AgreementState, OpeningState
from employers.models import Agreement, Opening
from placement import agreements, assessments, conversions, moving, notices, retention
from placement.access import office_actor
from placement.calendars import day_of
from placement.enums import PlacementState, ReferralState, SuggestionState
from placement.models import Placement, Referral, Suggestion
from placement.states import SYSTEM, Actor, MoveRefused
from placement.workdays import workdays_since

SILENT_WORKDAYS = 14
Found = Callable[[Session, date], Iterable[Any]]


def openings_past(session: Session, today: date) -> Iterable[Any]:
    """Openings whose last day has gone by."""
    active = col(Opening.state).in_((OpeningState.OPEN, OpeningState.PAUSED))
    return session.exec(select(Opening).where(active, ~col(Opening.until_filled), col(Opening.closes_on) < today)).all()


def agreements_past(session: Session, today: date) -> Iterable[Any]:
    """Agreements whose term is over."""
    a = Agreement
    return session.exec(select(a).where(a.state == AgreementState.IN_FORCE, col(a.valid_until) < today)).all()


def silent_referrals(session: Session, today: date) -> Iterable[Any]:
    """Referrals that a company has left without a word for 14 working days."""
    sent = session.exec(select(Referral).where(Referral.state == ReferralState.SENT)).all()
    return [r for r in sent if workdays_since(day_of(r.waiting_since), today) >= SILENT_WORKDAYS]


def lapsed_offers(session: Session, today: date) -> Iterable[Any]:
    """Offers whose last day has gone by."""
    r = Referral
    return session.exec(select(r).where(r.state == ReferralState.OFFERED, col(r.offer_expires_on) < today)).all()


def placements_beginning(session: Session, today: date) -> Iterable[Any]:
    """Placements whose first day has come."""
    p = Placement
    return session.exec(select(p).where(p.state == PlacementState.SCHEDULED, col(p.starts_on) <= today)).all()


def placements_ending(session: Session, today: date) -> Iterable[Any]:
    """Placements whose agreed last day has gone by."""
    p = Placement
    return session.exec(select(p).where(p.state == PlacementState.ACTIVE, col(p.ends_on) < today)).all()


def snoozes_over(session: Session, today: date) -> Iterable[Any]:
    """Suggestions that were put off until today."""
    s = Suggestion
    return session.exec(select(s).where(s.state == SuggestionState.SNOOZED, col(s.snoozed_until) <= today)).all()


# In this order: a placement that begins and ends on the same tick goes through both, then its conversion opens.
DUE: tuple[tuple[str, Found, str], ...] = (
    ("openings_expired", openings_past, "expire"),
    ("agreements_begun", agreements.agreements_beginning, agreements.ENTER),
    ("agreements_expired", agreements_past, "expire"),
    ("referrals_unanswered", silent_referrals, "no_answer"),
    ("offers_expired", lapsed_offers, "expire"),
    ("placements_started", placements_beginning, "start"),
    ("placements_completed", placements_ending, "complete"),
    ("conversion_offers_expired", conversions.lapsed_offers, "expire"),
    ("conversions_unknown", conversions.long_undecided, "lose_track"),
    ("snoozes_over", snoozes_over, "reopen"),
)


def run_due(session: Session, *, today: date) -> dict[str, int]:
    """Do everything that is due on `today`, once each; how many of each. A second call on the same day does nothing.

    A row whose move is refused (somebody was quicker) stays as it is, and the others are done.
    """
    actor, done = office_actor(SYSTEM), {}
    for name, find, move in DUE:
        found = sorted(find(session, today), key=lambda row: row.id)  # two ticks at once never wait for each other
        done[name] = sum(_is_moved(session, row, move, actor, today) for row in found)
        if name == "placements_completed":
            ending = conversions.internships_to_open(session, today)
            done["conversions_opened"] = sum(_is_opened(session, row, actor, today) for row in ending)
    done["assessments_opened"] = len(assessments.open_due(session, actor, today=today))
    done["retention_checks_opened"] = len(retention.open_checks(session, actor, today=today))
    done["notices_written"] = notices.write_due(session, today=today)
    return done


def _is_moved(session: Session, row: Any, move: str, actor: Actor, today: date) -> bool:
    with suppress(MoveRefused):
        moving.advance(session, row, move, actor, effective_on=_effective(row, move, today))
        return True
    return False


def _is_opened(session: Session, placement: Placement, actor: Actor, today: date) -> bool:
    with suppress(MoveRefused):
        conversions.open_conversion(session, placement, actor, today=today)
        return True
    return False


def _effective(row: Any, move: str, today: date) -> date:
    """An agreement and a placement begin, and a placement ends, on their own days, however late the tick comes."""
    if move == agreements.ENTER:
        return row.signed_on or today
    if isinstance(row, Placement):
        return row.starts_on if move == "start" else row.ends_on or today
    return today
