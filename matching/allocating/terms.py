"""Decides on what terms seats are given: which pairs are acceptable, how both sides like them, which seats are free."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays import Floats, Ints
from ..errors import AssignmentError
from ..ranking import Matches
from .given import Wishes, check_known, flat_lists

Flags = NDArray[np.bool_]
NOWHERE = -1
# Why nothing is left for a person before anybody is seated, in the order in which it is asked.
SHUT_OUT = ("no_eligible_opening", "too_low", "forbidden", "own_wishes", "not_ranked", "no_seat")


@dataclass(frozen=True, eq=False)
class Side:
    """One side of a run: keys ascending, the number of each, and where each of the given order went."""

    keys: tuple[str, ...]
    numbers: Mapping[str, int]
    places: Ints

    @classmethod
    def of(cls, keys: Sequence[str]) -> "Side":
        """The side with these keys. O(n log n)."""
        order = sorted(range(len(keys)), key=keys.__getitem__)
        places = np.empty(len(keys), np.int64)
        places[order] = np.arange(len(keys))
        ascending = tuple(keys[number] for number in order)
        return cls(ascending, {key: number for number, key in enumerate(ascending)}, places)


def find(codes: Ints, wanted: Ints) -> tuple[Ints, Flags]:
    """Where each wanted code stands among ascending codes (0 where it does not), and whether it does."""
    at = np.searchsorted(codes, wanted)
    at[at == len(codes)] = 0
    return at, codes[at] == wanted if len(codes) else np.zeros(len(wanted), np.bool_)


class Pairs(NamedTuple):
    """Pairs as columns of equal length: person, opening, score 0..100."""

    people: Ints
    posts: Ints
    scores: Floats

    def take(self, kept: Flags | Ints) -> "Pairs":
        """Only those pairs, by number or by mask."""
        return Pairs(self.people[kept], self.posts[kept], self.scores[kept])


class Lists(NamedTuple):
    """One side's own lists: who has one, and the place on it of every pair that is named (codes ascending)."""

    has_own: Flags
    codes: Ints
    places: Ints

    def judge(self, owners: Ints, codes: Ints, scores: Floats) -> tuple[Flags, Floats]:
        """Whether the owner takes each pair, and how much it likes it (higher = more): by its list, else by score."""
        own = self.has_own[owners]
        if not own.any():
            return ~own, scores
        at, is_named = find(self.codes, codes)
        named = own & is_named
        likes = scores.copy()
        likes[named] = -self.places[at[named]]
        return named | ~own, likes


@dataclass(frozen=True, eq=False)
class Terms:
    """The terms of a round. People and openings are numbered in the order of their keys, which breaks ties.

    market: the acceptable pairs of people who are not pinned, ascending by person, then opening. wished, ranked: how
    much the person, the opening likes each pair (higher = more; to be compared within one person, one opening).
    pinned: pairs fixed beforehand, score 0 where not listed. seats: of each opening; free: less the pinned.
    shut_out: for each person the number in SHUT_OUT of why nothing is left, NOWHERE where something is.
    """

    people: Side
    posts: Side
    market: Pairs
    wished: Floats
    ranked: Floats
    pinned: Pairs
    seats: Ints
    free: Ints
    shut_out: Ints
    wishes: Lists
    rankings: Lists

    def codes(self, people: Ints, posts: Ints) -> Ints:
        """One number for each pair, ascending by person, then opening."""
        return _codes(people, posts, self.posts)

    @cached_property
    def wish_order(self) -> Ints:
        """Pairs by person, best liked first, equals by the opening's key."""
        return np.lexsort((-self.wished, self.market.people))  # a stable sort: equals stay in the order of keys

    @cached_property
    def rank_order(self) -> Ints:
        """Pairs by opening, best liked first, equals by the person's key."""
        return np.lexsort((-self.ranked, self.market.posts))

    @cached_property
    def ties(self) -> int:
        """How often two that are liked equally stand beside each other on a list, so that the key decides."""
        found = 0
        for order, owners, likes in (
            (self.wish_order, self.market.people, self.wished),
            (self.rank_order, self.market.posts, self.ranked),
        ):
            same = (np.diff(owners[order]) == 0) & (np.diff(likes[order]) == 0)
            found += int(np.count_nonzero(same))
        return found


def make_terms(
    matches: Matches,
    seats: Mapping[str, int],
    wishes: Wishes,
    rankings: Wishes,
    pinned: Sequence[tuple[str, str]],
    forbidden: Sequence[tuple[str, str]],
    least_score: float = 0.0,
) -> Terms:
    """The terms over the listed pairs of a run that score at least so much. O(pairs log pairs). Raises AssignmentError."""
    people, posts = Side.of(matches.candidate_keys), Side.of(matches.opening_keys)
    _check_pairs(pinned, forbidden, people, posts)
    check_known(wishes, people.numbers)
    check_known({*seats, *rankings}, posts.numbers)
    listed = _listed(matches, people, posts)
    pins, never = _numbered(pinned, people, posts), _numbered(forbidden, people, posts)
    all_seats = _all_seats(matches, posts, seats)
    free = _free_seats(posts, all_seats, pins[1])
    wish_lists = _own_lists(wishes, people, posts, lambda person, post: _codes(person, post, posts))
    rank_lists = _own_lists(rankings, posts, people, lambda post, person: _codes(person, post, posts))
    codes = _codes(listed.people, listed.posts, posts)
    wanted, wished = wish_lists.judge(listed.people, codes, listed.scores)
    accepted, ranked = rank_lists.judge(listed.posts, codes, listed.scores)
    allowed = ~np.isin(codes, _codes(*never, posts))
    fits = listed.scores >= least_score
    stages = (np.True_, fits, allowed, wanted, accepted, free[listed.posts] > 0)
    kept = fits & allowed & wanted & accepted & ~np.isin(listed.people, pins[0])
    return Terms(
        people=people,
        posts=posts,
        market=listed.take(kept),
        wished=wished[kept],
        ranked=ranked[kept],
        pinned=Pairs(*pins, _scores_of(_codes(*pins, posts), codes, listed.scores)),
        seats=all_seats,
        free=free,
        shut_out=_shut_out(listed.people, stages, len(people.keys)),
        wishes=wish_lists,
        rankings=rank_lists,
    )


def _check_pairs(
    pinned: Sequence[tuple[str, str]], forbidden: Sequence[tuple[str, str]], people: Side, posts: Side
) -> None:
    check_known((candidate for candidate, _ in (*pinned, *forbidden)), people.numbers)
    check_known((opening for _, opening in (*pinned, *forbidden)), posts.numbers)
    if len({candidate for candidate, _ in pinned}) != len(pinned) or {*forbidden} & {*pinned}:
        raise AssignmentError("a candidate is pinned twice, or a pinned pair is forbidden")


def _codes(people: Ints, posts: Ints, side: Side) -> Ints:
    return people * max(1, len(side.keys)) + posts


def _listed(matches: Matches, people: Side, posts: Side) -> Pairs:
    rows, columns, scores = matches.rows()
    found = Pairs(people.places[rows], posts.places[columns], scores)
    codes = _codes(found.people, found.posts, posts)
    if np.all(codes[1:] > codes[:-1]):
        return found
    return found.take(np.argsort(codes))


def _numbered(pairs: Sequence[tuple[str, str]], people: Side, posts: Side) -> tuple[Ints, Ints]:
    return (
        np.fromiter((people.numbers[candidate] for candidate, _ in pairs), np.int64, len(pairs)),
        np.fromiter((posts.numbers[opening] for _, opening in pairs), np.int64, len(pairs)),
    )


def _all_seats(matches: Matches, posts: Side, seats: Mapping[str, int]) -> Ints:
    found = np.empty(len(posts.keys), np.int64)
    found[posts.places] = matches.seats
    for opening, count in seats.items():
        found[posts.numbers[opening]] = count
    return found


def _free_seats(posts: Side, seats: Ints, pinned: Ints) -> Ints:
    free: Ints = seats - np.bincount(pinned, minlength=len(seats))
    if np.any(free < 0):
        raise AssignmentError(f"more people pinned to {posts.keys[int(free.argmin())]!r} than it has seats")
    return free


def _scores_of(wanted: Ints, codes: Ints, scores: Floats) -> Floats:
    """The scores of these pairs where they are listed, else 0."""
    at, is_listed = find(codes, wanted)
    return np.where(is_listed, scores[at], 0.0) if len(scores) else np.zeros(len(wanted))


def _own_lists(lists: Wishes, owners: Side, others: Side, code: Callable[[Ints, Ints], Ints]) -> Lists:
    owner, other, places = flat_lists(lists, owners.numbers, others.numbers)
    has_own = np.zeros(len(owners.keys), np.bool_)
    has_own[[owners.numbers[key] for key in lists]] = True
    codes, first = np.unique(code(owner, other), return_index=True)
    return Lists(has_own, codes, places[first])


def _shut_out(people: Ints, stages: Sequence[Flags | np.bool_], count: int) -> Ints:
    """For each person the first stage after which none of the pairs is left."""
    reason = np.full(count, NOWHERE)
    left = np.ones(len(people), np.bool_)
    for number, stage in enumerate(stages):
        left &= stage
        empty = np.bincount(people[left], minlength=count) == 0
        reason[empty & (reason == NOWHERE)] = number
    return reason
