"""Decides what of a graduate and an opening the engine gets to see: columns without a name, a phone or a trait."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Text, cast, func, true
from sqlalchemy import select as sa_select
from sqlmodel import Session, and_, col, or_

import matching
from employers.models import Opening, OpeningRequirement
from placement.enums import OutcomeKind, PlacementKind
from placement.gathering import read_columns
from placement.models import Conversion, Graduate, GraduateSkill, Outcome, Placement
from placement.pay import monthly_pay
from placement.states import states_where

_PART = 10_000
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
        self.ids: list[int]
        self.ids, titles, regions, types, remote, available_on, pay_min = _read(
            session,
            _columns(
                g.id,
                *map(_as_text, (g.wanted_titles, g.regions, g.employment_types)),
                g.remote,
                g.available_on,
                g.pay_min,
            ),
            wanted,
            g.id,
        )
        s = GraduateSkill
        skills = read_columns(
            session,
            _columns(s.graduate_id, _name(s), func.coalesce(s.level, 0))
            .where(col(s.graduate_id).in_(_columns(g.id).where(wanted)))
            .order_by(col(s.graduate_id), col(s.position)),
        )
        self.table = matching.CandidateTable.from_columns(
            keys=[engine_key(row_id) for row_id in self.ids],
            skills=_numbered(skills, self.ids),
            titles=_unnested(titles),
            regions=_unnested(regions),
            remote=remote,
            available_on=available_on,
            employment_types=_unnested(types),
            pay_min=pay_min,
        )


class Offers:
    """Openings as the engine's table, with their row ids in the same order (by id, which breaks ties)."""

    def __init__(self, session: Session, condition: Any = None) -> None:
        wanted = true() if condition is None else condition
        o = Opening
        self.ids: list[int]
        self.ids, titles, regions, remote, starts_on, types, pay, periods, seats = _read(
            session,
            _columns(
                o.id, o.title, o.region, o.remote, o.starts_on, o.employment_type, o.pay_max, o.pay_period, o.seats
            ),
            wanted,
            o.id,
        )
        r = OpeningRequirement
        asked = _read(
            session,
            _columns(r.opening_id, _name(r), r.level, r.must, r.weight).join(Opening),
            wanted,
            r.opening_id,
            r.position,
        )
        self.table = matching.OpeningTable.from_columns(
            keys=[engine_key(row_id) for row_id in self.ids],
            titles=titles,
            requirements=_numbered(asked, self.ids),
            regions=regions,
            remote=remote,
            starts_on=starts_on,
            employment_types=types,
            pay_max=[monthly_pay(most, period) for most, period in zip(pay, periods, strict=True)],
            seats=seats,
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


def _numbered(columns: Sequence[list[Any]], ids: Sequence[int]) -> Any:
    """Columns (owner id, value, …) with the owner's place in `ids`, which ascend, instead of the owner."""
    owners, *values = columns
    return (np.searchsorted(np.array(ids, np.int64), np.array(owners, np.int64)), *values)


def _unnested(lists: Sequence[str]) -> tuple[NDArray[np.int64], list[str]]:
    """A list a row, as JSON text, as flat columns: the row's place, the value. All are read as one list of lists."""
    read = json.loads(f"[{','.join(lists)}]")
    return np.repeat(np.arange(len(lists)), list(map(len, read))), list(chain.from_iterable(read))


def _as_text(column: Any) -> Any:
    """A JSON column as its text, the same on both databases."""
    return cast(column, Text)


def _name(table: Any) -> Any:
    """What stands for a skill: the vocabulary entry that a person confirmed, else the words as typed."""
    return func.coalesce(table.skill_key, table.skill)


def _columns(*columns: Any) -> Any:
    """A query of bare columns: rows of the driver, no objects of the ORM."""
    return sa_select(*columns)


def _rows(session: Session, chosen: Any, wanted: Any, *order: Any) -> Sequence[Any]:
    return session.connection().execute(chosen.where(wanted).order_by(*order)).all()


def _read(session: Session, chosen: Any, wanted: Any, *order: Any) -> list[list[Any]]:
    """The same as columns. By parts: a million rows at once would keep the collector of garbage busy."""
    result = session.connection().execute(chosen.where(wanted).order_by(*order))
    columns: list[list[Any]] = [[] for _ in range(len(result.keys()))]
    for part in result.partitions(_PART):
        for place, column in enumerate(columns):
            column.extend([row[place] for row in part])
    return columns
