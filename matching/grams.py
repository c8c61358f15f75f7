"""Decides how alike two names are by the pieces of words they share, whatever the order: TF-IDF of character n-grams."""

from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .layouts import letters_of

Cut = Callable[[str], Sequence[str]]
_SHORTEST, _LONGEST = 2, 4
# A word is known by its beginning: stems stand there, and endings (-ing, -er, -하기) say little. Measured on ESCO,
# O*NET, postings and Korean aliases: 1 to 2 points of hit@1 over even weights; pieces of up to 5 letters gain nothing.
_BEGINNING = 2.0
_BORDER = " "


def cut_word(word: str, shortest: int = _SHORTEST, longest: int = _LONGEST) -> list[str]:
    """The pieces of a word of `shortest` to `longest` characters, its two borders counted as characters."""
    padded = f"{_BORDER}{word}{_BORDER}"
    pieces = [padded[i : i + n] for n in range(shortest, longest + 1) for i in range(len(padded) - n + 1)]
    return pieces or [padded]


def cut_letters(word: str) -> list[str]:
    """The same by keys: Hangul in its letters, so that 라벨링 and 레벨링 share what English words would share."""
    return cut_word(letters_of(word))


class GramIndex:
    """Names as word lists, comparable with others by cosine. Building: O(letters of all distinct words + names)."""

    def __init__(self, names: Sequence[Sequence[str]], cut: Cut = cut_letters, beginning: float = _BEGINNING) -> None:
        self._cut = cut
        self._size = len(names)
        self._words: dict[str, int] = {}
        self._pieces: dict[str, int] = {}
        # Shape (words, pieces): how often a piece occurs in a word.
        counts = self._count(names, grow=True)
        found = np.bincount(counts.indices, minlength=counts.shape[1])
        rarity = np.log((1 + len(names)) / (1 + found)) + 1
        begins = np.fromiter((piece[0] == _BORDER for piece in self._pieces), bool, len(self._pieces))
        self._weights = (rarity * np.where(begins, beginning, 1.0)).astype(np.float32)
        self._names = self._weigh(counts).T.tocsr()

    def similarities(self, texts: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """Cosine of every text (a word list) with every name: float32, 0..1, shape (texts, names).

        Pieces weigh (1 + log count) x rarity (Salton and Buckley 1988, smoothed as if one more name had every piece);
        those that no name has do not count. A row depends on its text only. O(names with each piece).
        """
        asked = self._weigh(self._count(texts))
        table = np.zeros((len(texts), self._size), np.float32)
        for row in range(len(texts)):
            pieces = slice(asked.indptr[row], asked.indptr[row + 1])
            table[row] = self._names[asked.indices[pieces]].T @ asked.data[pieces]
        return np.minimum(table, np.float32(1.0))

    def _count(self, texts: Sequence[Sequence[str]], *, grow: bool = False) -> sparse.csr_matrix:
        words = {word: n for n, word in enumerate(dict.fromkeys(chain.from_iterable(texts)))}
        cut = [self._numbers(word, grow=grow) for word in words]
        by_word = _counts(cut, len(self._pieces))
        counts = _counts([[words[word] for word in text] for text in texts], len(words)) @ by_word
        # In one order, so that sums do not depend on what else was asked.
        counts.sort_indices()
        return counts

    def _numbers(self, word: str, *, grow: bool) -> list[int]:
        if grow:
            return [self._pieces.setdefault(piece, len(self._pieces)) for piece in self._cut(word)]
        return [self._pieces[piece] for piece in self._cut(word) if piece in self._pieces]

    def _weigh(self, counts: sparse.csr_matrix) -> sparse.csr_matrix:
        weighed = counts.copy()
        weighed.data = (1 + np.log(counts.data)) * self._weights[counts.indices]
        lengths = np.sqrt(np.add.reduceat(np.append(weighed.data**2, 0), counts.indptr[:-1]))
        lengths[np.diff(counts.indptr) == 0] = 1
        weighed.data /= np.repeat(lengths, np.diff(counts.indptr))
        return weighed


def _counts(rows: Sequence[Sequence[int]], width: int) -> sparse.csr_matrix:
    ends = np.cumsum([0, *map(len, rows)])
    flat = np.fromiter(chain.from_iterable(rows), np.int32, ends[-1])
    counts = sparse.csr_matrix((np.ones(len(flat), np.float32), flat, ends), shape=(len(rows), width))
    counts.sum_duplicates()
    return counts
