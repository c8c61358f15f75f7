"""Decides what of a table the scoring needs: people and openings as numbers into names, each side by itself."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from .arrays import Floats, Ints
from .profiles import WISHED_REMOTE
from .tables import CandidateTable, OpeningTable, Texts

H = TypeVar("H", bound=Hashable)
S = TypeVar("S", bound=np.generic)

LEVELS = 5
# Days and sums fit 32 bits, but for what stands for "absent" on the side of openings.
_MOST = 2**31 - 1


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
        numbers = self._numbers
        return np.fromiter((numbers.setdefault(value, len(numbers)) for value in values), np.int64, len(values))


@dataclass(frozen=True, slots=True)
class PeopleNames:
    """What the numbers of people stand for. Titles count from 1 (0 = none); limits: sets of wished regions, then
    (region set, remote only, employment mask) for each class of limits."""

    skills: Numbers[str] = field(default_factory=Numbers)
    titles: Numbers[str] = field(default_factory=lambda: Numbers([""]))
    region_sets: Numbers[tuple[str, ...]] = field(default_factory=Numbers)
    limits: Numbers[tuple[int, int, int]] = field(default_factory=Numbers)


@dataclass(frozen=True, slots=True)
class PostNames:
    """What the numbers of openings stand for. Titles count from 1 (0 = none); columns: (skill, level, must) asked;
    offers: (region, remote mode, employment type), -1 = absent."""

    skills: Numbers[str] = field(default_factory=Numbers)
    titles: Numbers[str] = field(default_factory=lambda: Numbers([""]))
    regions: Numbers[str] = field(default_factory=Numbers)
    columns: Numbers[tuple[int, int, int]] = field(default_factory=Numbers)
    offers: Numbers[tuple[int, int, int]] = field(default_factory=Numbers)


@dataclass(frozen=True, slots=True)
class People:
    """Candidates, n of them: units (skill number x 5 + level) and titles cut by starts (length n + 1); soft_class says
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
    def from_table(cls, table: CandidateTable, names: PeopleNames) -> "People":
        """The people of a table, whose titles all count."""
        n = len(table)
        title_starts = table.titles.pointers(n)
        region_sets = names.region_sets.take(_region_sets(table.regions, n))
        remote_only = table.remote == WISHED_REMOTE.index("remote")
        limits = zip(region_sets.tolist(), remote_only.astype(int).tolist(), table.employment.tolist(), strict=True)
        return cls(
            skill_starts=table.skills.pointers(n),
            units=_renumbered(table.skills, names.skills) * LEVELS + table.levels,
            title_starts=title_starts,
            titles=_renumbered(table.titles, names.titles),
            soft_class=(np.diff(title_starts) > 0) * len(WISHED_REMOTE) + table.remote,
            limit_class=names.limits.take(list(limits)),
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
    def from_table(cls, table: OpeningTable, divisors: Ints, names: PostNames) -> "Posts":
        """The openings of a table, whose titles all count; divisors: by what each requirement's weight is divided."""
        n, rows = len(table), table.requirements.rows
        skills = _renumbered(table.requirements, names.skills)
        asked = zip(skills.tolist(), table.levels.tolist(), table.must.astype(int).tolist(), strict=True)
        columns = names.columns.take(list(asked))
        musts = table.must.nonzero()[0]
        offers = zip(
            _single(table.regions, names.regions, n, -1), table.remote.tolist(), table.employment.tolist(), strict=True
        )
        counts = np.bincount(rows, minlength=n)
        return cls(
            counts=counts,
            columns=_padded(rows, columns, counts),
            weights=_padded(rows, weight_parts(rows, table.weights / divisors, n), counts),
            must_starts=np.searchsorted(rows[musts], np.arange(n + 1)),
            must_columns=columns[musts],
            title=np.array(_single(table.titles, names.titles, n, 0), np.int64),
            offer=names.offers.take(list(offers)),
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


def _renumbered(texts: Texts, numbers: Numbers[str]) -> Ints:
    return numbers.take(texts.names)[texts.codes]


def _single(texts: Texts, numbers: Numbers[str], count: int, absent: int) -> list[int]:
    found = np.full(count, absent, np.int64)
    found[texts.rows] = _renumbered(texts, numbers)
    return found.tolist()


def _region_sets(regions: Texts, count: int) -> list[tuple[str, ...]]:
    """The wished regions of each person, sorted."""
    starts, names = regions.pointers(count).tolist(), regions.names
    told = [names[code] for code in regions.codes.tolist()]
    return [tuple(sorted(told[a:b])) for a, b in pairwise(starts)]
