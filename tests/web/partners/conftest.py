"""Decides what the tests of the partner's screens stand on: the service on 2020-12-01 and its small town."""

import pytest
from flask import Flask

from placement.settings import Settings
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
def partner(town: Town) -> PageVisitor:
    return town.visitor("partner")
