"""Decides who is best for one new or edited opening, and what is best for one such person, without a run for all."""

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from .arrays import Floats, Ints
from .blocks import Block, Holdings
from .eligibility import Asked, Eligible
from .errors import MatchingError
from .gains import Giving
from .lists import as_entries, places_of, scores_of
from .memory import Memory
from .preparing import Plan, ReadyPeople, ReadyPosts, compare_sides, plan_of
from .profiles import CandidateProfile, OpeningProfile, Weights, check_kind
from .ranking import Pairing
from .scoring import PairScorer, Parts, parts_by_class
from .tables import CandidateTable, OpeningTable, as_candidates, as_openings
from .titles import Titles, compare_cut_titles
from .vocabulary import Vocabulary

# Wished titles whose likeness to the offered ones is remembered, and likenesses in all (32 MB).
_MOST_TITLES, _MOST_LIKENESSES = 1 << 14, 1 << 22


class Market:
    """Candidates and openings kept ready in memory. Its lists are those that `match` would give, ties included.

    Making it takes what the preparation of a run takes; memory O(rows of both sides).
    """

    def __init__(
        self,
        candidates: CandidateTable | Iterable[CandidateProfile],
        openings: OpeningTable | Iterable[OpeningProfile],
        vocabulary: Vocabulary | None = None,
        weights: Weights | None = None,
        k: int = 20,
    ) -> None:
        if isinstance(k, bool) or not isinstance(k, int) or k < 1:
            raise MatchingError(f"k must be a whole number of 1 or more, not {k!r}")
        self._vocabulary, self._k = Vocabulary() if vocabulary is None else vocabulary, k
        self._weights = Weights() if weights is None else weights
        check_kind("vocabulary", [self._vocabulary], Vocabulary)
        check_kind("weights", [self._weights], Weights)
        self._people = ReadyPeople.of(as_candidates(candidates), self._vocabulary)
        self._posts = ReadyPosts.of(as_openings(openings), self._vocabulary)

    def for_opening(self, opening: OpeningProfile, excluded: Iterable[str] = ()) -> list[Pairing]:
        """The k best candidates for an opening, best first, none of the excluded keys. O(candidates)."""
        one = ReadyPosts.of(as_openings([opening]), self._vocabulary)
        compared = compare_sides(self._people, one, self._vocabulary)
        plan = plan_of(self._people, one, *compared, self._weights, self._k, [(c, opening.key) for c in excluded])
        if not len(plan.people):
            return []
        block, holdings = self._everybody, Holdings(plan.gains)
        holdings.fill(block)
        first, may = Eligible(plan, Asked(plan.posts), block, holdings).people_for(0)
        people = may.nonzero()[0] + first
        parts = parts_by_class(plan.posts, plan.weights)
        entries = _entries(plan, parts, block, holdings, np.zeros_like(people), people, block.places[people])
        return [
            Pairing(self._people.keys[person], opening.key, score)
            for person, score in self._best(entries, self._people_by_place)
        ]

    def for_candidate(self, candidate: CandidateProfile, excluded: Iterable[str] = ()) -> list[Pairing]:
        """The k best openings for a candidate, best first, none of the excluded keys. O(openings)."""
        one = ReadyPeople.of(as_candidates([candidate]), self._vocabulary)
        gains = self._giving.gains(one.skills.readings, one.people.units)
        titles = np.array(self._titles.of(one.titles.texts, self._compare_titles))
        titles = titles.reshape(len(one.titles.texts), len(self._posts.titles.texts))
        plan = plan_of(one, self._posts, gains, titles, self._weights, self._k, [(candidate.key, o) for o in excluded])
        if not len(plan.posts):
            return []
        block, holdings = Block.of(one.people, np.zeros(1, np.int64), one.places), Holdings(plan.gains)
        holdings.fill(block)
        openings = Eligible(plan, self._asked, block, holdings).openings_for(0)
        places = self._posts.places[openings]
        entries = _entries(plan, self._parts, block, holdings, openings, np.zeros_like(openings), places)
        return [
            Pairing(candidate.key, self._posts.keys[opening], score)
            for opening, score in self._best(entries, self._posts_by_place)
        ]

    def _best(self, entries: Ints, by_place: Ints) -> list[tuple[int, float]]:
        """Number and score of the k best entries, best first."""
        cut = max(0, len(entries) - self._k)
        best = np.sort(np.partition(entries, cut)[cut:] if cut else entries)[::-1]
        return list(zip(by_place[places_of(best)].tolist(), scores_of(best).tolist(), strict=True))

    @cached_property
    def _everybody(self) -> Block:
        order = np.lexsort((self._people.places, self._people.people.limit_class))
        return Block.of(self._people.people, order, self._people.places)

    @cached_property
    def _giving(self) -> Giving:
        return Giving(self._posts.skills, self._posts.columns, self._vocabulary)

    @cached_property
    def _titles(self) -> Memory[str, Floats]:
        """How far each title of the openings is a wished one."""
        return Memory(min(_MOST_TITLES, _MOST_LIKENESSES // max(1, len(self._posts.titles.texts))))

    def _compare_titles(self, wished: Sequence[str]) -> list[Floats]:
        return [*compare_cut_titles(Titles(self._vocabulary, wished), self._posts.titles)]

    @cached_property
    def _asked(self) -> Asked:
        return Asked(self._posts.posts)

    @cached_property
    def _parts(self) -> Parts:
        return parts_by_class(self._posts.posts, self._weights)

    @cached_property
    def _people_by_place(self) -> Ints:
        return np.argsort(self._people.places)

    @cached_property
    def _posts_by_place(self) -> Ints:
        return np.argsort(self._posts.places)


def _entries(
    plan: Plan, parts: Parts, block: Block, holdings: Holdings, openings: Ints, people: Ints, places: Ints
) -> Ints:
    """Entries of lists for pairs of openings and places in the block; places: of the side that is listed."""
    scorer = PairScorer(plan.posts, parts, plan.gains.values.exact, plan.alike)
    return as_entries(scorer.score(openings, people, holdings.codes, block.wanted, block.soft_class), places)
