"""Decides how the lists of a run are read: the k best per candidate and per opening, by key or as columns."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .arrays import Floats, Ints
from .errors import MatchingError


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

    def _everything(self) -> tuple[NDArray[Any], ...]:
        keys = np.array(self.candidate_keys), np.array(self.opening_keys)
        return *keys, self.seats, *self.candidate_lists, *self.opening_lists

    # Equal by content, and of arrays: nothing to hash by. A type checker knows no other way to say so.
    __hash__ = None  # type: ignore[assignment]

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
