"""Decides the course of an import: read the file, check every row, then store all of it or nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from sqlmodel import Session
from tqdm import tqdm

from placement.access import office_actor
from placement.db import Database
from placement.importing.desk import Desk, Intake
from placement.importing.files import read_file
from placement.importing.grids import Grid
from placement.importing.kinds import INTAKES
from placement.importing.problems import FileRefused, ImportReport, RowRefused
from placement.importing.sheets import Row, find_header, read_rows
from placement.models import Setting
from placement.states import Actor

ACTOR = "import"
Progress = Callable[[Sequence[Row | RowRefused]], Iterable[Row | RowRefused]]
# A bar on standard error, and only where a person looks at it.
bar_on_terminal: Progress = partial(tqdm, unit="행", leave=False, disable=None)


def _without_bar(rows: Sequence[Row | RowRefused]) -> Iterable[Row | RowRefused]:
    return rows


def import_file(
    database: Database,
    kind: str,
    path: str | Path,
    *,
    today: date,
    dry_run: bool = False,
    keep_good: bool = False,
    progress: Progress = _without_bar,
) -> ImportReport:
    """Import one file in one transaction of its own; for doors. Raises FileRefused when the file as a whole is faulty.

    With errors in rows nothing is stored unless `keep_good`; a dry run opens no writing transaction at all.
    """
    sheet = read_sheet(kind, read_file(path))
    with database.reading() if dry_run else database.transaction() as session:
        return import_sheet(session, sheet, today=today, dry_run=dry_run, keep_good=keep_good, progress=progress)


@dataclass(frozen=True)
class Sheet:
    """The rows of a file, read as one kind: what needs no database is done, so that a transaction stays short."""

    kind: str
    rows: list[Row | RowRefused]
    report: ImportReport


def read_sheet(kind: str, grids: list[Grid]) -> Sheet:
    """Find the header among a file's grids and read every row below it.

    Raises FileRefused: kind_unknown, header_missing, file_empty.
    """
    if kind not in INTAKES:
        raise FileRefused("kind_unknown", given=kind, kinds=", ".join(INTAKES))
    report = ImportReport(kind)
    header = find_header(grids, INTAKES[kind][0])
    rows = list(read_rows(header, report))
    report.errors += header.grid.problems
    report.refused += len(header.grid.problems)
    report.read = len(rows) + len(header.grid.problems)
    if report.read == 0:
        raise FileRefused("file_empty")
    return Sheet(kind, rows, report)


def import_sheet(
    session: Session,
    sheet: Sheet,
    *,
    today: date,
    dry_run: bool = False,
    keep_good: bool = False,
    progress: Progress = _without_bar,
    actor: Actor | None = None,
) -> ImportReport:
    """Check the rows against what is stored, and store them unless `dry_run`, in the caller's transaction.

    Never commits. Raises FileRefused: demo_present.
    """
    if session.get(Setting, "demo") is not None:
        raise FileRefused("demo_present")
    report = sheet.report
    intake = INTAKES[sheet.kind][1](Desk(session, today, actor or office_actor(ACTOR), report))
    _take_all(intake, progress(sheet.rows), report)
    if not dry_run and (keep_good or not report.errors):
        intake.store()
        report.stored = True
    return report


def _take_all(intake: Intake, rows: Iterable[Row | RowRefused], report: ImportReport) -> None:
    for row in rows:
        try:
            if isinstance(row, RowRefused):
                raise row
            result = intake.take(row)
        except RowRefused as refused:
            report.errors += refused.problems
            report.refused += 1
        else:
            if result:
                report.count(result)
    intake.finish()
    report.errors.sort(key=lambda problem: problem.row or 0)
    report.warnings.sort(key=lambda problem: problem.row or 0)
