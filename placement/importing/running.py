"""Decides the course of an import: read the file, check every row, then store all of it or nothing, quickly."""

from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from sqlmodel import Session
from tqdm import tqdm

from placement.access import office_actor
from placement.db import Database, giving_way
from placement.importing.desk import Desk, Intake
from placement.importing.files import read_file
from placement.importing.grids import Grid
from placement.importing.kinds import INTAKES
from placement.importing.problems import FileRefused, ImportReport, RowRefused
from placement.importing.sheets import Row, find_header, read_rows
from placement.importing.standing import mark_of
from placement.models import Setting

ACTOR = "import"
UNHURRIED_TRIES = 3
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
    """Import one file; for doors. See `import_sheet`. Raises FileRefused when the file as a whole is faulty."""
    sheet = read_sheet(kind, read_file(path))
    return import_sheet(database, sheet, today=today, dry_run=dry_run, keep_good=keep_good, progress=progress)


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
    database: Database,
    sheet: Sheet,
    *,
    today: date,
    dry_run: bool = False,
    keep_good: bool = False,
    progress: Progress = _without_bar,
    afterwards: Callable[[Session], None] = lambda _session: None,
) -> ImportReport:
    """Check the rows against what is stored, and store them, all or nothing, unless `dry_run`; for doors.

    The check takes long and holds nobody up; only the storing is a writing transaction, and `afterwards` belongs to
    it. Where somebody changed meanwhile what the rows were checked against, or was in the way of the storing, they are
    checked anew; in the end within the transaction itself. With errors in rows nothing is stored unless `keep_good`.
    Raises FileRefused: demo_present.
    """
    for _try in range(UNHURRIED_TRIES):
        with giving_way(), database.reading() as session:
            mark = mark_of(session)
            plan = check_sheet(session, sheet, today=today, progress=progress)
            if dry_run or not plan.is_storable(keep_good):
                return plan.report
            with database.writing(session):
                if mark_of(session) == mark:
                    return plan.store(session, afterwards)

    def work(session: Session) -> ImportReport:
        last = check_sheet(session, sheet, today=today, progress=progress)
        return last.store(session, afterwards) if last.is_storable(keep_good) else last.report

    return database.attempt(work)


@dataclass(frozen=True)
class Plan:
    """What an import would do: checked, and nothing of it written."""

    intake: Intake
    report: ImportReport

    def is_storable(self, keep_good: bool) -> bool:
        return keep_good or not self.report.errors

    def store(self, session: Session, afterwards: Callable[[Session], None]) -> ImportReport:
        """Write it in the transaction of the session that it was checked in."""
        self.intake.store()
        self.report.stored = True
        afterwards(session)
        return self.report


def check_sheet(session: Session, sheet: Sheet, *, today: date, progress: Progress = _without_bar) -> Plan:
    """Check the rows against what the session reads. Raises FileRefused: demo_present."""
    if session.get(Setting, "demo") is not None:
        raise FileRefused("demo_present")
    report = deepcopy(sheet.report)
    intake = INTAKES[sheet.kind][1](Desk(session, today, office_actor(ACTOR), report))
    _take_all(intake, progress(sheet.rows), report)
    return Plan(intake, report)


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
