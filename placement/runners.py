"""Decides where a matching run is computed: in this process, in as many as the machine has processors, or on Dask."""

import asyncio
import logging
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from multiprocessing import get_context
from tempfile import TemporaryDirectory
from typing import Any

import matching

LOCAL, PROCESSES, DASK = "local", "processes", "dask"
RUNNERS = (LOCAL, PROCESSES, DASK)
_PATIENCE_S = 3
_kept: list[Callable[[Any], Any]] = []


class Trouble(StrEnum):
    """Why a run cannot be computed where it was asked to be; whoever speaks to people has the sentences."""

    NOT_INSTALLED = "not installed"
    UNREACHABLE = "unreachable"
    NO_WORKERS = "no workers"
    OTHER_ENGINE = "other engine"
    LOST = "lost"


class RunnerError(Exception):
    """A run cannot be computed where it was asked to be; `values` are what the sentence about it names."""

    def __init__(self, trouble: Trouble, **values: Any) -> None:
        super().__init__(trouble, values)
        self.trouble, self.values = trouble, values


class Processes:
    """Computes the pieces of a run in several processes; what they share is sent once to each, not with every piece."""

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers or os.cpu_count() or 1

    def map(self, function: Callable[[Any], Any], items: Sequence[Any], /) -> Iterable[Any]:
        """The answers in the order of the items."""
        workers = min(self._workers, len(items))
        if workers < 2:
            return [function(item) for item in items]
        # Not forked: a service with threads may hold a lock at that moment.
        with ProcessPoolExecutor(workers, get_context("spawn"), _keep, (function,)) as pool:
            return list(pool.map(_call, items))


class Dask:
    """Computes the pieces of a run on the workers of a Dask client; what they share is sent once to each of them."""

    def __init__(self, client: Any) -> None:
        """Raises RunnerError unless there are workers and all have the engine of this process."""
        self._client = client
        engines = client.run(_engine, on_error="return")
        if not engines:
            raise RunnerError(Trouble.NO_WORKERS)
        _check_engines(engines.values())

    def map(self, function: Callable[[Any], Any], items: Sequence[Any], /) -> Iterable[Any]:
        """The answers in the order of the items; a piece whose worker is lost is computed by another.

        Raises RunnerError when scheduler or workers are lost for good, or a worker of another engine has come since.
        """
        from distributed import KilledWorker

        try:
            shared = self._client.scatter([function], broadcast=True, hash=False)[0]
            answers = self._client.gather(self._client.map(_answer, items, function=shared, pure=False))
        except (CancelledError, KilledWorker, OSError) as error:
            raise RunnerError(Trouble.LOST, why=type(error).__name__) from error
        _check_engines(engine for engine, _ in answers)
        return [answer for _, answer in answers]


@contextmanager
def running_on(name: str, dask_address: str | None = None) -> Iterator[matching.Runner | None]:
    """The engine's runner of this name, for the block; None computes in this process.

    Dask computes on the workers of the scheduler at `dask_address`; without one, on workers of its own on this
    machine, which end with the block. Raises KeyError for an unknown name, and RunnerError where Dask is not installed,
    does not answer within three seconds, or has no workers with the engine of this process.
    """
    if name != DASK:
        yield {LOCAL: None, PROCESSES: Processes()}[name]
        return
    with _connected(dask_address) as client:
        yield Dask(client)


@contextmanager
def _connected(address: str | None) -> Iterator[Any]:
    """A client of the scheduler at `address`, or of a cluster of our own; closed with the block, whatever happens."""
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise RunnerError(Trouble.NOT_INSTALLED) from error
    for name in ("distributed", "distributed.client"):  # what matters is raised; their lines would fill the terminal
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with ExitStack() as stack:
        place = _reached(address) if address else stack.enter_context(_own_cluster(LocalCluster))
        yield stack.enter_context(Client(place, set_as_default=False))


def _reached(address: str) -> str:
    """The address, once a scheduler has answered there; a client that finds none would leave a thread behind."""
    with ThreadPoolExecutor(1) as knocking:  # whoever calls may have an event loop of their own
        try:
            who = knocking.submit(lambda: asyncio.run(_identity(address))).result()
        except Exception as error:  # whatever else listens there fails in its own way
            raise RunnerError(Trouble.UNREACHABLE, address=address) from error
    if who["type"] != "Scheduler":
        raise RunnerError(Trouble.UNREACHABLE, address=address)
    return address


async def _identity(address: str) -> Any:
    from distributed import Security, rpc

    async with rpc(address, connection_args=Security().get_connection_args("client")) as server:
        return await asyncio.wait_for(server.identity(), _PATIENCE_S)


@contextmanager
def _own_cluster(make: Callable[..., Any]) -> Iterator[Any]:
    """A worker for each processor, reachable from this machine only; nothing is left behind."""
    with TemporaryDirectory() as folder:
        options = {
            "host": "127.0.0.1",
            "n_workers": os.cpu_count() or 1,
            "threads_per_worker": 1,
            "memory_limit": None,  # else a big run would be spilled to disk, or killed
            "local_directory": folder,
            "silence_logs": logging.CRITICAL,
            # No dashboard; its door opens even so, on any port that is free.
            "scheduler_kwargs": {
                "local_directory": folder,
                "dashboard": False,
                "dashboard_address": "127.0.0.1:0",
            },
        }
        # Nobody hears Ctrl-C meanwhile: a cluster half begun cannot be closed, and workers inherit it and end with us.
        heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            cluster = make(**options)
        finally:
            signal.signal(signal.SIGINT, heard)
        with cluster:
            yield cluster


def _check_engines(engines: Iterable[Any]) -> None:
    ours = matching.ENGINE_VERSION
    for theirs in engines:
        if theirs != ours:  # an error where the worker does not know us at all
            known = theirs if isinstance(theirs, str) else type(theirs).__name__
            raise RunnerError(Trouble.OTHER_ENGINE, theirs=known, ours=ours)


def _engine() -> str:
    return matching.ENGINE_VERSION


def _answer(item: Any, function: Callable[[Any], Any]) -> tuple[str, Any]:
    return _engine(), function(item)


def _keep(function: Callable[[Any], Any]) -> None:
    _kept[:] = [function]


def _call(item: Any) -> Any:
    return _kept[0](item)
