"""Decides the score of every pair of a block: a weighted sum of its parts, or "not eligible"; limits are never averaged."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from .preparing import Floats, Plan, remote_column, spread
from .profiles import WISHED_REMOTE
from .tables import Ints

INELIGIBLE = -1.0
# Sums of the same parts in another order differ in the 14th digit; ties must not hang on that.
_DIGITS = 1e10
# float64 cells that a block may hold at once (gains, scores, their transpose and titles): about 100 MB.
_BLOCK_CELLS = 12_000_000
_BLOCK_ROWS = 2048


def quantise(score: float | Floats) -> Floats:
    """Scores rounded to 10 decimals, the same way for one pair and for millions."""
    return np.rint(np.multiply(score, _DIGITS)) / _DIGITS


def cut_blocks(plan: Plan, people: Ints) -> Iterator[Ints]:
    """The given candidates in blocks of one soft class, alike limits together, in key order within a block."""
    order = people[np.lexsort((plan.candidate_rank[people], plan.limit_class[people], plan.soft_class[people]))]
    bounds = np.flatnonzero(np.diff(plan.soft_class[order])) + 1
    cells = plan.gains.width + 2 * len(plan.openings) + plan.title_alike.shape[1]
    size = int(np.clip(_BLOCK_CELLS // max(1, cells), 1, _BLOCK_ROWS))
    for group in np.split(order, bounds):
        for start in range(0, len(group), size):
            block = group[start : start + size]
            yield block[np.argsort(plan.candidate_rank[block])]


class BlockScorer:
    """Scores blocks of one plan; keeps the gain buffer, because fresh pages cost more than the sums."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._buffer = np.zeros(0)
        self._soft: tuple[int, Floats, Floats, Floats] | None = None

    def score(self, people: Ints) -> tuple[Ints, Floats]:
        """Opening numbers (key order) that anyone of the block may take, and their scores 0..100, shape
        (openings, people), INELIGIBLE where a limit fails. Exact in float64. O(requirements x people)."""
        plan = self.plan
        offers: NDArray[np.bool_] = np.any(plan.allowed[np.unique(plan.limit_class[people])], axis=0)
        openings = np.flatnonzero(offers[plan.offer])
        gains, cells = self._gains(people)
        scores = self._sum(openings, people, gains)
        self._apply_limits(openings, people, gains, scores)
        self._buffer[cells] = 0.0
        return openings, scores

    def _gains(self, people: Ints) -> tuple[Floats, Ints]:
        """Best value of each person for each column, shape (columns, people), and the flat cells that were set."""
        plan, count = self.plan, len(people)
        if len(self._buffer) < plan.gains.width * count:
            self._buffer = np.zeros(plan.gains.width * count)
        sizes = plan.skill_starts[people + 1] - plan.skill_starts[people]
        units = plan.skill_units[spread(plan.skill_starts[people], sizes)]
        person = np.repeat(np.arange(count), sizes)
        widths = plan.gains.starts[units + 1] - plan.gains.starts[units]
        entries = spread(plan.gains.starts[units], widths)
        cells = plan.gains.columns[entries] * count + np.repeat(person, widths)
        np.maximum.at(self._buffer, cells, plan.gains.values[entries])
        return self._buffer[: plan.gains.width * count].reshape(plan.gains.width, count), cells

    def _sum(self, openings: Ints, people: Ints, gains: Floats) -> Floats:
        plan = self.plan
        skills, title, remote = self._coefficients(int(plan.soft_class[people[0]]))
        rows = plan.asked if len(openings) == len(plan.openings) else plan.asked[openings]
        scores: Floats = rows @ gains
        scores *= skills[openings, None]
        if title.any():
            scores += title[openings, None] * self._titles(openings, people)
        scores += remote[openings, None]
        np.multiply(scores, _DIGITS, out=scores)
        np.rint(scores, out=scores)
        np.divide(scores, _DIGITS, out=scores)
        return scores

    def _coefficients(self, soft_class: int) -> tuple[Floats, Floats, Floats]:
        """Points (0..100) per opening of a full skills part, a full title part, and the remote part as it is."""
        if self._soft is None or self._soft[0] != soft_class:
            self._soft = (soft_class, *self._find_coefficients(soft_class))
        return self._soft[1:]

    def _find_coefficients(self, soft_class: int) -> tuple[Floats, Floats, Floats]:
        plan, (has_titles, wish) = self.plan, divmod(soft_class, len(WISHED_REMOTE))
        skills = plan.weights.skills * (np.diff(plan.asked.indptr) > 0)
        title = plan.weights.title * has_titles * (plan.opening_title >= 0)
        remote = np.full(len(plan.openings), plan.weights.remote * (WISHED_REMOTE[wish] != "any"))
        total = skills + title + remote
        share = np.divide(100.0, total, out=np.zeros(len(total)), where=total > 0)
        return skills * share, title * share, remote * share * remote_column(plan, wish)

    def _titles(self, openings: Ints, people: Ints) -> Floats:
        plan = self.plan
        starts = plan.title_starts[people]
        wanted = plan.candidates.titles.codes[spread(starts, plan.title_starts[people + 1] - starts)]
        first = np.concatenate(([0], np.cumsum(plan.title_starts[people + 1] - starts)[:-1])).astype(np.int64)
        best = np.maximum.reduceat(plan.title_alike[wanted], first, axis=0)
        # Openings without a title have number -1 and a coefficient of 0.
        return best.T[plan.opening_title[openings]]

    def _apply_limits(self, openings: Ints, people: Ints, gains: Floats, scores: Floats) -> None:
        scores[~self._is_allowed(openings, people)] = INELIGIBLE
        plan = self.plan
        for row, opening in enumerate(openings):
            columns = plan.must_columns[plan.must_starts[opening] : plan.must_starts[opening + 1]]
            if len(columns):
                scores[row, (gains[columns] <= 0).any(axis=0)] = INELIGIBLE
        at = np.full(len(plan.candidates), -1)
        at[people] = np.arange(len(people))
        excluded_people, excluded_openings = plan.excluded
        here = (at[excluded_people] >= 0) & np.isin(excluded_openings, openings)
        scores[np.searchsorted(openings, excluded_openings[here]), at[excluded_people[here]]] = INELIGIBLE

    def _is_allowed(self, openings: Ints, people: Ints) -> NDArray[np.bool_]:
        plan = self.plan
        classes, at = np.unique(plan.limit_class[people], return_inverse=True)
        allowed = plan.allowed[classes][:, plan.offer[openings]]
        mask = np.take(allowed.T, at.reshape(-1), axis=1)
        number = plan.opening_order[openings]
        mask &= plan.candidates.available[people] <= plan.openings.starts[number, None]
        mask &= plan.candidates.pay_min[people] <= plan.openings.pay_max[number, None]
        return mask
