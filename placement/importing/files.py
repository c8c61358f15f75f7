"""Decides which files can be read at all, and turns each into grids of cells: csv, tsv, xlsx, jsonl, also packed."""

import zlib
from pathlib import Path

from placement.importing.grids import MEGABYTE, Grid
from placement.importing.problems import FileRefused
from placement.importing.text_files import read_delimited, read_json_lines
from placement.importing.workbooks import read_workbook

MOST_BYTES = 64 * MEGABYTE
MOST_UNPACKED_BYTES = 200 * MEGABYTE
FORMATS = (".csv", ".tsv", ".txt", ".xlsx", ".jsonl")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_GZIP = b"\x1f\x8b"


def read_file(path: str | Path) -> list[Grid]:
    """The grids of a file on disk. Raises FileRefused."""
    path = Path(path)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FileRefused("file_too_big", limit=MOST_BYTES // MEGABYTE)
        return read_bytes(path.name, path.read_bytes())
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise FileRefused("file_missing", file=path.name) from error
    except PermissionError as error:
        raise FileRefused("file_closed_to_us", file=path.name) from error


def read_bytes(name: str, data: bytes) -> list[Grid]:
    """The grids of an uploaded file. Raises FileRefused.

    The content decides where it can (a workbook named .csv is a workbook), the name where it cannot.
    """
    suffix = Path(name.lower().removesuffix(".gz")).suffix
    if data.startswith(_GZIP):
        data = _unpacked(data)
    if not data.strip(b"\x00 \t\r\n"):
        raise FileRefused("file_empty")
    if data.startswith(_OLD_OFFICE):
        raise FileRefused("file_old_or_locked")
    if data.startswith(_ZIP):
        return read_workbook(data)
    if suffix == ".jsonl":
        return [read_json_lines(data)]
    if suffix in (".csv", ".tsv", ".txt"):
        return [read_delimited(data, tabs=suffix == ".tsv")]
    raise FileRefused("workbook_broken" if suffix == ".xlsx" else "format_unknown", formats=", ".join(FORMATS))


def _unpacked(data: bytes) -> bytes:
    """The content of a gzip file (several members too), never more than the limit in memory."""
    parts: list[bytes] = []
    left = MOST_UNPACKED_BYTES
    while data:
        unpacker = zlib.decompressobj(wbits=31)
        try:
            part = unpacker.decompress(data, left + 1)
        except zlib.error as error:
            raise FileRefused("gzip_broken") from error
        left -= len(part)
        if left < 0:
            raise FileRefused("file_too_big_unpacked", limit=MOST_UNPACKED_BYTES // MEGABYTE)
        if not unpacker.eof:
            raise FileRefused("gzip_broken")
        parts.append(part)
        data = unpacker.unused_data.lstrip(b"\x00")
    return b"".join(parts)
