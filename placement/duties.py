"""Decides what waits for the program manager: agreements that end, conversions undecided, openings that ask for nothing."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from employers.models import Agreement, Company, Opening, OpeningRequirement
from placement.agreements import is_renewed
from placement.assessments import PATIENCE, waiting
from placement.enums import PlacementKind
from placement.models import Assessment, Conversion, Graduate, Placement
from placement.states import states_where

NOTICE = timedelta(days=60)


def agreements_ending(today: date) -> Select[Agreement, Company]:
    """Agreements in force whose last day is at most 60 days away or past and that nothing follows, the nearest first."""
    in_force = states_where("agreement", open=True, won=True)
    return (
        select(Agreement, Company)
        .join(Company, col(Company.id) == Agreement.company_id)
        .where(col(Agreement.state).in_(in_force), col(Agreement.valid_until) <= today + NOTICE, ~is_renewed())
        .order_by(col(Agreement.valid_until), col(Company.name))
    )


def conversions_undecided() -> Select[Placement, Conversion, Graduate, Company]:
    """Internships whose conversion still waits for somebody, the one that ended first on top."""
    waiting = states_where("conversion", open=True)
    return (
        select(Placement, Conversion, Graduate, Company)
        .join(Conversion, col(Conversion.placement_id) == Placement.id)
        .join(Graduate, col(Graduate.id) == Placement.graduate_id)
        .join(Company, col(Company.id) == Placement.company_id)
        .where(Placement.kind == PlacementKind.INTERNSHIP, col(Conversion.state).in_(waiting))
        .order_by(col(Placement.ends_on), col(Placement.id))
    )


def openings_without_requirements() -> Select[Opening, Company]:
    """Open openings that name no skill, so that nothing tells their suggestions apart; oldest first."""
    asks = select(OpeningRequirement.id).where(OpeningRequirement.opening_id == Opening.id)
    return (
        select(Opening, Company)
        .join(Company, col(Company.id) == Opening.company_id)
        .where(col(Opening.state).in_(states_where("opening", open=True)), ~asks.exists())
        .order_by(col(Opening.created_at), col(Opening.id))
    )


def assessments_overdue(today: date) -> Select[Assessment, Placement, Graduate, Company]:
    """Assessments of interns that a company has owed for more than a week, the oldest first."""
    return (
        select(Assessment, Placement, Graduate, Company)
        .join(Placement, col(Placement.id) == Assessment.placement_id)
        .join(Graduate, col(Graduate.id) == Placement.graduate_id)
        .join(Company, col(Company.id) == Placement.company_id)
        .where(col(Assessment.id).in_(waiting(today).with_only_columns(col(Assessment.id))))
        .where(col(Assessment.due_on) < today - PATIENCE)
        .order_by(col(Assessment.due_on), col(Assessment.id))
    )


def count_of(session: Session, rows: Any) -> int:
    """How many rows a query (of those above) would bring."""
    return session.execute(select(func.count()).select_from(rows.order_by(None).subquery())).scalar_one()
