"""Decides what is stored of a graduate: contact, skills with level and evidence, wishes, and no trait that must not count."""

from datetime import date, datetime

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from employers.columns import check, json_given, now, one_of, whole_numbers
from placement.enums import EvidenceKind, GraduateState, RemoteWish


class Graduate(SQLModel, table=True):
    """수료생 or 수료예정자; `pay_min` in won a month, `wants` = skills wished for, neither held nor a title;
    `engaged_by` is the accepted referral that nobody else may overlap."""

    __tablename__ = "graduate"
    __table_args__ = (
        Index("ix_graduate_name_phone", "name", "phone"),
        one_of("state", GraduateState),
        one_of("remote", RemoteWish),
        *whole_numbers("pay_min", "engaged_by"),
        *whole_numbers("version", least=1),
        *json_given("wanted_titles", "regions", "employment_types", "wants"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=64)
    name: str | None = Field(default=None, max_length=100)
    phone: str | None = Field(default=None, max_length=30)
    email: str | None = Field(default=None, max_length=254)
    cohort_id: int | None = Field(default=None, foreign_key="cohort.id", index=True)
    counselor_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    completion_on: date | None = None
    state: str = Field(default=GraduateState.READY, index=True)
    wanted_titles: list[str] = Field(default_factory=list, sa_type=JSON)
    regions: list[str] = Field(default_factory=list, sa_type=JSON)
    remote: str = RemoteWish.ANY
    employment_types: list[str] = Field(default_factory=list, sa_type=JSON)
    pay_min: int | None = None
    available_on: date | None = None
    engaged_by: int | None = None
    wants: list[str] = Field(default_factory=list, sa_type=JSON)
    created_at: datetime = Field(default_factory=now)
    updated_at: datetime = Field(default_factory=now)
    version: int = 1


class GraduateSkill(SQLModel, table=True):
    """A skill as typed, with level 1-4 or unknown, and what proves it."""

    __tablename__ = "graduate_skill"
    __table_args__ = (
        UniqueConstraint("graduate_id", "position"),
        *whole_numbers("position"),
        check("skill_given", "length(skill) BETWEEN 1 AND 100"),
        check("level_known", "level IS NULL OR level BETWEEN 1 AND 4"),
        one_of("evidence", EvidenceKind),
    )

    id: int | None = Field(default=None, primary_key=True)
    graduate_id: int = Field(foreign_key="graduate.id", index=True, ondelete="CASCADE")
    position: int
    skill: str = Field(max_length=100)
    skill_key: str | None = Field(default=None, max_length=100)
    level: int | None = None
    evidence: str | None = None
    evidence_note: str | None = Field(default=None, max_length=300)
