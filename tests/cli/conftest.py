"""Decides how a test types at the terminal: the whole `ieum` over a database of its own, with both streams kept."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from placement import texts
from placement.app import create_app
from placement.cli.group import IeumGroup
from placement.db import Database
from placement.settings import Settings
from tests.fixtures.service import TEST_KEY
from tests.importing.sheets import TODAY

Ieum = Callable[..., Result]


@pytest.fixture
def say() -> Iterator[Ieum]:
    """`ieum` with these words; standard output and standard error come apart."""

    def run(*words: str, typed: str | bytes | None = None) -> Result:
        return CliRunner().invoke(IeumGroup(), [*words], input=typed)

    yield run
    texts.speak("ko")


@pytest.fixture
def ieum(say: Ieum, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Ieum:
    """`ieum` over an empty, migrated database; the test runs on SQLite and on PostgreSQL."""
    return at_home(say, database_url, monkeypatch)


@pytest.fixture
def ieum_on_sqlite(say: Ieum, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Ieum:
    """`ieum` over an empty, migrated SQLite database, where the database makes no difference."""
    return at_home(say, sqlite_url, monkeypatch)


def at_home(say: Ieum, url: str, monkeypatch: pytest.MonkeyPatch) -> Ieum:
    monkeypatch.setenv("IEUM_DATABASE_URL", url)
    monkeypatch.setenv("IEUM_SECRET_KEY", "a-key-for-tests-only-that-is-long-enough")
    return say


def document(result: Result) -> Any:
    """The one JSON document of standard output."""
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refusal(result: Result, status: int = 1) -> str:
    """The sentence on standard error of a refused command, which said nothing else."""
    assert (result.exit_code, result.stdout) == (status, ""), result.output
    sentence, *hint = result.stderr.splitlines()
    assert len(hint) == (1 if status == 2 else 0)
    return sentence


class Terminal:
    """Somebody at the office's own machine; `app` are the screens over the same database."""

    def __init__(self, say: Ieum, app: Flask, folder: Path) -> None:
        self.type = say
        self.app = app
        self.folder = folder
        self.database: Database = app.extensions["ieum_database"]

    def done(self, *words: str) -> Any:
        """The JSON of a command that must succeed."""
        return document(self.type(*words, "--json"))

    def refused(self, *words: str, status: int = 1) -> str:
        """The one sentence with which a command must be refused."""
        return refusal(self.type(*words), status)

    def bring(self, kind: str, name: str, content: bytes | str) -> None:
        """Import a sheet."""
        file = self.folder / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8-sig"))
        self.done("import", kind, str(file))


@pytest.fixture
def terminal(say: Ieum, initialised_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """An empty service on 2020-12-01, after `ieum init`; the test runs on both databases."""
    monkeypatch.setenv("IEUM_TODAY", TODAY.isoformat())
    ieum = at_home(say, initialised_url, monkeypatch)
    terminal = Terminal(ieum, create_app(Settings(initialised_url, TEST_KEY, today=TODAY)), tmp_path)
    yield terminal
    terminal.database.close()
