"""Decides which .xlsx files are safe to open, and turns their visible sheets into grids."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import timedelta
from typing import IO, Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from placement.importing.grids import MEGABYTE, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Cell, Grid
from placement.importing.problems import FileRefused

MOST_BYTES = 200 * MEGABYTE
MOST_ENTRIES = 2000
MOST_RATIO = 200  # Sheets full of one repeated row pack about 1:100.
_SMALL = MEGABYTE
_CHUNK = MEGABYTE
_TAG = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s>/])([^>]{0,300})")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,3})(\d{1,7})["']""")


def read_workbook(data: bytes) -> list[Grid]:
    """The visible sheets. Raises FileRefused before anything big is unpacked.

    Calamine lays a sheet out from its first to its last cell, so one cell in a far corner would fill the memory:
    places are counted first.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_archive(archive)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        return [_grid(workbook.get_sheet_by_name(name)) for name in shown]
    except (zipfile.BadZipFile, zlib.error, CalamineError, EOFError, ValueError, NotImplementedError) as error:
        raise FileRefused("workbook_broken") from error


def _check_archive(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_BYTES:
        raise FileRefused("file_too_big_unpacked", limit=MOST_BYTES // MEGABYTE)
    for entry in entries:
        if entry.flag_bits & 1:
            raise FileRefused("file_old_or_locked")
        if entry.file_size > _SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise FileRefused("file_too_dense")
    for entry in entries:
        with archive.open(entry) as part:
            _check_places(part) if entry.filename.startswith("xl/worksheets/") else _read_through(part)


def _read_through(part: IO[bytes]) -> None:
    """Read to the end: an entry that is longer than it said, or damaged, raises here."""
    while part.read(_CHUNK):
        pass


def _check_places(part: IO[bytes]) -> None:
    rows = columns = row = column = 0
    for kind, place in _places(part):
        if kind == b"row":
            row, column = (place[1] if place else row + 1), 0
        else:
            column = place[0] if place else column + 1
            row = max(row, place[1] if place else row)
        rows, columns = max(rows, row), max(columns, column)
        if rows > MOST_ROWS:
            raise FileRefused("too_many_rows", limit=MOST_ROWS)
        if columns > MOST_COLUMNS:
            raise FileRefused("too_many_columns", limit=MOST_COLUMNS)
    if rows * columns > MOST_CELLS:
        raise FileRefused("too_many_cells", limit=MOST_CELLS)


def _places(part: IO[bytes]) -> Iterator[tuple[bytes, tuple[int, int] | None]]:
    """Each row and cell tag with its (column, row) where it says one."""
    rest = b""
    while chunk := part.read(_CHUNK):
        text = rest + chunk
        cut = text.rfind(b"<")
        text, rest = (text[:cut], text[cut:]) if len(text) - cut < _CHUNK else (text, b"")
        yield from _tags(text)
    yield from _tags(rest)


def _tags(text: bytes) -> Iterator[tuple[bytes, tuple[int, int] | None]]:
    for found in _TAG.finditer(text):
        reference = _REFERENCE.search(found[2])
        yield found[1], (_column(reference[1]), int(reference[2])) if reference else None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _grid(sheet: CalamineSheet) -> Grid:
    rows: list[list[Cell]] = [[_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        # A course written once beside all its people; a title across columns stays where it is.
        if left == right:
            for row in rows[top + 1 : bottom + 1]:
                row[left] = rows[top][left]
    return Grid(sheet.name, rows, list(range(1, len(rows) + 1)))


def _plain(cell: Any) -> Cell:
    return str(cell) if isinstance(cell, timedelta) else cell
