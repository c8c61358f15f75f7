"""Decides how a held skill answers for a needed one: the links between two lists of readings."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from .similarities import near_pairs
from .vocabulary import Meaning, Reading, Vocabulary


class Link(NamedTuple):
    """Held text i answers for needed text j: value 0..1, whether that counts as holding it, by which relation, how alike."""

    held: int
    needed: int
    value: float
    holds: bool
    relation: str
    similarity: float


_Place = tuple[int, float]


def find_links(held: Sequence[Reading], needed: Sequence[Reading], vocabulary: Vocabulary) -> Iterator[Link]:
    """Every link, a pair of texts possibly several times; the best counts. Whether a pair is linked depends on the two
    readings only, never on what else is in the lists. O(links), and unknown x unknown texts for the near ones."""
    places: dict[str, list[_Place]] = {}
    typed: dict[str, list[_Place]] = {}
    for i, reading in enumerate(held):
        for meaning in reading.meanings:
            index, name = (typed, meaning.folded) if meaning.key is None else (places, meaning.key)
            index.setdefault(name, []).append((i, meaning.similarity))
    needed_typed: dict[str, list[_Place]] = {}
    for j, reading in enumerate(needed):
        for meaning in reading.meanings:
            if meaning.key is None:
                needed_typed.setdefault(meaning.folded, []).append((j, meaning.similarity))
            else:
                yield from _known_links(j, meaning, places, vocabulary)
    yield from _typed_links(typed, needed_typed)


def _known_links(
    j: int, meaning: Meaning, places: Mapping[str, list[_Place]], vocabulary: Vocabulary
) -> Iterator[Link]:
    assert meaning.key is not None
    for other, way in vocabulary.ways_to(meaning.key).items():
        for i, similarity in places.get(other, ()):
            alike = similarity * meaning.similarity / 100
            yield Link(i, j, way.value * alike / 100, way.holds, way.relation, alike)


def _typed_links(held: Mapping[str, list[_Place]], needed: Mapping[str, list[_Place]]) -> Iterator[Link]:
    for folded in held.keys() & needed.keys():
        yield from _cross(held[folded], needed[folded], 100.0)
    rows, columns = list(held), list(needed)
    for a, b, similarity in near_pairs(rows, columns):
        yield from _cross(held[rows[a]], needed[columns[b]], similarity)


def _cross(held: Sequence[_Place], needed: Sequence[_Place], similarity: float) -> Iterator[Link]:
    for i, _ in held:
        for j, _ in needed:
            yield Link(i, j, similarity / 100, True, "same", similarity)
