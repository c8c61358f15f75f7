"""Decides which names of an index a text may be a misspelling of, and how alike they are."""

from collections.abc import Iterator, Sequence

from .nearness import Comparables, with_few_errors
from .normalise import Form
from .similarities import compare_misspelt, is_misspelling


class SpellingIndex:
    """Names that texts are compared with letter by letter, in the order of their words and without."""

    def __init__(self, names: Sequence[Form]) -> None:
        self._names = Comparables(names)
        self._words = {word for name in names for word in name.words}

    def misspelt(self, texts: Sequence[Form]) -> Iterator[tuple[int, int, float]]:
        """Every (text, name, likeness 0..100) where few wrong keys part two different texts.

        A pair depends on its two texts and on which words the names have, not on the other texts. O(texts x names)
        counted letters (see `possible_pairs`).
        """
        rows, columns = with_few_errors(Comparables(texts), self._names)
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            text, name = texts[row], self._names.forms[column]
            if not self._was_meant(text, name) and is_misspelling(text, name):
                yield row, column, compare_misspelt(text, name)

    def _was_meant(self, text: Form, name: Form) -> bool:
        """Whether the words in which a text differs are all words of the index (planning technician, not tanning)."""
        others = set(text.words).difference(name.words)
        return bool(others) and others <= self._words
