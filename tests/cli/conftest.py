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
    """Somebody at the office's own machine."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.app = app
        self.folder = folder
        self.database: Database = app.extensions["ieum_database"]
        self.group = IeumGroup(create_app=lambda: app)

    def type(self, *words: str) -> Result:
        """What the command prints and how it ends."""
        return self.app.test_cli_runner().invoke(self.group, [str(word) for word in words])

    def done(self, *words: str) -> Any:
        """The JSON of a command that must succeed."""
        result = self.type(*words, "--json")
        assert result.exit_code == 0, f"{words}: {result.stderr or result.exception!r}"
        return json.loads(result.stdout)

    def refused(self, *words: str, status: int = 1) -> str:
        """The one sentence with which a command must be refused."""
        result = self.type(*words)
        assert (result.exit_code, result.stdout) == (status, ""), f"{words}: {result.output} {result.exception!r}"
        assert status != 1 or result.stderr.count("\n") == 1, result.stderr
        return result.stderr.strip()

    def bring(self, kind: str, name: str, content: bytes | str) -> None:
        """Import a sheet."""
        file = self.folder / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8-sig"))
        self.done("import", kind, str(file))


@pytest.fixture
def terminal(database_url: str, tmp_path: Path) -> Iterator[Terminal]:
    """An empty service on 2020-12-01, after `ieum init`; the test runs on both databases."""
    app = create_app(Settings(database_url=database_url, secret_key=TEST_KEY, today=TODAY))
    terminal = Terminal(app, tmp_path)
    assert terminal.type("init").exit_code == 0
    yield terminal
    terminal.database.close()
