"""Decides how the skill vocabulary is stored: a skill, the names it owns, and its ties to other skills."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from employers.columns import check, one_of
from placement.enums import SkillRelationKind


class Skill(SQLModel, table=True):
    """One entry of the vocabulary; what nearly everybody lists is of every day and says little of a person."""

    __tablename__ = "skill"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=100)
    name_ko: str | None = Field(default=None, max_length=200)
    name_en: str | None = Field(default=None, max_length=200)
    track: str | None = Field(default=None, max_length=64)
    is_everyday: bool = False


class SkillName(SQLModel, table=True):
    """A name and its normalised form; a form belongs to one skill only, the first that brought it.

    `confirmed_by` is the account that said that a typed text means this skill; names from files have none.
    """

    __tablename__ = "skill_name"
    __table_args__ = (check("name_given", "length(name) BETWEEN 1 AND 200"),)

    id: int | None = Field(default=None, primary_key=True)
    skill_id: int = Field(foreign_key="skill.id", index=True, ondelete="CASCADE")
    name: str = Field(max_length=200)
    normalised: str = Field(unique=True, max_length=200)
    confirmed_by: int | None = Field(default=None, foreign_key="account.id", index=True)
    confirmed_at: datetime | None = None


class SkillRelation(SQLModel, table=True):
    """`skill` has `other` as its broader one, is related to it, or must never be taken for it."""

    __tablename__ = "skill_relation"
    __table_args__ = (one_of("kind", SkillRelationKind),)

    skill_id: int = Field(foreign_key="skill.id", primary_key=True, ondelete="CASCADE")
    other_key: str = Field(primary_key=True, max_length=100)
    kind: str = Field(primary_key=True)
