"""Decides how the service stores itself: accounts, settings of this database, the queue and its heartbeats."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from employers.columns import check, json_given, now, one_of, whole_numbers
from placement.enums import AccountState, JobState, Role


class Account(SQLModel, table=True):
    """A log-in of one person in one role; a partner's belongs to one company."""

    __tablename__ = "account"
    __table_args__ = (
        one_of("role", Role),
        one_of("state", AccountState),
        *whole_numbers("version", least=1),
        check("partner_has_company", "(role = 'partner') = (company_id IS NOT NULL)"),
    )

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True, max_length=254)
    name: str = Field(max_length=100)
    phone: str | None = Field(default=None, max_length=30)
    role: str
    company_id: int | None = Field(default=None, foreign_key="company.id", index=True)
    password_hash: str = Field(max_length=300)
    session_stamp: str = Field(max_length=64)
    state: str = AccountState.ACTIVE
    is_demo: bool = False
    created_at: datetime = Field(default_factory=now)
    version: int = 1

    @property
    def is_active(self) -> bool:
        """Whether its person may come in."""
        return self.state == AccountState.ACTIVE


class Setting(SQLModel, table=True):
    """What this database knows of itself, such as the demo's own today."""

    __tablename__ = "setting"
    __table_args__ = json_given("value")

    name: str = Field(primary_key=True, max_length=64)
    value: Any = Field(sa_type=JSON)


class Job(SQLModel, table=True):
    """One piece of background work; the key (kind, subject, due_at) makes a double tick harmless."""

    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("kind", "subject", "due_at"),
        Index("ix_job_state_due_at", "state", "due_at"),
        one_of("state", JobState),
        *whole_numbers("attempts"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=40)
    subject: str = Field(default="", max_length=64)
    due_at: datetime = Field(default_factory=now)
    state: str = JobState.QUEUED
    owner: str | None = Field(default=None, max_length=64)
    leased_until: datetime | None = None
    attempts: int = 0
    error: str | None = Field(default=None, max_length=1000)
    finished_at: datetime | None = None


class Heartbeat(SQLModel, table=True):
    """When the worker or the clock was last seen alive."""

    __tablename__ = "heartbeat"

    name: str = Field(primary_key=True, max_length=20)
    at: datetime = Field(default_factory=now)
