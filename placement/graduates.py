"""Decides what may be typed of a graduate, and how one is stored and changed."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, select

from employers.checking import BLANK_IS_NONE, Day, EmailAddress, InputModel, Level, Line, SkillName, Won
from employers.columns import now
from employers.companies import Phone
from employers.enums import EmploymentType
from employers.errors import StaleVersion
from employers.keys import new_key
from placement.enums import EvidenceKind, RemoteWish
from placement.models import Graduate, GraduateSkill
from placement.states import Actor, record_birth

Place = Annotated[Line, Field(min_length=1, max_length=100)]


class SkillInput(InputModel):
    """A held skill; level 1-4 or unknown = None, `skill_key` once somebody named the vocabulary entry."""

    skill: SkillName
    skill_key: Annotated[Line | None, Field(max_length=100), BLANK_IS_NONE] = None
    level: Annotated[Level | None, BLANK_IS_NONE] = None
    evidence: Annotated[EvidenceKind | None, BLANK_IS_NONE] = None
    evidence_note: Annotated[Line | None, Field(max_length=300), BLANK_IS_NONE] = None


class GraduateInput(InputModel):
    """What a person may type of a graduate; `pay_min` in won a month, `wants` = skills wished for."""

    name: Annotated[Line | None, Field(max_length=100), BLANK_IS_NONE] = None
    phone: Annotated[Phone | None, BLANK_IS_NONE] = None
    email: Annotated[EmailAddress | None, BLANK_IS_NONE] = None
    cohort_id: int | None = None
    counselor_id: int | None = None
    completion_on: Annotated[Day | None, BLANK_IS_NONE] = None
    wanted_titles: Annotated[list[Place], Field(max_length=50)] = []
    regions: Annotated[list[Place], Field(max_length=50)] = []
    remote: RemoteWish = RemoteWish.ANY
    employment_types: list[EmploymentType] = []
    pay_min: Annotated[Won | None, BLANK_IS_NONE] = None
    available_on: Annotated[Day | None, BLANK_IS_NONE] = None
    wants: Annotated[list[SkillName], Field(max_length=200)] = []
    skills: Annotated[list[SkillInput], Field(max_length=200)] = []


def store_graduate(
    session: Session, graduate: GraduateInput, actor: Actor, *, effective_on: date, key: str | None = None
) -> Graduate:
    """A new graduate, ready, with skills; logs the birth."""
    row = Graduate(key=key or new_key("G"), **columns_of(graduate))
    record_birth(session, row, actor, effective_on=effective_on)
    store_held_skills(session, skill_rows(row.id, graduate.skills))
    return row


def change_graduate(session: Session, row: Graduate, graduate: GraduateInput, version: int) -> Graduate:
    """The graduate as typed now. Raises StaleVersion when somebody changed the row after `version` was read."""
    values = columns_of(graduate) | {"version": version + 1, "updated_at": now()}
    changed = update(Graduate).where(col(Graduate.id) == row.id, col(Graduate.version) == version).values(**values)
    if session.connection().execute(changed).rowcount != 1:
        raise StaleVersion
    session.refresh(row)
    session.connection().execute(delete(GraduateSkill).where(col(GraduateSkill.graduate_id) == row.id))
    store_held_skills(session, skill_rows(row.id, graduate.skills))
    return row


def skills_of(session: Session, graduate: Graduate) -> list[GraduateSkill]:
    """What the graduate can do, in the order it was typed."""
    held = select(GraduateSkill).where(GraduateSkill.graduate_id == graduate.id)
    return list(session.exec(held.order_by(col(GraduateSkill.position))))


def input_of(session: Session, graduate: Graduate) -> GraduateInput:
    """What is stored of the graduate, as the form's first values."""
    typed = {name: getattr(graduate, name) for name in GraduateInput.model_fields if name != "skills"}
    held = [
        SkillInput.model_construct(**{name: getattr(row, name) for name in SkillInput.model_fields})
        for row in skills_of(session, graduate)
    ]
    return GraduateInput.model_construct(**{**typed, "skills": held})


def columns_of(graduate: GraduateInput) -> dict[str, Any]:
    """The typed columns of the graduate's own row."""
    return graduate.model_dump(exclude={"skills"})


def skill_rows(graduate_id: int | None, skills: Sequence[SkillInput]) -> list[dict[str, Any]]:
    """The skills as rows to insert; one row a spelling, the one with a known level first."""
    chosen: dict[str, SkillInput] = {}
    for held in sorted(skills, key=lambda held: -(held.level or 0)):
        chosen.setdefault(held.skill.casefold(), held)
    kept = [held for held in skills if chosen[held.skill.casefold()] is held]
    return [{"graduate_id": graduate_id, "position": i, **vars(held)} for i, held in enumerate(kept)]


def store_held_skills(session: Session, rows: list[dict[str, Any]]) -> None:
    """Insert many held skills at once."""
    if rows:
        session.connection().execute(insert(GraduateSkill), rows)
