"""Decides how long what was found is remembered, so that it is found once."""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Memory(Generic[K, V]):
    """What `find` says of keys, asked once for each: it gives the values of several keys in their order, and what it says
    of one must not hang on the others. Who holds `limit` values or more forgets them all before the next question."""

    def __init__(self, find: Callable[[Sequence[K]], Sequence[V]], limit: int) -> None:
        self._find, self._limit = find, limit
        self._kept: dict[K, V] = {}

    def of(self, keys: Sequence[K]) -> list[V]:
        """The value of each key. O(keys) beside what is new."""
        # Threads may share a memory: each works on the one that it saw when it began.
        kept = self._kept if len(self._kept) < self._limit else {}
        self._kept = kept
        new = [key for key in dict.fromkeys(keys) if key not in kept]
        if new:
            kept.update(zip(new, self._find(new), strict=True))
        return [kept[key] for key in keys]
