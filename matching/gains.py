"""Decides what each held skill gives each asked one: values 0..1 of their links and levels, kept as small whole numbers."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np

from .arrays import Floats, Ints, spread
from .criteria import fails_must, level_factor, neighbour_factor
from .linking import Index, find_values
from .memory import Memory
from .sides import COLUMN_SHAPE, LEVELS
from .vocabulary import Reading, Vocabulary

# Skills at a level of which it is remembered what they give; some thousand columns each at most.
_MOST_REMEMBERED = 1 << 13
_NOTHING = np.zeros(0, np.int64), np.zeros(0)
_SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")


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
    """What units (skill x 5 + level) give columns: a code for each entry, columns ascending, the best of a column last;
    `width` columns."""

    columns: Ints
    units: Ints
    codes: Ints
    width: int
    values: Codes

    @classmethod
    def of(cls, columns: Ints, units: Ints, values: Floats, width: int) -> "Gains":
        """The same from values above 0."""
        codes, code = Codes.of(values)
        order = np.lexsort((code, columns))
        return cls(columns[order], units[order], code[order], width, codes)


class Columns(NamedTuple):
    """What openings ask for: each column a (skill, level, must), read from its number by COLUMN_SHAPE; the columns that
    ask for skill n are by_skill[starts[n]:starts[n + 1]]."""

    skills: Ints
    levels: Ints
    musts: Ints
    by_skill: Ints
    starts: Ints

    @classmethod
    def of(cls, numbers: Sequence[int], skills: int) -> "Columns":
        """The columns of these numbers, which speak of so many skills."""
        asked, levels, musts = np.unravel_index(np.array(numbers, np.int64), COLUMN_SHAPE)
        order = np.argsort(asked, kind="stable")
        return cls(asked, levels, musts, order, np.searchsorted(asked[order], np.arange(skills + 1)))


def find_gains(held: Index, units: Ints, asked: Index, columns: Columns, vocabulary: Vocabulary) -> Gains:
    """What each of the units that somebody has gives every column. O(links x levels)."""
    return Gains.of(*_given(held, units, asked, columns, vocabulary), len(columns.skills))


class Giving:
    """What skills give the columns of openings that stay: found once for each skill and level."""

    def __init__(self, asked: Index, columns: Columns, vocabulary: Vocabulary) -> None:
        self._asked, self._columns, self._vocabulary = asked, columns, vocabulary
        self._memory: Memory[tuple[Reading, int], tuple[Ints, Floats]] = Memory(_MOST_REMEMBERED)

    def gains(self, held: Sequence[Reading], units: Ints) -> Gains:
        """What `find_gains` finds for these skills. O(gains) for what was asked before."""
        distinct = sorted(set(units.tolist()))
        found = self._memory.of([(held[unit // LEVELS], unit % LEVELS) for unit in distinct], self._find)
        columns, values = (np.concatenate(parts) for parts in zip(_NOTHING, *found, strict=True))
        owners = np.repeat(np.array(distinct, np.int64), [len(given) for given, _ in found])
        return Gains.of(columns, owners, values, len(self._columns.skills))

    def _find(self, skills: Sequence[tuple[Reading, int]]) -> list[tuple[Ints, Floats]]:
        numbers = {reading: number for number, reading in enumerate(dict.fromkeys(reading for reading, _ in skills))}
        units = np.array([numbers[reading] * LEVELS + level for reading, level in skills], np.int64)
        columns, owners, values = _given(Index(numbers), units, self._asked, self._columns, self._vocabulary)
        order = np.argsort(owners, kind="stable")
        starts, stops = (np.searchsorted(owners[order], units, side) for side in _SIDES)
        parts = [order[start:stop] for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)]
        return [(columns[part], values[part]) for part in parts]


def _given(
    held: Index, units: Ints, asked: Index, columns: Columns, vocabulary: Vocabulary
) -> tuple[Ints, Ints, Floats]:
    """Column, unit and value above 0 of whatever one of the units gives."""
    is_held = np.zeros((len(held.readings), LEVELS))
    is_held.ravel()[units] = 1
    i, j, neighbour, holding = _best_values(held, asked, vocabulary)
    sizes = columns.starts[j + 1] - columns.starts[j]
    column, link = columns.by_skill[spread(columns.starts[j], sizes)], np.repeat(np.arange(len(j)), sizes)
    has, needs, is_must = np.arange(LEVELS), columns.levels[column, None], columns.musts[column, None]
    as_held = holding[link, None] * np.where(is_must, _MUST_FACTORS[has, needs], _FACTORS[has, needs])
    as_neighbour = neighbour[link, None] * _NEIGHBOUR_FACTORS[has, needs] * (1 - is_must)
    values = (np.maximum(as_held, as_neighbour) * is_held[i[link]]).ravel()
    given = values.nonzero()[0]
    return np.repeat(column, LEVELS)[given], (i[link, None] * LEVELS + has).ravel()[given], values[given]


def _best_values(held: Index, asked: Index, vocabulary: Vocabulary) -> tuple[Ints, Ints, Floats, Floats]:
    """Unique (held, asked) pairs with their best value as a neighbour, and their best by a way that counts as holding."""
    i, j, value, holds = find_values(held, asked, vocabulary)
    pairs, at = np.unique(i * len(asked.readings) + j, return_inverse=True)
    neighbour, holding = np.zeros(len(pairs)), np.zeros(len(pairs))
    np.maximum.at(neighbour, at, value * ~holds)
    np.maximum.at(holding, at, value * holds)
    i, j = np.divmod(pairs, max(1, len(asked.readings)))
    return i, j, neighbour, holding


_LEVELS = range(LEVELS)
_FACTORS = np.array([[level_factor(has, needs) for needs in _LEVELS] for has in _LEVELS])
_NEIGHBOUR_FACTORS = np.array([[neighbour_factor(has, needs) for needs in _LEVELS] for has in _LEVELS])
_MUST_FACTORS = _FACTORS * np.array([[not fails_must(has, needs) for needs in _LEVELS] for has in _LEVELS])
