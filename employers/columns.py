"""Decides how columns are written down in every table: codes as checked text, moments aware, constraints named."""

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def one_of(column: str, codes: type[StrEnum]) -> CheckConstraint:
    """A CHECK that `column` holds one of the codes or NULL; text plus CHECK needs no type change to grow."""
    listed = ", ".join(f"'{code.value}'" for code in codes)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def check(name: str, condition: str) -> CheckConstraint:
    """A named CHECK; the same text must be valid on SQLite and PostgreSQL."""
    return CheckConstraint(condition, name=name)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)
