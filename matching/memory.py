"""Decides how long what was found is remembered, so that it is found once."""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

Owner = TypeVar("Owner")
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Memory(Generic[K, V]):
    """Values of keys that were asked for before. Who holds `limit` of them or more forgets all before the next question,
    and what is new by more than that is not kept at all."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: dict[K, V] = {}

    def of(self, keys: Sequence[K], find: Callable[[Sequence[K]], Sequence[V]]) -> list[V]:
        """The value of each key. find: gives those of new keys, in their order; what it says of one hangs on no other.
        O(keys) beside what is new."""
        # Threads may share a memory: each works on the one that it saw when it began.
        kept = self._kept if len(self._kept) < self._limit else {}
        self._kept = kept
        new = [key for key in dict.fromkeys(keys) if key not in kept]
        if new:
            found = dict(zip(new, find(new), strict=True))
            if len(found) > self._limit:
                return [found[key] if key in found else kept[key] for key in keys]
            kept.update(found)
        return [kept[key] for key in keys]


class SharedMemory(Generic[Owner, K, V]):
    """A memory for each owner, which ends with it."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._memories: WeakKeyDictionary[Owner, Memory[K, V]] = WeakKeyDictionary()

    def of(self, owner: Owner, keys: Sequence[K], find: Callable[[Sequence[K]], Sequence[V]]) -> list[V]:
        """The value of each key, as the owner's memory gives it. Values must not hold the owner."""
        memory = self._memories.get(owner) or self._memories.setdefault(owner, Memory(self._limit))
        return memory.of(keys, find)
