"""Decides what these tests stand on: an empty database of each kind, closed afterwards."""

from collections.abc import Iterator

import pytest

from placement.db import Database


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()
