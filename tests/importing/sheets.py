"""Builds the files that the tests import: workbooks, csv and JSON lines, and imports them."""

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy import func
from sqlmodel import Session, select

from placement.db import Database, metadata
from placement.importing import ImportReport, import_file

TODAY = date(2020, 12, 1)


def workbook(rows: Sequence[Sequence[Any]], *, titles: Sequence[str] = (), formulas: Mapping[str, Any] = {}) -> bytes:
    """An .xlsx of one sheet; `titles` are merged rows above, `formulas` cell → (formula, value)."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"strings_to_urls": False, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("명단")
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        for place, title in enumerate(titles):
            sheet.merge_range(place, 0, place, max(len(rows[0]) - 1, 1), title)
        for number, row in enumerate(rows, start=len(titles)):
            for place, cell in enumerate(row):
                sheet.write_datetime(number, place, cell, days) if isinstance(cell, date) else sheet.write(
                    number, place, cell
                )
        for cell, (formula, value) in formulas.items():
            sheet.write_formula(cell, formula, None, value)
    return data.getvalue()


def csv_text(*lines: str) -> str:
    return "\r\n".join(lines) + "\r\n"


def json_lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def bring(database: Database, folder: Path, kind: str, name: str, content: str | bytes, **options: Any) -> ImportReport:
    """Write the file and import it, on 2020-12-01."""
    file = folder / name
    file.write_bytes(content.encode("utf-8-sig") if isinstance(content, str) else content)
    return import_file(database, kind, file, today=options.pop("today", TODAY), **options)


def row_counts(database: Database) -> dict[str, int]:
    """How many rows each table holds."""
    with database.reading() as session:
        return {table.name: session.scalar(select(func.count()).select_from(table)) for table in metadata.sorted_tables}


def everything(session: Session, table: Any) -> list[Any]:
    return list(session.exec(select(table).order_by(table.id)))
