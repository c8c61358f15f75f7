"""Decides which names of an index a text may be a misspelling of, and how alike they are."""

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from .normalise import Form
from .similarities import compare_misspelt, most_errors, is_misspelling

_Pair = tuple[int, int]


class SpellingIndex:
    """Names that texts are compared with letter by letter, in the order of their words and without."""

    def __init__(self, names: Sequence[Form]) -> None:
        self._names = names
        self._words = {word for name in names for word in name.words}
        self._plain = _ByLength(enumerate(form.jamo for form in names))
        self._swapped = _ByLength(_several_words(names))

    def misspelt(self, texts: Sequence[Form]) -> Iterator[tuple[int, int, float]]:
        """Every (text, name, likeness 0..100) where few wrong keys part the two; 100 for the same text.

        A pair depends on its two texts and on which words the names have, not on the other texts. O(texts x names of nearly the same length) bit-parallel comparisons.
        """
        plain = self._plain.alike(enumerate(form.jamo for form in texts))
        swapped = self._swapped.alike(_several_words(texts))
        for row, column in sorted({*plain, *swapped}):
            if self._may_be_misspelt(texts[row], self._names[column]):
                yield row, column, compare_misspelt(texts[row], self._names[column])

    def _may_be_misspelt(self, text: Form, name: Form) -> bool:
        """A text whose words are all words of the index was meant as it stands (planning technician, not tanning)."""
        others = set(text.words).difference(name.words)
        same = text.folded == name.folded or not others
        return (same or not others <= self._words) and is_misspelling(text, name)


class _ByLength:
    """Numbered texts in the order of their length, so that only those are compared that a few errors can part."""

    def __init__(self, texts: Iterator[tuple[int, str]]) -> None:
        ordered = sorted(texts, key=lambda numbered: len(numbered[1]))
        self._numbers = np.array([number for number, _ in ordered], np.intp)
        self._texts = [text for _, text in ordered]
        self._lengths: NDArray[np.intp] = np.array([len(text) for text in self._texts], np.intp)
        self._letters = _letter_sets(self._texts)
        self._allowed = np.array([most_errors(len(text)) for text in self._texts], np.uint8)

    def alike(self, texts: Iterator[tuple[int, str]]) -> Iterator[_Pair]:
        asked = _ByLength(texts)
        for length in np.unique(asked._lengths).tolist():
            mine, theirs = asked._between(length, length), self._between(*_lengths_near(length))
            allowed = self._allowed[theirs].clip(most_errors(length))
            # A wrong key takes one letter away and brings another in.
            unlike = np.bitwise_count(asked._letters[mine, None] ^ self._letters[theirs])
            rows, columns = np.nonzero(unlike <= 2 * allowed)
            rows, columns = rows + mine.start, columns + theirs.start
            errors = process.cpdist(
                [asked._texts[row] for row in rows.tolist()],
                [self._texts[column] for column in columns.tolist()],
                scorer=OSA.distance,
                dtype=np.uint8,
            )
            few = errors <= allowed[columns - theirs.start]
            yield from zip(asked._numbers[rows[few]].tolist(), self._numbers[columns[few]].tolist(), strict=True)

    def _between(self, shortest: int, longest: int) -> slice:
        return slice(*np.searchsorted(self._lengths, (shortest, longest + 1)).tolist())


@cache
def _lengths_near(length: int) -> tuple[int, int]:
    """The shortest and the longest text that the errors allowed can part from one of so many letters."""
    longest = length
    while longest + 1 - length <= most_errors(longest + 1):
        longest += 1
    return length - most_errors(length), longest


def _letter_sets(texts: Sequence[str]) -> NDArray[np.uint64]:
    """The letters of each text as 64 bits; letters may share a bit, so what differs here differs in truth."""
    ended = [f"{text} " for text in texts]
    codes = np.frombuffer("".join(ended).encode("utf-32-le"), np.uint32).astype(np.uint64)
    starts = np.cumsum([0, *map(len, ended)])[:-1]
    sets: NDArray[np.uint64] = np.bitwise_or.reduceat(np.uint64(1) << codes % np.uint64(64), starts)
    return sets


def _several_words(forms: Sequence[Form]) -> Iterator[tuple[int, str]]:
    return ((number, form.ordered) for number, form in enumerate(forms) if len(form.words) > 1)
