"""Decides which names of two lists are near one another, for thousands at once as `compare` does for two."""

import math
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, Levenshtein

from .arrays import Flags, Floats, Ints
from .layouts import letters_of
from .letters import NO_PAIRS, Letters, possible_pairs
from .normalise import Form, form_of
from .similarities import (
    EXAM_PARTS,
    FEW_LETTERS,
    MOST_ALIKE,
    NEAR_CUT,
    SHORT_NAME,
    blend,
    compare_forms,
    compare_misspelt,
    has_symbol,
    is_misspelling,
    is_short_word,
    most_errors,
)

Texts = NDArray[np.object_]
# So few pairs of texts are sooner compared one by one than at once; so few texts on either side sooner all compared than
# counted first, unless they are counted for many questions.
_FEW_PAIRS, _FEW_TEXTS = 32, 256
NOBODY = *NO_PAIRS, np.zeros(0)
_MOST_ERRORS = np.array([most_errors(letters) for letters in range(64)])


class Comparables:
    """Texts made ready to be compared with many others at once; what only many need is made when it is asked for."""

    def __init__(self, forms: Sequence[Form]) -> None:
        self.forms = list(forms)

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        """The same for texts as they are. O(letters)."""
        return cls([form_of(text) for text in texts])

    @cached_property
    def letters(self) -> Texts:
        """The letters of each text, then with sorted words: objects of shape (2, texts)."""
        return np.array([[form.jamo for form in self.forms], [form.ordered for form in self.forms]], np.object_)

    @cached_property
    def lengths(self) -> Ints:
        """How many letters each has in either order, shape (2, texts)."""
        return np.array([[*map(len, texts)] for texts in self.letters.tolist()], np.int64).reshape(self.letters.shape)

    @cached_property
    def several(self) -> Flags:
        """Whether each text has several words."""
        return np.array([len(form.words) > 1 for form in self.forms], np.bool_)

    def syllables(self, numbers: Ints, order: int) -> Sequence[str]:
        """The syllables of some, likewise; of most names of a vocabulary nobody ever asks."""
        if order == 0:
            return [self.forms[number].spelled for number in numbers.tolist()]
        return [self.forms[number].sorted for number in numbers.tolist()]

    @cached_property
    def folded(self) -> Texts:
        """The folded text of each."""
        return np.array([form.folded for form in self.forms], np.object_)

    def looks(self, numbers: Ints) -> Texts:
        """What guards look at in texts: their ordinary kind, short words, letters of the shortest word; objects of shape
        (3, numbers). Looked at once, and only where it is asked for: most names of a vocabulary never are."""
        kinds, short, shortest = self._looks
        new = numbers[~self._looked_at[numbers]]
        for number in set(new.tolist()):
            kinds[number], short[number], shortest[number] = _look_of(self.forms[number])
        self._looked_at[new] = True
        looks: Texts = self._looks[:, numbers]
        return looks

    @cached_property
    def _looks(self) -> Texts:
        return np.empty((3, len(self.forms)), np.object_)

    @cached_property
    def _looked_at(self) -> Flags:
        return np.zeros(len(self.forms), np.bool_)

    @cached_property
    def counted(self) -> dict[int, Letters]:
        """The letters of each text by their kind, twice where its sorted words have others."""
        letters, ordered = self.letters.tolist()
        other = [n for n, (a, b) in enumerate(zip(letters, ordered, strict=True)) if a != b and sorted(a) != sorted(b)]
        numbers = np.array([*range(len(letters)), *other], np.int64)
        return Letters.of([*letters, *(ordered[number] for number in other)], numbers, errors_allowed)


def near_pairs(rows: Comparables, columns: Comparables) -> tuple[Ints, Ints, Floats]:
    """Row, column and similarity of all different texts at or above the near cut: those that `compare_forms` says are.

    See `with_few_errors`; only pairs with few wrong letters are compared, and of many only those one by one that a
    guard may look at.
    """
    if len(rows.forms) * len(columns.forms) <= _FEW_PAIRS:
        return _near_pairs_of_few(rows, columns)
    i, j = with_few_errors(rows, columns)
    if len(i) > _FEW_PAIRS:
        likenesses, unsure = _likenesses(rows, i, columns, j), (~_are_sure(rows, i, columns, j)).nonzero()[0]
    else:
        likenesses, unsure = np.zeros(len(i)), np.arange(len(i))
    for at in unsure.tolist():
        likenesses[at] = compare_forms(rows.forms[i[at]], columns.forms[j[at]])
    near = (likenesses >= NEAR_CUT).nonzero()[0]
    return i[near], j[near], likenesses[near]


def _near_pairs_of_few(rows: Comparables, columns: Comparables) -> tuple[Ints, Ints, Floats]:
    pairs = [
        (i, j, compare_misspelt(a, b))
        for i, a in enumerate(rows.forms)
        for j, b in enumerate(columns.forms)
        if is_misspelling(a, b) and a.folded != b.folded
    ]
    near = [pair for pair in pairs if pair[2] >= NEAR_CUT]
    if not near:
        return NOBODY
    i, j, likenesses = zip(*near, strict=True)
    return np.array(i, np.int64), np.array(j, np.int64), np.array(likenesses)


def with_few_errors(rows: Comparables, columns: Comparables) -> tuple[Ints, Ints]:
    """Row and column of all different texts that few enough wrong keys part, with their words as they stand or sorted,
    in the order of rows, then columns. O(rows x columns): of many texts in letters that are counted (see
    `possible_pairs`), of few in letters that are compared."""
    if max(len(rows.forms), len(columns.forms)) <= _FEW_TEXTS:
        return _with_few_errors_of_all(rows.forms, columns.forms)
    i, j = possible_pairs(rows.counted, columns.counted)
    i, j = np.divmod(np.unique(i * len(columns.forms) + j), len(columns.forms))
    few = _few_errors(rows, i, columns, j, 0)
    both = (rows.several[i] & columns.several[j] & ~few).nonzero()[0]
    few[both] = _few_errors(rows, i[both], columns, j[both], 1)
    i, j = i[few], j[few]
    differ = (rows.folded[i] != columns.folded[j]).nonzero()[0]
    return i[differ], j[differ]


def _with_few_errors_of_all(rows: Sequence[Form], columns: Sequence[Form]) -> tuple[Ints, Ints]:
    """The same, every text compared with every other."""
    few = _few_errors_of_all([form.jamo for form in rows], [form.jamo for form in columns])
    several = tuple([n for n, form in enumerate(forms) if len(form.words) > 1] for forms in (rows, columns))
    if all(several):
        swapped = [[forms[n].ordered for n in own] for forms, own in zip((rows, columns), several, strict=True)]
        few[np.ix_(*several)] |= _few_errors_of_all(*swapped)
    pairs = [(i, j) for i, j in np.argwhere(few).tolist() if rows[i].folded != columns[j].folded]
    i, j = np.array(pairs, np.int64).reshape(-1, 2).T
    return i, j


def _few_errors_of_all(some: list[str], others: list[str]) -> Flags:
    """Whether few enough wrong keys part each text and each other one, shape (some, others)."""
    allowed, also = (errors_allowed(np.fromiter(map(len, texts), np.int64)) for texts in (some, others))
    errors = process.cdist(some, others, scorer=OSA.distance, score_cutoff=_MOST_ERRORS[-1], dtype=np.uint8)
    few: Flags = errors <= np.maximum.outer(allowed, also)
    return few


def _few_errors(rows: Comparables, i: Ints, columns: Comparables, j: Ints, order: int) -> Flags:
    lengths = np.maximum(rows.lengths[order, i], columns.lengths[order, j])
    few: Flags = _compared(OSA.distance, rows.letters[order, i], columns.letters[order, j]) <= errors_allowed(lengths)
    return few


def errors_allowed(lengths: Ints) -> Ints:
    """`most_errors` of many lengths."""
    allowed: Ints = _MOST_ERRORS[np.minimum(lengths, len(_MOST_ERRORS) - 1)]
    return allowed


def _likenesses(rows: Comparables, i: Ints, columns: Comparables, j: Ints) -> Floats:
    """The likeness of pairs as `compare_forms` finds it, but for what it asks of sounds and guards."""
    likenesses = _blended(rows, i, columns, j, 0)
    both = (rows.several[i] & columns.several[j]).nonzero()[0]
    likenesses[both] = np.maximum(likenesses[both], _blended(rows, i[both], columns, j[both], 1))
    return np.minimum(likenesses, MOST_ALIKE)


def _blended(rows: Comparables, i: Ints, columns: Comparables, j: Ints, order: int) -> Floats:
    """What letters and syllables say of pairs, with the words of both as they stand (0) or sorted (1)."""
    some, others = rows.syllables(i, order), columns.syllables(j, order)
    letters = _compared(fuzz.ratio, rows.letters[order, i], columns.letters[order, j])
    return blend(letters, _compared(fuzz.ratio, some, others))


def _are_sure(rows: Comparables, i: Ints, columns: Comparables, j: Ints) -> Flags:
    """Whether no guard can find fault with pairs of few errors: texts of the same ordinary kind, of which not both have
    short words of their own, and no word so short that all errors together may have taken more than half of it."""
    (kind, short, shortest), (other_kind, other_short, other_shortest) = rows.looks(i), columns.looks(j)
    errors = _compared(Levenshtein.distance, rows.letters[0, i], columns.letters[0, j])
    both = (rows.several[i] & columns.several[j] & (errors > 1)).nonzero()[0]
    swapped = _compared(Levenshtein.distance, rows.letters[1, i[both]], columns.letters[1, j[both]])
    # Either order may be the one with few errors.
    errors[both] = np.maximum(errors[both], swapped)
    fits = (short == other_short) | (short == "") | (other_short == "")
    whole = (errors <= 1) | (2 * errors <= np.minimum(shortest, other_shortest).astype(np.float64))
    sure: Flags = (kind == other_kind) & fits & whole
    return sure


def _look_of(form: Form) -> tuple[str | float, str, int]:
    """The kind is the numbers of a text, or NaN, which equals nothing, for one that is short, has a symbol or a word of
    one letter, or speaks of an exam."""
    ordinary = len(form.folded) > SHORT_NAME and len(form.jamo) > FEW_LETTERS and not has_symbol(form)
    ordinary = ordinary and min(map(len, form.words), default=0) > 1 and EXAM_PARTS.isdisjoint(form.words)
    short = " ".join(sorted(filter(is_short_word, form.words)))
    shortest = min(map(_letters_in, form.words), default=0)
    return " ".join(form.numbers) if ordinary else math.nan, short, shortest


@lru_cache(maxsize=1 << 16)
def _letters_in(word: str) -> int:
    return len(letters_of(word))


def _compared(scorer: Any, some: Texts | Sequence[str], others: Texts | Sequence[str]) -> Floats:
    """What a scorer of rapidfuzz says of each text and the other at its place."""
    found: Floats = process.cpdist(some, others, scorer=scorer, dtype=np.float64)
    return found
