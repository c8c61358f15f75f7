"""Decides what is computed once for a run: gains of unique skills, likeness of unique titles, limits of unique offers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from .criteria import fails_must, level_factor, neighbour_factor, remote_agreement
from .levels import UNKNOWN
from .linking import find_links
from .profiles import EMPLOYMENT_TYPES, OFFERED_REMOTE, WISHED_REMOTE, Weights
from .regions import contains, places_of
from .tables import ABSENT, CandidateTable, Ints, OpeningTable
from .titles import compare_titles, says_work
from .vocabulary import Reading, Vocabulary

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
_LEVELS = range(5)


@dataclass(frozen=True, slots=True)
class Gains:
    """What each held (skill, level) unit gives each asked (skill, level, must) column: CSR over units, values 0..1."""

    starts: Ints
    columns: Ints
    values: Floats
    width: int


@dataclass(frozen=True, slots=True)
class Plan:
    """One run, ready to be scored block by block. Openings stand in key order, so that the lower number wins a tie."""

    candidates: CandidateTable
    openings: OpeningTable
    opening_order: Ints
    candidate_rank: Ints
    gains: Gains
    skill_starts: Ints
    skill_units: Ints
    asked: sp.csr_matrix
    must_starts: Ints
    must_columns: Ints
    title_starts: Ints
    title_alike: Floats
    opening_title: Ints
    soft_class: Ints
    limit_class: Ints
    offer: Ints
    allowed: Flags
    weights: Weights
    k: int
    excluded: tuple[Ints, Ints]


def prepare(
    candidates: CandidateTable,
    openings: OpeningTable,
    vocabulary: Vocabulary,
    weights: Weights,
    k: int,
    excluded: Iterable[tuple[str, str]] = (),
) -> Plan:
    """Everything about a run that does not grow with pairs. O(unique texts squared, rows of both tables)."""
    candidates, openings = candidates.with_titles(says_work), openings.with_titles(says_work)
    order = _by_key(openings.keys)
    place = np.argsort(order)
    columns, column_of = _asked_columns(openings)
    units, unit_of = np.unique(candidates.skills.codes * len(_LEVELS) + candidates.levels, return_inverse=True)
    limit_class, offer, allowed = _limits(candidates, openings)
    rows = place[openings.requirements.rows]
    must_starts, must_columns = _musts(rows, column_of, openings.must, len(openings))
    asked_weights = openings.weights / _times_asked(openings, vocabulary)
    return Plan(
        candidates=candidates,
        openings=openings,
        opening_order=order,
        candidate_rank=np.argsort(_by_key(candidates.keys)),
        gains=_gains(candidates.skills.names, units, openings.requirements.names, columns, vocabulary),
        skill_starts=candidates.skills.pointers(len(candidates)),
        skill_units=unit_of.astype(np.int64),
        asked=_asked_matrix(rows, column_of, asked_weights, (len(openings), len(columns))),
        must_starts=must_starts,
        must_columns=must_columns,
        title_starts=candidates.titles.pointers(len(candidates)),
        title_alike=compare_titles(candidates.titles.names, openings.titles.names, vocabulary),
        opening_title=openings.title_numbers()[order],
        soft_class=_soft_classes(candidates),
        limit_class=limit_class,
        offer=offer[order],
        allowed=allowed,
        weights=weights,
        k=k,
        excluded=_excluded(candidates, openings, place, excluded),
    )


def _by_key(keys: Sequence[str]) -> Ints:
    return np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64)


def _asked_columns(openings: OpeningTable) -> tuple[Ints, Ints]:
    """Unique (text, level, must) of all requirements as numbers text * 10 + level * 2 + must, and each requirement's."""
    numbers = (openings.requirements.codes * len(_LEVELS) + openings.levels) * 2 + openings.must
    columns, column_of = np.unique(numbers, return_inverse=True)
    return columns, column_of.astype(np.int64)


def _asked_matrix(rows: Ints, columns: Ints, weights: Floats, shape: tuple[int, int]) -> sp.csr_matrix:
    """Openings x columns; each row's weights sum to 1 (an opening without requirements has an empty row)."""
    most = np.zeros(shape[0])
    np.maximum.at(most, rows, weights)
    weights = weights / most[rows]
    total = np.bincount(rows, weights, shape[0])
    return sp.csr_matrix((weights / total[rows], (rows, columns)), shape=shape)


def _musts(rows: Ints, columns: Ints, must: Flags, count: int) -> tuple[Ints, Ints]:
    """The columns of all musts by opening, and where those of each of `count` openings begin."""
    order = np.flatnonzero(must)
    order = order[np.argsort(rows[order], kind="stable")]
    return np.searchsorted(rows[order], np.arange(count + 1)), columns[order]


def _times_asked(openings: OpeningTable, vocabulary: Vocabulary) -> Ints:
    """How often the opening of each requirement asks for the same skill, perhaps in other words: they share one weight."""
    numbers: dict[tuple[str, ...], int] = {}
    skills = [
        numbers.setdefault(reading.identity, len(numbers))
        for reading in vocabulary.read_many(openings.requirements.names)
    ]
    asked = openings.requirements.rows * max(1, len(numbers)) + np.array(skills, np.int64)[openings.requirements.codes]
    _, at, times = np.unique(asked, return_inverse=True, return_counts=True)
    shared: Ints = times[at]
    return shared


# Gains


def _gains(held: Sequence[str], units: Ints, asked: Sequence[str], columns: Ints, vocabulary: Vocabulary) -> Gains:
    links = _best_links(vocabulary.read_many(held), vocabulary.read_many(asked), vocabulary)
    told = np.array([reading.level for reading in vocabulary.read_many(held)], np.int64)
    asked_told = np.array([reading.level for reading in vocabulary.read_many(asked)], np.int64)
    has = np.where(units % 5 == UNKNOWN, told[units // 5], units % 5) if len(units) else units
    column_text = columns // 10
    needs = (
        np.where(columns // 2 % 5 == UNKNOWN, asked_told[column_text], columns // 2 % 5) if len(columns) else columns
    )
    unit_links, link = _join(links[0], units // 5, len(held))
    column_links, pick = _join(links[1][link], column_text, len(asked))
    unit, link = unit_links[pick], link[pick]
    must, levels = columns[column_links] % 2 == 1, (has[unit], needs[column_links])
    holding, neighbour = links[3][link], links[2][link] * _NEIGHBOUR_FACTORS[levels]
    values = np.where(must, holding * _MUST_FACTORS[levels], np.maximum(holding * _FACTORS[levels], neighbour))
    return _gain_rows(unit[values > 0], column_links[values > 0], values[values > 0], (len(units), len(columns)))


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


def _gain_rows(units: Ints, columns: Ints, values: Floats, shape: tuple[int, int]) -> Gains:
    order = np.argsort(units, kind="stable")
    starts = np.searchsorted(units[order], np.arange(shape[0] + 1))
    return Gains(starts, columns[order], values[order], shape[1])


def spread(starts: Ints, sizes: Ints) -> Ints:
    """The numbers start, start + 1, … (size of them) for every start, one after another."""
    ends = np.cumsum(sizes)
    return np.repeat(starts - (ends - sizes), sizes) + np.arange(ends[-1] if len(ends) else 0)


_FACTORS = np.array([[level_factor(has, needs) for needs in _LEVELS] for has in _LEVELS])
_NEIGHBOUR_FACTORS = np.array([[neighbour_factor(has, needs) for needs in _LEVELS] for has in _LEVELS])
_MUST_FACTORS = _FACTORS * np.array([[not fails_must(has, needs) for needs in _LEVELS] for has in _LEVELS])


# Wishes and limits


def _soft_classes(candidates: CandidateTable) -> Ints:
    """A number for what parts a person's scores have: wished titles or none, and the remote wish."""
    has_titles = np.diff(candidates.titles.pointers(len(candidates))) > 0
    return has_titles * len(WISHED_REMOTE) + candidates.remote


def _limits(candidates: CandidateTable, openings: OpeningTable) -> tuple[Ints, Ints, Flags]:
    """Class of each candidate, offer of each opening, and which class may take which offer (region, remote, type)."""
    region_sets, region_set = _region_sets(candidates)
    remote_only = candidates.remote == WISHED_REMOTE.index("remote")
    classes, limit_class = _unique_rows(region_set, remote_only.astype(np.int64), candidates.employment)
    offers, offer = _unique_rows(openings.region_numbers(), openings.remote, openings.employment)
    covered = _covered(region_sets, candidates.regions.names, openings.regions.names)
    is_remote = offers[:, 1] == OFFERED_REMOTE.index("remote")
    allowed = covered[classes[:, :1], offers[None, :, 0]] | is_remote
    allowed &= (classes[:, 1:2] == 0) | is_remote
    types = np.where(offers[:, 2] == ABSENT, (1 << len(EMPLOYMENT_TYPES)) - 1, 1 << np.maximum(offers[:, 2], 0))
    allowed &= (classes[:, 2:3] == 0) | ((classes[:, 2:3] & types) != 0)
    return limit_class, offer, allowed


def _unique_rows(*columns: Ints) -> tuple[Ints, Ints]:
    rows, number = np.unique(np.column_stack(columns), axis=0, return_inverse=True)
    return rows, number.reshape(-1).astype(np.int64)


def _region_sets(candidates: CandidateTable) -> tuple[list[tuple[int, ...]], Ints]:
    starts = candidates.regions.pointers(len(candidates))
    sets: dict[tuple[int, ...], int] = {}
    codes = candidates.regions.codes.tolist()
    numbers = [
        sets.setdefault(tuple(sorted(codes[a:b])), len(sets))
        for a, b in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True)
    ]
    return list(sets), np.array(numbers, np.int64)


def _covered(region_sets: Sequence[tuple[int, ...]], wished: Sequence[str], offered: Sequence[str]) -> Flags:
    """Whether each set of wished regions holds each offered region; the last column stands for "no region said"."""
    table = np.ones((len(region_sets), len(offered) + 1), np.bool_)
    holds = np.array([[contains(w, o) for o in offered] for w in wished], np.bool_).reshape(len(wished), len(offered))
    named = [places_of(text) is not None for text in wished]
    for row, regions in enumerate(region_sets):
        limits = [region for region in regions if named[region]]
        if limits:
            table[row, :-1] = holds[limits].any(axis=0)
    return table


def remote_column(plan: Plan, wish: int) -> Floats:
    """0..1 per opening in key order: how well its remote mode meets the wish (all 0 when there is no wish)."""
    agreement = [remote_agreement(WISHED_REMOTE[wish], offered) or 0.0 for offered in OFFERED_REMOTE]
    return np.array(agreement)[plan.openings.remote[plan.opening_order]]


def _excluded(
    candidates: CandidateTable, openings: OpeningTable, place: Ints, pairs: Iterable[tuple[str, str]]
) -> tuple[Ints, Ints]:
    people = {key: number for number, key in enumerate(candidates.keys)}
    posts = {key: int(place[number]) for number, key in enumerate(openings.keys)}
    known = [(people[c], posts[o]) for c, o in pairs if c in people and o in posts]
    table = np.array(known, np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]
