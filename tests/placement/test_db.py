"""A transaction is kept whole or not at all, nobody's increment is lost, and a missing database says so in one line."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session

from placement.db import Database, DatabaseUnavailableError
from placement.models import Program, Setting
from tests.fixtures.ports import find_free_port
from tests.placement.cast import add_graduate, count_rows, keep

THREADS, TIMES = 8, 25


def test_leaving_a_transaction_keeps_what_was_written(database: Database):
    with database.transaction() as session:
        keep(session, Setting(name="a", value=1))
    with database.reading() as session:
        assert session.get_one(Setting, "a").value == 1


def test_an_error_in_a_transaction_leaves_nothing_behind(database: Database):
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        keep(session, Setting(name="a", value=1))
        print(1 // 0)
    with database.reading() as session:
        assert count_rows(session, Setting) == 0


def test_what_is_written_while_reading_is_not_kept(database: Database):
    with database.reading() as session:
        keep(session, Setting(name="a", value=1))
    with database.reading() as session:
        assert count_rows(session, Setting) == 0


def test_rows_may_be_used_after_their_transaction(database: Database):
    with database.transaction() as session:
        setting = keep(session, Setting(name="a", value=[1]))
    assert setting.value == [1]
    with database.reading() as session:
        read = session.get_one(Setting, "a")
    assert read.value == [1]


def test_a_reader_sees_one_moment_on_sqlite(sqlite_database: Database):
    with sqlite_database.reading() as reader:
        before = count_rows(reader, Setting)
        with sqlite_database.transaction() as writer:
            keep(writer, Setting(name="a", value=1))
        assert count_rows(reader, Setting) == before


def test_foreign_keys_are_watched(session: Session):
    with pytest.raises(IntegrityError):
        add_graduate(session, cohort_id=999)


def test_a_block_that_knows_its_references_is_believed_on_sqlite_and_only_that_block(sqlite_database: Database):
    with sqlite_database.transaction(knows_references=True) as session:
        add_graduate(session, cohort_id=999)
    with pytest.raises(IntegrityError), sqlite_database.transaction() as session:
        add_graduate(session, cohort_id=998)


def test_a_block_that_knows_its_references_and_fails_leaves_no_doubt_behind(sqlite_database: Database):
    with pytest.raises(ZeroDivisionError), sqlite_database.transaction(knows_references=True) as session:
        add_graduate(session, cohort_id=999)
        raise ZeroDivisionError
    with pytest.raises(IntegrityError), sqlite_database.transaction() as session:
        add_graduate(session, cohort_id=999)


@pytest.mark.postgres
def test_postgresql_believes_no_block(postgres_url: str):
    with (
        pytest.raises(IntegrityError),
        closing(Database(postgres_url)) as database,
        database.transaction(knows_references=True) as session,
    ):
        add_graduate(session, cohort_id=999)


def count_up(begin, program_id: int) -> int:
    """How often adding one failed loudly in TIMES attempts of one thread."""
    failed = 0
    for _ in range(TIMES):
        try:
            with begin() as session:
                program = session.get_one(Program, program_id)
                program.fiscal_year = (program.fiscal_year or 0) + 1
        except OperationalError:
            failed += 1
    return failed


def race(database: Database, begin) -> tuple[int, int]:
    """What eight threads have counted together, and how often they failed."""
    with database.transaction() as session:
        program = keep(session, Program(key="p", name="p", fiscal_year=0))
    with ThreadPoolExecutor(THREADS) as threads:
        failed = sum(threads.map(lambda _: count_up(begin, program.id), range(THREADS)))
    with database.reading() as session:
        return session.get_one(Program, program.id).fiscal_year, failed


def test_no_increment_of_eight_threads_is_lost_on_sqlite(sqlite_database: Database):
    assert race(sqlite_database, sqlite_database.transaction) == (THREADS * TIMES, 0)


def test_with_an_ordinary_begin_increments_would_be_lost(sqlite_database: Database):
    counted, failed = race(sqlite_database, lambda: LateBegin(sqlite_database))
    assert counted < THREADS * TIMES
    assert counted + failed <= THREADS * TIMES


class LateBegin:
    """A transaction that takes its lock at the first write only, as the driver would."""

    def __init__(self, database: Database) -> None:
        self.session = Session(database.engine)

    def __enter__(self) -> Session:
        return self.session

    def __exit__(self, kind, *_rest) -> None:
        try:
            if kind is None:
                self.session.commit()
        finally:
            self.session.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def missing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    nowhere = f"sqlite:///{tmp_path / 'missing' / 'ieum.sqlite3'}"
    nobody = f"postgresql://ieum:secret@127.0.0.1:{find_free_port()}/ieum"
    database = Database(nowhere if request.param == "sqlite" else nobody)
    yield database
    database.close()


@pytest.mark.parametrize("ask", [Database.check_is_there, Database.migrate, lambda d: d.downgrade("base")])
def test_a_database_that_is_not_there_says_so_in_one_line_without_its_password(missing: Database, ask):
    with pytest.raises(DatabaseUnavailableError) as caught:
        ask(missing)
    said = str(caught.value)
    assert "\n" not in said
    assert missing.url.database in said
    assert "secret" not in said


@pytest.mark.parametrize("url", ["", "nonsense", "mongo://here/ieum", "mysql://here/ieum", "sqlite"])
def test_an_address_that_nobody_can_read_is_refused_in_one_line(url: str):
    with pytest.raises(DatabaseUnavailableError) as caught:
        Database(url)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_way_to_write_postgresql_means_the_same_driver(name: str):
    database = Database(f"{name}://here/ieum")
    assert database.url.drivername == "postgresql+psycopg"
    assert not database.is_sqlite
    database.close()
