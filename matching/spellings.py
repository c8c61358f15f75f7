"""Decides which names of an index a text may be a misspelling of, and how alike they are."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from .normalise import Form
from .similarities import compare_forms, is_misspelling

# One wrong letter of four, two of eight: what `is_misspelling` takes has at least this ratio.
_LEAST_RATIO = 75.0
_Letters = tuple[NDArray[np.intp], list[str]]


class SpellingIndex:
    """Names that texts are compared with letter by letter, in the order of their words and without."""

    def __init__(self, names: Sequence[Form]) -> None:
        self._names = names
        self._plain: _Letters = (np.arange(len(names)), [form.jamo for form in names])
        self._swapped = _several_words(names)

    def misspelt(self, texts: Sequence[Form]) -> Iterator[tuple[int, int, float]]:
        """Every (text, name, likeness 0..100) where few wrong keys part the two; 100 for the same text.

        A pair depends on its two texts only. O(texts x names) bit-parallel comparisons.
        """
        plain = self._alike((np.arange(len(texts)), [form.jamo for form in texts]), self._plain)
        for row, column in plain | self._alike(_several_words(texts), self._swapped):
            if is_misspelling(texts[row], self._names[column]):
                yield row, column, compare_forms(texts[row], self._names[column])

    @staticmethod
    def _alike(texts: _Letters, names: _Letters) -> set[tuple[int, int]]:
        if not texts[1] or not names[1]:
            return set()
        table = process.cdist(texts[1], names[1], scorer=fuzz.ratio, score_cutoff=_LEAST_RATIO, dtype=np.uint8)
        rows, columns = np.nonzero(table)
        return set(zip(texts[0][rows].tolist(), names[0][columns].tolist(), strict=True))


def _several_words(forms: Sequence[Form]) -> _Letters:
    some = [i for i, form in enumerate(forms) if len(form.words) > 1]
    return np.array(some, np.intp), [forms[i].ordered for i in some]
