"""Decides what these tests stand on: the service on 2020-12-01 with one intern at one company."""

import pytest
from flask import Flask

from placement.settings import Settings
from tests.fixtures.service import TEST_KEY
from tests.web.answers.cast import Case
from tests.web.cast import TODAY


@pytest.fixture
def settings(sqlite_url: str) -> Settings:
    return Settings(database_url=sqlite_url, secret_key=TEST_KEY, today=TODAY, public_url="https://ieum.example")


@pytest.fixture
def case(app: Flask) -> Case:
    return Case(app)
