"""Decides how millions of pairs of a graduate and an opening are held at once: as sorted columns, not as objects."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

Pair = tuple[int, int]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
_OPENING_BITS = 31


class Pairs(NamedTuple):
    """Pairs of row ids with their scores 0..100, each pair once, by graduate, then opening."""

    graduates: Ints
    openings: Ints
    scores: Floats

    @classmethod
    def of(cls, graduates: Ints, openings: Ints, scores: Floats) -> Self:
        """From columns in any order; the first of a pair given twice counts."""
        _, first = np.unique(numbers_of(graduates, openings), return_index=True)
        return cls(graduates[first], openings[first], scores[first])

    @classmethod
    def from_scores(cls, scores: Mapping[Pair, float]) -> Self:
        """From a few pairs."""
        columns = np.array(list(scores), np.int64).reshape(-1, 2)
        return cls.of(columns[:, 0], columns[:, 1], np.fromiter(scores.values(), np.float64, len(scores)))

    @property
    def numbers(self) -> Ints:
        """One number a pair, ascending."""
        return numbers_of(self.graduates, self.openings)

    def where(self, kept: Flags) -> Self:
        """Only the pairs that are marked."""
        return type(self)(self.graduates[kept], self.openings[kept], self.scores[kept])

    def rows(self) -> Iterator[tuple[int, int, float]]:
        """Graduate, opening, score of each pair, as plain numbers."""
        return zip(self.graduates.tolist(), self.openings.tolist(), self.scores.tolist(), strict=True)

    def __contains__(self, pair: object) -> bool:
        return pair in set(zip(self.graduates.tolist(), self.openings.tolist(), strict=True))


def numbers_of(graduates: Ints, openings: Ints) -> Ints:
    """One number a pair of row ids (each below 2^31), in the order of graduate, then opening."""
    return (graduates << _OPENING_BITS) | openings


def numbers_of_pairs(pairs: Iterable[Pair]) -> Ints:
    """The same for a few pairs, ascending."""
    columns = np.array(sorted(pairs), np.int64).reshape(-1, 2)
    return numbers_of(columns[:, 0], columns[:, 1])


def is_among(numbers: Ints, others: Ints) -> Flags:
    """Which of these numbers are among the others; `others` ascending. O(numbers x log others)."""
    if not len(others):
        return np.zeros(len(numbers), np.bool_)
    at = np.minimum(np.searchsorted(others, numbers), len(others) - 1)
    found: Flags = others[at] == numbers
    return found
