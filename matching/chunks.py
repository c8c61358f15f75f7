"""Decides how a big run is cut into independent pieces and how their answers become one, the same whatever the cut."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple, Protocol

import numpy as np

from .arrays import Ints
from .blocks import cut_blocks
from .errors import MatchingError
from .lists import EMPTY, BestLists, best_of, places_of, scores_of
from .preparing import Plan, prepare
from .profiles import CandidateProfile, OpeningProfile, Weights, check_kind
from .ranking import Matches, Ranked
from .resting import collector_at_rest
from .searching import Search
from .tables import CandidateTable, OpeningTable, as_candidates, as_openings
from .vocabulary import Vocabulary

# Big enough that handing over costs little, small enough that every worker gets several.
_CHUNK_PEOPLE = 16_384


class Runner(Protocol):
    """Anything that maps a picklable function over a list and gives the answers in order: processes, a cluster, a test."""

    def map(self, function: Callable[[Any], Any], items: Sequence[Any], /) -> Iterable[Any]: ...


class Piece(NamedTuple):
    """The answer of one chunk as entries of lists: the k best of each of its people, shape (people, k), and of its
    people for each opening, shape (openings, k)."""

    people: Ints
    candidate_lists: Ints
    opening_lists: Ints


@collector_at_rest()
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
    people = np.lexsort((plan.people_places, plan.people.limit_class))
    if runner is None:
        pieces = [score_chunk(plan, people)]
    else:
        cuts = [people[start : start + _CHUNK_PEOPLE] for start in range(0, len(people), _CHUNK_PEOPLE)]
        pieces = list(runner.map(partial(score_chunk, plan), cuts))
    return merge(plan, pieces)


def score_chunk(plan: Plan, people: Ints) -> Piece:
    """The lists of some candidates of a plan. Pure; plan, numbers and answer are picklable."""
    posts = len(plan.posts)
    of_openings = BestLists(posts, min(plan.k, max(1, len(plan.people))))
    if not posts or not len(people):
        return Piece(people, np.full((len(people), min(plan.k, posts)), EMPTY), of_openings.best())
    search = Search(plan, of_openings)
    done = [(block.people, search.block(block)) for block in cut_blocks(plan, people)]
    numbers, lists = zip(*done, strict=True)
    return Piece(np.concatenate(numbers), np.concatenate(lists), of_openings.best())


def merge(plan: Plan, pieces: Sequence[Piece]) -> Matches:
    """One answer out of the answers of all chunks."""
    of_people = np.full((len(plan.people), min(plan.k, len(plan.posts))), EMPTY)
    for piece in pieces:
        of_people[piece.people] = piece.candidate_lists
    of_openings = np.concatenate([piece.opening_lists for piece in pieces], axis=1)
    return Matches(
        candidate_keys=plan.candidate_keys,
        opening_keys=plan.opening_keys,
        seats=plan.seats,
        k=plan.k,
        candidate_lists=_ranked(of_people, plan.post_places),
        opening_lists=_ranked(best_of(of_openings, plan.k), plan.people_places),
    )


def _ranked(lists: Ints, places: Ints) -> Ranked:
    """Lists of entries as rows, numbers of the other side, scores."""
    rows, at = (lists != EMPTY).nonzero()
    entries = lists[rows, at]
    return Ranked(rows, np.argsort(places)[places_of(entries)], scores_of(entries))
