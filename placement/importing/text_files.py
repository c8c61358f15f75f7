"""Decides how text files are read: their encoding, their separator, and one JSON object a line."""

import csv
import io
import json
from collections import Counter
from typing import Any

from placement.importing.grids import MOST_COLUMNS, MOST_ROWS, Cell, Grid
from placement.importing.problems import FileRefused, Problem

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# cp949, never euc-kr: the latter lacks syllables that Windows writes.
_GUESSES = ("utf-8", "cp949")
_SEPARATORS = (",", "\t", ";")
_LONGEST_CELL = 1_000_000


def decode(data: bytes) -> str:
    """The text of a file: by its mark, else UTF-8, else the Korean Windows code page. Raises FileRefused."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding) or _refuse_encoding()
    for encoding in _GUESSES:
        text = _decoded(data, encoding)
        if text is not None and "\x00" not in text:
            return text
    return _refuse_encoding()


def read_delimited(data: bytes, *, tabs: bool = False) -> Grid:
    """A csv or tsv file; a row is counted as Excel counts it, also when a cell holds line breaks."""
    text = decode(data)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if tabs else _separator(text), strict=True)
    rows: list[list[Cell]] = []
    try:
        for row in reader:
            rows.append(list(row))
            _check_size(len(rows), len(row))
    except csv.Error as error:
        raise FileRefused("csv_broken", row=len(rows) + 1) from error
    return Grid("", rows, list(range(1, len(rows) + 1)))


def read_json_lines(data: bytes) -> Grid:
    """One JSON object a line; the names of all lines become the header row, numbered 0."""
    objects: dict[int, dict[str, Any]] = {}
    problems: list[Problem] = []
    for number, line in enumerate(decode(data).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line, parse_constant=_refuse_constant)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict):
            objects[number] = found
        else:
            problems.append(Problem("json_line_broken", number))
        _check_size(len(objects), 0)
    if problems and not objects:
        raise FileRefused("json_line_broken")
    names = list(dict.fromkeys(name for found in objects.values() for name in found))
    _check_size(len(objects), len(names))
    rows: list[list[Cell]] = [list(names), *([found.get(name) for name in names] for found in objects.values())]
    return Grid("", rows, [0, *objects], problems)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _refuse_encoding() -> str:
    raise FileRefused("encoding_unknown")


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _separator(text: str) -> str:
    """The sign that stands most often in the first lines; a comma when none does."""
    head = text[:10_000]
    counted = Counter({sign: head.count(sign) for sign in _SEPARATORS})
    return counted.most_common(1)[0][0] if any(counted.values()) else ","


def _check_size(rows: int, columns: int) -> None:
    if rows > MOST_ROWS:
        raise FileRefused("too_many_rows", limit=MOST_ROWS)
    if columns > MOST_COLUMNS:
        raise FileRefused("too_many_columns", limit=MOST_COLUMNS)
