"""Decides which names of two lists are near one another, for thousands at once as `compare` does for two."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, Levenshtein

from .arrays import Flags, Floats, Ints
from .letters import Letters, possible_pairs
from .normalise import Form, form_of
from .similarities import (
    EXAM_PARTS,
    FEW_LETTERS,
    MOST_ALIKE,
    NEAR_CUT,
    SHORT_NAME,
    blend,
    compare_forms,
    has_symbol,
    is_short_word,
    most_errors,
)

Texts = NDArray[np.object_]
_LONGEST = 1 << 16
_MOST_ERRORS = np.array([most_errors(letters) for letters in range(64)])


@dataclass(frozen=True, slots=True)
class Comparables:
    """Texts made ready to be compared with many others at once. shapes: the letters and the syllables of each, then
    both with sorted words, objects of shape (4, texts); several: whether a text has several words; counted: their
    letters, of a text twice where sorted words have others."""

    forms: list[Form]
    shapes: Texts
    several: Flags
    counted: Letters

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        """The same for texts as they are. O(letters)."""
        return cls.of_forms([form_of(text) for text in texts])

    @classmethod
    def of_forms(cls, forms: Sequence[Form]) -> Self:
        """The same for texts already folded."""
        letters, ordered = [form.jamo for form in forms], [form.ordered for form in forms]
        words = ["".join(sorted(form.words)) for form in forms]
        other = [n for n, (a, b) in enumerate(zip(letters, ordered, strict=True)) if a != b and sorted(a) != sorted(b)]
        counted = [*letters, *(ordered[number] for number in other)]
        return cls(
            forms=list(forms),
            shapes=np.array([letters, [form.spelled for form in forms], ordered, words], np.object_),
            several=np.array([len(form.words) > 1 for form in forms], np.bool_),
            counted=Letters.of(counted, np.array([*range(len(forms)), *other], np.int64)),
        )

    def joined(self, more: "Comparables") -> "Comparables":
        """These texts and some more, which are numbered after them. O(texts)."""
        return Comparables(
            forms=[*self.forms, *more.forms],
            shapes=np.concatenate((self.shapes, more.shapes), axis=1),
            several=np.concatenate((self.several, more.several)),
            counted=self.counted.joined(more.counted, len(self.forms)),
        )


def near_pairs(rows: Comparables, columns: Comparables) -> tuple[Ints, Ints, Floats]:
    """Row, column and similarity of all different texts at or above the near cut: those that `compare_forms` says are.

    Quadratic in letters that are counted (see `possible_pairs`); only what has few wrong letters is compared, and only
    what a guard may look at is compared one by one.
    """
    i, j = with_few_errors(rows, columns)
    likenesses = _likenesses(rows, i, columns, j)
    for at in (~_are_sure(rows, i, columns, j)).nonzero()[0].tolist():
        likenesses[at] = compare_forms(rows.forms[i[at]], columns.forms[j[at]])
    near = (likenesses >= NEAR_CUT).nonzero()[0]
    return i[near], j[near], likenesses[near]


def with_few_errors(rows: Comparables, columns: Comparables) -> tuple[Ints, Ints]:
    """Row and column of all different texts that few enough wrong keys part, with their words as they stand or sorted,
    in the order of rows, then columns. O(rows x columns) counted letters."""
    i, j = possible_pairs(rows.counted, columns.counted, errors_allowed)
    i, j = np.divmod(np.unique(i * max(1, len(columns.forms)) + j), max(1, len(columns.forms)))
    few = _few_errors(rows.shapes[0, i], columns.shapes[0, j])
    both = (rows.several[i] & columns.several[j] & ~few).nonzero()[0]
    few[both] = _few_errors(rows.shapes[2, i[both]], columns.shapes[2, j[both]])
    i, j = i[few], j[few]
    differ = np.array(
        [rows.forms[a].folded != columns.forms[b].folded for a, b in zip(i.tolist(), j.tolist(), strict=True)], np.bool_
    )
    return i[differ], j[differ]


def _few_errors(some: Texts, others: Texts) -> Flags:
    lengths = np.array([max(len(a), len(b)) for a, b in zip(some, others, strict=True)], np.int64)
    few: Flags = _compared(OSA.distance, some, others) <= errors_allowed(lengths)
    return few


def errors_allowed(lengths: Ints) -> Ints:
    """`most_errors` of many lengths."""
    allowed: Ints = _MOST_ERRORS[np.minimum(lengths, len(_MOST_ERRORS) - 1)]
    return allowed


def _likenesses(rows: Comparables, i: Ints, columns: Comparables, j: Ints) -> Floats:
    """The likeness of pairs as `compare_forms` finds it, but for what it asks of sounds and guards."""
    ratios = [
        _compared(fuzz.ratio, some[i], others[j]) for some, others in zip(rows.shapes, columns.shapes, strict=True)
    ]
    swapped = np.where(rows.several[i] & columns.several[j], blend(*ratios[2:]), 0.0)
    likenesses: Floats = np.minimum(np.maximum(blend(*ratios[:2]), swapped), MOST_ALIKE)
    return likenesses


def _are_sure(rows: Comparables, i: Ints, columns: Comparables, j: Ints) -> Flags:
    """Whether no guard can find fault with pairs of few errors: one wrong key in texts of the same ordinary kind."""
    alike = _kinds(rows, i) == _kinds(columns, j)
    sure: Flags = alike & (_compared(Levenshtein.distance, rows.shapes[0, i], columns.shapes[0, j]) <= 1)
    return sure


def _kinds(texts: Comparables, numbers: Ints) -> Texts:
    distinct, at = np.unique(numbers, return_inverse=True)
    kinds = (_kind_of(texts.forms[number]) for number in distinct.tolist())
    found: Texts = np.fromiter(kinds, np.object_, len(distinct))[at]
    return found


def _kind_of(form: Form) -> tuple[tuple[str, ...], ...] | float:
    """What two texts must have in common to be no accident: numbers and short words. NaN, which equals nothing, for a
    text that is short, has a symbol or a word of one letter, or speaks of an exam."""
    if len(form.folded) <= SHORT_NAME or len(form.jamo) <= FEW_LETTERS or has_symbol(form):
        return math.nan
    if min(map(len, form.words), default=0) < 2 or not EXAM_PARTS.isdisjoint(form.words):
        return math.nan
    return form.numbers, tuple(sorted(filter(is_short_word, form.words)))


def _compared(scorer: Any, some: Texts, others: Texts) -> Floats:
    """What a scorer of rapidfuzz says of each text and the other at its place."""
    found: Floats = process.cpdist(some, others, scorer=scorer, dtype=np.float64)
    return found
