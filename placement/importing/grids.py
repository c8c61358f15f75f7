"""Decides what a read file looks like to everybody after: grids of plain cells, with row numbers as people count them."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from placement.importing.problems import Problem

MEGABYTE = 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 300
MOST_CELLS = 5_000_000

Cell = str | int | float | bool | date | time | list[Any] | dict[str, Any] | None


@dataclass
class Grid:
    """One sheet. `numbers[i]` is the row number of `rows[i]` in the file; `problems` are rows that could not be read."""

    name: str
    rows: list[list[Cell]]
    numbers: list[int]
    problems: list[Problem] = field(default_factory=list)


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing: empty, spaces, an empty list, or a lone hyphen as offices write "none"."""
    if isinstance(cell, str):
        return cell.strip(" \t\r\n\u00a0\u200b\ufeff") in ("", "-", "–", "—")
    return cell is None or cell == []
