"""Decides how a test speaks to the command line: in this process, over the test's own database, with both streams kept."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result

from placement import texts
from placement.cli.group import IeumGroup

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
