"""Decides which pairs of a block get a score, and runs them through the lists of both sides."""

from collections.abc import Iterator

import numpy as np

from .arrays import Flags, Ints
from .blocks import Block, Holdings
from .eligibility import Asked, Eligible
from .lists import BestLists, as_entries, scores_of
from .preparing import Plan
from .rough import RoughScores, may_enter
from .scoring import PairScorer, parts_by_class

# Pairs that are scored at once: enough to forget the price of a call, few enough to stay in the nearest memory.
_BATCH = 1 << 15
# Where more of the people than this keep the limits, a rough score for all is cheaper than an exact one for each.
_MANY = 0.25
# Openings of a block that tell whether that is so.
_SAMPLE = 16
# Blocks with so few people for every opening are walked person by person.
_FEW = 1 / 8


class Search:
    """Scores the blocks of one plan against all of its openings; `of_openings` are the lists that grow with them."""

    def __init__(self, plan: Plan, of_openings: BestLists) -> None:
        self.plan, self.of_openings = plan, of_openings
        self.asked, self.holdings = Asked(plan.posts), Holdings(plan.gains)
        parts = parts_by_class(plan.posts, plan.weights)
        self.scorer = PairScorer(plan.posts, parts, plan.gains.values.exact, plan.alike)
        # Equal lengths side by side, so that no batch is as long as its longest.
        self.order = np.argsort(plan.posts.counts, kind="stable")
        self.rough = RoughScores(plan, parts, self.order)

    def block(self, block: Block) -> Ints:
        """The lists of the people of a block: entries, shape (people, k), best first, EMPTY where there are fewer."""
        self.holdings.fill(block)
        return _BlockSearch(self, block).run()


class _BlockSearch:
    def __init__(self, search: Search, block: Block) -> None:
        self._search, self._block = search, block
        self._eligible = Eligible(search.plan, search.asked, block, search.holdings)
        self._of_people = BestLists(len(block), min(search.plan.k, len(search.plan.posts)))
        self._floors = scores_of(self._of_people.floors)

    def run(self) -> Ints:
        search, block, plan = self._search, self._block, self._search.plan
        for openings, people in self._batches():
            scores = search.scorer.score(openings, people, search.holdings.codes, block.wanted, block.soft_class)
            self._of_people.add(people, as_entries(scores, plan.post_places[openings]))
            search.of_openings.add(openings, as_entries(scores, block.places[people]))
            self._floors = scores_of(self._of_people.floors)
        search.of_openings.settle()
        return self._of_people.best()

    def _batches(self) -> Iterator[tuple[Ints, Ints]]:
        """Pairs worth a score: openings and places of people, of equal length."""
        possible = self._eligible.openings()
        if len(self._block) < _FEW * np.count_nonzero(possible):
            return self._by_person()
        return self._by_opening(self._search.order[possible[self._search.order]])

    def _by_person(self) -> Iterator[tuple[Ints, Ints]]:
        for place in range(len(self._block)):
            openings = self._eligible.openings_for(place)
            yield openings, np.full(len(openings), place)

    def _by_opening(self, openings: Ints) -> Iterator[tuple[Ints, Ints]]:
        waiting, size = [], 0
        are_many = self._keep_many_the_limits(openings)
        for opening in openings.tolist():
            first, may = self._eligible.people_for(opening)
            people = (self._entering(opening, first, may) if are_many else may).nonzero()[0] + first
            waiting.append((opening, people))
            size += len(people)
            if size >= _BATCH:
                yield _joined(waiting)
                waiting, size = [], 0
        if size:
            yield _joined(waiting)

    def _keep_many_the_limits(self, openings: Ints) -> bool:
        some = openings[:: 1 + len(openings) // _SAMPLE].tolist()
        counts = [np.count_nonzero(self._eligible.people_for(opening)[1]) for opening in some]
        if sum(counts) <= _MANY * len(self._block) * len(some):
            return False
        self._search.rough.begin(self._block, self._search.holdings)
        return True

    def _entering(self, opening: int, first: int, may: Flags) -> Flags:
        here, search = slice(first, first + len(may)), self._search
        rough = search.rough.of(opening)[here]
        return may_enter(rough, search.rough.slack, may, self._floors[here], search.of_openings, opening)


def _joined(waiting: list[tuple[int, Ints]]) -> tuple[Ints, Ints]:
    sizes = [len(people) for _, people in waiting]
    return np.repeat([opening for opening, _ in waiting], sizes), np.concatenate([people for _, people in waiting])
