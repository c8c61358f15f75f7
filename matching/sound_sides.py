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


class Sieve(NamedTuple):
    """The sounds of texts by classes; text i may be said in the ways from `firsts[i]` up to the next first."""

    ways: list[str]
    firsts: NDArray[np.intp]


class Look(NamedTuple):
    """Who gets a closer look: at most so many names for a text, at least so alike by classes of sounds (0..100)."""

    most: int
    least: float


class Side:
    """Names of one script with all their readings, whole (`texts`) and by words.

    Name i has the readings from `firsts[i]` up to the next first, the name itself before its parts; `malus` float32
    (readings,) is what a part of a name loses. Reading j has the words `word_ids[j]`, word w is in `word_users[w]`.
    """

    def __init__(self, names: Sequence[str], heard: bool) -> None:
        split = heard_words if heard else spelled_words
        read = [[reading for reading in readings(name) if is_heard(reading) == heard] for name in names]
        texts = [reading for row in read for reading in row]
        words = [list(dict.fromkeys(split(text))) for text in texts]
        numbers = {word: number for number, word in enumerate(dict.fromkeys(word for row in words for word in row))}
        self.firsts = _starts([len(row) for row in read])
        self.malus = np.full(len(texts), _PART_OF_NAME, np.float32)
        self.malus[self.firsts] = 0
        self.word_ids = [[numbers[word] for word in row] for row in words]
        self.word_counts = np.array([len(row) for row in words], np.float32)
        self.word_users = _users(self.word_ids, len(numbers))
        self._say([*texts, *numbers], len(texts), heard)

    def _say(self, everything: Sequence[str], count: int, heard: bool) -> None:
        """Rows and weights of texts and words in one, so that one alignment serves both."""
        self.rows: HeardRows | SpelledRows
        if heard:
            sounds = [hear(text) for text in everything]
            self.rows = heard_rows(sounds)
            self.weights = self.rows.weights[:, -1]
            ways = [[coarse(said)] for said in sounds]
        else:
            spelled = [spell(text) for text in everything]
            self.rows = spelled_rows(spelled)
            self.weights = self.rows.weights
            ways = [[coarse(said) for said in plain_sounds(text)] for text in spelled]
        self.texts, self.words = _sieve(ways[:count]), _sieve(ways[count:])


def _users(word_ids: Sequence[Sequence[int]], count: int) -> list[list[int]]:
    users: list[list[int]] = [[] for _ in range(count)]
    for reading, words in enumerate(word_ids):
        for word in words:
            users[word].append(reading)
    return users


def _sieve(ways: Sequence[Sequence[str]]) -> Sieve:
    return Sieve([way for row in ways for way in row], _starts([len(row) for row in ways]))


def _starts(counts: Sequence[int]) -> NDArray[np.intp]:
    return np.cumsum([0, *counts], dtype=np.intp)[:-1]


def nearest(queries: Sieve, names: Sieve, look: Look) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The nearest names of each query: (queries, names) pair by pair. O(queries x names), ties in the order of the names."""
    table = process.cdist(queries.ways, names.ways, scorer=fuzz.ratio, score_cutoff=look.least, dtype=np.float32)
    sieve = best_of_each(best_of_each(table, names.firsts).T, queries.firsts).T
    rows, columns = np.nonzero(sieve)
    order = np.lexsort((-sieve[rows, columns], rows))
    places = np.arange(len(order)) - np.searchsorted(rows, rows)
    order = order[places < look.most]
    return rows[order], columns[order]


def best_of_each(table: NDArray[np.float32], firsts: NDArray[np.intp]) -> NDArray[np.float32]:
    """The maximum of the columns from each first up to the next; groups of few columns, for which `reduceat` is slow."""
    sizes = np.diff(firsts, append=table.shape[1])
    best = table[:, firsts]
    for place in range(1, sizes.max(initial=0)):
        groups = np.flatnonzero(sizes > place)
        best[:, groups] = np.maximum(best[:, groups], table[:, firsts[groups] + place])
    return best


def similarities(queries: Side, names: Side, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.float32]:
    """How alike row and column of each pair are, float32, 0..100; words are numbered behind the readings of their side.

    From what a pair costs and what it weighs, in consonants: how much of it agrees, times how much there is to agree on.
    """
    costs = _costs(queries.rows, names.rows, rows, columns)
    weights = queries.weights[rows] + names.weights[columns]
    agreement = np.maximum(0, 1 - _STEEPNESS * costs / np.maximum(weights, 1))
    alike: NDArray[np.float32] = np.float32(100) * agreement * weights / (weights + _DOUBT)
    return alike


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
