"""Decides how alike two names sound across scripts: loan words in Hangul are English by ear."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from .sound_alignment import HeardRows, SpelledRows, alignment_costs, heard_rows, spelled_rows
from .sound_texts import coarse, hear, heard_words, is_heard, plain_sounds, readings, spell, spelled_words

SOUND_DECIDES = 88.0
SOUND_PROPOSES = 75.0
_LONGEST_NAME = 120
_BLOCK_CELLS = 4_000_000
# Two sounds that agree are an accident, ten are not: so much doubt (in consonants) is left of the best agreement.
_DOUBT = 0.6
# An unexplained tenth of a name is worse than nine explained tenths are good.
_STEEPNESS = 2.0
_WORD_AGREES = 82.0
# A word that sounds like nothing may be the translation of one that nothing sounds like (웹 개발, web development).
_TRANSLATED, _LEFT_OVER = 0.25, 0.7
_PART_OF_NAME = 2.0
_TIE_SHARE = 0.05


class _Said(NamedTuple):
    """Texts of one script, ready to be compared: `weights` of all their sounds or letters, `sieves` by classes of sounds.

    Text i has the sieves from `firsts[i]` up to the next first.
    """

    rows: HeardRows | SpelledRows
    weights: NDArray[np.float32]
    sieves: list[str]
    firsts: NDArray[np.intp]


class _Look(NamedTuple):
    """Who gets a closer look: at most so many names of a query, at least so alike by classes of sounds (0..100)."""

    most: int
    least: float


# Of the pairs that are alike in the end, 99 in 100 have 80 or more here.
_AT_NAMES, _AT_WORDS = _Look(50, 65.0), _Look(16, 80.0)


class _Pairs(NamedTuple):
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    similarities: NDArray[np.float32]


class _Side:
    """Names of one script with all their readings, whole and by words; reading i has the words of `word_ids[i]`."""

    def __init__(self, names: Sequence[str], heard: bool) -> None:
        split, say = (heard_words, _say_hangul) if heard else (spelled_words, _say_latin)
        read = [[reading for reading in readings(name) if is_heard(reading) == heard] for name in names]
        texts = [reading for row in read for reading in row]
        counts = np.array([len(row) for row in read], np.intp)
        self.firsts = counts.cumsum() - counts
        self.malus = np.full(len(texts), _PART_OF_NAME, np.float32)
        self.malus[self.firsts] = 0
        self.whole = say(texts)
        words = [list(dict.fromkeys(split(text))) for text in texts]
        numbers = {word: number for number, word in enumerate(dict.fromkeys(word for row in words for word in row))}
        self.words = say(list(numbers))
        self.word_ids = [[numbers[word] for word in row] for row in words]
        self.word_counts = np.array([len(row) for row in words], np.float32)
        self._users: list[list[int]] = [[] for _ in numbers]
        for reading, row in enumerate(self.word_ids):
            for word in row:
                self._users[word].append(reading)

    def readings_with(self, word: int) -> list[int]:
        return self._users[word]


class SoundIndex:
    """Names that texts of the other script are compared with by ear, without any dictionary."""

    def __init__(self, names: Sequence[str]) -> None:
        self._size = len(names)
        self._places = {heard: _places(names, heard) for heard in (True, False)}
        self._sides = {heard: _Side([names[i] for i in at], heard) for heard, at in self._places.items() if len(at)}

    def similarities(self, queries: Sequence[str]) -> NDArray[np.float32]:
        """How alike every query sounds to every name, float32 (queries, names), 0..100.

        0 where both are in the same script, where one is empty or longer than 120 characters, and where the name is not
        among the 50 nearest of the query by classes of sounds nor shares a word with it. Does not depend on the other
        queries. O(queries x names) for the classes, by blocks, and O(letters x sounds) for each of the 50.
        """
        table = np.zeros((len(queries), self._size), np.float32)
        for heard in (True, False):
            names, side = self._places[not heard], self._sides.get(not heard)
            asked = _places(queries, heard)
            step = max(1, _BLOCK_CELLS // max(1, len(names)))
            for start in range(0, len(asked) if side else 0, step):
                block = asked[start : start + step]
                table[np.ix_(block, names)] = _bridge(_Side([queries[i] for i in block], heard), side, heard)
        return table


def _places(texts: Sequence[str], heard: bool) -> NDArray[np.intp]:
    return np.array(
        [i for i, text in enumerate(texts) if len(text) <= _LONGEST_NAME and is_heard(text) == heard], np.intp
    )


def _say_hangul(texts: Sequence[str]) -> _Said:
    sounds = [hear(text) for text in texts]
    rows = heard_rows(sounds)
    return _Said(rows, rows.weights[:, -1], [coarse(said) for said in sounds], np.arange(len(texts)))


def _say_latin(texts: Sequence[str]) -> _Said:
    spelled = [spell(text) for text in texts]
    sieves = [[coarse(sounds) for sounds in plain_sounds(text)] for text in spelled]
    rows = spelled_rows(spelled)
    counts = np.array([len(row) for row in sieves], np.intp)
    return _Said(rows, rows.weights, [sieve for row in sieves for sieve in row], counts.cumsum() - counts)


def _bridge(queries: _Side, names: _Side, heard: bool) -> NDArray[np.float32]:
    table = np.zeros((len(queries.word_ids), len(names.word_ids)), np.float32)
    whole = _nearest(queries.whole, names.whole, heard, _AT_NAMES)
    table[whole.rows, whole.columns] = whole.similarities
    words = _nearest(queries.words, names.words, heard, _AT_WORDS)
    _compare_words(queries, names, words, table)
    table -= np.minimum(table, queries.malus[:, None] + names.malus)
    return _best_of_each(_best_of_each(table, names.firsts).T, queries.firsts).T


def _best_of_each(table: NDArray[np.float32], firsts: NDArray[np.intp]) -> NDArray[np.float32]:
    """The maximum of the columns from each first up to the next; for groups of one to five columns ten times faster than reduceat."""
    sizes = np.diff(firsts, append=table.shape[1])
    best = table[:, firsts]
    for place in range(1, sizes.max()):
        groups = np.flatnonzero(sizes > place)
        best[:, groups] = np.maximum(best[:, groups], table[:, firsts[groups] + place])
    return best


def _nearest(queries: _Said, names: _Said, heard: bool, look: _Look) -> _Pairs:
    """The nearest names of each query by classes of sounds, and how alike they really are."""
    sieve = process.cdist(queries.sieves, names.sieves, scorer=fuzz.ratio, score_cutoff=look.least, dtype=np.float32)
    sieve = _best_of_each(_best_of_each(sieve, names.firsts).T, queries.firsts).T
    count = min(look.most, sieve.shape[1])
    columns = np.argpartition(sieve, sieve.shape[1] - count, axis=1)[:, -count:]
    rows, places = np.nonzero(np.take_along_axis(sieve, columns, axis=1))
    columns = columns[rows, places]
    pair = (queries.rows, names.rows, rows, columns) if heard else (names.rows, queries.rows, columns, rows)
    costs = alignment_costs(*pair)
    weights = queries.weights[rows] + names.weights[columns]
    return _Pairs(rows, columns, _similarity(costs, weights))


def _similarity(costs: NDArray[np.float32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """0..100 from what two names cost and what they weigh together: agreement times how much there is to agree on."""
    agreement = np.maximum(0, 1 - np.float32(_STEEPNESS) * costs / np.maximum(weights, 1))
    return np.float32(100) * agreement * weights / (weights + np.float32(_DOUBT))


def _compare_words(queries: _Side, names: _Side, pairs: _Pairs, table: NDArray[np.float32]) -> None:
    """Raise the table where words agree one by one, in any order; a word on each side may be the other's translation."""
    agree = pairs.similarities >= _WORD_AGREES
    hits: list[list[tuple[float, int]]] = [[] for _ in range(len(queries.words.weights))]
    for row, column, likeness in zip(*(values[agree].tolist() for values in pairs), strict=True):
        hits[row].append((likeness, column))
    for reading, words in enumerate(queries.word_ids):
        total, met = np.zeros_like(names.word_counts), np.zeros_like(names.word_counts)
        for word in words:
            best = np.zeros_like(total)
            for likeness, name_word in sorted(hits[word]):
                best[names.readings_with(name_word)] = likeness
            total += best
            met += best > 0
        at = np.flatnonzero(met)
        shared = np.minimum(met[at], names.word_counts[at])
        alone, other = len(words) - shared, names.word_counts[at] - shared
        missing = _TRANSLATED * np.minimum(alone, other) + _LEFT_OVER * np.abs(alone - other)
        likeness = total[at] / met[at] * shared / (shared + missing)
        likeness -= np.where(missing > 0, _TIE_SHARE * (likeness - table[reading, at]), 0)
        table[reading, at] = np.maximum(table[reading, at], likeness)
