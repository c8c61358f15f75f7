"""Decides how alike two names sound across scripts: loan words in Hangul are English by ear."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .sound_sides import Look, Side, best_of_each, nearest, similarities
from .sound_texts import is_heard

# Measured by bench.sounds on 1,391 Hangul IT terms against 1,626 English names: at 86 the best name is right for 0.998 of
# the 936 terms that have one, at 76 for 0.997 of 1,017. Where the right name is not there at all, a wrong one reaches
# 86 for 0.011 of the terms and 76 for 0.061; short homophones (try and tree, Getter and 지터) stay so.
SOUND_DECIDES = 86.0
SOUND_PROPOSES = 76.0
_LONGEST_NAME = 120
_BLOCK_CELLS = 4_000_000
# Of pairs that turn out to be one word, 99 in 100 are alike by 80 or more in classes of sounds.
_AT_NAMES, _AT_WORDS = Look(50, 65.0), Look(16, 80.0)
_WORD_AGREES = 82.0
# What a word costs that sounds like nothing on the other side, in words: it may be the translation of a word there that
# sounds like nothing here (웹 개발, web development), or be left over.
_TRANSLATED, _LEFT_OVER = 0.25, 0.7
# Among names that share as many words, the whole decides.
_WHOLE_SHARE = 0.05


class SoundIndex:
    """Names with which texts of the other script are compared by ear; knows rules of spelling and no word.

    A similarity of SOUND_DECIDES is a decision, of SOUND_PROPOSES a proposal. O(names), about 0.1 ms each.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self._places = {heard: _places(names, heard) for heard in (True, False)}
        self._sides: dict[bool, Side] = {}

    def similarities(self, queries: Sequence[str]) -> NDArray[np.float32]:
        """How alike every query and every name sound, float32 (queries, names), 0..100; a perfect long name reaches 97.

        0 where both are in the same script (a text with any Hangul is Hangul), where one has neither letter nor Hangul
        or more than 120 characters, and where the name is not among the 50 nearest of the query by classes of sounds and
        shares no word with it. A query's row does not depend on the other queries. O(queries x names) by blocks of 4M
        cells, and O(letters x sounds) for each near name.
        """
        table = np.zeros((len(queries), len(self._names)), np.float32)
        for heard in (True, False):
            places, asked = self._places[not heard], _places(queries, heard)
            step = max(1, _BLOCK_CELLS // max(1, len(places)))
            for start in range(0, len(asked) if len(places) else 0, step):
                block = asked[start : start + step]
                asking = Side([queries[i] for i in block], heard)
                table[np.ix_(block, places)] = _compare(asking, self._side(not heard))
        return table

    def _side(self, heard: bool) -> Side:
        # Half of the work of building: nobody waits for the script that no query has been compared with.
        if heard not in self._sides:
            self._sides[heard] = Side([self._names[i] for i in self._places[heard]], heard)
        return self._sides[heard]


def _places(texts: Sequence[str], heard: bool) -> NDArray[np.intp]:
    fitting = (i for i, text in enumerate(texts) if len(text) <= _LONGEST_NAME and is_heard(text) == heard)
    return np.fromiter(fitting, np.intp)


def _compare(queries: Side, names: Side) -> NDArray[np.float32]:
    rows, columns = nearest(queries.texts, names.texts, _AT_NAMES)
    words, words_there = nearest(queries.words, names.words, _AT_WORDS)
    size, size_there = len(queries.malus), len(names.malus)
    pairs = np.append(rows, words + size), np.append(columns, words_there + size_there)
    whole, by_word = np.split(similarities(queries, names, *pairs), [len(rows)])
    table = np.zeros((size, size_there), np.float32)
    table[rows, columns] = whole
    hits = _agreeing_words(words, words_there, by_word)
    for reading, ids in enumerate(queries.word_ids):
        _raise_by_words(table[reading], [hits[word] for word in ids if word in hits], len(ids), names)
    table -= np.minimum(table, queries.malus[:, None] + names.malus)
    return best_of_each(best_of_each(table, names.firsts).T, queries.firsts).T


def _agreeing_words(
    words: NDArray[np.intp], words_there: NDArray[np.intp], alike: NDArray[np.float32]
) -> dict[int, list[tuple[float, int]]]:
    """For each word of a query the (similarity, word of a name) that agree with it, the best last."""
    agree = alike >= _WORD_AGREES
    hits: dict[int, list[tuple[float, int]]] = {}
    for word, there, similarity in zip(
        words[agree].tolist(), words_there[agree].tolist(), alike[agree].tolist(), strict=True
    ):
        hits.setdefault(word, []).append((similarity, there))
    return {word: sorted(found) for word, found in hits.items()}


def _raise_by_words(
    whole: NDArray[np.float32], hits: Sequence[Sequence[tuple[float, int]]], count: int, names: Side
) -> None:
    """Raise one query's similarities where some of its `count` words agree with words of the name, in any order."""
    total, met = np.zeros_like(whole), np.zeros_like(whole)
    for found in hits:
        best = np.zeros_like(whole)
        for similarity, word in found:
            best[names.word_users[word]] = similarity
        total += best
        met += best > 0
    at = np.flatnonzero(met)
    shared = np.minimum(met[at], names.word_counts[at])
    alone, alone_there = count - shared, names.word_counts[at] - shared
    missing = _TRANSLATED * np.minimum(alone, alone_there) + _LEFT_OVER * np.abs(alone - alone_there)
    by_words = total[at] / met[at] * shared / (shared + missing)
    by_words -= np.where(missing > 0, _WHOLE_SHARE * (by_words - whole[at]), 0)
    whole[at] = np.maximum(whole[at], by_words)
