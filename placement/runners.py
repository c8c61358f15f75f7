"""Decides where a matching run is computed: in this process, or in as many as the machine has processors."""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import matching

LOCAL, PROCESSES = "local", "processes"
RUNNERS = (LOCAL, PROCESSES)
_kept: list[Callable[[Any], Any]] = []


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


def runner_of(name: str) -> matching.Runner | None:
    """The engine's runner of this name; None computes in this process. Raises KeyError for an unknown one."""
    return {LOCAL: None, PROCESSES: Processes()}[name]


def _keep(function: Callable[[Any], Any]) -> None:
    _kept[:] = [function]


def _call(item: Any) -> Any:
    return _kept[0](item)
