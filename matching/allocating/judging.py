"""Decides what is said of an allocation: which pairs would both rather swap, and who lost a seat by a tie alone."""

import numpy as np

from ..arrays import Floats, Ints
from .terms import NOWHERE, Flags, Terms


def left_over_seats(terms: Terms, held: Ints) -> Ints:
    """Seats of each opening that nobody takes."""
    taken = terms.market.posts[held[held != NOWHERE]]
    left: Ints = terms.free - np.bincount(taken, minlength=len(terms.free))
    return left


def least_likes(terms: Terms, held: Ints) -> Floats:
    """How much each opening likes the one it likes least of those it has; infinity where it has nobody."""
    pairs = held[held != NOWHERE]
    least = np.full(len(terms.free), np.inf)
    np.minimum.at(least, terms.market.posts[pairs], terms.ranked[pairs])
    return least


def would_rather(terms: Terms, held: Ints) -> Flags:
    """For each market pair whether the person would rather have it than what he has."""
    mine = np.full(len(held), -np.inf)
    has = held != NOWHERE
    mine[has] = terms.wished[held[has]]
    return terms.wished > mine[terms.market.people]


def blocking_pairs(terms: Terms, held: Ints) -> Ints:
    """The market pairs of which the person would rather have the opening, and the opening has a seat left or would
    rather have him than the one it likes least. Pinned people and seats are out of the market. O(pairs)."""
    posts = terms.market.posts
    is_wanted = (left_over_seats(terms, held) > 0)[posts] | (terms.ranked > least_likes(terms, held)[posts])
    return np.flatnonzero(would_rather(terms, held) & is_wanted)


def lost_by_tie(terms: Terms, held: Ints) -> Ints:
    """The market pairs that a person would rather have and lost to somebody whom the opening likes no more. O(pairs)."""
    posts = terms.market.posts
    is_tied = (left_over_seats(terms, held) == 0)[posts] & (terms.ranked == least_likes(terms, held)[posts])
    return np.flatnonzero(would_rather(terms, held) & is_tied)
