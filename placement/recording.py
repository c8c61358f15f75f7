"""Decides how work and outcomes that no referral of ours brought are put on record."""

from datetime import date
from typing import Any

from sqlmodel import Session, col, func, or_, select

from employers.models import Company
from employers.moves import Refusal
from placement.enums import PlacementKind, PlacementSource, PlacementState
from placement.models import Graduate, Outcome, Placement
from placement.placements import internship_end
from placement.states import Actor, MoveRefused, record_birth


def record_placement(
    session: Session,
    graduate: Graduate,
    company: Company,
    actor: Actor,
    *,
    today: date,
    kind: str = PlacementKind.EMPLOYMENT,
    starts_on: date | None = None,
    ends_on: date | None = None,
    source: str = PlacementSource.REFERRAL,
    employment_type: str | None = None,
) -> Placement:
    """A placement by hand, scheduled from `starts_on` (today when unsaid); an internship without an end lasts three months.

    Raises MoveRefused: days_out_of_order; works_elsewhere where the person has other work in these days.
    """
    starts_on = starts_on or today
    if kind == PlacementKind.INTERNSHIP and ends_on is None:
        ends_on = internship_end(starts_on)
    if ends_on is not None and ends_on < starts_on:
        raise MoveRefused(Refusal("days_out_of_order"))
    if work_between(session, graduate, starts_on, ends_on):
        raise MoveRefused(Refusal("works_elsewhere"))
    placement = Placement(
        graduate_id=graduate.id or 0,
        company_id=company.id or 0,
        cohort_id=graduate.cohort_id,
        kind=kind,
        source=source,
        employment_type=employment_type,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    record_birth(session, placement, actor, effective_on=today)
    return placement


def work_between(session: Session, graduate: Graduate, first: date, last: date | None) -> list[Placement]:
    """The person's placements that share a day with these; `last` None is no end. One that never began is none."""
    p = Placement
    last_day = func.coalesce(p.last_day, p.ends_on)
    chosen = select(p).where(
        p.graduate_id == graduate.id,
        p.state != PlacementState.DID_NOT_START,
        or_(last_day.is_(None), last_day >= first),
    )
    if last is not None:
        chosen = chosen.where(col(p.starts_on) <= last)
    return list(session.exec(chosen.order_by(col(p.id))))


def record_outcome(
    session: Session, graduate: Graduate, actor: Actor, *, today: date, kind: str, **details: Any
) -> Outcome:
    """An outcome outside our referrals; `details` are columns of Outcome. Raises MoveRefused (day_in_future)."""
    details.setdefault("happened_on", today)
    if details["happened_on"] > today:
        raise MoveRefused(Refusal("day_in_future"))
    outcome = Outcome(graduate_id=graduate.id or 0, kind=kind, **details)
    record_birth(session, outcome, actor, effective_on=details["happened_on"])
    return outcome
