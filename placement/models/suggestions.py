"""Decides how a matching run and what it proposes are stored."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from employers.columns import check, json_given, now, one_of, one_of_each, whole_numbers
from placement.enums import DismissReason, RunScope, SuggestionState


class MatchRun(SQLModel, table=True):
    """One run of the engine: what it read, how long it took (seconds), and with which engine and weights."""

    __tablename__ = "match_run"
    __table_args__ = (
        one_of("scope", RunScope),
        *whole_numbers("candidates", "openings", "pairs", "suggestions", "changed"),
        *json_given("seconds", "weights"),
    )

    id: int | None = Field(default=None, primary_key=True)
    scope: str = RunScope.ALL
    subject: str | None = Field(default=None, max_length=64)
    started_at: datetime = Field(default_factory=now)
    finished_at: datetime | None = None
    candidates: int = 0
    openings: int = 0
    pairs: int = 0
    suggestions: int = 0
    changed: int = 0
    seconds: dict[str, float] = Field(default_factory=dict, sa_type=JSON)
    runner: str = Field(default="local", max_length=20)
    engine: str = Field(default="", max_length=40)
    weights: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class Suggestion(SQLModel, table=True):
    """추천: one pair of graduate and opening. Nothing has been sent to anyone.

    One row a pair: a run rewrites score and run of a pair only where they changed, and takes an undecided pair
    away once it is on neither list. A decided pair stays whatever later runs say, with its score of today and
    whether it still keeps every hard limit.
    """

    __tablename__ = "suggestion"
    __table_args__ = (
        UniqueConstraint("graduate_id", "opening_id"),
        Index("ix_suggestion_opening_score", "opening_id", "score"),
        check("score_in_range", "score BETWEEN 0 AND 100"),
        one_of_each("state", SuggestionState),
        one_of_each("reason", DismissReason),
        {"sqlite_autoincrement": True},  # rows come and go; the log must never meet an id twice
    )

    id: int | None = Field(default=None, primary_key=True)
    graduate_id: int = Field(foreign_key="graduate.id")
    opening_id: int = Field(foreign_key="opening.id")
    run_id: int = Field(foreign_key="match_run.id")
    score: float
    is_eligible: bool = True
    state: str = SuggestionState.NEW
    reason: str | None = None
    snoozed_until: date | None = None
