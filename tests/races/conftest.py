"""Decides what the races are run on: a database of their own, and four processes that live for the whole run."""

from collections.abc import Iterator

import pytest

from bench.http_races import Service
from bench.racing import Processes
from placement.db import Database


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The race is run twice, on SQLite and on PostgreSQL."""
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture(scope="session")
def processes() -> Iterator[Processes]:
    processes = Processes()
    yield processes
    processes.close()


@pytest.fixture
def service(database_url: str) -> Iterator[Service]:
    """`ieum serve` over the test's database, in a process of its own."""
    with Service(database_url) as service:
        yield service
