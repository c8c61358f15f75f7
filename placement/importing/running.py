"""Decides the course of an import: read the file, check every row, then store all of it or nothing."""

from collections.abc import Callable, Iterable, Sequence
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


def import_file(
    database: Database,
    kind: str,
    path: str | Path,
    *,
    today: date,
    dry_run: bool = False,
    keep_good: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Import one file in one transaction of its own; for doors. Raises FileRefused when the file as a whole is faulty.

    With errors in rows nothing is stored unless `keep_good`; a dry run opens no writing transaction at all.
    """
    grids = read_file(path)
    with database.reading() if dry_run else database.transaction() as session:
        return import_grids(session, kind, grids, today=today, dry_run=dry_run, keep_good=keep_good, progress=progress)


def import_grids(
    session: Session,
    kind: str,
    grids: list[Grid],
    *,
    today: date,
    dry_run: bool = False,
    keep_good: bool = False,
    progress: Progress | None = None,
    actor: Actor | None = None,
) -> ImportReport:
    """Check, and store unless `dry_run`, what a file's grids say, in the caller's transaction. Never commits.

    Raises FileRefused: kind_unknown, demo_present, header_missing, file_empty.
    """
    if kind not in INTAKES:
        raise FileRefused("kind_unknown", given=kind, kinds=", ".join(INTAKES))
    if session.get(Setting, "demo") is not None:
        raise FileRefused("demo_present")
    columns, intake_type = INTAKES[kind]
    report = ImportReport(kind)
    header = find_header(grids, columns)
    rows = list(read_rows(header, report))
    report.errors += header.grid.problems
    report.refused += len(header.grid.problems)
    report.read = len(rows) + len(header.grid.problems)
    if report.read == 0:
        raise FileRefused("file_empty")
    intake = intake_type(Desk(session, today, actor or office_actor(ACTOR), report))
    _take_all(intake, progress(rows) if progress else rows, report)
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
