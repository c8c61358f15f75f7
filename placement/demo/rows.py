"""Decides how the demo stores a row so that the next one can point at it."""

from typing import Any, TypeVar

from sqlmodel import Session, SQLModel

Row = TypeVar("Row", bound=SQLModel)


def keep(session: Session, row: Row) -> Row:
    """The row, stored and with its id."""
    session.add(row)
    session.flush()
    return row


def id_of(row: Any) -> int:
    """The id of a stored row. Raises LookupError before it is stored."""
    if row.id is None:
        raise LookupError(f"{type(row).__name__} is not stored yet")
    return int(row.id)
