"""Decides how our search and the plain string baselines rank names for a query, and what their ranks come to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

import matching
from bench.quality_tasks import Task
from matching.grams import GramIndex, cut_word
from matching.sounds import SoundIndex

OURS = "matching"
SLOW = "WRatio"
# A right answer further down counts as not found, for every ranker.
DEPTH = 100
_BLOCK_CELLS = 4_000_000
Ranks = list[int]
Compare = Callable[[Sequence[str], Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True)
class Reached:
    """What one ranker reached on so many queries: shares with the answer at rank 1 and in the first 5, and the mean
    reciprocal rank (0 below rank 100); all 0-1."""

    ranker: str
    queries: int
    hit_1: float
    hit_5: float
    mrr: float


def judge(ranker: str, ranks: Ranks) -> Reached:
    """The figures of the ranks of the first right answers; 0 for one that was not found."""
    found = [1 / rank if rank else 0.0 for rank in ranks]
    first, five = fmean(rank == 1 for rank in ranks), fmean(1 <= rank <= 5 for rank in ranks)
    return Reached(ranker, len(ranks), first, five, fmean(found))


def rank_by_search(task: Task, vocabulary: matching.Vocabulary) -> Ranks:
    """The rank of the first right answer of each query in our search."""
    lists = matching.TermIndex(task.names, vocabulary).search(task.queries, k=DEPTH)
    return [
        next((rank for rank, hit in enumerate(hits, start=1) if hit.key in right), 0)
        for hits, right in zip(lists, task.answers, strict=True)
    ]


def rank_by_text(task: Task, compare: Compare) -> Ranks:
    """The same by a similarity of texts: the best name of a key counts; ties in the order of the keys."""
    names = [name for own in task.names.values() for name in own]
    starts = np.cumsum([0, *map(len, task.names.values())])[:-1]
    places = {key: place for place, key in enumerate(task.names)}
    ranks: Ranks = []
    step = max(1, _BLOCK_CELLS // len(names))
    for start in range(0, len(task.queries), step):
        best = np.maximum.reduceat(compare(task.queries[start : start + step], names), starts, axis=1)
        for row, right in zip(best, task.answers[start : start + step], strict=True):
            ranks.append(min(_rank(row, places[key]) for key in right))
    return [rank if rank <= DEPTH else 0 for rank in ranks]


def plain(text: str) -> str:
    """The text composed, case folded and evenly spaced."""
    return " ".join(normalize("NFKC", text).casefold().split())


def _rank(row: NDArray[np.float32], place: int) -> int:
    return 1 + int((row > row[place]).sum() + (row[:place] == row[place]).sum())


def by_scorer(scorer: Callable[..., float]) -> Compare:
    """A scorer of rapidfuzz as a comparison of many, texts made plain."""
    return lambda queries, names: process.cdist(
        list(map(plain, queries)), list(map(plain, names)), scorer=scorer, dtype=np.float32
    )


def by_pieces(task: Task) -> Compare:
    """TF-IDF of character n-grams of 2 to 4 within words (`char_wb`), sublinear counts, smooth rarity, cosine, texts made
    plain."""
    names = [plain(name).split() for own in task.names.values() for name in own]
    index = GramIndex(names, cut=lambda word: cut_word(word, 2, 4), beginning=1.0)
    return lambda queries, _: index.similarities([plain(query).split() for query in queries])


def by_sound(task: Task) -> Compare:
    """Our sounds alone, without any word list; the same text in both is the same sound."""
    index = SoundIndex([name for own in task.names.values() for name in own])

    def compare(queries: Sequence[str], names: Sequence[str]) -> NDArray[np.float32]:
        same = np.array([[plain(query) == name for name in map(plain, names)] for query in queries])
        return np.where(same, np.float32(100), index.similarities(queries))

    return compare


def baselines(task: Task) -> dict[str, Compare]:
    """Name → comparison; the slow one apart from the others by its name."""
    return {
        "ratio": by_scorer(fuzz.ratio),
        "token_set_ratio": by_scorer(fuzz.token_set_ratio),
        "TF-IDF char 2-4": by_pieces(task),
        SLOW: by_scorer(fuzz.WRatio),
    }
