"""Decides what each held skill gives each asked one: values 0..1 of their links and levels, kept as small whole numbers."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from .arrays import Floats, Ints, spread
from .criteria import fails_must, level_factor, neighbour_factor
from .levels import UNKNOWN
from .linking import find_links
from .sides import LEVELS
from .vocabulary import Reading, Vocabulary


class Codes(NamedTuple):
    """Whole numbers for values 0..1: `exact[code]` is the value (0 for 0), a better one has a higher code, and
    code / scale is never farther than `slack` from it, so that sums of codes bound sums of values."""

    exact: Floats
    scale: float
    slack: float
    kind: type[Any]

    @classmethod
    def of(cls, values: Floats) -> tuple["Codes", Ints]:
        """Codes for values above 0, and the code of each."""
        distinct, number = np.unique(values, return_inverse=True)
        bits = max(16, len(distinct).bit_length() + 1)
        top, count = (1 << bits) - 1, np.arange(len(distinct))
        # As near as can be to the value, one step apart where two would meet, and none above the top.
        codes = np.maximum.accumulate(np.maximum(np.rint(distinct * top).astype(np.int64) - count, 1)) + count
        codes = np.minimum(codes, top - count[::-1])
        exact = np.zeros(top + 1)
        exact[codes] = distinct
        slack = float(np.abs(codes / top - distinct).max(initial=0.0))
        return cls(exact, float(top), slack, np.uint16 if bits == 16 else np.uint32), codes[number]


class Gains(NamedTuple):
    """What units (skill number x 5 + level) give columns: a code for each entry, columns ascending; `width` columns."""

    columns: Ints
    units: Ints
    codes: Ints
    width: int
    values: Codes


def find_gains(
    held: Sequence[str], asked: Sequence[str], columns: Sequence[tuple[int, int, int]], vocabulary: Vocabulary
) -> Gains:
    """What every held skill at every level gives every (asked skill, level, must). O(links x levels)."""
    readings = vocabulary.read_many(held), vocabulary.read_many(asked)
    i, j, neighbour, holding = _best_links(*readings, vocabulary)
    wanted = np.array(columns, np.int64).reshape(-1, 3)
    column, link = _join(j, wanted[:, 0], len(asked))
    has, needs = _told_levels(readings[0]), _told_levels(readings[1])
    level = np.arange(LEVELS)
    has_level = np.where(level == UNKNOWN, has[i[link], None], level)
    needed = np.where(wanted[column, 1] == UNKNOWN, needs[j[link]], wanted[column, 1])[:, None]
    held_value = holding[link, None] * np.where(
        wanted[column, 2:3], _MUST_FACTORS[has_level, needed], _FACTORS[has_level, needed]
    )
    near_value = neighbour[link, None] * _NEIGHBOUR_FACTORS[has_level, needed] * (1 - wanted[column, 2:3])
    values = np.maximum(held_value, near_value).ravel()
    units = (i[link, None] * LEVELS + level).ravel()
    return _sorted_gains(np.repeat(column, LEVELS), units, values, len(wanted))


def _sorted_gains(columns: Ints, units: Ints, values: Floats, width: int) -> Gains:
    given = values.nonzero()[0]
    given = given[np.argsort(columns[given], kind="stable")]
    codes, code = Codes.of(values[given])
    return Gains(columns[given], units[given], code, width, codes)


def _told_levels(readings: Sequence[Reading]) -> Ints:
    return np.array([reading.level for reading in readings], np.int64)


def _best_links(
    held: Sequence[Reading], asked: Sequence[Reading], vocabulary: Vocabulary
) -> tuple[Ints, Ints, Floats, Floats]:
    """Unique (held, asked) pairs with their best value as a neighbour, and their best by a way that counts as holding."""
    found = [(link.held, link.needed, link.value, link.holds) for link in find_links(held, asked, vocabulary)]
    if not found:
        empty = np.zeros(0, np.int64)
        return empty, empty, empty.astype(np.float64), empty.astype(np.float64)
    i, j, value, holds = (np.array(column) for column in zip(*found, strict=True))
    pairs, at = np.unique(i * len(asked) + j, return_inverse=True)
    neighbour, holding = np.zeros(len(pairs)), np.zeros(len(pairs))
    np.maximum.at(neighbour, at, value * ~holds)
    np.maximum.at(holding, at, value * holds)
    return pairs // len(asked), pairs % len(asked), neighbour, holding


def _join(texts: Ints, owners: Ints, count: int) -> tuple[Ints, Ints]:
    """All (owner, link) pairs where the owner's text is the link's: owner numbers and link numbers."""
    order = np.argsort(owners, kind="stable")
    starts = np.searchsorted(owners[order], np.arange(count + 1))
    sizes = starts[texts + 1] - starts[texts]
    return order[spread(starts[texts], sizes)], np.repeat(np.arange(len(texts)), sizes)


_LEVELS = range(LEVELS)
_FACTORS = np.array([[level_factor(has, needs) for needs in _LEVELS] for has in _LEVELS])
_NEIGHBOUR_FACTORS = np.array([[neighbour_factor(has, needs) for needs in _LEVELS] for has in _LEVELS])
_MUST_FACTORS = _FACTORS * np.array([[not fails_must(has, needs) for needs in _LEVELS] for has in _LEVELS])
