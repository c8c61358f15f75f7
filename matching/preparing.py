"""Decides what is computed once for a run: gains of unique skills, likeness of unique titles, limits of unique offers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from .arrays import Flags, Floats, Ints
from .errors import MatchingError
from .gains import Gains, find_gains
from .limits import find_allowed
from .linking import Index
from .lists import PLACES
from .profiles import Weights
from .sides import People, PeopleNames, PostNames, Posts
from .tables import CandidateTable, OpeningTable
from .titles import Titles, compare_cut_titles, says_work
from .vocabulary import Reading, Vocabulary


@dataclass(frozen=True, slots=True)
class Plan:
    """One run, ready to be scored block by block; people and posts in the given order.

    places: of each person and opening, in the order of keys, which decides ties. alike: 0..1, shape (offered titles,
    wished titles), row and column 0 for "none". allowed: shape (limit classes, offers). excluded: people, openings.
    """

    candidate_keys: tuple[str, ...]
    opening_keys: tuple[str, ...]
    seats: Ints
    people: People
    posts: Posts
    people_places: Ints
    post_places: Ints
    gains: Gains
    alike: Floats
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
    """Everything about a run that does not grow with pairs. O(unique texts squared, rows of both tables).

    Raises MatchingError for more rows of a side than an entry of a list can tell apart (8,388,608).
    """
    if max(len(candidates), len(openings)) > PLACES:
        raise MatchingError(f"a run takes up to {PLACES:,} candidates and as many openings")
    people_names, post_names = PeopleNames(), PostNames()
    held, asked = (vocabulary.read_many(texts.names) for texts in (candidates.skills, openings.requirements))
    people = People.from_table(candidates.with_titles(says_work), held, people_names)
    divisors = weight_divisors(openings, asked, vocabulary)
    posts = Posts.from_table(openings.with_titles(says_work), asked, divisors, post_names)
    return Plan(
        candidate_keys=candidates.keys,
        opening_keys=openings.keys,
        seats=openings.seats,
        people=people,
        posts=posts,
        people_places=_places(candidates.keys),
        post_places=_places(openings.keys),
        gains=find_gains(
            Index(people_names.skills.values()),
            Index(post_names.skills.values()),
            post_names.columns.values(),
            vocabulary,
        ),
        alike=title_table(people_names.titles.values()[1:], post_names.titles.values()[1:], vocabulary),
        allowed=find_allowed(people_names, post_names),
        weights=weights,
        k=k,
        excluded=_excluded(candidates, openings, excluded),
    )


def title_table(wished: Sequence[str], offered: Sequence[str], vocabulary: Vocabulary) -> Floats:
    """How far each offered title is each wished one, 0..1, shape (1 + offered, 1 + wished): row and column 0 are 0."""
    table = np.zeros((1 + len(offered), 1 + len(wished)))
    table[1:, 1:] = compare_cut_titles(Titles(vocabulary, wished), Titles(vocabulary, offered)).T
    return table


def weight_divisors(openings: OpeningTable, readings: Sequence[Reading], vocabulary: Vocabulary) -> Ints:
    """By what the weight of each requirement is divided: how often its opening asks for the same skill, perhaps in other
    words (they share one weight), and what every reading of everyday skills is divided by. readings: of the names."""
    numbers: dict[tuple[str, ...], int] = {}
    skills = np.array([numbers.setdefault(reading.identity, len(numbers)) for reading in readings], np.int64)
    divisors = np.array([vocabulary.divisor_of(reading) for reading in readings], np.int64)
    codes = openings.requirements.codes
    asked = openings.requirements.rows * max(1, len(numbers)) + skills[codes]
    _, at, times = np.unique(asked, return_inverse=True, return_counts=True)
    found: Ints = times[at] * divisors[codes]
    return found


def _places(keys: Sequence[str]) -> Ints:
    """The place of each key in the order of keys."""
    places = np.empty(len(keys), np.int64)
    places[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    return places


def _excluded(
    candidates: CandidateTable, openings: OpeningTable, pairs: Iterable[tuple[str, str]]
) -> tuple[Ints, Ints]:
    people = {key: number for number, key in enumerate(candidates.keys)}
    posts = {key: number for number, key in enumerate(openings.keys)}
    known = [(people[c], posts[o]) for c, o in pairs if c in people and o in posts]
    table = np.array(known, np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]
