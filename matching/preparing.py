"""Decides what is computed once for a run: gains of unique skills, likeness of unique titles, limits of unique offers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from .arrays import Flags, Floats, Ints
from .errors import MatchingError
from .gains import Columns, Gains, find_gains
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


@dataclass(frozen=True, slots=True)
class Ready:
    """One side read once, whatever it is compared with: keys and their places in order, what the skills that it names
    mean, and its titles cut into units."""

    keys: tuple[str, ...]
    places: Ints
    skills: Index
    titles: Titles


@dataclass(frozen=True, slots=True)
class ReadyPeople(Ready):
    """Candidates, with their columns and what the numbers there stand for."""

    people: People
    names: PeopleNames

    @classmethod
    def of(cls, table: CandidateTable, vocabulary: Vocabulary) -> Self:
        """The candidates of a table. O(rows + unknown texts x names of the vocabulary)."""
        names = PeopleNames()
        readings = vocabulary.read_many(table.skills.names)
        people = People.from_table(table.with_titles(says_work), readings, names)
        return cls(*_read_once(table.keys, names, vocabulary), people, names)


@dataclass(frozen=True, slots=True)
class ReadyPosts(Ready):
    """Openings, likewise; columns: what all of them ask for."""

    posts: Posts
    names: PostNames
    seats: Ints
    columns: Columns

    @classmethod
    def of(cls, table: OpeningTable, vocabulary: Vocabulary) -> Self:
        """The openings of a table. O(rows + unknown texts x names of the vocabulary)."""
        names = PostNames()
        readings = vocabulary.read_many(table.requirements.names)
        divisors = weight_divisors(table, readings, vocabulary)
        posts = Posts.from_table(table.with_titles(says_work), readings, divisors, names)
        columns = Columns.of(names.columns.values(), len(names.skills))
        return cls(*_read_once(table.keys, names, vocabulary), posts, names, table.seats, columns)


def _read_once(
    keys: tuple[str, ...], names: PeopleNames | PostNames, vocabulary: Vocabulary
) -> tuple[tuple[str, ...], Ints, Index, Titles]:
    return keys, _places(keys), Index(names.skills.values()), Titles(vocabulary, names.titles.values()[1:])


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
    people, posts = ReadyPeople.of(candidates, vocabulary), ReadyPosts.of(openings, vocabulary)
    return plan_of(people, posts, *compare_sides(people, posts, vocabulary), weights, k, excluded)


def compare_sides(people: ReadyPeople, posts: ReadyPosts, vocabulary: Vocabulary) -> tuple[Gains, Floats]:
    """What held skills give asked ones, and how far each offered title is each wished one, 0..1, shape (wished, offered)."""
    gains = find_gains(people.skills, people.people.units, posts.skills, posts.columns, vocabulary)
    return gains, compare_cut_titles(people.titles, posts.titles)


def plan_of(
    people: ReadyPeople,
    posts: ReadyPosts,
    gains: Gains,
    titles: Floats,
    weights: Weights,
    k: int,
    excluded: Iterable[tuple[str, str]] = (),
) -> Plan:
    """The same for two sides that are ready and compared."""
    if max(len(people.keys), len(posts.keys)) > PLACES:
        raise MatchingError(f"a run takes up to {PLACES:,} candidates and as many openings")
    # Row and column 0 stand for no title.
    alike = np.zeros((1 + len(posts.titles.texts), 1 + len(people.titles.texts)))
    alike[1:, 1:] = titles.T
    return Plan(
        candidate_keys=people.keys,
        opening_keys=posts.keys,
        seats=posts.seats,
        people=people.people,
        posts=posts.posts,
        people_places=people.places,
        post_places=posts.places,
        gains=gains,
        alike=alike,
        allowed=find_allowed(people.names, posts.names),
        weights=weights,
        k=k,
        excluded=_excluded(people.keys, posts.keys, excluded),
    )


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
    candidates: Sequence[str], openings: Sequence[str], pairs: Iterable[tuple[str, str]]
) -> tuple[Ints, Ints]:
    chosen = list(pairs)
    people = {key: number for number, key in enumerate(candidates if chosen else ())}
    posts = {key: number for number, key in enumerate(openings if chosen else ())}
    known = [(people[c], posts[o]) for c, o in chosen if c in people and o in posts]
    table = np.array(known, np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]
