"""Decides what every journey starts from: the demo after its first matching run, served, with the worker at work."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy
from flask import Flask
from playwright.sync_api import Browser

from placement import demo, storing, suggesting
from placement.calendars import today_of
from placement.db import Database
from placement.settings import Settings
from placement.skills import load_shipped_vocabulary
from tests.fixtures.browser import Visitor, visiting
from tests.fixtures.databases import SqliteFiles, borrowed
from tests.fixtures.service import TEST_KEY
from tests.journeys.walking import at_work


@pytest.fixture(scope="session")
def demo_file(sqlite_files: SqliteFiles) -> Iterator[Path]:
    """A database file with the demo and its suggestions, to be copied, never opened."""
    with borrowed(sqlite_files) as url:
        database = Database(url)
        with database.transaction() as session:
            load_shipped_vocabulary(session)
            demo.load(session)
        with database.transaction() as session:
            storing.store(session, suggesting.propose_all(session, today=today_of(session)))
        database.close()
        yield Path(sqlalchemy.make_url(url).database or "")


@pytest.fixture
def demo_url(demo_file: Path, tmp_path: Path) -> str:
    """The demo in a database of this test alone."""
    file = tmp_path / "demo.db"
    shutil.copyfile(demo_file, file)
    return f"sqlite:///{file}"


@pytest.fixture
def settings(demo_url: str) -> Settings:
    return Settings(database_url=demo_url, secret_key=TEST_KEY)


@pytest.fixture
def database(app: Flask) -> Database:
    """The database behind the served pages."""
    return app.extensions["ieum_database"]


@pytest.fixture
def live_server(app: Flask) -> Iterator[str]:
    """The address of the service with its worker."""
    with at_work(app) as host:
        yield host


@pytest.fixture
def visitor_without_scripts(browser: Browser, live_server: str) -> Iterator[Visitor]:
    """A stranger whose browser runs no scripts."""
    with visiting(browser, live_server, has_scripts=False) as visitor:
        yield visitor
