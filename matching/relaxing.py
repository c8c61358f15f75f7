"""Decides which pairs are kept apart by one must-have alone, and how well they would fit if it were only preferred."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from .arrays import Ints
from .chunks import match
from .profiles import CandidateProfile, OpeningProfile, Weights
from .tables import CandidateTable, OpeningTable, Texts, as_candidates, as_openings
from .vocabulary import Vocabulary


class Relaxed(NamedTuple):
    """A pair that is not eligible and would be, with this score, if this one must-have of the opening were preferred."""

    candidate: str
    opening: str
    skill: str
    score: float


def relax_musts(
    candidates: CandidateTable | Iterable[CandidateProfile],
    openings: OpeningTable | Iterable[OpeningProfile],
    vocabulary: Vocabulary | None = None,
    weights: Weights | None = None,
) -> list[Relaxed]:
    """Every pair that one must-have alone keeps apart, by candidate, then opening, in the order given.

    The engine scores each opening once as it is and once for each of its must-haves turned into a preference:
    O(candidates x (openings + must-haves)), memory likewise.
    """
    people, posts = as_candidates(candidates), as_openings(openings)
    musts = np.flatnonzero(posts.must)
    owners = posts.requirements.rows[musts]
    if not len(people) or not len(musts):
        return []
    rows = np.concatenate((np.arange(len(posts)), owners))
    relaxed = np.concatenate((np.full(len(posts), -1), musts))
    found = match(people, _variants(posts, rows, relaxed), vocabulary, weights, k=len(rows))
    person, row, score = found.rows()
    pairs = person * len(posts) + rows[row]
    is_new = (row >= len(posts)) & ~np.isin(pairs, pairs[row < len(posts)])
    order = np.lexsort((row[is_new], pairs[is_new]))
    columns = (person[is_new][order], row[is_new][order], score[is_new][order])
    names, codes = posts.requirements.names, posts.requirements.codes
    return [
        Relaxed(people.keys[c], posts.keys[rows[r]], names[codes[relaxed[r]]], s)
        for c, r, s in zip(*(column.tolist() for column in columns), strict=True)
    ]


def _variants(posts: OpeningTable, rows: Ints, relaxed: Ints) -> OpeningTable:
    """The openings of these rows, numbered anew, each with the requirement of that number (-1: none) only preferred."""
    requirements, positions = _taken(posts.requirements, rows, len(posts))
    return OpeningTable(
        keys=tuple(map(str, range(len(rows)))),
        titles=_taken(posts.titles, rows, len(posts))[0],
        requirements=requirements,
        levels=posts.levels[positions],
        must=posts.must[positions] & (positions != relaxed[requirements.rows]),
        weights=posts.weights[positions],
        regions=_taken(posts.regions, rows, len(posts))[0],
        remote=posts.remote[rows],
        starts=posts.starts[rows],
        employment=posts.employment[rows],
        pay_max=posts.pay_max[rows],
        seats=posts.seats[rows],
    )


def _taken(texts: Texts, rows: Ints, count: int) -> tuple[Texts, Ints]:
    """The texts of these rows, numbered anew, and the position of each among the old."""
    bounds = texts.pointers(count)
    lengths = bounds[rows + 1] - bounds[rows]
    first = np.repeat(bounds[rows] - (np.cumsum(lengths) - lengths), lengths)
    positions = first + np.arange(len(first))
    return Texts(np.repeat(np.arange(len(rows)), lengths), texts.codes[positions], texts.names), positions
