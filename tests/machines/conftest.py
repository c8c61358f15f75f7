"""Decides what the walks get: a database of their own, in which they keep nothing."""

from collections.abc import Iterator

import pytest

from placement.db import Database


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    database = Database(sqlite_url)
    yield database
    database.close()


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[Database]:
    database = Database(postgres_url)
    yield database
    database.close()
