"""Decides who is on which list: the k best per candidate and per opening, ties broken by key."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .errors import MatchingError
from .tables import Ints

Floats = NDArray[np.float64]
_TINY = 1e-12


class Pairing(NamedTuple):
    """A candidate and an opening by key, and their score 0..100."""

    candidate: str
    opening: str
    score: float


class Ranked(NamedTuple):
    """Entries (row, column, score) of many lists, columns numbered so that the lower one wins a tie."""

    rows: Ints
    columns: Ints
    scores: Floats


def best_of_rows(table: Floats, k: int) -> Ranked:
    """The k best cells of each row, ties to the lower column; cells below 0 are not eligible. O(cells)."""
    count = min(k, table.shape[1])
    if not count or not table.shape[0]:
        return Ranked(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    kth = _kth_best(table, count)
    rows, columns = np.nonzero(table >= np.maximum(kth, _TINY)[:, None])
    zeros = [_zeros_of(table[row], row, k) for row in np.flatnonzero(kth <= 0).tolist()]
    if zeros:
        rows, columns = (
            np.concatenate([own, *more]) for own, more in zip((rows, columns), zip(*zeros, strict=True), strict=True)
        )
    return cut_lists(Ranked(rows, columns, table[rows, columns]), k)


def _kth_best(table: Floats, k: int) -> Floats:
    # Partition is the quicker way, but ten times slower than sorting where most cells are equal (not eligible).
    most_equal = np.count_nonzero(table > 0) < table.size / 2
    place = table.shape[1] - k
    ordered = np.sort(table, axis=1) if most_equal else np.partition(table, place, axis=1)
    return ordered[:, place]


def _zeros_of(cells: Floats, row: int, k: int) -> tuple[Ints, Ints]:
    """The first k cells of score 0: a list that is not full with better ones is filled, for no score is too low to be listed."""
    columns = np.flatnonzero(cells == 0)[:k]
    return np.full(len(columns), row), columns


def cut_lists(ranked: Ranked, k: int) -> Ranked:
    """The k best entries of each row, rows ascending, best first."""
    order = np.lexsort((ranked.columns, -ranked.scores, ranked.rows))
    rows = ranked.rows[order]
    place = np.arange(len(rows)) - np.searchsorted(rows, rows)
    kept = order[place < k]
    return Ranked(ranked.rows[kept], ranked.columns[kept], ranked.scores[kept])


def join_lists(several: Sequence[Ranked]) -> Ranked:
    """All entries of several lists, uncut."""
    if not several:
        return Ranked(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    return Ranked(*(np.concatenate(columns) for columns in zip(*several, strict=True)))


class OpeningLists:
    """The k best candidates of every opening so far; folds now and then, so that memory stays O(openings x k)."""

    def __init__(self, openings: int, k: int) -> None:
        self._k = k
        self._limit = 4 * max(1, openings) * k
        self._kept: list[Ranked] = []
        self._size = 0
        self._floor = np.full(openings, -0.5)

    def add(self, openings: Ints, ranks: Ints, scores: Floats) -> None:
        """Take in a block: scores of shape (openings, people), people by ascending rank."""
        worth = np.flatnonzero(scores.max(axis=1, initial=-1.0) >= self._floor[openings])
        best = best_of_rows(scores[worth], self._k)
        self._kept.append(Ranked(openings[worth[best.rows]], ranks[best.columns], best.scores))
        self._size += len(best.rows)
        if self._size > self._limit:
            self._fold()

    def _fold(self) -> None:
        ranked = cut_lists(join_lists(self._kept), self._k)
        self._kept, self._size = [ranked], len(ranked.rows)
        last = np.flatnonzero(np.append(np.diff(ranked.rows) != 0, True))
        full = np.bincount(ranked.rows, minlength=len(self._floor))[ranked.rows[last]] == self._k
        self._floor[ranked.rows[last[full]]] = ranked.scores[last[full]]

    def result(self) -> Ranked:
        """Opening, rank of candidate, score: the k best of each."""
        return cut_lists(join_lists(self._kept), self._k)


@dataclass(frozen=True, eq=False)
class Matches:
    """The lists of a run. Numbers are those of the given order of candidates and openings; scores 0..100, float64.

    `candidate_lists`: (candidate, opening, score), the k best of each candidate, best first; `opening_lists`:
    (opening, candidate, score) likewise. Only eligible pairs are listed.
    """

    candidate_keys: tuple[str, ...]
    opening_keys: tuple[str, ...]
    seats: Ints
    k: int
    candidate_lists: Ranked
    opening_lists: Ranked

    def for_candidate(self, key: str) -> list[Pairing]:
        """The best openings of a candidate, best first. Raises MatchingError for a key that was not in the run."""
        number = _number_of(key, self._candidate_numbers)
        found = _list_of(self.candidate_lists, number)
        return [Pairing(key, self.opening_keys[o], s) for o, s in found]

    def for_opening(self, key: str) -> list[Pairing]:
        """The best candidates of an opening, best first. Raises MatchingError for a key that was not in the run."""
        number = _number_of(key, self._opening_numbers)
        found = _list_of(self.opening_lists, number)
        return [Pairing(self.candidate_keys[c], key, s) for c, s in found]

    def rows(self) -> tuple[Ints, Ints, Floats]:
        """Every listed pair once: candidate number, opening number, score; by candidate, then opening."""
        people = np.concatenate((self.candidate_lists.rows, self.opening_lists.columns))
        posts = np.concatenate((self.candidate_lists.columns, self.opening_lists.rows))
        scores = np.concatenate((self.candidate_lists.scores, self.opening_lists.scores))
        _, first = np.unique(people * max(1, len(self.opening_keys)) + posts, return_index=True)
        return people[first], posts[first], scores[first]

    def pairings(self) -> list[Pairing]:
        """Every listed pair once, as objects."""
        return [
            Pairing(self.candidate_keys[c], self.opening_keys[o], s)
            for c, o, s in zip(*(column.tolist() for column in self.rows()), strict=True)
        ]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Matches):
            return NotImplemented
        mine, theirs = self._everything(), other._everything()
        return self.k == other.k and all(np.array_equal(a, b) for a, b in zip(mine, theirs, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def _everything(self) -> tuple[NDArray[Any], ...]:
        keys = np.array(self.candidate_keys), np.array(self.opening_keys)
        return *keys, self.seats, *self.candidate_lists, *self.opening_lists

    @cached_property
    def _candidate_numbers(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.candidate_keys)}

    @cached_property
    def _opening_numbers(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.opening_keys)}


def _number_of(key: str, numbers: dict[str, int]) -> int:
    if key not in numbers:
        raise MatchingError(f"{key!r} was not in this run")
    return numbers[key]


def _list_of(ranked: Ranked, row: int) -> list[tuple[int, float]]:
    cut = slice(*np.searchsorted(ranked.rows, [row, row + 1]))
    return list(zip(ranked.columns[cut].tolist(), ranked.scores[cut].tolist(), strict=True))
