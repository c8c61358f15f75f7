"""Decides how referrals are read: with both sides, for whom each waits and since when, and its trail."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from employers.models import Company, Opening
from employers.moves import StateFlags
from placement.calendars import day_of
from placement.enums import ConsentKind, ConsentState
from placement.models import (
    Account,
    Consent,
    ConsentDocument,
    Conversion,
    Event,
    Graduate,
    Interview,
    Placement,
    Referral,
)
from placement.states import flags_of, states_where
from placement.workdays import workdays_since

SIDES = ("counselor", "company", "graduate")


class Case(NamedTuple):
    """A referral with both sides."""

    referral: Referral
    graduate: Graduate
    opening: Opening
    company: Company

    @property
    def flags(self) -> StateFlags:
        """What the referral's state means."""
        return flags_of(self.referral)

    def workdays(self, today: date) -> int:
        """For how many working days it has waited in this state."""
        return workdays_since(day_of(self.referral.waiting_since), today)

    @property
    def since(self) -> date:
        """The day, in Seoul, since which it stands so."""
        return day_of(self.referral.waiting_since)


def cases_among(referrals: Any, *conditions: ColumnElement[bool]) -> Any:
    """A query of Case columns for the referrals that a reader may see (`visible_referrals`), unordered."""
    return (
        select(Referral, Graduate, Opening, Company)
        .join(Graduate, col(Graduate.id) == col(Referral.graduate_id))
        .join(Opening, col(Opening.id) == col(Referral.opening_id))
        .join(Company, col(Company.id) == col(Opening.company_id))
        .where(col(Referral.id).in_(referrals.with_only_columns(col(Referral.id))), *conditions)
    )


def read_cases(session: Session, wanted: Any) -> list[Case]:
    """The cases of such a query."""
    return [Case(*row) for row in session.exec(wanted)]


def cases_of(session: Session, referrals: Any, condition: ColumnElement[bool]) -> list[Case]:
    """Those of the referrals that fit, the newest first."""
    return read_cases(session, cases_among(referrals, condition).order_by(col(Referral.id).desc()))


def waits_for(side: str) -> ColumnElement[bool]:
    """The condition on a referral that waits for counselor, company or graduate; for nobody else: it is open."""
    wanted = {"waits_for": side} if side in SIDES else {}
    return col(Referral.state).in_(states_where("referral", open=True, **wanted))


def is_finished() -> ColumnElement[bool]:
    """The condition on a referral that goes no further by itself."""
    return col(Referral.state).in_(states_where("referral", open=False))


class Work(NamedTuple):
    """Somebody's work somewhere, with the conversion that an internship may lead to."""

    placement: Placement
    graduate: Graduate
    company: Company
    conversion: Conversion | None


def works_among(placements: Any, *conditions: ColumnElement[bool]) -> Any:
    """A query of Work columns for the placements that a reader may see (`visible_placements`), unordered."""
    return (
        select(Placement, Graduate, Company, Conversion)
        .join(Graduate, col(Graduate.id) == col(Placement.graduate_id))
        .join(Company, col(Company.id) == col(Placement.company_id))
        .outerjoin(Conversion, col(Conversion.placement_id) == col(Placement.id))
        .where(col(Placement.id).in_(placements.with_only_columns(col(Placement.id))), *conditions)
    )


def is_about(words: str) -> ColumnElement[bool]:
    """The condition on a case whose person, opening or company bears these words."""
    named = (Graduate.name, Opening.title, Company.name)
    return or_(Graduate.key == words, *(col(name).contains(words, autoescape=True) for name in named))


def counts_by_side(session: Session, referrals: Any) -> dict[str, int]:
    """How many of these referrals wait for each side, and how many are finished."""
    mine = col(Referral.id).in_(referrals.with_only_columns(col(Referral.id)))
    rows = session.exec(select(Referral.state, func.count()).where(mine).group_by(Referral.state))
    by_state = dict(rows.all())
    counts = {
        side: sum(by_state.get(s, 0) for s in states_where("referral", open=True, waits_for=side)) for side in SIDES
    }
    counts["open"] = sum(counts.values())
    counts["finished"] = sum(by_state.get(s, 0) for s in states_where("referral", open=False))
    return counts


def is_working_for(words: str) -> ColumnElement[bool]:
    """The condition on a work whose person or company bears these words."""
    named = (col(name).contains(words, autoescape=True) for name in (Graduate.name, Company.name))
    return or_(Graduate.key == words, *named)


class Trail(NamedTuple):
    """One line of a log with the name of who typed it; `is_undone` once a later line took it back.

    `corrected_to` is the new day where the line took a move back only to say anew on which day it happened.
    """

    event: Event
    who: str
    is_undone: bool
    corrected_to: date | None = None


def trail_of(session: Session, entity: str, row_id: int) -> list[Trail]:
    """Everything that happened to a row, newest first."""
    lines = session.exec(
        select(Event).where(Event.entity == entity, Event.entity_id == row_id).order_by(col(Event.id).desc())
    ).all()
    names = names_of(session, (line.actor for line in lines))
    undone, by_id = {line.undo_of for line in lines}, {line.id: line for line in lines}
    after = dict(zip([line.id for line in lines[1:]], lines, strict=False))
    return [
        Trail(line, names.get(line.actor, ""), line.id in undone, _right_day(line, after.get(line.id), by_id))
        for line in lines
    ]


def names_of(session: Session, addresses: Iterable[str | None]) -> dict[str, str]:
    """The names of the accounts with these addresses, by address."""
    wanted = {address for address in addresses if address}
    return dict(session.exec(select(Account.email, Account.name).where(col(Account.email).in_(wanted))).all())


def _right_day(line: Event, following: Event | None, by_id: dict[int | None, Event]) -> date | None:
    """The day of the line that follows, where it says once more what this one took back and nothing but the day differs."""
    first = by_id.get(line.undo_of)
    if first is None or following is None or following.actor != line.actor:
        return None
    same = ("move", "from_state", "to_state", "reason")
    is_said_anew = all(getattr(first, name) == getattr(following, name) for name in same)
    is_another_day = first.effective_on != following.effective_on
    return following.effective_on if is_said_anew and is_another_day else None


def interviews_of(session: Session, referral: Referral) -> list[Interview]:
    """Every interview of a referral, newest first."""
    mine = select(Interview).where(Interview.referral_id == referral.id)
    return list(session.exec(mine.order_by(col(Interview.id).desc())))


def consents_of(session: Session, referral: Referral) -> list[Consent]:
    """Every consent of a referral, newest first."""
    mine = select(Consent).where(Consent.referral_id == referral.id)
    return list(session.exec(mine.order_by(col(Consent.id).desc())))


class Agreed(NamedTuple):
    """One consent with the edition of its text, whom it names, who typed it, and how it was taken back (if it was)."""

    consent: Consent
    document: ConsentDocument
    company: Company | None
    opening: Opening | None
    who: str
    withdrawal: Trail | None


def agreed_by(session: Session, graduate: Graduate) -> list[Agreed]:
    """Every consent of a person, those that stand first, then the newest."""
    rows = session.exec(
        select(Consent, ConsentDocument, Company, Opening)
        .join(ConsentDocument, col(ConsentDocument.id) == col(Consent.document_id))
        .outerjoin(Company, col(Company.id) == col(Consent.company_id))
        .outerjoin(Referral, col(Referral.id) == col(Consent.referral_id))
        .outerjoin(Opening, col(Opening.id) == col(Referral.opening_id))
        .where(Consent.graduate_id == graduate.id)
        .order_by(col(Consent.state), col(Consent.kind), col(Consent.id).desc())
    ).all()
    names = dict(session.exec(select(Account.email, Account.name)).all())
    return [
        Agreed(
            consent,
            document,
            company,
            opening,
            names.get(consent.recorded_by, consent.recorded_by),
            next(
                (
                    line
                    for line in trail_of(session, "consent", consent.id or 0)
                    if line.event.to_state == consent.state
                ),
                None,
            )
            if consent.state == ConsentState.WITHDRAWN
            else None,
        )
        for consent, document, company, opening in rows
    ]


def standing_of(session: Session, graduate: Graduate) -> Agreed | None:
    """The person's consent to collecting and using that stands, or None."""
    of_kind = (one for one in agreed_by(session, graduate) if one.consent.kind == ConsentKind.COLLECT_USE)
    return next((one for one in of_kind if one.consent.state == ConsentState.GIVEN), None)


def open_referrals_by_pair(session: Session, pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Referral]:
    """The newest referral of each pair (graduate id, opening id) that has one."""
    wanted = set(pairs)
    rows = session.exec(
        select(Referral)
        .where(
            col(Referral.graduate_id).in_({g for g, _ in wanted}), col(Referral.opening_id).in_({o for _, o in wanted})
        )
        .order_by(col(Referral.id))
    )
    return {(r.graduate_id, r.opening_id): r for r in rows if (r.graduate_id, r.opening_id) in wanted}
