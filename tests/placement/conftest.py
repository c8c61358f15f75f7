"""Decides what the service's tests get, on SQLite and on PostgreSQL: a database of their own, or a session nobody keeps."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from placement.db import Database
from tests.fixtures.databases import KINDS, borrowed
from tests.placement.desk import Desk
from tests.placement.market import Market


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The test runs twice, on SQLite and on PostgreSQL."""
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    database = Database(sqlite_url)
    yield database
    database.close()


@pytest.fixture(scope="session", params=KINDS)
def shared_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty database that all tests of a run share, because none of them keeps anything."""
    fixture = "sqlite_files" if request.param == "sqlite" else "postgres_databases"
    with borrowed(request.getfixturevalue(fixture)) as url:
        database = Database(url)
        yield database
        database.close()


@pytest.fixture
def session(shared_database: Database) -> Iterator[Session]:
    """One transaction for the whole test, rolled back after it; the test runs on both databases."""
    with shared_database.reading() as session:
        yield session


@pytest.fixture
def market(session: Session) -> Market:
    """A few dozen people and openings after one whole run."""
    market = Market(session)
    market.run()
    return market


@pytest.fixture
def desk(session: Session) -> Desk:
    """A counselor's desk in a session that nobody keeps."""
    return Desk(session)
