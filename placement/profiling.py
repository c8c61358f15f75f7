"""Decides what of a graduate and an opening the engine gets to see: columns without a name, a phone or a trait."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, true
from sqlalchemy import select as sa_select
from sqlmodel import Session, and_, col, or_

import matching
from employers.models import Opening, OpeningRequirement
from placement.enums import OutcomeKind, PlacementKind
from placement.models import Conversion, Graduate, GraduateSkill, Outcome, Placement
from placement.pay import monthly_pay
from placement.states import states_where

OWN_WORK = (OutcomeKind.SELF_FOUND_JOB, OutcomeKind.BUSINESS)


def is_matchable_graduate() -> Any:
    """The condition on a graduate whom the engine may propose: in training or ready, and not placed already."""
    return and_(col(Graduate.state).in_(states_where("graduate", open=True)), ~is_placed())


def is_placed() -> Any:
    """The condition on a graduate who has a job: an employment in force, an internship that became regular, or work
    that they found by themselves."""
    mine = col(Placement.graduate_id) == col(Graduate.id)
    employed = _columns(Placement.id).where(
        mine,
        col(Placement.kind) == PlacementKind.EMPLOYMENT,
        col(Placement.state).in_(states_where("placement", open=True)),
    )
    converted = (
        _columns(Conversion.id)
        .join(Placement, col(Conversion.placement_id) == col(Placement.id))
        .where(mine, col(Conversion.state).in_(states_where("conversion", won=True, closed=True)))
    )
    own_work = _columns(Outcome.id).where(
        col(Outcome.graduate_id) == col(Graduate.id),
        col(Outcome.kind).in_(OWN_WORK),
        col(Outcome.state).in_(states_where("outcome", won=True)),
    )
    return or_(employed.exists(), converted.exists(), own_work.exists())


def placed_ids(session: Session, graduate_ids: Iterable[int | None]) -> set[int]:
    """Those of these graduates who have a job; screens say 취업 of them beside their state."""
    placed = _columns(Graduate.id).where(col(Graduate.id).in_(list(graduate_ids)), is_placed())
    return set(session.connection().execute(placed).scalars())


def is_matchable_opening(today: date) -> Any:
    """The condition on an opening that may be proposed: open, a seat free, its closing day not past."""
    return and_(
        col(Opening.state).in_(states_where("opening", open=True)),
        col(Opening.seats_taken) < col(Opening.seats),
        or_(col(Opening.closes_on).is_(None), col(Opening.closes_on) >= today, col(Opening.until_filled)),
    )


def engine_key(row_id: int) -> str:
    """A row's key for the engine: its id in ten digits, so that the engine's order of ties is the order of ids."""
    return f"{row_id:010d}"


class People:
    """Graduates as the engine's table, with their row ids in the same order (by id, which breaks ties)."""

    def __init__(self, session: Session, condition: Any = None) -> None:
        wanted = true() if condition is None else condition
        g = Graduate
        rows = _rows(
            session,
            _columns(g.id, g.wanted_titles, g.regions, g.remote, g.available_on, g.employment_types, g.pay_min),
            wanted,
            g.id,
        )
        self.ids: list[int] = [row[0] for row in rows]
        skills = _rows(
            session,
            _columns(GraduateSkill.graduate_id, _name(GraduateSkill), GraduateSkill.level).join(Graduate),
            wanted,
            GraduateSkill.graduate_id,
            GraduateSkill.position,
        )
        self.table = matching.CandidateTable.from_columns(
            keys=[engine_key(row_id) for row_id in self.ids],
            skills=_numbered(skills, self.ids, columns=2),
            titles=_unnested([row[1] for row in rows]),
            regions=_unnested([row[2] for row in rows]),
            remote=[row[3] for row in rows],
            available_on=[row[4] for row in rows],
            employment_types=_unnested([row[5] for row in rows]),
            pay_min=[row[6] for row in rows],
        )


class Offers:
    """Openings as the engine's table, with their row ids in the same order (by id, which breaks ties)."""

    def __init__(self, session: Session, condition: Any = None) -> None:
        wanted = true() if condition is None else condition
        o = Opening
        rows = _rows(
            session,
            _columns(
                o.id, o.title, o.region, o.remote, o.starts_on, o.employment_type, o.pay_max, o.pay_period, o.seats
            ),
            wanted,
            o.id,
        )
        self.ids: list[int] = [row[0] for row in rows]
        r = OpeningRequirement
        asked = _rows(
            session,
            _columns(r.opening_id, _name(r), r.level, r.must, r.weight).join(Opening),
            wanted,
            r.opening_id,
            r.position,
        )
        self.table = matching.OpeningTable.from_columns(
            keys=[engine_key(row_id) for row_id in self.ids],
            titles=[row[1] for row in rows],
            requirements=_numbered(asked, self.ids, columns=4),
            regions=[row[2] for row in rows],
            remote=[row[3] for row in rows],
            starts_on=[row[4] for row in rows],
            employment_types=[row[5] for row in rows],
            pay_max=[monthly_pay(row[6], row[7]) for row in rows],
            seats=[row[8] for row in rows],
        )


def candidate_profiles(session: Session, graduates: Iterable[Graduate]) -> dict[int, matching.CandidateProfile]:
    """Profiles of a few graduates by id, for explanations."""
    by_id = {g.id: g for g in graduates}
    skills: dict[int, list[matching.CandidateSkill]] = {}
    found = _columns(GraduateSkill.graduate_id, _name(GraduateSkill), GraduateSkill.level)
    for owner, skill, level in _rows(session, found, col(GraduateSkill.graduate_id).in_(by_id), GraduateSkill.position):
        skills.setdefault(owner, []).append(matching.CandidateSkill(skill, level))
    return {
        row_id: matching.CandidateProfile(
            engine_key(row_id),
            skills.get(row_id, ()),
            g.wanted_titles,
            g.regions,
            g.remote,
            g.available_on,
            g.employment_types,
            g.pay_min,
        )
        for row_id, g in by_id.items()
        if row_id is not None
    }


def opening_profiles(session: Session, openings: Iterable[Opening]) -> dict[int, matching.OpeningProfile]:
    """Profiles of a few openings by id, for explanations."""
    by_id = {o.id: o for o in openings}
    asked: dict[int, list[matching.Requirement]] = {}
    r = OpeningRequirement
    found = _columns(r.opening_id, _name(r), r.level, r.must, r.weight)
    for owner, skill, level, must, weight in _rows(session, found, col(r.opening_id).in_(by_id), r.position):
        asked.setdefault(owner, []).append(matching.Requirement(skill, level, must, weight))
    return {
        row_id: matching.OpeningProfile(
            engine_key(row_id),
            o.title,
            asked.get(row_id, ()),
            o.region,
            o.remote,
            o.starts_on,
            o.employment_type,
            monthly_pay(o.pay_max, o.pay_period),
            o.seats,
        )
        for row_id, o in by_id.items()
        if row_id is not None
    }


def _numbered(rows: Sequence[Any], ids: Sequence[int], *, columns: int) -> Any:
    """Rows (owner id, value, …) as flat columns: the owner's place in `ids`, then each value."""
    place = {row_id: i for i, row_id in enumerate(ids)}
    flat: list[list[Any]] = [[place[row[0]] for row in rows]]
    return (*flat, *([row[i + 1] for row in rows] for i in range(columns)))


def _unnested(nested: Sequence[Sequence[str]]) -> tuple[list[int], list[str]]:
    """Lists a row as flat columns: the row's place, the value."""
    return [row for row, values in enumerate(nested) for _ in values], [value for values in nested for value in values]


def _name(table: Any) -> Any:
    """What stands for a skill: the vocabulary entry that a person confirmed, else the words as typed."""
    return func.coalesce(table.skill_key, table.skill)


def _columns(*columns: Any) -> Any:
    """A query of bare columns: rows of the driver, no objects of the ORM."""
    return sa_select(*columns)


def _rows(session: Session, chosen: Any, wanted: Any, *order: Any) -> Sequence[Any]:
    return session.connection().execute(chosen.where(wanted).order_by(*order)).all()
