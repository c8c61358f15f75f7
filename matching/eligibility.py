"""Decides which people of a block keep every limit of an opening: class of limits, day, pay, musts, pairs taken apart."""

from itertools import pairwise

import numpy as np

from .arrays import Flags, Ints
from .blocks import Block, Holdings
from .preparing import Plan
from .sides import Posts


class Asked:
    """What openings demand, as plain lists: reading them one by one is what a run does most."""

    def __init__(self, posts: Posts) -> None:
        bounds, columns = posts.must_starts.tolist(), posts.must_columns.tolist()
        self.musts = [columns[a:b] for a, b in pairwise(bounds)]
        self.offer, self.starts, self.pay_max = posts.offer.tolist(), posts.starts.tolist(), posts.pay_max.tolist()
        self.must_openings = np.repeat(np.arange(len(posts)), np.diff(posts.must_starts))


class Eligible:
    """Who of one block keeps every limit of which opening."""

    def __init__(self, plan: Plan, asked: Asked, block: Block, holdings: Holdings) -> None:
        self._plan, self._asked, self._block, self._holdings = plan, asked, block, holdings
        self._allowed = np.ascontiguousarray(plan.allowed[block.limit_class].T)
        # Alike limits stand side by side: whoever may take an offer stands between a first and a last.
        self._first = self._allowed.argmax(axis=1).tolist()
        self._last = (len(block) - self._allowed[:, ::-1].argmax(axis=1)).tolist()
        self._highest_pay = int(block.pay_min.max())
        self._apart = _pairs_apart(plan, block)

    def openings(self) -> Flags:
        """Whether each is an opening that somebody of the block may take, as far as one sees without looking at each person."""
        posts = self._plan.posts
        lacks = ~self._holdings.reached[posts.must_columns]
        lacking = np.bincount(self._asked.must_openings, lacks, len(posts)) > 0
        taken: Flags = np.any(self._allowed, axis=1)
        possible: Flags = taken[posts.offer] & (posts.starts >= self._block.available.min()) & ~lacking
        return possible

    def people_for(self, opening: int) -> tuple[int, Flags]:
        """Who may take an opening: a place in the block, and whether that person and those behind it may."""
        asked, block = self._asked, self._block
        offer = asked.offer[opening]
        first, last = self._first[offer], self._last[offer]
        may: Flags = self._allowed[offer, first:last] & (block.available[first:last] <= asked.starts[opening])
        if asked.pay_max[opening] < self._highest_pay:
            may &= block.pay_min[first:last] <= asked.pay_max[opening]
        for column in asked.musts[opening]:
            may &= self._holdings.codes[column, first:last] > 0
        for place in self._apart.get(opening, ()):
            if first <= place < last:
                may[place - first] = False
        return first, may

    def openings_for(self, place: int) -> Ints:
        """The openings that one person of the block may take."""
        posts, block = self._plan.posts, self._block
        may = self._allowed[posts.offer, place]
        may &= (posts.starts >= block.available[place]) & (posts.pay_max >= block.pay_min[place])
        lacks = self._holdings.codes[posts.must_columns, place] == 0
        may[self._asked.must_openings[lacks]] = False
        apart = [opening for opening, places in self._apart.items() if place in places]
        may[apart] = False
        found: Ints = may.nonzero()[0]
        return found


def _pairs_apart(plan: Plan, block: Block) -> dict[int, list[int]]:
    """The excluded pairs of the block: places of people by opening."""
    people, openings = plan.excluded
    if not len(people):
        return {}
    here = np.isin(people, block.people).nonzero()[0]
    order = np.argsort(block.people)
    places = order[np.searchsorted(block.people, people[here], sorter=order)]
    apart: dict[int, list[int]] = {}
    for opening, place in zip(openings[here].tolist(), places.tolist(), strict=True):
        apart.setdefault(opening, []).append(place)
    return apart
