"""Decides how a held skill answers for a needed one: the links between two lists of readings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, pairwise, product
from typing import NamedTuple

import numpy as np

from .arrays import Flags, Floats, Ints, spread
from .memory import Memory
from .nearness import NOBODY, Comparables, near_pairs
from .vocabulary import Reading, Vocabulary
from .ways import Way

# Texts of which an index remembers what is near to them.
_MOST_REMEMBERED = 1 << 16


class Link(NamedTuple):
    """Held text i answers for needed text j: value 0..1, whether that counts as holding it, by which relation, how alike."""

    held: int
    needed: int
    value: float
    holds: bool
    relation: str
    similarity: float


class Index:
    """Readings by what they mean, numbered as they came: `known`, vocabulary keys with (number, similarity), and
    `typed`, numbers of the texts that were kept as they are."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self.readings = list(readings)
        self.known: dict[str, list[tuple[int, float]]] = {}
        self.typed: dict[str, int] = {}
        self._owners: list[list[int]] = []
        for number, reading in enumerate(self.readings):
            for meaning in reading.meanings:
                if meaning.key is None:
                    self._own(meaning.folded, number)
                else:
                    self.known.setdefault(meaning.key, []).append((number, meaning.similarity))
        self._near: Memory[str, tuple[Ints, Floats]] = Memory(_MOST_REMEMBERED)

    def _own(self, folded: str, number: int) -> None:
        if folded not in self.typed:
            self.typed[folded] = len(self.typed)
            self._owners.append([])
        self._owners[self.typed[folded]].append(number)

    @cached_property
    def _comparables(self) -> Comparables:
        return Comparables.of(list(self.typed))

    def near_to(self, texts: Sequence[str]) -> tuple[Ints, Ints, Floats]:
        """What is near to different texts: the place of the text, a typed text (by number), similarity 0..100; by place,
        then by number. What is near to a text is remembered, of 65,536 texts about: O(typed) for each new one."""
        found = self._near.of(texts, self._find_near)
        if not any(len(near) for near, _ in found):
            return NOBODY
        places = np.repeat(np.arange(len(texts)), [len(near) for near, _ in found])
        return places, np.concatenate([near for near, _ in found]), np.concatenate([alike for _, alike in found])

    def _find_near(self, texts: Sequence[str]) -> list[tuple[Ints, Floats]]:
        rows, columns, similarities = near_pairs(Comparables.of(texts), self._comparables)
        bounds = np.searchsorted(rows, np.arange(len(texts) + 1)).tolist()
        return [(columns[start:stop], similarities[start:stop]) for start, stop in pairwise(bounds)]

    def owners_of(self, text: int) -> Sequence[int]:
        """The readings that a typed text (by number) stands in."""
        return self._owners[text]

    def owners(self, texts: Ints) -> tuple[Ints, Ints]:
        """The readings that typed texts (by number) stand in, one text after the other, and how many each has."""
        owners = [self._owners[text] for text in texts.tolist()]
        return np.array([*chain(*owners)], np.int64), np.array([*map(len, owners)], np.int64)


def find_links(held: Index, needed: Index, vocabulary: Vocabulary) -> Iterator[Link]:
    """Every link, a pair of texts possibly several times; the best counts. Whether a pair is linked depends on the two
    readings only, never on what else is in the lists. O(links + meanings of the shorter list), and typed x typed texts
    for the near ones."""
    for other, key, way in _ways_between(held, needed, vocabulary):
        for j, similarity in needed.known[key]:
            for i, own in held.known[other]:
                alike = own * similarity / 100
                yield Link(i, j, _value(way, alike), way.holds, way.relation, alike)
    for text, other, similarity in zip(*(column.tolist() for column in _alike_texts(held, needed)), strict=True):
        for i, j in product(held.owners_of(text), needed.owners_of(other)):
            yield Link(i, j, similarity / 100, True, "same", similarity)


def find_values(held: Index, needed: Index, vocabulary: Vocabulary) -> tuple[Ints, Ints, Floats, Flags]:
    """The same links as columns in any order: held, needed, value, whether it counts as holding. O(links + meanings of
    the shorter list)."""
    known = [
        (i, j, _value(way, alike * similarity / 100), way.holds)
        for other, key, way in _ways_between(held, needed, vocabulary)
        for j, similarity in needed.known[key]
        for i, alike in held.known[other]
    ]
    i, j, values, holds = (np.array(column) for column in zip(*known, strict=True)) if known else np.zeros((4, 0), int)
    rows, columns, similarities = _typed_links(held, needed)
    return (
        np.concatenate((i, rows)),
        np.concatenate((j, columns)),
        np.concatenate((values, similarities / 100)),
        np.concatenate((holds, np.ones(len(rows), np.bool_))).astype(np.bool_),
    )


def _value(way: Way, alike: float) -> float:
    return way.value * alike / 100


def _ways_between(held: Index, needed: Index, vocabulary: Vocabulary) -> Iterator[tuple[str, str, Way]]:
    """Held keys that answer for needed ones: held key, needed key, how."""
    if len(needed.known) <= len(held.known):
        for key in needed.known:
            ways = vocabulary.ways_to(key)
            for other in _in_both(held.known, ways):
                yield other, key, ways[other]
    else:
        for other in held.known:
            ways = vocabulary.ways_from(other)
            for key in _in_both(needed.known, ways):
                yield other, key, ways[key]


def _in_both(some: Mapping[str, object], others: Mapping[str, object]) -> list[str]:
    few, many = sorted((some, others), key=len)
    return [key for key in few if key in many]


def _alike_texts(held: Index, needed: Index) -> tuple[Ints, Ints, Floats]:
    """Typed texts that are the same or near: held text, needed text, similarity 0..100."""
    if not held.typed or not needed.typed:
        return NOBODY
    if len(held.typed) <= len(needed.typed):
        i, j, alike = needed.near_to([*held.typed])
    else:
        j, i, alike = held.near_to([*needed.typed])
    same = _in_both(held.typed, needed.typed)
    if not same:
        return i, j, alike
    rows, columns = (np.array([index.typed[text] for text in same], np.int64) for index in (held, needed))
    return (
        np.concatenate((rows, i)),
        np.concatenate((columns, j)),
        np.concatenate((np.full(len(same), 100.0), alike)),
    )


def _typed_links(held: Index, needed: Index) -> tuple[Ints, Ints, Floats]:
    """The same by reading: every one with the one text links with every one with the other."""
    texts, other_texts, similarity = _alike_texts(held, needed)
    (some, counts), (others, widths) = held.owners(texts), needed.owners(other_texts)
    pairs, firsts = np.repeat(np.arange(len(counts)), counts), np.cumsum(widths) - widths
    return (
        np.repeat(some, widths[pairs]),
        others[spread(firsts[pairs], widths[pairs])],
        np.repeat(similarity[pairs], widths[pairs]),
    )
