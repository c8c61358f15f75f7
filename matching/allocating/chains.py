"""Decides what one seat or one pair more would change where the total counts, and whether the total is the best there is.

Whoever takes a seat that is held makes its holder move on, and so forth: a chain of moves, worth what it adds to the
total fit. An allocation is the best of its size exactly when no closed chain adds anything (Klein, "A primal method for
minimal cost flows", 1967), and one seat or pair more is taken by the chain that adds most.
"""

from functools import cached_property
from typing import NamedTuple

import numpy as np

from ..arrays import Floats, Ints
from ..errors import AssignmentError
from .judging import left_over_seats
from .terms import NOWHERE, Terms

BEST_SCORE = 100.0
# A chain that adds less than this adds nothing: the solver's costs are whole billionths of a point.
LEAST_GAIN = 1e-7


class Moves(NamedTuple):
    """Moves of people with a seat to another opening that they may have: from, to, and what each adds to the total."""

    sources: Ints
    targets: Ints
    gains: Floats


class Best(NamedTuple):
    """For each opening the most that a chain adds, minus infinity where there is none, and who stands at its far end."""

    gains: Floats
    ends: Ints


class Chains:
    """All chains of an allocation that is the best of its size. O(openings x pairs) at worst, a few passes as a rule.

    Raises AssignmentError for an allocation whose people could change seats among themselves for a better total.
    """

    def __init__(self, terms: Terms, held: Ints) -> None:
        self._terms, self._held = terms, held
        self._moves = _moves(terms, held)
        # Above all that the moves of a chain can add or cost, so that a chain to a seat left over is always the better.
        self._bonus = 2 * BEST_SCORE * (len(terms.free) + 2)
        turned = Moves(self._moves.targets, self._moves.sources, self._moves.gains)
        self._pushed = _spread(self._by_seat_or_leaving(), turned)

    def check(self) -> None:
        """Raise AssignmentError when somebody more could be placed, or as many with a better total."""
        market, is_own = self._terms.market, self._held[self._terms.market.people]
        has = is_own != NOWHERE
        others = np.flatnonzero(is_own != np.arange(len(is_own)))
        pushed = self._pushed.gains[market.posts]
        if np.any(pushed[~has] > self._bonus / 2):
            raise AssignmentError("more people could be placed")
        costs = np.where(has, self._bonus + market.scores[is_own], 0.0)
        if np.any((market.scores + pushed - costs)[others] > LEAST_GAIN):
            raise AssignmentError("the total fit is not the best")

    def placed_by_seat(self, post: int) -> int:
        """The person without a seat who would get one if this opening had one seat more; NOWHERE for nobody."""
        return int(self._filled.ends[post])

    def placed_by_pair(self, person: int, post: int, score: float, like: float) -> tuple[bool, int]:
        """Whether a person without a seat would get one if this pair were acceptable, and who would lose his (NOWHERE
        for nobody)."""
        del person, like
        gain = float(self._pushed.gains[post])
        if gain > self._bonus / 2:
            return True, NOWHERE
        is_better = score + gain > LEAST_GAIN
        return is_better, int(self._pushed.ends[post]) if is_better else NOWHERE

    @cached_property
    def _filled(self) -> Best:
        """Chains that fill one seat more at each opening, and the person without a seat with whom they begin."""
        market = self._terms.market
        newcomers = np.flatnonzero((self._held == NOWHERE)[market.people])
        columns = (market.posts[newcomers], market.scores[newcomers], market.people[newcomers])
        return _spread(_best_of(*columns, len(self._terms.free)), self._moves)

    def _by_seat_or_leaving(self) -> Best:
        """How a chain ends: at an opening with a seat left over, or with somebody who loses the seat there."""
        market, pairs = self._terms.market, self._held[self._held != NOWHERE]
        best = _best_of(market.posts[pairs], -market.scores[pairs], market.people[pairs], len(self._terms.free))
        is_left = left_over_seats(self._terms, self._held) > 0
        return Best(np.where(is_left, self._bonus, best.gains), np.where(is_left, NOWHERE, best.ends))


def _moves(terms: Terms, held: Ints) -> Moves:
    market = terms.market
    now = held[market.people]
    others = np.flatnonzero((now != NOWHERE) & (now != np.arange(len(now))))
    now = now[others]
    return Moves(market.posts[now], market.posts[others], market.scores[others] - market.scores[now])


def _best_of(owners: Ints, gains: Floats, ends: Ints, count: int) -> Best:
    """The greatest gain of each owner and its end; the first among equals."""
    best = Best(np.full(count, -np.inf), np.full(count, NOWHERE))
    if len(owners):
        order = np.argsort(owners, kind="stable")
        heads, found = _greatest(owners[order], Best(gains[order], ends[order]))
        best.gains[heads], best.ends[heads] = found
    return best


def _spread(start: Best, moves: Moves) -> Best:
    """The best chains to each target, whatever their length: Bellman (1958) and Ford (1956), all openings at once and
    only from those that have just become better. Raises AssignmentError where a closed chain adds something."""
    gains, ends = start.gains.copy(), start.ends.copy()
    order = np.argsort(moves.targets, kind="stable")
    sources, targets, added = moves.sources[order], moves.targets[order], moves.gains[order]
    is_news = gains > -np.inf
    for _ in range(len(gains) + 1):
        news = np.flatnonzero(is_news[sources])
        is_news[:] = False
        if not len(news):
            return Best(gains, ends)
        reached = Best(gains[sources[news]] + added[news], ends[sources[news]])
        heads, best = _greatest(targets[news], reached)
        better = best.gains > gains[heads] + LEAST_GAIN
        heads = heads[better]
        gains[heads], ends[heads], is_news[heads] = best.gains[better], best.ends[better], True
    raise AssignmentError("the total fit is not the best")


def _greatest(owners: Ints, reached: Best) -> tuple[Ints, Best]:
    """The owners (given ascending, each once) and the greatest of each; the first among equals."""
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    greatest = np.maximum.reduceat(reached.gains, starts)
    is_greatest = np.flatnonzero(reached.gains == np.repeat(greatest, np.diff(starts, append=len(owners))))
    first = is_greatest[np.diff(owners[is_greatest], prepend=-1) > 0]
    return owners[starts], Best(greatest, reached.ends[first])
