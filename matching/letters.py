"""Decides which of many texts may be alike at all, by counting letters before comparing them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from .arrays import Ints

Bits = NDArray[np.uint64]
Bytes = NDArray[np.uint8]

_MOST_REPEATED = 31
_CODE_POINTS = 1 << 21
# Odd and large: numbers side by side get bits that are not (Fibonacci hashing, Knuth, volume 3, 6.4).
_SPREADS = np.array((0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93), np.uint64)
# Pairs that are counted at once, so that their bits stay in the nearer memories.
_CELLS = 1 << 20
# Which letters a text has: ASCII, others, or both. Texts without a common kind have no letter in common.
_ASCII, _OTHERS, _BOTH = 1, 2, 3
NO_PAIRS = np.zeros(0, np.int64), np.zeros(0, np.int64)
_ASCII_LETTER = re.compile(r"[\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Letters:
    """The bits of the letters of texts, shortest first. numbers: those that the texts came with; lengths: in letters;
    errors: how many a text may have, and so how short another may be that is meant (`least`, ascending as lengths are);
    bits: uint64 words, four for each text, shape (4, texts): a letter is one bit of each word, and so is every
    repetition of it."""

    numbers: Ints
    lengths: Ints
    errors: Bytes
    least: Ints
    bits: Bits

    @classmethod
    def of(cls, texts: Sequence[str], numbers: Ints, errors_allowed: Callable[[Ints], Ints]) -> dict[int, "Letters"]:
        """Letters of texts, each with its number, by kind (see _ASCII) as far as there are any. errors_allowed: how many
        errors texts of these lengths may have, 0 to 127 and fewer than letters; for each letter more one more at most,
        and no fewer."""
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        errors, bits = errors_allowed(lengths), _bits_of(texts, lengths)
        kinds = np.fromiter(map(_kind_of, texts), np.int64, len(texts))
        order = np.argsort(lengths, kind="stable")
        by_kind = {kind: order[kinds[order] == kind] for kind in set(kinds.tolist())}
        return {
            kind: cls(
                numbers[own],
                lengths[own],
                errors[own].astype(np.uint8),
                (lengths - errors)[own],
                bits.take(own, axis=1),
            )
            for kind, own in by_kind.items()
        }


def possible_pairs(rows: Mapping[int, Letters], columns: Mapping[int, Letters]) -> tuple[Ints, Ints]:
    """All pairs (number of the row, number of the column) that may be parted by as few errors as the longer of two
    texts may have, as far as counting tells. Letters by kind.

    An error is a letter too many, missing, another, or two in the wrong order: it changes at most two bits of a word,
    whatever the order of the letters. O(rows x columns).
    """
    found = [_possible_pairs(rows[own], columns[other]) for own, other in product(rows, columns) if own & other]
    i, j = (np.concatenate(numbers) for numbers in zip(NO_PAIRS, *found, strict=True))
    return i, j


def _possible_pairs(rows: Letters, columns: Letters) -> tuple[Ints, Ints]:
    """The same of texts that are sorted by length."""
    found = [NO_PAIRS]
    step = max(1, _CELLS // max(1, len(columns.lengths)))
    for first in range(0, len(rows.lengths), step):
        last = min(first + step, len(rows.lengths))
        # Both are sorted by length, so what may be within reach of some of the rows stands side by side.
        start = np.searchsorted(columns.lengths, rows.least[first])
        band = slice(start, np.searchsorted(columns.least, rows.lengths[last - 1], side="right"))
        # Rows side by side have equally many errors as a rule, and then one line of limits does for all.
        errors = rows.errors[first:last] if rows.errors[first] < rows.errors[last - 1] else rows.errors[[first]]
        few = 2 * np.maximum(errors[:, None], columns.errors[band])
        i, j = _with_few_bits(rows.bits[:, first:last], columns.bits[:, band], few)
        found.append((i + first, j + start))
    i, j = (np.concatenate(numbers) for numbers in zip(*found, strict=True))
    return rows.numbers[i], columns.numbers[j]


def _with_few_bits(rows: Bits, columns: Bits, few: Bytes) -> tuple[Ints, Ints]:
    """Row and column of pairs whose bits differ in at most `few` places, of shape (rows or 1, columns)."""
    # One word rules out nearly all; the others are looked at where it does not.
    places = (np.bitwise_count(rows[0][:, None] ^ columns[0]) <= few).ravel().nonzero()[0]
    i, j = np.divmod(places, max(1, few.shape[1]))
    for own, other in zip(rows[1:], columns[1:], strict=True):
        left = np.bitwise_count(own[i] ^ other[j]) <= few[i if len(few) > 1 else 0, j]
        i, j = i[left], j[left]
    return i, j


def _kind_of(text: str) -> int:
    if not text:
        return _BOTH  # near to a short text of either kind, for all that counting tells
    if text.isascii():
        return _ASCII
    return _BOTH if _ASCII_LETTER.search(text) else _OTHERS


def _bits_of(texts: Sequence[str], lengths: Ints) -> Bits:
    letters = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    marks = np.sort(np.repeat(np.arange(len(texts)), lengths) * _CODE_POINTS + letters)
    starts = np.flatnonzero(marks[1:] != marks[:-1]) + 1
    first = np.zeros(len(marks), np.int64)
    first[starts] = starts
    repeated = np.arange(len(marks)) - np.maximum.accumulate(first)
    marks %= _CODE_POINTS
    marks *= _MOST_REPEATED + 1
    marks += np.minimum(repeated, _MOST_REPEATED)
    bits, said = np.zeros((len(_SPREADS), len(texts)), np.uint64), lengths.nonzero()[0]
    first_letters = (np.cumsum(lengths) - lengths)[said]
    # Word by word: letters of a vocabulary are many.
    for word, spread in zip(bits, _SPREADS if len(said) else (), strict=False):
        each = np.uint64(1) << ((marks.astype(np.uint64) * spread) >> np.uint64(64 - 6))
        word[said] = np.bitwise_or.reduceat(each, first_letters)
    return bits
