"""Decides which pairs need no exact score, where nearly everybody keeps the limits: those that no list would take."""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from .arrays import Flags, Floats, Ints
from .blocks import Block, Holdings
from .lists import EMPTY, BestLists, scores_of
from .preparing import Plan
from .profiles import OFFERED_REMOTE
from .scoring import Parts

Rough = NDArray[np.float32]

# Openings that are multiplied at once: their scores stay in the nearer memories.
_OPENINGS = 64
# Rough scores are sums of 32-bit numbers up to 100.
_ROUNDING = 1e-3


class RoughScores:
    """Scores of one opening with all people of a block, in 32 bits: weights of all openings times the codes of gains,
    which stand near the gains themselves. Openings are asked for in the given order, else it takes longer."""

    def __init__(self, plan: Plan, parts: Parts, order: Ints) -> None:
        posts, values = plan.posts, plan.gains.values
        self._plan, self._parts = plan, parts
        self._row = np.argsort(order).tolist()
        self._kinds = ((posts.counts > 0) * 2 + (posts.title > 0)) * len(OFFERED_REMOTE) + posts.remote
        asked = (np.arange(len(posts.columns))[:, None] < posts.counts[order]).T
        weights = (posts.weights.T[order][asked] / values.scale).astype(np.float32)
        starts = np.concatenate(([0], np.cumsum(posts.counts[order])))
        shape = (len(posts), plan.gains.width)
        self._asked = sp.csr_matrix((weights, posts.columns.T[order][asked], starts), shape=shape)
        self._codes: Rough = np.zeros(0, np.float32)
        self.slack = 100 * values.slack + _ROUNDING

    def begin(self, block: Block, holdings: Holdings) -> None:
        """Go over to another block."""
        self._block, self._chunk = block, -1
        self._alike: dict[int, Rough] = {}
        self._by_kind: dict[int, Parts] = {}
        if len(self._codes) < holdings.codes.size:
            self._codes = np.zeros(holdings.codes.size, np.float32)
        self._table = self._codes[: holdings.codes.size].reshape(holdings.codes.shape)
        self._table[:] = holdings.codes

    def of(self, opening: int) -> Rough:
        """The scores of everybody with an opening, each at most `slack` from the exact one."""
        chunk, row = divmod(self._row[opening], _OPENINGS)
        if chunk != self._chunk:
            self._chunk = chunk
            self._met: Rough = self._asked[chunk * _OPENINGS : (chunk + 1) * _OPENINGS] @ self._table
        skills, title, remote = self._parts_for(opening)
        rough: Rough = self._met[row] * skills
        rough += title * self._alike_to(int(self._plan.posts.title[opening]))
        rough += remote
        return rough

    def _parts_for(self, opening: int) -> Parts:
        """What each part may give each person; the same for all openings with the same parts, of which there are few."""
        kind = self._kinds[opening]
        if kind not in self._by_kind:
            soft = self._block.soft_class
            self._by_kind[kind] = Parts(*(part[:, opening].astype(np.float32).take(soft) for part in self._parts))
        return self._by_kind[kind]

    def _alike_to(self, title: int) -> Rough:
        """How far a title is what each person wishes."""
        if title not in self._alike:
            best: Floats = np.zeros(len(self._block))
            for wished in self._block.wanted:
                np.maximum(best, self._plan.alike[title].take(wished), out=best)
            self._alike[title] = best.astype(np.float32)
        return self._alike[title]


def may_enter(rough: Rough, slack: float, may: Flags, floors: Floats, of_openings: BestLists, opening: int) -> Flags:
    """Who of those that may take an opening may get it on their list, or onto its list, judged by rough scores.
    floors: the score below which nothing enters the list of each person."""
    floor = of_openings.floors[opening]
    least = float(scores_of(floor))
    if floor == EMPTY and np.count_nonzero(may) > of_openings.k:
        # The list has room, but not for more than k of these.
        least = float(np.partition(rough[may], -of_openings.k)[-of_openings.k]) - slack
    entering: Flags = may & (rough >= np.minimum(floors, least) - slack)
    return entering
