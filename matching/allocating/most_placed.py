"""Decides who takes which seat so that the most people are placed, and among all such ways the total fit is best."""

import numpy as np

from ..arrays import Ints
from ..errors import AssignmentError
from .chains import BEST_SCORE
from .terms import NOWHERE, Terms

# Scores are costs in whole numbers for the solver: a billionth of a point each, so that the totals of a hundred thousand
# people agree to less than a thousandth, and cost times nodes stays below 2**63 up to 90 million nodes.
_COST_OF_A_POINT = 1e9


def most_placed(terms: Terms) -> Ints:
    """For each person the number of the market pair that is taken, NOWHERE without a seat; int64.

    A flow of least cost among the greatest flows from people to openings, an arc a pair and never one a seat. Cost
    scaling by push and relabel, O(people x pairs x log(people x cost)) at worst: Goldberg, "An Efficient Implementation
    of a Scaling Minimum-Cost Flow Algorithm" (1997), as in OR-Tools. Raises AssignmentError.
    """
    from ortools.graph.python import min_cost_flow  # 17 MB and a third of a second: for those who allocate

    held = np.full(len(terms.people.keys), NOWHERE)
    market = terms.market
    usable = np.flatnonzero(terms.free[market.posts] > 0)
    if not len(usable):
        return held
    people, posts = market.people[usable], market.posts[usable]
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(
        people,
        len(held) + posts,
        np.ones(len(usable), np.int64),
        np.rint((BEST_SCORE - market.scores[usable]) * _COST_OF_A_POINT).astype(np.int64),
    )
    seats = np.minimum(terms.free, np.bincount(posts, minlength=len(terms.free)))
    flow.set_nodes_supplies(np.arange(len(held) + len(seats)), np.concatenate((np.ones(len(held), np.int64), -seats)))
    status = flow.solve_max_flow_with_min_cost()
    if status != flow.OPTIMAL:
        raise AssignmentError(f"no allocation was found: {status.name}")
    taken = usable[np.asarray(flow.flows(np.arange(len(usable)))) > 0]
    held[market.people[taken]] = taken
    return held
