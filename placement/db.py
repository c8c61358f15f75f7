"""Decides how the database is opened, who owns a transaction, and how the schema is brought up to date."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlmodel import Session, SQLModel

import placement.models  # noqa: F401  (fills the metadata)

BUSY_TIMEOUT_MS = 20_000  # an import of ten thousand people on a busy machine keeps writers waiting, and refuses none
MAX_TRIES = 3
# Serialization failure, deadlock and lock timeout on PostgreSQL; the writer's turn that never came on SQLite.
GAVE_WAY = frozenset({"40001", "40P01", "55P03", "SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT"})
_UNCHECKED = "ieum_unchecked"
metadata = SQLModel.metadata
Result = TypeVar("Result")


class DatabaseUnavailableError(Exception):
    """The database cannot be opened; the message says which and why, in one line."""


class Database:
    """One database: `transaction()` to write, `reading()` to read.

    SQLite begins writes with BEGIN IMMEDIATE (the driver's late BEGIN loses updates) and reads with a snapshot;
    PostgreSQL runs READ COMMITTED and relies on conditional updates.
    """

    def __init__(self, url: str) -> None:
        """`url` as SQLAlchemy reads it; postgresql:// is taken as psycopg. Raises DatabaseUnavailableError when odd."""
        try:
            parsed = make_url(url)
            if parsed.drivername in ("postgresql", "postgres"):
                parsed = parsed.set(drivername="postgresql+psycopg")
            self.engine = _engine(parsed)
        except (ArgumentError, ModuleNotFoundError) as error:
            raise DatabaseUnavailableError(
                f"데이터베이스 주소를 읽을 수 없습니다. / unreadable database URL: {url}"
            ) from error
        self.url = parsed
        self._turn = Lock()
        self._writing = self.engine.execution_options(ieum_begin="BEGIN IMMEDIATE")

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def transaction(self, *, knows_references: bool = False) -> Iterator[Session]:
        """A session that commits when the block ends and rolls back when it raises. Doors alone call this.

        knows_references: the block itself sees to it that what its rows refer to is there. SQLite then does not look it
        up row by row, which is half of what it costs to insert millions; PostgreSQL does.
        """
        engine = self._writing.execution_options(ieum_foreign_keys=not knows_references)
        with self._writers_turn(), Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def _writers_turn(self) -> Iterator[None]:
        """Threads of one process queue for SQLite's only writer: its own way of waiting is to ask again and again.

        Whoever has waited too long asks SQLite nevertheless, which then says so.
        """
        is_mine = self.is_sqlite and self._turn.acquire(timeout=BUSY_TIMEOUT_MS / 1000)
        try:
            yield
        finally:
            if is_mine:
                self._turn.release()

    def attempt(self, work: Callable[[Session], Result]) -> Result:
        """The answer of `work` in a transaction of its own; anew, three times at most, where it gave way to another.

        `work` may therefore run more than once: it reads its rows itself and does nothing outside the session.
        """
        for _ in range(MAX_TRIES - 1):
            with giving_way(), self.transaction() as session:
                return work(session)
        with self.transaction() as session:
            return work(session)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session whose changes are never kept; rows it read may be used after the block."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session  # closing rolls back; an explicit rollback would empty the rows first

    @contextmanager
    def writing(self, session: Session) -> Iterator[None]:
        """Let a session of `reading()` write what it has prepared, and commit when the block ends.

        The rows it has read stay as they were read, so that the block asks first whether they still stand. Whoever
        prepares holds nobody up; only the block does.
        """
        if session.new or session.dirty or session.deleted:
            raise RuntimeError("written before its time")
        session.commit()  # ends the reading alone
        with self._writers_turn():
            try:
                session.connection(execution_options={"ieum_begin": "BEGIN IMMEDIATE"})
                yield
                session.commit()
            except BaseException:
                session.rollback()
                raise

    def migrate(self, revision: str = "head") -> None:
        """Bring the schema to `revision`. Raises DatabaseUnavailableError when the database is not there."""
        with self._connected() as connection:
            command.upgrade(_alembic(connection), revision)

    def downgrade(self, revision: str) -> None:
        """Take the schema back to `revision` ("base" for none)."""
        with self._connected() as connection:
            command.downgrade(_alembic(connection), revision)

    def revise(self, revision: str, message: str) -> None:
        """Write a migration from the difference between tables and schema (for developers)."""
        with self._connected() as connection:
            command.revision(_alembic(connection), message=message, autogenerate=True, rev_id=revision)

    def check_is_there(self) -> None:
        """Raise DatabaseUnavailableError, in one line, unless the database answers."""
        with self._connected():
            pass

    def is_up_to_date(self) -> bool:
        """Whether the schema is the one of this program. Raises DatabaseUnavailableError when it is not there."""
        with self._connected() as connection:
            return set(MigrationContext.configure(connection).get_current_heads()) == _newest_revisions()

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        shown = self.url.render_as_string(hide_password=True)
        try:
            connection = self._writing.connect()
        except OperationalError as error:
            raise DatabaseUnavailableError(
                f"데이터베이스에 연결할 수 없습니다: {shown} / cannot reach the database"
            ) from error
        with connection, connection.begin():
            yield connection


@contextmanager
def giving_way() -> Iterator[None]:
    """Leave the block without a word where the database ended its transaction because another one was in its way."""
    try:
        yield
    except OperationalError as error:
        if not has_given_way(error):
            raise


def has_given_way(error: OperationalError) -> bool:
    """Whether the database ended the transaction only because another one was in its way."""
    told = {getattr(error.orig, name, None) for name in ("sqlstate", "sqlite_errorname")}
    return not GAVE_WAY.isdisjoint(told)


def _engine(url: Any) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "checkin", _return_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "foreign_keys=ON",
        "cache_size=-65536",  # KiB; with the driver's 2 MB a run of millions of pairs reads its own indexes again and again
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("ieum_foreign_keys", True):
        connection.info[_UNCHECKED] = True
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")  # has no effect once a transaction has begun
    connection.exec_driver_sql(options.get("ieum_begin", "BEGIN"))


def _return_sqlite(connection: Any, record: Any) -> None:
    if record.info.pop(_UNCHECKED, False) and connection is not None:
        connection.execute("PRAGMA foreign_keys=ON")


@cache
def _newest_revisions() -> frozenset[str]:
    """What this program's own migrations end in; each of them is a file to read."""
    return frozenset(ScriptDirectory.from_config(_alembic()).get_heads())


def _alembic(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(str(files("placement.migrations")))))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
