"""Decides which row of which sheet is the header, what its headings mean, and what each row below it says."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, NamedTuple

from employers.checking import has_resident_number, one_line
from matching.normalise import fold
from placement.importing.grids import Cell, Grid, is_blank
from placement.importing.problems import CellRefused, FileRefused, ImportReport, Problem, RowRefused

HEADER_WITHIN = 30
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_MARKS = re.compile(r"^[\s*※★●▶]+|[\s*※★:]+$")
_TOTALS = frozenset(["합계", "총계", "소계", "계", "total", "총합계", "누계"])
_NUMBERING = frozenset(["연번", "순번", "번호", "no", "번", "일련번호"])
# A corporation number has the shape of a resident number.
_CORPORATION_NUMBER = "법인등록번호"


class Column(NamedTuple):
    """What a heading may be called, the name we know it by, and how its cells are read."""

    name: str
    headings: tuple[str, ...]
    read: Callable[[Cell], Any]


class Kind(NamedTuple):
    """One kind of sheet: its columns, and of each group in `needs` at least one must be there."""

    name: str
    columns: tuple[Column, ...]
    needs: tuple[tuple[str, ...], ...]


class Header(NamedTuple):
    """The found header: of which grid, at which place, and which column stands where."""

    grid: Grid
    place: int
    columns: dict[int, Column]


@dataclass
class Row:
    """One row below the header: what its known columns say, blanks left out, and what each column is called there."""

    number: int
    values: dict[str, Any]
    headings: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> Any:
        return self.values.get(name)

    def problem(self, code: str, name: str | None = None, **values: Any) -> Problem:
        """A problem of this row, at the column known to us as `name`."""
        return Problem(code, self.number, self.headings.get(name, name) if name else None, values)

    def refuse(self, code: str, name: str | None = None, **values: Any) -> RowRefused:
        return RowRefused([self.problem(code, name, **values)])


def find_header(grids: list[Grid], kind: Kind) -> Header:
    """The row among the first ones that names most of the kind's columns. Raises FileRefused: header_missing."""
    named = [
        Header(grid, place, _columns_in(grid.rows[place], kind))
        for grid in grids
        for place in range(min(HEADER_WITHIN, len(grid.rows)))
    ]
    fitting = [header for header in named if _has_needed(header, kind)]
    if not fitting:
        raise FileRefused("header_missing", wanted=_wanted(kind), found=_first_words(grids))
    return max(fitting, key=lambda header: len(header.columns))


def read_rows(header: Header, report: ImportReport) -> Iterator[Row | RowRefused]:
    """Every row below the header: read, or refused with all that is wrong in it. Totals and notes are left out."""
    grid, headings = header.grid, [_heading(cell) for cell in header.grid.rows[header.place]]
    _name_dropped(header, headings, report)
    for cells, number in zip(grid.rows[header.place + 1 :], grid.numbers[header.place + 1 :], strict=True):
        if not _is_beside_the_point(cells):
            try:
                yield _row(cells, number, header.columns, headings)
            except RowRefused as refused:
                yield refused


def _columns_in(cells: list[Cell], kind: Kind) -> dict[int, Column]:
    """Place → column; a column named twice counts at its first place."""
    known = {fold(heading): column for column in kind.columns for heading in (*column.headings, column.name)}
    found: dict[int, Column] = {}
    for place, cell in enumerate(cells):
        heading = _heading(cell)
        column = known.get(fold(heading)) or known.get(fold(_BRACKETS.sub("", heading)))
        if column and column not in found.values():
            found[place] = column
    return found


def _heading(cell: Cell) -> str:
    return _MARKS.sub("", one_line(cell)) if isinstance(cell, str) else ""


def _has_needed(header: Header, kind: Kind) -> bool:
    names = {column.name for column in header.columns.values()}
    return all(names.intersection(group) for group in kind.needs)


def _wanted(kind: Kind) -> str:
    shown = {column.name: column.headings[0] for column in kind.columns}
    return ", ".join("/".join(shown[name] for name in group) for group in kind.needs)


def _first_words(grids: list[Grid]) -> str:
    """What stands where a header was expected; only short words without digits, for a data row may stand there."""
    for grid in grids:
        for cells in grid.rows[:HEADER_WITHIN]:
            words = [_heading(cell) for cell in cells if _heading(cell)]
            if words:
                return ", ".join(word for word in words[:8] if len(word) <= 20 and not re.search(r"\d", word)) or "-"
    return "-"


def _name_dropped(header: Header, headings: list[str], report: ImportReport) -> None:
    for place, heading in enumerate(headings):
        if heading and place not in header.columns and fold(heading) not in _NUMBERING:
            report.warn("column_dropped", header.grid.numbers[header.place] or None, heading)


def _is_beside_the_point(cells: list[Cell]) -> bool:
    """Blank rows, totals, and notes such as ※ 작성요령."""
    said = [cell for cell in cells if not is_blank(cell)]
    if not said:
        return True
    first = said[0] if isinstance(said[0], str) else ""
    return fold(first) in _TOTALS or (
        len(said) == 1 and len(cells) > 1 and first.lstrip().startswith(("※", "*", "주)"))
    )


def _row(cells: list[Cell], number: int, columns: dict[int, Column], headings: list[str]) -> Row:
    _refuse_resident_numbers(cells, number, headings)
    row = Row(number, {}, {column.name: headings[place] for place, column in columns.items()})
    problems = []
    for place, column in columns.items():
        if place < len(cells) and not is_blank(cells[place]):
            try:
                value = column.read(cells[place])
            except CellRefused as refused:
                problems.append(row.problem(refused.code, column.name, **refused.values))
            else:
                if value is not None:
                    row.values[column.name] = value
    if problems:
        raise RowRefused(problems)
    return row


def _refuse_resident_numbers(cells: list[Cell], number: int, headings: list[str]) -> None:
    problems = []
    for place, cell in enumerate(cells):
        heading = headings[place] if place < len(headings) else ""
        if fold(heading) != _CORPORATION_NUMBER and _holds_resident_number(cell):
            problems.append(Problem("resident_number", number, heading or str(place + 1)))
    if problems:
        raise RowRefused(problems)


def _holds_resident_number(cell: Cell) -> bool:
    if cell is None or isinstance(cell, (bool, date, datetime, time)):
        return False
    if isinstance(cell, (int, float)):
        # A spreadsheet takes the zero of a year such as 05 away.
        return 10**11 <= cell < 10**13 and float(cell).is_integer() and has_resident_number(f"{int(cell):013d}")
    return has_resident_number(cell if isinstance(cell, str) else str(cell))
