"""Decides how after-care is stored: retention checks, outcomes outside a referral, and the log of contacts."""

from datetime import date, datetime

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from employers.columns import check, json_given, now, one_of, whole_numbers
from placement.enums import (
    Channel,
    OutcomeKind,
    OutcomeState,
    PlacementReason,
    RetentionEvidence,
    RetentionState,
    Side,
)


class RetentionCheck(SQLModel, table=True):
    """사후관리: is the person still employed 3, 6, 12 months after the regular start? `attempts` are the channels
    by which the office has tried to reach somebody, in order."""

    __tablename__ = "retention_check"
    __table_args__ = (
        UniqueConstraint("placement_id", "months"),
        one_of("state", RetentionState),
        one_of("evidence", RetentionEvidence),
        one_of("left_by", Side),
        check("months_known", "months IN (3, 6, 12)"),
        *whole_numbers("version", least=1),
        *json_given("attempts"),
    )

    id: int | None = Field(default=None, primary_key=True)
    placement_id: int = Field(foreign_key="placement.id", index=True)
    months: int
    due_on: date
    state: str = RetentionState.DUE
    is_same_employer: bool | None = None
    evidence: str | None = None
    left_on: date | None = None
    left_by: str | None = None
    attempts: list[str] = Field(default_factory=list, sa_type=JSON)
    version: int = 1


class RetentionAnswer(SQLModel, table=True):
    """What one side said to a check; both are kept, also when they differ."""

    __tablename__ = "retention_answer"
    __table_args__ = (
        one_of("side", Side),
        one_of("evidence", RetentionEvidence),
        one_of("channel", Channel),
        one_of("left_by", Side),
        one_of("reason", PlacementReason),
    )

    id: int | None = Field(default=None, primary_key=True)
    check_id: int = Field(foreign_key="retention_check.id", index=True)
    side: str
    is_employed: bool | None = None
    is_same_employer: bool | None = None
    left_on: date | None = None
    left_by: str | None = None
    reason: str | None = None
    evidence: str = RetentionEvidence.SELF_REPORT
    channel: str = Channel.LINK
    recorded_by: str = Field(max_length=254)
    at: datetime = Field(default_factory=now)


class Outcome(SQLModel, table=True):
    """What became of a person outside our referrals: a self-found job, a business, study, service, closure."""

    __tablename__ = "outcome"
    __table_args__ = (one_of("kind", OutcomeKind), one_of("state", OutcomeState), *whole_numbers("version", least=1))

    id: int | None = Field(default=None, primary_key=True)
    graduate_id: int = Field(foreign_key="graduate.id", index=True)
    kind: str
    happened_on: date
    employer: str | None = Field(default=None, max_length=200)
    evidence: str | None = Field(default=None, max_length=300)
    is_recognised: bool | None = None
    recognition_reason: str | None = Field(default=None, max_length=300)
    state: str = OutcomeState.RECORDED
    version: int = 1


class ContactNote(SQLModel, table=True):
    """상담일지: a contact with a person or a company, and what comes next; companies never see it.

    `next_by_id` does what comes next where that is no longer the author.
    """

    __tablename__ = "contact_note"
    __table_args__ = (one_of("channel", Channel),)

    id: int | None = Field(default=None, primary_key=True)
    graduate_id: int | None = Field(default=None, foreign_key="graduate.id", index=True)
    company_id: int | None = Field(default=None, foreign_key="company.id", index=True)
    author_id: int = Field(foreign_key="account.id")
    channel: str
    on_day: date
    content: str = Field(max_length=2000)
    next_action: str | None = Field(default=None, max_length=300)
    next_on: date | None = None
    next_by_id: int | None = Field(default=None, foreign_key="account.id")
    at: datetime = Field(default_factory=now)
