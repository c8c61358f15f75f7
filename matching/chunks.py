"""Decides how a big run is cut into independent pieces and how their answers become one, the same whatever the cut."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple, Protocol

import numpy as np

from .errors import MatchingError
from .preparing import Plan, prepare
from .profiles import CandidateProfile, OpeningProfile, Weights, check_kind
from .ranking import Matches, OpeningLists, Ranked, best_of_rows, cut_lists, join_lists
from .scoring import BlockScorer, cut_blocks
from .tables import CandidateTable, Ints, OpeningTable, as_candidates, as_openings
from .vocabulary import Vocabulary

# Big enough that handing over costs little, small enough that every worker gets several.
_CHUNK_PEOPLE = 4096


class Runner(Protocol):
    """Anything that maps a picklable function over a list and gives the answers in order: processes, a cluster, a test."""

    def map(self, function: Callable[[Any], Any], items: Sequence[Any], /) -> Iterable[Any]: ...


class Piece(NamedTuple):
    """The answer of one chunk: complete lists of its candidates, and its best for each opening (opening, rank, score)."""

    candidate_lists: Ranked
    opening_lists: Ranked


def match(
    candidates: CandidateTable | Iterable[CandidateProfile],
    openings: OpeningTable | Iterable[OpeningProfile],
    vocabulary: Vocabulary | None = None,
    weights: Weights | None = None,
    k: int = 20,
    runner: Runner | None = None,
    *,
    excluded: Iterable[tuple[str, str]] = (),
) -> Matches:
    """The k best openings of every candidate and the k best candidates of every opening.

    `excluded`: (candidate key, opening key) pairs that must not be listed. The same input gives the same output,
    whatever the runner and the order of the input; equal scores are ordered by key. O(pairs), memory O(lists).
    """
    if isinstance(k, bool) or not isinstance(k, int) or k < 1:
        raise MatchingError(f"k must be a whole number of 1 or more, not {k!r}")
    known, shares = Vocabulary() if vocabulary is None else vocabulary, weights or Weights()
    check_kind("vocabulary", [known], Vocabulary)
    check_kind("weights", [shares], Weights)
    plan = prepare(as_candidates(candidates), as_openings(openings), known, shares, k, excluded)
    people = np.arange(len(plan.candidates))
    if runner is None:
        pieces = [score_chunk(plan, people)]
    else:
        cuts = [people[start : start + _CHUNK_PEOPLE] for start in range(0, len(people), _CHUNK_PEOPLE)]
        pieces = list(runner.map(partial(score_chunk, plan), cuts))
    return merge(plan, pieces)


def score_chunk(plan: Plan, people: Ints) -> Piece:
    """The lists of some candidates of a plan. Pure; plan, numbers and answer are picklable."""
    scorer = BlockScorer(plan)
    of_openings = OpeningLists(len(plan.openings), plan.k)
    of_candidates: list[Ranked] = []
    for block in cut_blocks(plan, people) if len(people) and len(plan.openings) else ():
        openings, scores = scorer.score(block)
        best = best_of_rows(np.ascontiguousarray(scores.T), plan.k)
        of_candidates.append(Ranked(block[best.rows], openings[best.columns], best.scores))
        of_openings.add(openings, plan.candidate_rank[block], scores)
    return Piece(join_lists(of_candidates), of_openings.result())


def merge(plan: Plan, pieces: Sequence[Piece]) -> Matches:
    """One answer out of the answers of all chunks."""
    by_candidate = cut_lists(join_lists([piece.candidate_lists for piece in pieces]), plan.k)
    by_opening = cut_lists(join_lists([piece.opening_lists for piece in pieces]), plan.k)
    of_rank = np.argsort(plan.candidate_rank)
    numbered = Ranked(plan.opening_order[by_opening.rows], of_rank[by_opening.columns], by_opening.scores)
    order = np.argsort(numbered.rows, kind="stable")
    return Matches(
        candidate_keys=plan.candidates.keys,
        opening_keys=plan.openings.keys,
        seats=plan.openings.seats,
        k=plan.k,
        candidate_lists=by_candidate._replace(columns=plan.opening_order[by_candidate.columns]),
        opening_lists=Ranked(numbered.rows[order], numbered.columns[order], numbered.scores[order]),
    )
