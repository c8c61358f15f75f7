"""Decides how 안내 is stored: a graduate was told of an opening that somebody else has posted; no referral comes of it."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from employers.columns import one_of, whole_numbers
from placement.enums import Channel, GuidanceState


class Guidance(SQLModel, table=True):
    """안내: who was told of which external opening, when and how, and whether an application came of it."""

    __tablename__ = "guidance"
    __table_args__ = (
        UniqueConstraint("graduate_id", "opening_id"),
        one_of("state", GuidanceState),
        one_of("channel", Channel),
        *whole_numbers("version", least=1),
    )

    id: int | None = Field(default=None, primary_key=True)
    graduate_id: int = Field(foreign_key="graduate.id", index=True)
    opening_id: int = Field(foreign_key="opening.id", index=True)
    counselor_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    told_on: date
    channel: str
    state: str = GuidanceState.TOLD
    version: int = 1
