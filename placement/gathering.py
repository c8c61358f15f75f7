"""Decides how rows by the million are read: every column as one text that the database has put together."""

from typing import Any

import numpy as np
from sqlalchemy import Integer, Text, cast, func, select
from sqlmodel import Session

# As what a column of numbers is read, and then kept; all others are texts.
_READ_AND_KEPT = {int: (np.int64, np.int64), float: (np.float64, np.float64), bool: (np.int64, np.bool_)}


def read_columns(session: Session, chosen: Any) -> list[Any]:
    """The columns of the chosen rows, in their order: whole numbers, floats and flags as arrays, texts as lists.

    A line break in a text becomes a space; SQLite tells a float in 15 digits. Raises ValueError where a column holds
    NULL. O(rows): rows as tuples take two to three times as long (measured), and far more room; a column of 10^9 letters
    is more than a database joins.
    """
    connection = session.connection()
    join = _joined_on_sqlite if connection.dialect.name == "sqlite" else _joined
    columns = chosen.subquery().c
    rows, *texts = connection.execute(select(func.count(), *map(join, columns))).one()
    found = [_parsed(text, column.type.python_type) for text, column in zip(texts, columns, strict=True)]
    if any(len(column) != rows for column in found):
        raise ValueError("a column that is read as a whole holds NULL")
    return found


def _joined(column: Any) -> Any:
    kind = column.type.python_type
    if kind not in _READ_AND_KEPT:
        return func.aggregate_strings(func.replace(column, "\n", " "), "\n")
    number = cast(column, Integer) if kind is bool else column
    return func.aggregate_strings(cast(number, Text), ",")


def _joined_on_sqlite(column: Any) -> Any:
    # Without the cast, and with the comma unsaid, numbers take half the time.
    return func.group_concat(column) if column.type.python_type in _READ_AND_KEPT else _joined(column)


def _parsed(text: str | None, kind: type) -> Any:
    if kind not in _READ_AND_KEPT:
        return [] if text is None else text.split("\n")
    read, kept = _READ_AND_KEPT[kind]
    return np.fromstring(text or "", read, sep=",").astype(kept, copy=False)
