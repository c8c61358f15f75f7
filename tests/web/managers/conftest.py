"""Decides what the tests of the manager's screens stand on: the town on 2020-12-01, with the article's interns."""

from collections.abc import Iterator

import pytest
from flask import Flask

from placement.settings import Settings
from tests.figures.cast import Office
from tests.fixtures.pages import PageVisitor
from tests.fixtures.service import TEST_KEY
from tests.web.partners.cast import TODAY, Town


@pytest.fixture
def settings(sqlite_url: str) -> Settings:
    return Settings(database_url=sqlite_url, secret_key=TEST_KEY, today=TODAY)


@pytest.fixture
def town(app: Flask) -> Town:
    return Town(app)


@pytest.fixture
def manager(town: Town) -> PageVisitor:
    return town.visitor("manager")


@pytest.fixture
def article(town: Town) -> Iterator[None]:
    """Two programs, "college" with 16 interns, 12 offers and 6 conversions, "labeling" with nobody."""
    with town.database.transaction() as session:
        Office(session).article()
