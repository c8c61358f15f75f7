"""Decides which entries a list keeps: the k best, equal scores in the order of keys, each entry one whole number."""

from typing import Any

import numpy as np

from .arrays import Floats, Ints, sorting_order

# A score counts in steps of 1e-10 points: sums in another order differ in the 14th digit, and no tie may hang on that.
_STEPS = 1e10
# Under the score stands the place in the order of keys, so that to compare entries is to compare scores, then keys.
PLACES = 1 << 23
EMPTY = -1
# Entries that wait beside a list until it is cut again.
_LEAST_ROOM, _MOST_ROOM = 44, 4096


def quantise(score: float) -> float:
    """A score rounded to 10 decimals, as `as_entries` rounds many: a half goes to the even step."""
    return round(score * _STEPS) / _STEPS


def as_entries(scores: Floats, places: Ints) -> Ints:
    """Entries int64 >= 0 of scores 0..100 with places 0..PLACES - 1; the higher entry is the better one."""
    steps: Ints = np.rint(scores * _STEPS).astype(np.int64)
    steps *= PLACES
    steps += PLACES - 1 - places
    return steps


def scores_of(entries: Ints) -> Floats:
    """The quantised scores of entries."""
    return (entries // PLACES) / _STEPS


def places_of(entries: Ints) -> Ints:
    """The places of entries."""
    return PLACES - 1 - entries % PLACES


class BestLists:
    """The k best entries of each of many lists. New ones wait beside a list, at most `room` of them, and are cut with
    it when the room is full: O(1) an entry, memory O(lists x (k + room))."""

    def __init__(self, lists: int, k: int) -> None:
        self.k = k
        self._room = min(max(k, _LEAST_ROOM), _MOST_ROOM)
        # Waiting entries stand left, the list right: a partition of a row puts the k best where they belong.
        self._table = np.full((lists, self._room + k), EMPTY, np.int64)
        self._waiting = np.zeros(lists, np.int64)
        # The worst entry of a full list, EMPTY while a list is not full: only what is better can enter.
        self.floors = np.full(lists, EMPTY, np.int64)

    def add(self, lists: Ints, entries: Ints) -> None:
        """Take in entries, each for the list of the same position; any order, several for one list."""
        while True:
            better = (entries > self.floors.take(lists)).nonzero()[0]
            if not len(better):
                return
            lists, entries = lists.take(better), entries.take(better)
            order = sorting_order(lists, len(self.floors))
            lists, entries = lists.take(order), entries.take(order)
            counts = np.bincount(lists, minlength=len(self.floors))
            place = np.arange(len(lists)) + (self._waiting + counts - np.cumsum(counts)).take(lists)
            filled = self._waiting + counts
            if filled.max() <= self._room:
                self._table[lists, place] = entries
                self._waiting = filled
                return
            fits = place < self._room
            self._table[lists[fits], place[fits]] = entries[fits]
            self._waiting = np.minimum(filled, self._room)
            self._cut((filled > self._room).nonzero()[0])
            lists, entries = lists[~fits], entries[~fits]

    def settle(self) -> None:
        """Cut every list, so that the floors are those of all that came."""
        self._cut(self._waiting.nonzero()[0])

    def best(self, lists: Any = slice(None)) -> Ints:
        """The k best entries of some lists (of all), best first, EMPTY where there are fewer; int64, shape (lists, k)."""
        self.settle()
        return best_of(self._table[lists, self._room :], self.k)

    def _cut(self, lists: Ints) -> None:
        rows = self._table[lists]
        rows.partition(self._room, axis=1)
        self.floors[lists] = rows[:, self._room]
        rows[:, : self._room] = EMPTY
        self._table[lists] = rows
        self._waiting[lists] = 0


def best_of(lists: Ints, k: int) -> Ints:
    """The k best entries of each row, best first."""
    found: Ints = np.sort(lists, axis=1)[:, ::-1][:, :k]
    return found
