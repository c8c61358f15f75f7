"""`ieum match --runner dask` stores what the others store, or says in one sentence why it cannot."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy
from distributed import LocalCluster

import matching
from placement import runners
from placement.cli.refusing import RUN_FAILURES, Trouble
from tests.cli.conftest import Ieum, document, refusal
from tests.cli.test_matches import GRADUATES, OPENINGS
from tests.cli.test_refusing import PROGRAM


@pytest.fixture
def office(ieum_on_sqlite: Ieum, tmp_path: Path) -> Ieum:
    """Two people and two openings of an office, not yet matched."""
    for kind, text in (("graduates", GRADUATES), ("openings", OPENINGS)):
        (tmp_path / f"{kind}.csv").write_text(text, encoding="utf-8")
        assert ieum_on_sqlite("import", kind, str(tmp_path / f"{kind}.csv")).exit_code == 0
    return ieum_on_sqlite


@pytest.fixture
def scheduler(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """IEUM_DASK_ADDRESS names a scheduler whose one worker is a thread of this process."""
    terms = {"host": "127.0.0.1", "protocol": "tcp://", "dashboard_address": "127.0.0.1:0"}
    with LocalCluster(n_workers=1, processes=False, **terms) as cluster:
        monkeypatch.setenv("IEUM_DASK_ADDRESS", cluster.scheduler_address)
        yield


def runs() -> list[tuple[str, int]]:
    """The runs of the database: where computed, and how many suggestions each changed."""
    engine = sqlalchemy.create_engine(os.environ["IEUM_DATABASE_URL"])
    with engine.connect() as connection:
        rows = connection.execute(sqlalchemy.text("SELECT runner, changed FROM match_run ORDER BY id")).all()
    engine.dispose()
    return [(runner, changed) for runner, changed in rows]


def test_a_run_on_the_named_scheduler_stores_what_a_local_one_stores(office: Ieum, scheduler: None):
    report = document(office("match", "--runner", "dask", "--json"))
    assert (report["runner"], report["suggestions"]) == ("dask", 1)
    assert document(office("match", "--json"))["suggestions"] == 1
    assert runs() == [("dask", 1), ("local", 0)]


def test_a_run_on_workers_of_our_own_stores_the_same(office: Ieum, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    office("match")
    assert document(office("match", "--runner", "dask", "--json"))["runner"] == "dask"
    assert runs() == [("local", 1), ("dask", 0)]


def test_an_odd_address_is_refused_by_every_command(office: Ieum, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("IEUM_DASK_ADDRESS", "127.0.0.1:8786")
    for words in (["match", "--runner", "dask"], ["rates"]):
        assert "IEUM_DASK_ADDRESS" in refusal(office(*words))


def test_a_scheduler_that_is_not_there_is_one_line_and_nothing_is_written(
    office: Ieum, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("IEUM_DASK_ADDRESS", "tcp://127.0.0.1:1")
    words = [*PROGRAM, "match", "--runner", "dask"]  # apart: what Dask logs goes past our streams
    done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{RUN_FAILURES[Trouble.UNREACHABLE]}\n" % {"address": "tcp://127.0.0.1:1"}
    assert runs() == []


def test_without_dask_the_run_is_refused_in_the_readers_language(office: Ieum, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert refusal(office("match", "--runner", "dask")) == RUN_FAILURES[Trouble.NOT_INSTALLED]
    assert refusal(office("--lang", "en", "match", "--runner", "dask")).startswith("Dask is not installed.")
    assert runs() == []


def test_a_worker_of_another_engine_is_named_with_both_versions(
    office: Ieum, scheduler: None, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(runners, "_engine", lambda: "0.9")
    said = refusal(office("match", "--runner", "dask"))
    assert said == RUN_FAILURES[Trouble.OTHER_ENGINE] % {"theirs": "0.9", "ours": matching.ENGINE_VERSION}
    assert runs() == []


def test_every_trouble_of_a_run_has_its_sentence():
    assert RUN_FAILURES.keys() == set(Trouble)
