"""Decides what one line of the log holds: which state changed, by whom, when typed and when it happened."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from employers.columns import json_given, now, whole_numbers


class Event(SQLModel, table=True):
    """One move. `at` is when it was typed (UTC), `effective_on` the day it happened (Asia/Seoul).

    `changed` holds the columns that changed with the state, each as [before, after]; a move is undone once.
    `because_of` is the line from which this one followed by itself.
    """

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_entity_entity_id", "entity", "entity_id"),
        *whole_numbers("entity_id", least=1),
        *json_given("changed"),
    )

    id: int | None = Field(default=None, primary_key=True)
    entity: str = Field(max_length=30)
    entity_id: int
    move: str = Field(max_length=40)
    from_state: str | None = Field(default=None, max_length=30)
    to_state: str = Field(max_length=30)
    actor: str = Field(max_length=254)
    on_behalf_of: str | None = Field(default=None, max_length=254)
    at: datetime = Field(default_factory=now, index=True)
    effective_on: date
    reason: str | None = Field(default=None, max_length=64)
    note: str | None = Field(default=None, max_length=1000)
    changed: dict[str, list[Any]] = Field(default_factory=dict, sa_type=JSON)
    undo_of: int | None = Field(default=None, foreign_key="event.id", unique=True)
    because_of: int | None = Field(default=None, foreign_key="event.id", index=True)
