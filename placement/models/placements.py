"""Decides how a person's work somewhere is stored: an internship or employment, and an internship's conversion."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from employers.columns import check, one_of, whole_numbers
from employers.enums import EmploymentType
from placement.enums import ConversionState, NextStep, PlacementKind, PlacementSource, PlacementState, Side


class Placement(SQLModel, table=True):
    """인턴 or 취업: one person works at one company from a day on; `ends_on` is the agreed last day,
    `last_day` the real one of a placement that ended early."""

    __tablename__ = "placement"
    __table_args__ = (
        UniqueConstraint("graduate_id", "company_id", "kind", "starts_on"),
        one_of("kind", PlacementKind),
        one_of("source", PlacementSource),
        one_of("state", PlacementState),
        one_of("employment_type", EmploymentType),
        one_of("ended_by", Side),
        *whole_numbers("version", least=1),
        check("days_in_order", "ends_on IS NULL OR starts_on <= ends_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    graduate_id: int = Field(foreign_key="graduate.id", index=True)
    company_id: int = Field(foreign_key="company.id", index=True)
    cohort_id: int | None = Field(default=None, foreign_key="cohort.id", index=True)
    opening_id: int | None = Field(default=None, foreign_key="opening.id", index=True)
    referral_id: int | None = Field(default=None, foreign_key="referral.id", index=True)
    kind: str
    source: str = PlacementSource.REFERRAL
    employment_type: str | None = None
    starts_on: date
    ends_on: date | None = None
    last_day: date | None = None
    ended_by: str | None = None
    state: str = PlacementState.SCHEDULED
    version: int = 1


class Conversion(SQLModel, table=True):
    """정규직 전환 of one internship; it counts as converted once the regular contract has started;
    `next_step` is what somebody who declined does instead."""

    __tablename__ = "conversion"
    __table_args__ = (
        one_of("state", ConversionState),
        one_of("next_step", NextStep),
        *whole_numbers("version", least=1),
    )

    id: int | None = Field(default=None, primary_key=True)
    placement_id: int = Field(foreign_key="placement.id", unique=True)
    state: str = ConversionState.PENDING
    offered_on: date | None = None
    offer_expires_on: date | None = None
    contract_starts_on: date | None = None
    terms: str | None = Field(default=None, max_length=1000)
    next_step: str | None = None
    version: int = 1
