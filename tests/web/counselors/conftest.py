"""Decides what these tests stand on: the service on 2020-12-01 with its small office."""

import pytest
from flask import Flask

from placement.settings import Settings
from tests.fixtures.pages import PageVisitor
from tests.fixtures.service import TEST_KEY
from tests.web.cast import TODAY, Office


@pytest.fixture
def settings(sqlite_url: str) -> Settings:
    return Settings(database_url=sqlite_url, secret_key=TEST_KEY, today=TODAY)


@pytest.fixture
def office(app: Flask) -> Office:
    return Office(app)


@pytest.fixture
def counselor(office: Office) -> PageVisitor:
    return office.visitor("counselor")
