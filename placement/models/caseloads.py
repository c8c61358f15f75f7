"""Decides how a hand-over (인수인계) is stored: who gave whom which rows, as one act that can be taken back as one."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from employers.columns import check, one_of, whole_numbers
from placement.enums import HandedKind, HandOverState


class HandOver(SQLModel, table=True):
    """One caseload, or a part of it, given by one counselor to another."""

    __tablename__ = "hand_over"
    __table_args__ = (
        one_of("state", HandOverState),
        check("between_two", "giver_id <> receiver_id"),
        *whole_numbers("version", least=1),
    )

    id: int | None = Field(default=None, primary_key=True)
    giver_id: int = Field(foreign_key="account.id", index=True)
    receiver_id: int = Field(foreign_key="account.id", index=True)
    handed_on: date
    state: str = HandOverState.DONE
    version: int = 1


class HandedRow(SQLModel, table=True):
    """One row that a hand-over moved from the giver to the receiver."""

    __tablename__ = "handed_row"
    __table_args__ = (
        UniqueConstraint("hand_over_id", "kind", "row_id"),
        one_of("kind", HandedKind),
        *whole_numbers("row_id", least=1),
    )

    id: int | None = Field(default=None, primary_key=True)
    hand_over_id: int = Field(foreign_key="hand_over.id", index=True)
    kind: str
    row_id: int
