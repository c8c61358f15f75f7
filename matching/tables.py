"""Decides how people and openings look as columns: flat arrays over numbered texts, without one object a row."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Sized
from dataclasses import dataclass, replace
from datetime import date
from operator import index
from typing import Self, TypeVar

import numpy as np

from .arrays import Flags, Floats, Ints
from .errors import ProfileError
from .profiles import (
    EMPLOYMENT_TYPES,
    MOST_SEATS,
    MOST_WON,
    OFFERED_REMOTE,
    WISHED_REMOTE,
    CandidateProfile,
    OpeningProfile,
    as_tuple,
    check_date,
    check_kind,
    employment_code,
)

T = TypeVar("T")
Rows = Sequence[int] | Ints
Amounts = Sequence[int | None] | Ints | None

ABSENT = -1
LONG_AGO, FAR_AWAY = 0, 2**40


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts that belong to rows: row numbers (ascending) and numbers into `names`, both int64 of equal length."""

    rows: Ints
    codes: Ints
    names: tuple[str, ...]

    @classmethod
    def from_columns(cls, rows: Rows, texts: Sequence[str], count: int, field: str) -> Self:
        numbers = {text: number for number, text in enumerate(dict.fromkeys(texts))}
        codes = np.fromiter(map(numbers.__getitem__, texts), np.int64, len(texts))
        if "" in numbers or not all(isinstance(text, str) and text.strip() for text in numbers):
            raise ProfileError(f"{field}: every text must be a text that is not empty")
        return cls(_row_column(rows, len(texts), count, field), codes, tuple(numbers))

    def pointers(self, count: int) -> Ints:
        """Where each of `count` rows begins; length count + 1."""
        return np.searchsorted(self.rows, np.arange(count + 1))

    def where(self, counts: Callable[[str], bool]) -> Self:
        """Only the texts that count."""
        kept = np.array([counts(name) for name in self.names], np.bool_)[self.codes]
        return self if kept.all() else type(self)(self.rows[kept], self.codes[kept], self.names)

    def between(self, start: int, stop: int) -> Self:
        """The texts of rows start..stop, rows renumbered from 0."""
        cut = slice(*np.searchsorted(self.rows, [start, stop]))
        return type(self)(self.rows[cut] - start, self.codes[cut], self.names)


@dataclass(frozen=True, slots=True)
class CandidateTable:
    """Candidates as columns. Levels 0..4 (0 = unknown); available: ordinal day (0 = absent); pay_min: won (0 = absent);
    remote: number into WISHED_REMOTE; employment: bit mask over EMPLOYMENT_TYPES (0 = absent)."""

    keys: tuple[str, ...]
    skills: Texts
    levels: Ints
    titles: Texts
    regions: Texts
    remote: Ints
    available: Ints
    employment: Ints
    pay_min: Ints

    def __len__(self) -> int:
        return len(self.keys)

    @classmethod
    def from_columns(
        cls,
        keys: Sequence[str],
        skills: tuple[Rows, Sequence[str], Amounts] = ((), (), None),
        titles: tuple[Rows, Sequence[str]] = ((), ()),
        regions: tuple[Rows, Sequence[str]] = ((), ()),
        remote: Sequence[str] | None = None,
        available_on: Sequence[date | None] | None = None,
        employment_types: tuple[Rows, Sequence[str]] = ((), ()),
        pay_min: Amounts = None,
    ) -> Self:
        """From flat lists: skills = (candidate number of each row, text, level or None), rows in candidate order;
        titles, regions and employment_types likewise; the rest one value a candidate. Raises ProfileError."""
        n = len(keys)
        return cls(
            keys=_key_column(keys),
            skills=Texts.from_columns(skills[0], skills[1], n, "skills"),
            levels=_level_column(skills[2], len(skills[1])),
            titles=Texts.from_columns(*_said(titles), n, "wanted_titles"),
            regions=Texts.from_columns(*_said(regions), n, "regions"),
            remote=_choice_column(remote, WISHED_REMOTE, n, "remote"),
            available=_number_column(available_on, _day_number, n, LONG_AGO, "available_on"),
            employment=_mask_column(*employment_types, n),
            pay_min=_amount_column(pay_min, n, 0, "pay_min", MOST_WON),
        )

    @classmethod
    def from_profiles(cls, profiles: Iterable[CandidateProfile]) -> Self:
        """The same from profile objects."""
        people = list(profiles)
        rows, held = _unnest([p.skills for p in people])
        return cls.from_columns(
            keys=[p.key for p in people],
            skills=(rows, [s.skill for s in held], np.array([s.level or 0 for s in held], np.int64)),
            titles=_unnest([p.wanted_titles for p in people]),
            regions=_unnest([p.regions for p in people]),
            remote=[p.remote for p in people],
            available_on=[p.available_on for p in people],
            employment_types=_unnest([p.employment_types for p in people]),
            pay_min=[p.pay_min for p in people],
        )

    def with_titles(self, counts: Callable[[str], bool]) -> Self:
        """The same with only those wished titles that count."""
        return replace(self, titles=self.titles.where(counts))

    def between(self, start: int, stop: int) -> Self:
        """Candidates start..stop as a table of their own; the texts keep their numbers."""
        cut = slice(*np.searchsorted(self.skills.rows, [start, stop]))
        flat = {
            name: getattr(self, name)[start:stop] for name in ("keys", "remote", "available", "employment", "pay_min")
        }
        nested = {name: getattr(self, name).between(start, stop) for name in ("skills", "titles", "regions")}
        return type(self)(levels=self.levels[cut], **flat, **nested)


@dataclass(frozen=True, slots=True)
class OpeningTable:
    """Openings as columns. title and region: numbers into their names (-1 = absent); employment: number into
    EMPLOYMENT_TYPES (-1 = absent); starts: ordinal day, pay_max: won (2**40 = absent); seats: int >= 0."""

    keys: tuple[str, ...]
    titles: Texts
    requirements: Texts
    levels: Ints
    must: Flags
    weights: Floats
    regions: Texts
    remote: Ints
    starts: Ints
    employment: Ints
    pay_max: Ints
    seats: Ints

    def __len__(self) -> int:
        return len(self.keys)

    @classmethod
    def from_columns(
        cls,
        keys: Sequence[str],
        titles: Sequence[str | None] | None = None,
        requirements: tuple[
            Rows,
            Sequence[str],
            Amounts,
            Sequence[bool] | Flags | None,
            Sequence[float] | Floats | None,
        ] = ((), (), None, None, None),
        regions: Sequence[str | None] | None = None,
        remote: Sequence[str] | None = None,
        starts_on: Sequence[date | None] | None = None,
        employment_types: Sequence[str | None] | None = None,
        pay_max: Amounts = None,
        seats: Amounts = None,
    ) -> Self:
        """From flat lists: requirements = (opening number of each row, text, level, must, weight), rows in opening
        order; the rest one value an opening. Raises ProfileError."""
        n, (rows, texts, levels, must, weights) = len(keys), requirements
        return cls(
            keys=_key_column(keys),
            titles=_single_texts(titles, n, "title"),
            requirements=Texts.from_columns(rows, texts, n, "requirements"),
            levels=_level_column(levels, len(texts)),
            must=_flag_column(must, len(texts), "must"),
            weights=_weight_column(weights, len(texts)),
            regions=_single_texts(regions, n, "region"),
            remote=_choice_column(remote, OFFERED_REMOTE, n, "remote"),
            starts=_number_column(starts_on, _day_number, n, FAR_AWAY, "starts_on"),
            employment=_number_column(employment_types, _employment_number, n, ABSENT, "employment_type"),
            pay_max=_amount_column(pay_max, n, FAR_AWAY, "pay_max", MOST_WON),
            seats=_amount_column(seats, n, 1, "seats", MOST_SEATS),
        )

    @classmethod
    def from_profiles(cls, profiles: Iterable[OpeningProfile]) -> Self:
        """The same from profile objects."""
        posts = list(profiles)
        rows, asked = _unnest([p.requirements for p in posts])
        return cls.from_columns(
            keys=[p.key for p in posts],
            titles=[p.title for p in posts],
            requirements=(
                rows,
                [r.skill for r in asked],
                np.array([r.level or 0 for r in asked], np.int64),
                np.array([r.must for r in asked], np.bool_),
                np.array([r.weight for r in asked], np.float64),
            ),
            regions=[p.region for p in posts],
            remote=[p.remote for p in posts],
            starts_on=[p.starts_on for p in posts],
            employment_types=[p.employment_type for p in posts],
            pay_max=[p.pay_max for p in posts],
            seats=[p.seats for p in posts],
        )

    def with_titles(self, counts: Callable[[str], bool]) -> Self:
        """The same with only those titles that count."""
        return replace(self, titles=self.titles.where(counts))

    def title_numbers(self) -> Ints:
        """Number of each opening's title, -1 where absent; int64, length n."""
        return _numbers(self.titles, len(self))

    def region_numbers(self) -> Ints:
        """Number of each opening's region, -1 where absent; int64, length n."""
        return _numbers(self.regions, len(self))


def as_candidates(given: CandidateTable | Iterable[CandidateProfile]) -> CandidateTable:
    """A table as it is, profiles as a table. Raises ProfileError."""
    if isinstance(given, CandidateTable):
        return given
    people = as_tuple("candidates", given)
    check_kind("candidates", people, CandidateProfile)
    return CandidateTable.from_profiles(people)


def as_openings(given: OpeningTable | Iterable[OpeningProfile]) -> OpeningTable:
    """A table as it is, profiles as a table. Raises ProfileError."""
    if isinstance(given, OpeningTable):
        return given
    posts = as_tuple("openings", given)
    check_kind("openings", posts, OpeningProfile)
    return OpeningTable.from_profiles(posts)


def _numbers(texts: Texts, count: int) -> Ints:
    numbers = np.full(count, ABSENT, np.int64)
    numbers[texts.rows] = texts.codes
    return numbers


def _unnest(nested: Sequence[Sequence[T]]) -> tuple[Ints, list[T]]:
    rows = np.repeat(np.arange(len(nested)), np.fromiter(map(len, nested), np.int64, len(nested)))
    return rows, [value for values in nested for value in values]


def _said(column: tuple[Rows, Sequence[str]]) -> tuple[Rows, Sequence[str]]:
    """Without blank texts: an empty wish is no wish, as in a profile."""
    rows, texts = column
    if all(text.strip() for text in set(texts)):
        return column
    kept = [at for at, text in enumerate(texts) if text.strip()]
    return [rows[at] for at in kept], [texts[at] for at in kept]


def _key_column(keys: Sequence[str]) -> tuple[str, ...]:
    if len(set(keys)) != len(keys):
        twice = [str(key) for key, count in Counter(keys).most_common(3) if count > 1]
        raise ProfileError(f"keys must differ; given twice: {', '.join(twice)}")
    if not all(issubclass(kind, str) for kind in set(map(type, keys))) or not all(map(str.strip, keys)):
        raise ProfileError("every key must be a text that is not empty")
    return tuple(map(str, keys))


def _row_column(rows: Rows, length: int, count: int, field: str) -> Ints:
    column = np.asarray(rows, np.int64)
    if len(column) != length:
        raise ProfileError(f"{field}: {len(column)} row numbers for {length} texts")
    if length and (column[0] < 0 or column[-1] >= count or np.any(np.diff(column) < 0)):
        raise ProfileError(f"{field}: row numbers must ascend from 0 to {count - 1}")
    return column


def _single_texts(values: Sequence[str | None] | None, count: int, field: str) -> Texts:
    _check_length(values, count, field)
    given = [(row, text) for row, text in enumerate(() if values is None else values) if text and text.strip()]
    return Texts.from_columns([row for row, _ in given], [text for _, text in given], count, field)


def _level_column(levels: Amounts, length: int) -> Ints:
    column = _whole_numbers(levels, length, 0, "level")
    if np.any((column < 0) | (column > 4)):
        raise ProfileError("every level must be 1, 2, 3, 4 or None (unknown)")
    return column


def _amount_column(values: Amounts, length: int, absent: int, field: str, most: int) -> Ints:
    column = _whole_numbers(values, length, absent, field)
    if np.any((column < 0) | ((column > most) & (column != absent))):
        raise ProfileError(f"{field} must be whole numbers from 0 to {most:,}")
    return column


def _day_number(day: date) -> int:
    check_date("a day", day)
    return day.toordinal()


def _weight_column(weights: Sequence[float] | Floats | None, length: int) -> Floats:
    _check_length(weights, length, "weight")
    column = np.ones(length) if weights is None else np.asarray(weights, np.float64)
    if not np.all((column > 0) & np.isfinite(column)):
        raise ProfileError("every weight must be a number above 0")
    return column


def _flag_column(flags: Sequence[bool] | Flags | None, length: int, field: str) -> Flags:
    _check_length(flags, length, field)
    return np.zeros(length, np.bool_) if flags is None else np.asarray(flags, np.bool_)


def _choice_column(values: Sequence[str] | None, choices: tuple[str, ...], count: int, field: str) -> Ints:
    numbers = {choice: number for number, choice in enumerate(choices)}
    wrong = set(() if values is None else values) - set(choices)
    if wrong:
        raise ProfileError(f"{field} must be one of {', '.join(choices)}, not {sorted(map(str, wrong))[0]!r}")
    return _number_column(values, numbers.__getitem__, count, 0, field)


def _mask_column(rows: Rows, types: Sequence[str], count: int) -> Ints:
    masks = np.zeros(count, np.int64)
    bits = 1 << _by_value(types, _employment_number)
    np.bitwise_or.at(masks, _row_column(rows, len(types), count, "employment_types"), bits)
    return masks


def _employment_number(name: str) -> int:
    return EMPLOYMENT_TYPES.index(employment_code(name))


def _whole_numbers(values: Amounts, length: int, absent: int, field: str) -> Ints:
    if isinstance(values, np.ndarray) and values.dtype.kind == "i":
        _check_length(values, length, field)
        return values.astype(np.int64)
    if values is None:
        return np.full(length, absent, np.int64)
    _check_length(values, length, field)
    try:
        return np.fromiter((absent if v is None else index(v) for v in values), np.int64, length)
    except (TypeError, OverflowError) as error:
        raise ProfileError(f"{field}: {error}") from error


def _number_column(
    values: Sequence[T | None] | None, number: Callable[[T], int], length: int, absent: int, field: str
) -> Ints:
    _check_length(values, length, field)
    if values is None:
        return np.full(length, absent, np.int64)
    try:
        return _by_value(values, lambda value: absent if value is None else number(value))
    except (TypeError, OverflowError, AttributeError) as error:
        raise ProfileError(f"{field}: {error}") from error


def _by_value(values: Sequence[T], number: Callable[[T], int]) -> Ints:
    """The number of each value, found once for equal ones: in a column they are few."""
    try:
        numbers = {value: number(value) for value in dict.fromkeys(values)}
    except TypeError:  # nothing that a column may hold: the first one says what is wrong with it
        return np.fromiter(map(number, values), np.int64, len(values))
    return np.fromiter(map(numbers.__getitem__, values), np.int64, len(values))


def _check_length(values: Sized | None, length: int, field: str) -> None:
    if values is not None and len(values) != length:
        raise ProfileError(f"{field}: {len(values)} values for {length} rows")
