"""A run gives the same answer wherever it is computed, and a place that cannot compute it says why."""

import asyncio
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing import active_children
from pathlib import Path
from threading import Thread
from typing import Any

import psutil
import pytest
from distributed import LocalCluster

import matching
from placement.runners import DASK, LOCAL, PROCESSES, RUNNERS, Processes, RunnerError, Trouble, running_on
from tests.placement.errands import Packed, die, double, double_at_the_second_try, hears_ctrl_c
from tests.placement.market import SKILLS, TITLES


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """A scheduler on loopback with two workers in processes of their own, as somebody else started it."""
    terms: dict[str, Any] = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0", "silence_logs": "CRITICAL"}
    with LocalCluster(n_workers=2, threads_per_worker=1, **terms) as made:
        yield made


def trouble_of(address: str | None) -> RunnerError:
    with pytest.raises(RunnerError) as caught, running_on(DASK, address):
        pass
    return caught.value


def answer_as_the_web(server: socket.socket) -> None:
    with server.accept()[0] as caller:
        caller.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        caller.recv(1)


def lists_of(runner: matching.Runner | None) -> matching.Matches:
    """Lists of many who are alike, so that ties decide who is on them."""
    people = [
        matching.CandidateProfile(f"c{n:04d}", [SKILLS[n % 8], SKILLS[n % 5]], wanted_titles=[TITLES[n % 4]])
        for n in range(1000)
    ]
    openings = [matching.OpeningProfile(f"o{n:02d}", TITLES[n % 4], [SKILLS[n], SKILLS[n - 3]]) for n in range(8)]
    return matching.match(people, openings, k=5, runner=runner)


# The same answer


@pytest.mark.parametrize(
    ("name", "elsewhere"),
    [(LOCAL, False), (PROCESSES, False), (DASK, False), (DASK, True)],
    ids=["local", "processes", "dask here", "dask elsewhere"],
)
def test_every_runner_gives_the_same_lists_ties_included(
    name: str, elsewhere: bool, cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch
):
    whole = lists_of(None)
    monkeypatch.setattr("matching.chunks._CHUNK_PEOPLE", 300)
    with running_on(name, cluster.scheduler_address if elsewhere else None) as runner:
        assert lists_of(runner) == whole
    assert name in RUNNERS


@pytest.mark.parametrize("workers", [1, 2])
def test_processes_answer_in_the_order_of_the_items(workers: int):
    assert Processes(workers).map(double, [3, 1, 2]) == [6, 2, 4]
    assert Processes(workers).map(double, []) == []


def test_dask_answers_in_the_order_of_the_items_and_sends_what_they_share_once(cluster: LocalCluster):
    with running_on(DASK, cluster.scheduler_address) as runner:
        assert runner
        assert runner.map(Packed(), range(20)) == [2 * number for number in range(20)]
        assert Packed.times == 1
        assert runner.map(double, []) == []


# Its own workers


@pytest.fixture
def ctrl_c_is_heard() -> Iterator[None]:
    """Whatever started the tests may have it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c_is_heard")
def test_workers_of_our_own_are_reached_from_this_machine_only_and_end_with_the_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    before = active_children()
    with pytest.raises(ZeroDivisionError), running_on(DASK) as runner:
        [worker] = [child for child in active_children() if child not in before]
        places = psutil.Process().net_connections() + psutil.Process(worker.pid).net_connections()
        assert {place.laddr.ip for place in places if place.status == psutil.CONN_LISTEN} == {"127.0.0.1"}
        assert list(tmp_path.iterdir())
        assert runner.map(hears_ctrl_c, [1]) == [False]
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
        runner.map(partial(divmod, 1), [1, 0])
    assert active_children() == before
    assert list(tmp_path.iterdir()) == []


# Refusals


def test_where_dask_is_missing_the_other_runners_work(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert trouble_of(None).trouble is Trouble.NOT_INSTALLED
    with running_on(LOCAL) as runner:
        assert runner is None


def test_who_has_an_event_loop_of_his_own_may_ask(cluster: LocalCluster):
    async def ask() -> matching.Runner | None:
        with running_on(DASK, cluster.scheduler_address) as runner:
            return runner

    with ThreadPoolExecutor(1) as thread:  # a browser that was tested before leaves its loop in this one
        assert thread.submit(lambda: asyncio.run(ask())).result() is not None


def test_an_address_where_nobody_or_somebody_else_answers_is_unreachable(
    cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("placement.runners._PATIENCE_S", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as mute, socket.create_server(("127.0.0.1", 0)) as web:
        Thread(target=answer_as_the_web, args=(web,), daemon=True).start()
        others = [f"tcp://127.0.0.1:{server.getsockname()[1]}" for server in (mute, web)]
        for address in ("tcp://127.0.0.1:1", *others, *cluster.scheduler_info["workers"]):
            error = trouble_of(address)
            assert (error.trouble, error.values) == (Trouble.UNREACHABLE, {"address": address})


def test_a_scheduler_without_workers_is_refused():
    with LocalCluster(n_workers=0, processes=False, protocol="tcp://", dashboard_address="127.0.0.1:0") as empty:
        assert trouble_of(empty.scheduler_address).trouble is Trouble.NO_WORKERS


def test_workers_of_another_engine_are_refused_before_the_run_and_after_it(
    cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch
):
    theirs = matching.ENGINE_VERSION
    with running_on(DASK, cluster.scheduler_address) as runner:
        monkeypatch.setattr(matching, "ENGINE_VERSION", "0")
        with pytest.raises(RunnerError) as after:  # as by a worker that came while it ran
            runner.map(double, [1])
    before = trouble_of(cluster.scheduler_address)
    for error in (before, after.value):
        assert (error.trouble, error.values) == (Trouble.OTHER_ENGINE, {"theirs": theirs, "ours": "0"})


def test_workers_that_do_not_know_us_are_refused(cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch):
    def nowhere() -> str:
        raise ModuleNotFoundError

    monkeypatch.setattr("placement.runners._engine", nowhere)
    error = trouble_of(cluster.scheduler_address)
    assert (error.trouble, error.values["theirs"]) == (Trouble.OTHER_ENGINE, "ModuleNotFoundError")


# Lost workers


def test_a_piece_whose_worker_is_killed_is_computed_by_another(cluster: LocalCluster, tmp_path: Path):
    with running_on(DASK, cluster.scheduler_address) as runner:
        assert runner.map(partial(double_at_the_second_try, tmp_path), range(6)) == [0, 2, 4, 6, 8, 10]
    assert (tmp_path / "tried").exists()


def test_a_piece_that_kills_every_worker_ends_the_run(cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cluster.scheduler, "allowed_failures", 0)
    with running_on(DASK, cluster.scheduler_address) as runner, pytest.raises(RunnerError) as caught:
        runner.map(die, [1])
    assert (caught.value.trouble, caught.value.values) == (Trouble.LOST, {"why": "KilledWorker"})
