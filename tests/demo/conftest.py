"""Decides what every demo test gets: an empty database in one transaction, and one with the demo in it."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from placement.db import Database
from placement.demo import load


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    """One transaction of an empty database, on SQLite and on PostgreSQL."""
    database = Database(database_url)
    try:
        with database.transaction() as session:
            yield session
    finally:
        database.close()


@pytest.fixture(scope="module")
def demo(sqlite_files) -> Iterator[Session]:
    """The demo of the usual seed, loaded once for all tests that only look at it."""
    url = sqlite_files.create()
    database = Database(url)
    with database.transaction() as session:
        load(session)
    with database.reading() as session:
        yield session
    database.close()
    sqlite_files.drop(url)
