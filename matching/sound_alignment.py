"""Decides how little it costs that a row of sounds is the reading of a row of letters."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .sound_table import letter_cost, sound_cost, sound_table
from .sound_texts import Spelled

_PAIRS_AT_ONCE = 2048


class HeardRows(NamedTuple):
    """Rows of sounds as numbers, one row a text, padded to the longest.

    `patterns` int32 (longest pattern + 1, texts, sounds + 1): which pattern of so many sounds ends before a place (0 none);
    `weights` float32 (texts, sounds + 1): cost of all sounds before a place, unexplained; `lengths` int64 (texts,).
    """

    patterns: NDArray[np.int32]
    weights: NDArray[np.float32]
    lengths: NDArray[np.int64]


class SpelledRows(NamedTuple):
    """Rows of letters as steps: between `starts[i]` and `starts[i + 1]` the units that text i may be cut into.

    `stops` and `sizes` int64: where a unit ends and how many letters it takes; `units` int64: its number in the table;
    `weights` float32 (texts,): cost of all letters unexplained; `lengths` int64 (texts,): places.
    """

    starts: NDArray[np.int64]
    stops: NDArray[np.int64]
    sizes: NDArray[np.int64]
    units: NDArray[np.int64]
    weights: NDArray[np.float32]
    lengths: NDArray[np.int64]


def heard_rows(texts: Sequence[str]) -> HeardRows:
    table = sound_table()
    longest = max((len(text) for text in texts), default=0)
    patterns = np.zeros((table.sounded.shape[1], len(texts), longest + 1), np.int32)
    weights = np.zeros((len(texts), longest + 1), np.float32)
    for row, text in enumerate(texts):
        weights[row, 1 : len(text) + 1] = [sound_cost(sound) for sound in text]
        for size in range(len(patterns)):
            found = [table.patterns.get(text[stop - size : stop], 0) for stop in range(size, len(text) + 1)]
            patterns[size, row, size : len(text) + 1] = found
    lengths = np.array([len(text) for text in texts], np.int64)
    return HeardRows(patterns, weights.cumsum(axis=1, dtype=np.float32), lengths)


def spelled_rows(texts: Sequence[Sequence[Spelled]]) -> SpelledRows:
    steps = [_steps(word) for text in texts for word in text]
    counts = np.array([len(text) for text in texts], np.int64)
    ends = np.concatenate(([0], counts.cumsum()))
    sizes = np.array([len(word.groups) + len(word.names) for text in texts for word in text], np.int64)
    letters = np.concatenate(([0], sizes.cumsum()))
    lengths = letters[ends[1:]] - letters[ends[:-1]]
    offsets = letters[:-1] - np.repeat(letters[ends[:-1]], counts)
    flat = np.concatenate([*steps, np.zeros((0, 3), np.int64)])
    shifts = np.repeat(offsets, [len(row) for row in steps])
    starts = np.concatenate(([0], np.cumsum([len(row) for row in steps], dtype=np.int64)))[ends]
    weights = np.array([sum(map(_weight, text)) for text in texts], np.float32)
    return SpelledRows(starts, flat[:, 0] + shifts, flat[:, 1], flat[:, 2], weights, lengths)


@lru_cache(maxsize=1 << 15)
def _steps(word: Spelled) -> NDArray[np.int64]:
    """Every (stop, size, unit) of a word: each letter alone, each group of letters that has a rule, and the letter names.

    The names are a way of their own around the letters, through places behind them, so that a word is called letter by
    letter from its first to its last or not at all.
    """
    units, end, names = sound_table().units, len(word.groups), word.names
    steps = [(stop, 1, units[letter]) for stop, letter in enumerate(word.letters, start=1)]
    for stop in range(2, end + 1):
        groups = ((stop - start, word.groups[start:stop]) for start in range(max(0, stop - 6), stop - 1))
        steps += [(stop, size, units[group]) for size, group in groups if group in units]
    if names:
        steps += [(end + place, 1 if place > 1 else end + 1, units[name]) for place, name in enumerate(names, start=1)]
        steps.append((end + len(names), len(names), units["|"]))
    return np.array(steps, np.int64)


@lru_cache(maxsize=1 << 15)
def _weight(word: Spelled) -> float:
    return sum(map(letter_cost, word.letters.lower()))


def alignment_costs(
    heard: HeardRows, spelled: SpelledRows, rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> NDArray[np.float32]:
    """For each pair (rows[i] of heard, columns[i] of spelled) the least cost, float32, in whole consonants.

    The cheapest way to cut the letters into units of the table and the sounds into their patterns, in order, leaving
    out what nothing explains: edit distance with units of several letters (Wagner and Fischer 1974; cut freely as in
    Brill and Moore 2000). O(letters x sounds) a pair, pairs side by side; a pair's cost does not depend on the others.
    """
    costs = np.zeros(len(rows), np.float32)
    order = np.lexsort((heard.lengths[rows], spelled.lengths[columns]))
    for start in range(0, len(order), _PAIRS_AT_ONCE):
        pairs = order[start : start + _PAIRS_AT_ONCE]
        costs[pairs] = _align(heard, spelled, rows[pairs], columns[pairs])
    return costs


def _align(
    heard: HeardRows, spelled: SpelledRows, rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> NDArray[np.float32]:
    table = sound_table()
    width = int(heard.lengths[rows].max()) + 1
    weights, patterns = heard.weights[rows, :width], heard.patterns[:, rows, :width]
    letters = spelled.lengths[columns]
    best = np.full((int(letters.max()) + 1, len(rows), width), np.inf, np.float32)
    best[0] = weights
    last = 0
    for stop, size, length, pairs, units in _steps_in_order(spelled, columns, table.sounded):
        if stop != last:
            _skip_sounds(best[last], weights)
            last = stop
        if length < width:
            cost = table.costs[units[:, None], patterns[length, pairs, length:]]
            reached = best[stop - size, pairs, : width - length] + cost
            best[stop, pairs, length:] = np.minimum(best[stop, pairs, length:], reached)
    _skip_sounds(best[last], weights)
    every = np.arange(len(rows))
    return best[letters, every, heard.lengths[rows]]


def _skip_sounds(best: NDArray[np.float32], weights: NDArray[np.float32]) -> None:
    best[:] = np.minimum.accumulate(best - weights, axis=1) + weights


def _steps_in_order(
    spelled: SpelledRows, columns: NDArray[np.intp], sounded: NDArray[np.bool_]
) -> Iterator[tuple[int, int, int, NDArray[np.int64], NDArray[np.int64]]]:
    """The steps of all pairs that end at the same letter, take as many letters and as many sounds: (stop, size, length, pairs, units)."""
    counts = spelled.starts[columns + 1] - spelled.starts[columns]
    pairs = np.repeat(np.arange(len(columns)), counts)
    steps = np.arange(counts.sum()) + np.repeat(spelled.starts[columns] - (counts.cumsum() - counts), counts)
    which, length = np.nonzero(sounded[spelled.units[steps]])
    pairs, steps = pairs[which], steps[which]
    # Sixteen bits, so that the sort is a radix sort.
    keys = ((spelled.stops[steps] * 9 + spelled.sizes[steps]) * 8 + length).astype(np.uint16)
    order = np.argsort(keys, kind="stable")
    keys, pairs, units = keys[order], pairs[order], spelled.units[steps[order]]
    bounds = np.flatnonzero(np.diff(keys, append=0)) + 1
    for first, end in pairwise([0, *bounds.tolist()]):
        stop, rest = divmod(int(keys[first]), 72)
        yield stop, *divmod(rest, 8), pairs[first:end], units[first:end]
