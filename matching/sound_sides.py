"""Decides which names of the other script are worth comparing with a text by ear, whole and word by word."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from .sound_alignment import HeardRows, SpelledRows, alignment_costs, heard_rows, spelled_rows
from .sound_texts import coarse, hear, heard_words, is_heard, plain_sounds, readings, spell, spelled_words

# Two sounds that agree are an accident, ten are not: so much doubt, in consonants, is left of the best agreement.
_DOUBT = np.float32(0.6)
# What an unexplained share of a name takes away, as a multiple of the share.
_STEEPNESS = np.float32(2)
# A part of a name (Pull Request of "Pull Request (PR)") comes behind a name that is nothing else.
_PART_OF_NAME = 2.0


class Said(NamedTuple):
    """Texts of one script, ready for comparison: sounds or letters as `rows`, and `weights` of all of them.

    Text i has the sieves, its sounds by classes, from `firsts[i]` up to the next first.
    """

    rows: HeardRows | SpelledRows
    weights: NDArray[np.float32]
    sieves: list[str]
    firsts: NDArray[np.intp]


class Look(NamedTuple):
    """Who gets a closer look: at most so many names for a text, at least so alike by classes of sounds (0..100)."""

    most: int
    least: float


class Pairs(NamedTuple):
    """Texts (`rows`) and names (`columns`) that got a closer look, and their similarity, float32, 0..100."""

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    similarities: NDArray[np.float32]


class Side:
    """Names of one script with all their readings, whole and by words.

    Name i has the readings from `firsts[i]` up to the next first, the name itself before its parts; `malus` float32
    (readings,) is what a part of a name loses. Reading j has the words `word_ids[j]`, word w is in `word_users[w]`.
    """

    def __init__(self, names: Sequence[str], heard: bool) -> None:
        self.heard = heard
        read = [[reading for reading in readings(name) if is_heard(reading) == heard] for name in names]
        texts = [reading for row in read for reading in row]
        self.firsts = _starts([len(row) for row in read])
        self.malus = np.full(len(texts), _PART_OF_NAME, np.float32)
        self.malus[self.firsts] = 0
        self.whole = self._say(texts)
        self._read_words(texts)

    def _read_words(self, texts: Sequence[str]) -> None:
        split = heard_words if self.heard else spelled_words
        words = [list(dict.fromkeys(split(text))) for text in texts]
        numbers = {word: number for number, word in enumerate(dict.fromkeys(word for row in words for word in row))}
        self.words = self._say(list(numbers))
        self.word_ids = [[numbers[word] for word in row] for row in words]
        self.word_counts = np.array([len(row) for row in words], np.float32)
        self.word_users: list[list[int]] = [[] for _ in numbers]
        for reading, row in enumerate(self.word_ids):
            for word in row:
                self.word_users[word].append(reading)

    def _say(self, texts: Sequence[str]) -> Said:
        return _say_hangul(texts) if self.heard else _say_latin(texts)


def _say_hangul(texts: Sequence[str]) -> Said:
    sounds = [hear(text) for text in texts]
    rows = heard_rows(sounds)
    return Said(rows, rows.weights[:, -1], [coarse(said) for said in sounds], np.arange(len(texts)))


def _say_latin(texts: Sequence[str]) -> Said:
    spelled = [spell(text) for text in texts]
    rows = spelled_rows(spelled)
    ways = [plain_sounds(text) for text in spelled]
    return Said(rows, rows.weights, [coarse(way) for row in ways for way in row], _starts([len(row) for row in ways]))


def _starts(counts: Sequence[int]) -> NDArray[np.intp]:
    return np.cumsum([0, *counts], dtype=np.intp)[:-1]


def nearest(queries: Said, names: Said, look: Look) -> Pairs:
    """The nearest names of each query and how alike they really are. O(queries x names), ties in the order of the names."""
    table = process.cdist(queries.sieves, names.sieves, scorer=fuzz.ratio, score_cutoff=look.least, dtype=np.float32)
    sieve = best_of_each(best_of_each(table, names.firsts).T, queries.firsts).T
    rows, columns = np.nonzero(sieve)
    order = np.lexsort((-sieve[rows, columns], rows))
    places = np.arange(len(order)) - np.searchsorted(rows, rows)
    order = order[places < look.most]
    rows, columns = rows[order], columns[order]
    weights = queries.weights[rows] + names.weights[columns]
    return Pairs(rows, columns, _similarity(_costs(queries.rows, names.rows, rows, columns), weights))


def best_of_each(table: NDArray[np.float32], firsts: NDArray[np.intp]) -> NDArray[np.float32]:
    """The maximum of the columns from each first up to the next; groups of few columns, for which `reduceat` is slow."""
    sizes = np.diff(firsts, append=table.shape[1])
    best = table[:, firsts]
    for place in range(1, sizes.max(initial=0)):
        groups = np.flatnonzero(sizes > place)
        best[:, groups] = np.maximum(best[:, groups], table[:, firsts[groups] + place])
    return best


def _costs(
    queries: HeardRows | SpelledRows,
    names: HeardRows | SpelledRows,
    rows: NDArray[np.intp],
    columns: NDArray[np.intp],
) -> NDArray[np.float32]:
    if isinstance(queries, HeardRows) and isinstance(names, SpelledRows):
        return alignment_costs(queries, names, rows, columns)
    if isinstance(queries, SpelledRows) and isinstance(names, HeardRows):
        return alignment_costs(names, queries, columns, rows)
    raise TypeError("only Hangul and Latin are compared by sound")


def _similarity(costs: NDArray[np.float32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """0..100 from what a pair costs and weighs, in consonants: how much agrees, times how much there is to agree on."""
    agreement = np.maximum(0, 1 - _STEEPNESS * costs / np.maximum(weights, 1))
    return np.float32(100) * agreement * weights / (weights + _DOUBT)
