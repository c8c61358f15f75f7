"""While a sheet is checked nobody waits; what somebody wrote meanwhile is seen before anything is stored."""

import importlib
import pkgutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session, SQLModel, col, select

from employers.columns import now
from placement import importing, naming
from placement.db import Database
from placement.importing import FileRefused, ImportReport, running
from placement.importing.standing import REPLACED, SMALL, STAMPED, VERSIONED, mark_of
from placement.models import Event, Graduate, Heartbeat, Setting, SkillName
from placement.skills import SkillEntry, store_skills
from tests.importing.sheets import TODAY, row_counts
from tests.placement.cast import add_account

SHEET = "id,성명,연락처,보유기술\nP-1,가수련,010-0000-0001,엑셀\nP-2,나수련,010-0000-0002,파이썬\n"


class Meanwhile:
    """Does something, a number of times, while the rows of a sheet are being checked."""

    def __init__(self, act: Callable[[], None], times: int = 1) -> None:
        self.act, self.left, self.checks = act, times, 0

    def __call__(self, rows: Any) -> Iterator[Any]:
        self.checks += 1
        if self.left:
            self.left -= 1
            self.act()
        yield from rows


def take_in(database: Database, folder: Path, meanwhile: Meanwhile, text: str = SHEET, **options: Any) -> ImportReport:
    file = folder / "people.csv"
    file.write_text(text, encoding="utf-8")
    return running.import_file(database, "graduates", file, today=TODAY, progress=meanwhile, **options)


def add_person(database: Database, key: str = "P-1") -> None:
    with database.transaction() as session:
        session.add(Graduate(key=key, name="가수련", phone="01000000001"))


def count_up(database: Database) -> None:
    with database.transaction() as session:
        found = session.get(Setting, "meanwhile")
        session.add(found.sqlmodel_update({"value": found.value + 1}) if found else Setting(name="meanwhile", value=1))


def beat(database: Database) -> None:
    with database.transaction() as session:
        session.merge(Heartbeat(name="worker", at=now()))


def test_another_writer_gets_through_at_once_while_the_rows_are_checked(database: Database, tmp_path: Path):
    """With the rows checked inside the transaction, this write would wait for it, and it for this write."""
    meanwhile = Meanwhile(lambda: beat(database))
    report = take_in(database, tmp_path, meanwhile)
    assert (report.stored, report.created, meanwhile.checks) == (True, 2, 1)


def test_a_person_who_came_in_meanwhile_is_found_and_not_made_twice(database: Database, tmp_path: Path):
    meanwhile = Meanwhile(lambda: add_person(database))
    report = take_in(database, tmp_path, meanwhile)
    assert (report.stored, report.created, report.changed, meanwhile.checks) == (True, 1, 1, 2)
    assert (report.read, report.errors) == (2, [])
    assert row_counts(database)["graduate"] == 2


def test_without_that_question_the_database_would_refuse_the_whole_sheet(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(running, "mark_of", lambda _session: ())
    with pytest.raises(IntegrityError):
        take_in(database, tmp_path, Meanwhile(lambda: add_person(database)))
    assert row_counts(database)["graduate"] == 1


def test_where_somebody_writes_each_time_the_rows_are_checked_within_the_transaction_at_last(
    database: Database, tmp_path: Path
):
    meanwhile = Meanwhile(lambda: count_up(database), times=running.UNHURRIED_TRIES)
    assert take_in(database, tmp_path, meanwhile).created == 2
    assert meanwhile.checks == running.UNHURRIED_TRIES + 1


def test_a_demo_that_came_meanwhile_refuses_the_sheet(database: Database, tmp_path: Path):
    def load_demo() -> None:
        with database.transaction() as session:
            session.add(Setting(name="demo", value="article"))

    with pytest.raises(FileRefused):
        take_in(database, tmp_path, Meanwhile(load_demo))
    assert row_counts(database)["graduate"] == 0


def test_a_vocabulary_that_grew_meanwhile_is_looked_up_anew(database: Database, tmp_path: Path):
    def learn() -> None:
        with database.transaction() as session:
            store_skills(session, [SkillEntry(key="xl", name_ko="엑셀")])

    meanwhile = Meanwhile(learn)
    assert take_in(database, tmp_path, meanwhile).stored
    assert meanwhile.checks == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda session, _by: store_skills(session, [SkillEntry(key="py", name_ko="파이썬")]),
        lambda session, _by: store_skills(session, [SkillEntry(key="xl", name_ko="엑셀", name_en="Excel")]),
        lambda session, _by: store_skills(session, [SkillEntry(key="xl", name_ko="엑셀", related=["py"])]),
        lambda session, by: naming.confirm(session, "스프레드시트", "xl", by),
        lambda session, _by: naming.take_back(
            session, session.exec(select(SkillName).where(SkillName.name == "표")).one()
        ),
    ],
    ids=["an entry", "a name", "a tie", "a confirmed name", "a name taken back"],
)
def test_every_change_of_the_vocabulary_leaves_another_mark(database: Database, change: Callable[[Session, int], Any]):
    with database.transaction() as session:
        store_skills(session, [SkillEntry(key="xl", name_ko="엑셀")])
        by = add_account(session).id
        naming.confirm(session, "표", "xl", by)
    with database.reading() as session:
        before = mark_of(session)
    with database.transaction() as session:
        change(session, by)
    with database.reading() as session:
        assert mark_of(session) != before


def test_what_fails_while_it_is_stored_leaves_nothing_and_the_next_writer_goes_on(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def broken(_session: Session) -> None:
        raise OSError("the disk is full")

    file = tmp_path / "people.csv"
    file.write_text(SHEET, encoding="utf-8")
    sheet = importing.read_sheet("graduates", importing.read_file(file))
    with pytest.raises(OSError, match="disk"):
        importing.import_sheet(database, sheet, today=TODAY, afterwards=broken)
    assert (row_counts(database)["graduate"], row_counts(database)["event"]) == (0, 0)
    count_up(database)


class EndedError(Exception):
    """What the driver says of a transaction that the database has ended."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


@pytest.mark.parametrize(("sqlstate", "is_tried_again"), [("40P01", True), ("57014", False)])
def test_a_sheet_that_gave_way_to_another_writer_is_stored_nevertheless(
    database: Database, tmp_path: Path, sqlstate: str, is_tried_again: bool
):
    """40P01 is a deadlock; 57014, a statement that somebody has stopped, is nobody's turn."""
    left = [EndedError(sqlstate)] * (running.UNHURRIED_TRIES + 1)  # the last one within the transaction itself

    def in_the_way(_session: Session) -> None:
        if left:
            raise OperationalError("UPDATE", {}, left.pop())

    file = tmp_path / "people.csv"
    file.write_text(SHEET, encoding="utf-8")
    sheet = importing.read_sheet("graduates", importing.read_file(file))
    if is_tried_again:
        assert importing.import_sheet(database, sheet, today=TODAY, afterwards=in_the_way).created == 2
    else:
        with pytest.raises(OperationalError):
            importing.import_sheet(database, sheet, today=TODAY, afterwards=in_the_way)
    assert row_counts(database)["graduate"] == (2 if is_tried_again else 0)


def test_a_thread_that_writes_all_the_time_is_never_refused_by_an_import(database: Database, tmp_path: Path):
    people = "".join(f"P-{n},수련{n},010-0000-{n:04d},엑셀\n" for n in range(400))
    done, refused, written = threading.Event(), [], []

    def write_on() -> None:
        while not done.is_set():
            try:
                beat(database)
                written.append(1)
            except Exception as error:
                refused.append(error)

    thread = threading.Thread(target=write_on)
    thread.start()
    try:
        report = take_in(database, tmp_path, Meanwhile(lambda: None), "id,성명,연락처,보유기술\n" + people)
    finally:
        done.set()
        thread.join(timeout=30)
    assert (report.created, refused) == (400, [])
    assert written
    with database.reading() as session:
        assert len(session.exec(select(Event).where(col(Event.entity) == "graduate")).all()) == 400


def test_what_is_changed_before_its_time_is_not_written_by_accident(database: Database):
    with database.reading() as session:
        session.add(Setting(name="early", value=1))
        with pytest.raises(RuntimeError), database.writing(session):
            raise AssertionError("never reached")
    assert row_counts(database)["setting"] == 0


def test_every_table_that_an_import_knows_is_asked_whether_it_still_stands():
    """The log is not: whatever it says of a row, the row's version says too."""
    known = set()
    for found in pkgutil.iter_modules(importing.__path__, f"{importing.__name__}."):
        known |= {value for value in vars(importlib.import_module(found.name)).values() if is_table(value)}
    assert known - {Event} <= {*VERSIONED, *REPLACED, *SMALL, *STAMPED}
    assert len(known) > 10


def is_table(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, SQLModel) and hasattr(value, "__table__")
