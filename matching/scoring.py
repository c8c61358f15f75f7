"""Decides the score of a pair: a weighted sum of its parts, by the same sums for one pair and for millions."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from .arrays import Floats, Ints
from .criteria import remote_agreement
from .profiles import OFFERED_REMOTE, WISHED_REMOTE, Weights
from .sides import Posts


class Parts(NamedTuple):
    """Points 0..100 that a pair has for skills met in full, for the same title, and for its remote mode as it is."""

    skills: Any
    title: Any
    remote: Any


def parts_of(weights: Weights, asks: Any, has_titles: Any, wishes: Any, agreement: Any) -> Parts:
    """The parts of pairs whose opening asks for skills, whose titles both say something, whose person has a wish about
    remote work (0 or 1 each, or False and True), and how far it is met, 0..1. Parts that a pair has not weigh nothing
    and the others more. Arrays of any shape, or single values."""
    skills, title, remote = weights.skills * asks, weights.title * has_titles, weights.remote * wishes
    total = np.asarray(skills + title + remote, np.float64)
    share = np.divide(100.0, total, out=np.zeros_like(total), where=total > 0)
    return Parts(skills * share, title * share, remote * share * agreement)


def add_up(gains: Iterable[tuple[Any, Any]], alike: Any, parts: Parts) -> Any:
    """The score 0..100, not yet quantised: gains are (part of the skills, value 0..1) of each requirement in its
    order, alike 0..1. Arrays of one shape, or single values; always the same sums in the same order."""
    met: Any = 0.0
    for part, value in gains:
        met = met + part * value
    return met * parts.skills + parts.title * alike + parts.remote


def parts_by_class(posts: Posts, weights: Weights) -> Parts:
    """The parts of every soft class with every opening, each of shape (classes, openings)."""
    soft = np.arange(2 * len(WISHED_REMOTE))
    has_titles, wish = np.divmod(soft, len(WISHED_REMOTE))
    agreement = np.array([[remote_agreement(w, o) or 0.0 for o in OFFERED_REMOTE] for w in WISHED_REMOTE])
    return parts_of(
        weights,
        asks=posts.counts > 0,
        has_titles=has_titles[:, None] * (posts.title > 0),
        wishes=(wish > 0)[:, None],
        agreement=agreement[wish][:, posts.remote],
    )


class PairScorer:
    """Scores any pairs of openings with the people of one block, exactly. `codes`: what each person gets for each
    column, shape (columns, people); `wanted`: title numbers, shape (most titles, people), 0 = none."""

    def __init__(self, posts: Posts, parts: Parts, exact: Floats, alike: Floats) -> None:
        self._posts, self._exact = posts, exact
        self._parts = Parts(*(np.ascontiguousarray(np.broadcast_to(p, parts.skills.shape)).ravel() for p in parts))
        self._alike, self._wished = alike.ravel(), alike.shape[1]

    def score(self, openings: Ints, people: Ints, codes: Any, wanted: Ints, soft_class: Ints) -> Floats:
        """Scores 0..100 of pairs (opening number, place in the block), not yet quantised. O(pairs x requirements)."""
        posts = self._posts
        flat, count = codes.ravel(), codes.shape[1]

        def gains() -> Iterable[tuple[Floats, Floats]]:
            longest = int(posts.counts[openings].max(initial=0))
            for column, part in zip(posts.columns[:longest], posts.weights[:longest], strict=True):
                cells = column.take(openings)
                cells *= count
                cells += people
                yield part.take(openings), self._exact.take(flat.take(cells))

        row = posts.title.take(openings) * self._wished
        alike = np.zeros(len(openings))
        for titles in wanted:
            np.maximum(alike, self._alike.take(row + titles.take(people)), out=alike)
        place = soft_class.take(people) * len(posts) + openings
        scores: Floats = add_up(gains(), alike, Parts(*(part.take(place) for part in self._parts)))
        return scores
