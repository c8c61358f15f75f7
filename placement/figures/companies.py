"""Decides what is counted of a partner company: its agreements and what came of them, open openings, interns and hires."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlmodel import Session, col, func, select

from employers.enums import AgreementKind, EmploymentType
from employers.models import Agreement, Company, Opening
from placement.enums import PlacementKind
from placement.events import standing_events
from placement.models import Conversion, Event, Placement
from placement.states import states_where


class CompanyFigures(NamedTuple):
    """One company: its foremost agreement (None: never one) and what came of it, open openings, their seats, distinct
    interns and hires."""

    company: Company
    agreement: Agreement | None
    openings: int
    seats: int
    interns: int
    hires: int
    fulfilment: "Fulfilment | None"


class Fulfilment(NamedTuple):
    """약정 n명 · 공고 n명 · 채용 n명: what an agreement pledged, offered and brought in its term (None: nothing pledged)."""

    pledged: int | None
    seats: int
    hires: int


def company_figures(session: Session, companies: Sequence[Company]) -> list[CompanyFigures]:
    """The figures of these companies, in their order. A hire is a regular start: direct, or by conversion."""
    ids = [company.id for company in companies if company.id is not None]
    agreements = _foremost_agreements(session, ids)
    openings = _open_openings(session, ids)
    interns = _people(session, ids, PlacementKind.INTERNSHIP)
    hired = {*_people(session, ids, PlacementKind.EMPLOYMENT), *_converted(session, ids)}
    fulfilled = fulfilments(session, list(agreements.values()))
    intern_counts, hire_counts = Counter(c for c, _ in interns), Counter(c for c, _ in hired)
    return [
        CompanyFigures(
            company,
            agreements.get(company.id or 0),
            *openings.get(company.id or 0, (0, 0)),
            intern_counts[company.id or 0],
            hire_counts[company.id or 0],
            fulfilled.get(agreements[company.id or 0].id or 0) if company.id in agreements else None,
        )
        for company in companies
    ]


def fulfilments(session: Session, agreements: Sequence[Agreement]) -> dict[int, Fulfilment]:
    """By agreement id. An internship agreement counts internship openings and interns, any other the other openings and
    regular starts; of openings those first published within the term and not cancelled, of people those who began in it."""
    companies = {agreement.company_id for agreement in agreements}
    openings, people = _published(session, companies), _started(session, companies)
    return {
        one.id or 0: Fulfilment(
            one.headcount_pledged,
            sum(opening.number for opening in openings if _counts_for(one, opening)),
            len({person.number for person in people if _counts_for(one, person)}),
        )
        for one in agreements
    }


class _Dated(NamedTuple):
    """What a company brought on a day: an opening's seats, or a person (id)."""

    company_id: int
    is_internship: bool
    day: date
    number: int


def _counts_for(agreement: Agreement, brought: _Dated) -> bool:
    same = (agreement.company_id, agreement.kind == AgreementKind.INTERNSHIP)
    if same != (brought.company_id, brought.is_internship) or agreement.signed_on is None:
        return False
    return agreement.signed_on <= brought.day <= (agreement.valid_until or date.max)


def _published(session: Session, companies: set[int]) -> list[_Dated]:
    mine = select(Opening.id).where(col(Opening.company_id).in_(companies))
    moves = session.exec(standing_events("opening").where(col(Event.entity_id).in_(mine))).all()
    first: dict[int, date] = {}
    last: dict[int, str] = {}
    for event in moves:
        last[event.entity_id] = event.move
        if event.move == "publish":
            first.setdefault(event.entity_id, event.effective_on)
    offered = [row_id for row_id in first if last[row_id] != "cancel"]
    rows = session.exec(select(Opening).where(col(Opening.id).in_(offered)))
    return [
        _Dated(row.company_id, row.employment_type == EmploymentType.INTERN, first[row.id or 0], row.seats)
        for row in rows
    ]


def _started(session: Session, companies: set[int]) -> list[_Dated]:
    begun = states_where("placement", won=True)
    direct = session.exec(
        select(
            col(Placement.company_id), col(Placement.kind), col(Placement.starts_on), col(Placement.graduate_id)
        ).where(col(Placement.company_id).in_(companies), col(Placement.state).in_(begun))
    )
    converted = session.exec(
        select(col(Placement.company_id), col(Conversion.contract_starts_on), col(Placement.graduate_id))
        .join(Conversion, col(Conversion.placement_id) == Placement.id)
        .where(
            col(Placement.company_id).in_(companies),
            col(Conversion.state).in_(states_where("conversion", won=True, closed=True)),
            col(Conversion.contract_starts_on).is_not(None),
        )
    )
    return [
        *(_Dated(company, kind == PlacementKind.INTERNSHIP, day, person) for company, kind, day, person in direct),
        *(_Dated(company, False, day, person) for company, day, person in converted if day),
    ]


def _foremost_agreements(session: Session, ids: Iterable[int]) -> dict[int, Agreement]:
    """One in force comes before any other, then the later edition."""
    rows = session.exec(select(Agreement).where(col(Agreement.company_id).in_(ids)))
    in_force = states_where("agreement", open=True, won=True)
    ordered = sorted(rows, key=lambda row: (row.state in in_force, row.edition, row.id or 0))
    return {row.company_id: row for row in ordered}


def _open_openings(session: Session, ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    rows = session.exec(
        select(Opening.company_id, func.count(), func.sum(Opening.seats))
        .where(col(Opening.company_id).in_(ids), col(Opening.state).in_(states_where("opening", open=True)))
        .group_by(col(Opening.company_id))
    )
    return {company_id: (count, seats) for company_id, count, seats in rows}


def _people(session: Session, ids: Iterable[int], kind: PlacementKind) -> set[tuple[int, int]]:
    begun = states_where("placement", won=True)
    rows = session.exec(
        select(Placement.company_id, Placement.graduate_id).where(
            col(Placement.company_id).in_(ids), Placement.kind == kind, col(Placement.state).in_(begun)
        )
    )
    return {(company_id, graduate_id) for company_id, graduate_id in rows}


def _converted(session: Session, ids: Iterable[int]) -> set[tuple[int, int]]:
    rows = session.exec(
        select(Placement.company_id, Placement.graduate_id)
        .join(Conversion, col(Conversion.placement_id) == Placement.id)
        .where(
            col(Placement.company_id).in_(ids),
            col(Conversion.state).in_(states_where("conversion", won=True, closed=True)),
        )
    )
    return {(company_id, graduate_id) for company_id, graduate_id in rows}
