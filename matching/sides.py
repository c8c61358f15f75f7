"""Decides what of a table the scoring needs: people and openings as numbers into names, each side by itself."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from .arrays import Flags, Floats, Ints
from .levels import UNKNOWN
from .profiles import EMPLOYMENT_TYPES, OFFERED_REMOTE, WISHED_REMOTE
from .tables import CandidateTable, OpeningTable, Texts
from .vocabulary import Meaning, Reading

H = TypeVar("H", bound=Hashable)
S = TypeVar("S", bound=np.generic)

LEVELS = 5
# Days and sums fit 32 bits, but for what stands for "absent" on the side of openings.
_MOST = 2**31 - 1
_REMOTE_ONLY = WISHED_REMOTE.index("remote")


class Numbers(Generic[H]):
    """Numbers for values in the order in which they came; the same value keeps its number."""

    def __init__(self, values: Iterable[H] = ()) -> None:
        self._numbers = {value: number for number, value in enumerate(values)}

    def __len__(self) -> int:
        return len(self._numbers)

    def values(self) -> list[H]:
        """The value of each number."""
        return list(self._numbers)

    def take(self, values: Sequence[H]) -> Ints:
        """The number of each value, a new one for what is new."""
        for value in values:
            self._numbers.setdefault(value, len(self._numbers))
        return np.array([*map(self._numbers.__getitem__, values)], np.int64)


@dataclass(frozen=True, slots=True)
class PeopleNames:
    """What the numbers of people stand for. Skills: readings without their words; titles count from 1 (0 = none);
    regions, sets of them that are wished, and limits: (region set, remote only, types) by LIMIT_SHAPE."""

    skills: Numbers[Reading] = field(default_factory=Numbers)
    titles: Numbers[str] = field(default_factory=lambda: Numbers([""]))
    regions: Numbers[str] = field(default_factory=Numbers)
    region_sets: Numbers[tuple[int, ...]] = field(default_factory=Numbers)
    limits: Numbers[int] = field(default_factory=Numbers)


@dataclass(frozen=True, slots=True)
class PostNames:
    """What the numbers of openings stand for. Skills: readings without their words; titles and regions count from 1
    (0 = none); columns: (skill, level, must) by COLUMN_SHAPE; offers: (region, remote mode, type) by OFFER_SHAPE."""

    skills: Numbers[Reading] = field(default_factory=Numbers)
    titles: Numbers[str] = field(default_factory=lambda: Numbers([""]))
    regions: Numbers[str] = field(default_factory=lambda: Numbers([""]))
    columns: Numbers[int] = field(default_factory=Numbers)
    offers: Numbers[int] = field(default_factory=Numbers)


# Shapes by which several small numbers are one (`np.ravel_multi_index`), so that they can be numbered like one.
_MANY = 1 << 40
LIMIT_SHAPE = (_MANY, 2, 1 << len(EMPLOYMENT_TYPES))
OFFER_SHAPE = (_MANY, len(OFFERED_REMOTE), 1 + len(EMPLOYMENT_TYPES))
COLUMN_SHAPE = (_MANY, LEVELS, 2)


@dataclass(frozen=True, slots=True)
class People:
    """Candidates, n of them: units (skill x 5 + level, given or told by its words) and titles cut by starts (length n + 1); soft_class says
    which parts a score has (wishes titles or not, remote wish); the rest one int64 a person."""

    skill_starts: Ints
    units: Ints
    title_starts: Ints
    titles: Ints
    soft_class: Ints
    limit_class: Ints
    available: Ints
    pay_min: Ints

    def __len__(self) -> int:
        return len(self.available)

    @classmethod
    def from_table(cls, table: CandidateTable, readings: Sequence[Reading], names: PeopleNames) -> "People":
        """The people of a table, whose titles all count; readings: of its names of skills."""
        n = len(table)
        title_starts = table.titles.pointers(n)
        skills, levels = _skills_and_levels(table.skills, table.levels, readings, names.skills)
        limits = (_region_sets(table.regions, n, names), table.remote == _REMOTE_ONLY, table.employment)
        return cls(
            skill_starts=table.skills.pointers(n),
            units=skills * LEVELS + levels,
            title_starts=title_starts,
            titles=_renumbered(table.titles, names.titles),
            soft_class=(np.diff(title_starts) > 0) * len(WISHED_REMOTE) + table.remote,
            limit_class=_numbered(names.limits, limits, LIMIT_SHAPE),
            available=table.available,
            pay_min=table.pay_min,
        )


@dataclass(frozen=True, slots=True)
class Posts:
    """Openings, n of them. columns, weights: what each asks for, shape (longest list, n), filled up with column 0 at
    weight 0; the weights of an opening sum to 1. must_columns cut by must_starts; title 0 = none."""

    counts: Ints
    columns: Ints
    weights: Floats
    must_starts: Ints
    must_columns: Ints
    title: Ints
    offer: Ints
    remote: Ints
    starts: Ints
    pay_max: Ints

    def __len__(self) -> int:
        return len(self.counts)

    @classmethod
    def from_table(cls, table: OpeningTable, readings: Sequence[Reading], divisors: Ints, names: PostNames) -> "Posts":
        """The openings of a table, whose titles all count; readings: of its names of skills; divisors: by what each
        requirement's weight is divided."""
        n, rows = len(table), table.requirements.rows
        skills, levels = _skills_and_levels(table.requirements, table.levels, readings, names.skills)
        columns = _numbered(names.columns, (skills, levels, table.must), COLUMN_SHAPE)
        musts = table.must.nonzero()[0]
        offers = (_single(table.regions, names.regions, n), table.remote, 1 + table.employment)
        counts = np.bincount(rows, minlength=n)
        return cls(
            counts=counts,
            columns=_padded(rows, columns, counts),
            weights=_padded(rows, weight_parts(rows, table.weights / divisors, n), counts),
            must_starts=np.searchsorted(rows[musts], np.arange(n + 1)),
            must_columns=columns[musts],
            title=_single(table.titles, names.titles, n),
            offer=_numbered(names.offers, offers, OFFER_SHAPE),
            remote=table.remote,
            starts=np.minimum(table.starts, _MOST),
            pay_max=np.minimum(table.pay_max, _MOST),
        )


def weight_parts(rows: Ints, weights: Floats, count: int) -> Floats:
    """Each weight as its part of the whole of its row, so that those of a row sum to 1."""
    most = np.zeros(count)
    np.maximum.at(most, rows, weights)
    # Scaled first: weights of 1e308 or 1e-300 only matter beside one another.
    scaled = weights / most[rows]
    parts: Floats = scaled / np.bincount(rows, scaled, count)[rows]
    return parts


def _padded(rows: Ints, values: NDArray[S], counts: Ints) -> NDArray[S]:
    """Rows of different lengths as a table: the j-th value of row i at [j, i], 0 behind the last."""
    table = np.zeros((int(counts.max(initial=0)), len(counts)), values.dtype)
    table[np.arange(len(rows)) - np.searchsorted(rows, rows), rows] = values
    return table


def _skills_and_levels(
    texts: Texts, levels: Ints, readings: Sequence[Reading], numbers: Numbers[Reading]
) -> tuple[Ints, Ints]:
    """The skill of each text and its level: the given one, else the one that the words tell."""
    skills = numbers.take([_without_words(reading) for reading in readings])
    told = np.array([reading.level for reading in readings], np.int64)
    return skills[texts.codes], np.where(levels == UNKNOWN, told[texts.codes], levels)


def _without_words(reading: Reading) -> Reading:
    """What two texts that mean the same have in common, however they say it."""
    meanings = [m if m.key is None else Meaning(m.key, "", m.similarity, "") for m in reading.meanings]
    return Reading("", tuple(meanings), UNKNOWN)


def _numbered(numbers: Numbers[int], parts: tuple[Ints | Flags, ...], shape: tuple[int, ...]) -> Ints:
    """The number of each combination of parts."""
    distinct, at = np.unique(np.ravel_multi_index(parts, shape), return_inverse=True)
    return numbers.take(distinct.tolist())[at]


def _renumbered(texts: Texts, numbers: Numbers[str]) -> Ints:
    return numbers.take(texts.names)[texts.codes]


def _single(texts: Texts, numbers: Numbers[str], count: int) -> Ints:
    """The number of each row's one text, 0 where it has none."""
    found = np.zeros(count, np.int64)
    found[texts.rows] = _renumbered(texts, numbers)
    return found


def _region_sets(regions: Texts, count: int, names: PeopleNames) -> Ints:
    """The number of each person's set of wished regions."""
    told, bounds = _renumbered(regions, names.regions).tolist(), regions.pointers(count).tolist()
    return names.region_sets.take([tuple(sorted(told[a:b])) for a, b in pairwise(bounds)])
