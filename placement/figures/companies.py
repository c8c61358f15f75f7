"""Decides what is counted of a partner company: its agreement, open openings with their seats, interns and hires."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlmodel import Session, col, func, select

from employers.models import Agreement, Company, Opening
from placement.enums import PlacementKind
from placement.models import Conversion, Placement
from placement.states import states_where


class CompanyFigures(NamedTuple):
    """One company: its foremost agreement (None: never one), open openings, their seats, distinct interns and hires."""

    company: Company
    agreement: Agreement | None
    openings: int
    seats: int
    interns: int
    hires: int


def company_figures(session: Session, companies: Sequence[Company]) -> list[CompanyFigures]:
    """The figures of these companies, in their order. A hire is a regular start: direct, or by conversion."""
    ids = [company.id for company in companies if company.id is not None]
    agreements = _foremost_agreements(session, ids)
    openings = _open_openings(session, ids)
    interns = _people(session, ids, PlacementKind.INTERNSHIP)
    hired = {*_people(session, ids, PlacementKind.EMPLOYMENT), *_converted(session, ids)}
    intern_counts, hire_counts = Counter(c for c, _ in interns), Counter(c for c, _ in hired)
    return [
        CompanyFigures(
            company,
            agreements.get(company.id or 0),
            *openings.get(company.id or 0, (0, 0)),
            intern_counts[company.id or 0],
            hire_counts[company.id or 0],
        )
        for company in companies
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
