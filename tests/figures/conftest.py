"""Decides what every figure test gets: an office on SQLite and on PostgreSQL."""

from collections.abc import Iterator

import pytest

from tests.figures.cast import Office, opened_office


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    with opened_office(database_url) as office:
        yield office
