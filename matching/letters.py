"""Decides which of many texts may be alike at all, by counting letters before comparing them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .arrays import Ints

Bits = NDArray[np.uint64]

_MOST_REPEATED = 31
# Odd and large: numbers side by side get bits that are not (Fibonacci hashing, Knuth, volume 3, 6.4).
_SPREADS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
# Pairs that are counted at once, so that their bits stay in the nearer memories.
_CELLS = 1 << 17


@dataclass(frozen=True, slots=True)
class Letters:
    """The bits of the letters of texts, shortest first. numbers: those that the texts came with; bits: uint64 words,
    two for each text, shape (2, texts): a letter is one bit of each word, and so is every repetition of it."""

    numbers: Ints
    lengths: Ints
    bits: Bits

    @classmethod
    def of(cls, texts: Sequence[str], numbers: Ints) -> "Letters":
        """Letters of texts, each with its number."""
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        return cls(numbers, lengths, _bits_of(texts, lengths))._sorted()

    def joined(self, more: "Letters", start: int) -> "Letters":
        """These and some more texts, whose numbers are counted from `start`."""
        return Letters(
            np.concatenate((self.numbers, more.numbers + start)),
            np.concatenate((self.lengths, more.lengths)),
            np.concatenate((self.bits, more.bits), axis=1),
        )._sorted()

    def _sorted(self) -> "Letters":
        order = np.argsort(self.lengths, kind="stable")
        return Letters(self.numbers[order], self.lengths[order], self.bits[:, order])


def possible_pairs(rows: Letters, columns: Letters, errors_allowed: Callable[[Ints], Ints]) -> tuple[Ints, Ints]:
    """All pairs (number of the row, number of the column) that may be parted by as few errors as the longer of two
    texts may have, as far as counting tells.

    An error is a letter too many, missing, another, or two in the wrong order: it changes at most two bits of a word,
    whatever the order of the letters. O(rows x columns).
    """
    found = [pair for run in _runs(rows.lengths) for pair in _with_few_bits(rows, run, columns, errors_allowed)]
    i = np.concatenate([np.zeros(0, np.int64), *(some for some, _ in found)])
    j = np.concatenate([np.zeros(0, np.int64), *(others for _, others in found)])
    return rows.numbers[i], columns.numbers[j]


def _runs(lengths: Ints) -> Iterator[tuple[int, int]]:
    """Where runs of equal lengths begin and end."""
    return pairwise(np.diff(lengths, prepend=-1, append=-1).nonzero()[0].tolist())


def _with_few_bits(
    rows: Letters, run: tuple[int, int], columns: Letters, errors_allowed: Callable[[Ints], Ints]
) -> Iterator[tuple[Ints, Ints]]:
    """Places of pairs whose bits differ little enough; the rows of the run are equally long."""
    length = rows.lengths[run[0]]
    most = errors_allowed(np.maximum(length, columns.lengths))
    near = (np.abs(columns.lengths - length) <= most).nonzero()[0]
    if not len(near):
        return
    band = slice(int(near[0]), int(near[-1]) + 1)
    few = (2 * most[band]).astype(np.uint8)
    step = max(1, _CELLS // len(few))
    for first in range(run[0], run[1], step):
        some = rows.bits[:, first : min(first + step, run[1])]
        # One word rules out nearly all; the other is looked at where it does not.
        i, j = np.divmod(
            (np.bitwise_count(some[0][:, None] ^ columns.bits[0, band]) <= few).ravel().nonzero()[0], len(few)
        )
        left = (np.bitwise_count(some[1, i] ^ columns.bits[1, j + band.start]) <= few[j]).nonzero()[0]
        yield i[left] + first, j[left] + band.start


def _bits_of(texts: Sequence[str], lengths: Ints) -> Bits:
    letters = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    owner = np.repeat(np.arange(len(texts)), lengths)
    order = np.lexsort((letters, owner))
    letters = letters[order]
    first = np.flatnonzero((np.diff(letters, prepend=-1) != 0) | (np.diff(owner, prepend=-1) != 0))
    repeated = np.arange(len(letters)) - np.repeat(first, np.diff(first, append=len(letters)))
    marks = (letters * (_MOST_REPEATED + 1) + np.minimum(repeated, _MOST_REPEATED)).astype(np.uint64)
    bits = np.zeros((len(_SPREADS), len(texts)), np.uint64)
    for word, spread in zip(bits, _SPREADS, strict=True):
        np.bitwise_or.at(word, owner, np.uint64(1) << ((marks * spread) >> np.uint64(64 - 6)))
    return bits
