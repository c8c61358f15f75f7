"""Decides who takes which seat so that no two would both rather swap: everybody asks down a list, the best are kept."""

from collections.abc import Mapping, Sequence
from heapq import heappush, heapreplace
from typing import NamedTuple

import numpy as np

from ..arrays import Ints
from ..errors import AssignmentError
from .given import Wishes, check_lists, check_seats, flat_lists
from .terms import NOWHERE, Terms, find


class Round(NamedTuple):
    """Who may ask whom. One entry a pair, in the order in which the proposers ask: proposer, judge, and the pair's rank
    among all pairs (lower = the judge likes it more). wants, room: how many each proposer, each judge may have."""

    proposers: Ints
    judges: Ints
    ranks: Ints
    wants: Sequence[int]
    room: Sequence[int]


def stable(terms: Terms) -> Ints:
    """For each person the number of the market pair that is taken, NOWHERE without a seat; int64.

    The stable matching that is best for people; equal likes are ordered by key. O(pairs log pairs).
    """
    market, order = terms.market, terms.wish_order
    ranks = np.empty(len(order), np.int64)
    ranks[terms.rank_order] = np.arange(len(order))
    wants = [1] * len(terms.people.keys)
    asked = Round(market.people[order], market.posts[order], ranks[order], wants, terms.free.tolist())
    held = np.full(len(wants), NOWHERE)
    taken = terms.rank_order[settle(asked)]
    held[market.people[taken]] = taken
    return held


def settle(asked: Round) -> Ints:
    """The ranks of the entries that stand in the end: every proposer asks down the list until it has what it wants, every judge
    keeps the best up to its room. Whoever asks first makes no difference. O(pairs x log room), plain Python.

    Gale and Shapley, "College Admissions and the Stability of Marriage" (1962).
    """
    judges, ranks, room = asked.judges.tolist(), (-asked.ranks).tolist(), list(asked.room)
    bounds = np.searchsorted(asked.proposers, np.arange(len(asked.wants) + 1)).tolist()
    following, ends = bounds[:-1], bounds[1:]
    loser_of = _proposer_by_rank(asked)
    kept: list[list[int]] = [[] for _ in room]  # heaps of ranks below zero: the least liked on top
    floors = [-len(loser_of) if n else 1 for n in room]  # what a rank must be above
    lacks, waiting = list(asked.wants), list(range(len(asked.wants)))
    while waiting:
        proposer = waiting.pop()
        entry, end = following[proposer], ends[proposer]
        while lacks[proposer] and entry < end:
            judge, rank = judges[entry], ranks[entry]
            entry += 1
            if rank <= floors[judge]:
                continue
            lacks[proposer] -= 1
            heap = kept[judge]
            if len(heap) < room[judge]:
                heappush(heap, rank)
            else:
                loser = loser_of[-heapreplace(heap, rank)]
                lacks[loser] += 1
                waiting.append(loser)
            if len(heap) == room[judge]:
                floors[judge] = heap[0]
        following[proposer] = entry
    return np.array([-rank for heap in kept for rank in heap], np.int64)


def _proposer_by_rank(asked: Round) -> list[int]:
    proposers = np.zeros(int(asked.ranks.max(initial=0)) + 1, np.int64)
    proposers[asked.ranks] = asked.proposers
    found: list[int] = proposers.tolist()
    return found


def deferred_acceptance(
    wishes: Wishes, rankings: Wishes, seats: Mapping[str, int], propose: str = "candidates"
) -> dict[str, str | None]:
    """Candidate → opening or None: the stable matching that is best for the proposing side.

    wishes: candidate → openings best first; rankings: opening → candidates best first; a pair that only one side
    lists is ignored. seats: opening → how many (1 where not given). O(length of all lists), times its logarithm.
    Gale and Shapley, "College Admissions and the Stability of Marriage" (1962). Raises AssignmentError.
    """
    if propose not in ("candidates", "openings"):
        raise AssignmentError(f"propose must be candidates or openings, not {propose!r}")
    check_lists("wishes", wishes)
    check_lists("rankings", rankings)
    check_seats(seats)
    candidates, openings = list(wishes), list(rankings)
    mutual = _mutual(wishes, rankings, candidates, openings)
    room, ones = [seats.get(opening, 1) for opening in openings], [1] * len(candidates)
    if propose == "candidates":
        order = np.argsort(mutual.wished)
        asked = Round(mutual.people[order], mutual.posts[order], mutual.ranked[order], ones, room)
    else:
        order = np.argsort(mutual.ranked)
        asked = Round(mutual.posts[order], mutual.people[order], mutual.wished[order], room, ones)
    standing = np.isin(asked.ranks, settle(asked))
    found: dict[str, str | None] = dict.fromkeys(candidates)
    for person, post in zip(*(column[order][standing].tolist() for column in mutual[:2]), strict=True):
        found[candidates[person]] = openings[post]
    return found


class Mutual(NamedTuple):
    """The pairs that both sides name: person, opening, and where the pair stands in all wishes and in all rankings (lists
    one after the other, each best first)."""

    people: Ints
    posts: Ints
    wished: Ints
    ranked: Ints


def _mutual(wishes: Wishes, rankings: Wishes, candidates: list[str], openings: list[str]) -> Mutual:
    person_of = {key: number for number, key in enumerate(candidates)}
    post_of = {key: number for number, key in enumerate(openings)}
    width = max(1, len(openings))
    people, posts, _ = flat_lists(wishes, person_of, post_of)
    judges, judged, _ = flat_lists(rankings, post_of, person_of)
    codes, wished = _first_of_each(people * width + posts)
    theirs, ranked = _first_of_each(judged * width + judges)
    at, is_mutual = find(theirs, codes)
    codes = codes[is_mutual]
    return Mutual(codes // width, codes % width, wished[is_mutual], ranked[at[is_mutual]])


def _first_of_each(codes: Ints) -> tuple[Ints, Ints]:
    """The different codes, ascending, and where each stands first."""
    order = np.argsort(codes, kind="stable")
    is_first = np.diff(codes[order], prepend=-1) > 0
    return codes[order][is_first], order[is_first]
