"""Decides which names of an index a text means most: exact, by another name, or near."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .errors import MatchingError
from .likenesses import Likenesses, Table
from .normalise import Form, fold, form_as_typed, form_of
from .rewordings import Rewording, parts_of, reword, runs_of
from .sound_sides import best_of_each

if TYPE_CHECKING:
    # The vocabulary searches itself through this index, so only its type may be known here.
    from .vocabulary import Reading, Vocabulary

_BLOCK_CELLS = 4_000_000
# Another name of the skill that was meant is shown as 100, but stands behind the name itself; where letters or sound
# (from _TELLING on) tell which of its names was meant, the others stand behind that one.
_ALIAS, _OTHER_ALIAS, _TELLING = np.float32(99.998), np.float32(99.996), 38.0
# A name that another name of the skill was near to, not this one.
_SECOND_HAND = 0.97
# An own name comes before another name of the same likeness.
_OWN_FIRST = 1e-3


class Hit(NamedTuple):
    """One answer: the key, its name that was met, similarity 0..100, and how: exact, alias or near."""

    key: str
    name: str
    similarity: float
    how: str


class TermIndex:
    """Names of keys, searchable by text. With a vocabulary, other names it knows are bridges (폴리곤 finds polygon).

    Every name is one entry, and a second one as it was typed where a loan word in it has a usual spelling. Building:
    O(names).
    """

    def __init__(self, names: Mapping[str, Iterable[str]], vocabulary: "Vocabulary | None" = None) -> None:
        self.vocabulary = vocabulary
        self.keys = list(names)
        self._forms: list[Form] = []
        self._shown: list[str] = []
        self._starts: list[int] = []
        self._exact: dict[str, list[int]] = {}
        for key in self.keys:
            self._starts.append(len(self._forms))
            # A key without a name keeps its place: the key itself is its name.
            for name in _texts(f"the names of {key!r}", names[key]) or [key]:
                self._append(name)
        owners = vocabulary.owners if vocabulary else {}
        self._bridged: dict[str, list[int]] = {}
        for entry, form in enumerate(self._forms):
            if form.folded in owners:
                self._bridged.setdefault(owners[form.folded], []).append(entry)
        self._firsts = np.array(self._starts, np.intp)
        self._likenesses = Likenesses(self._forms, self._shown, owners)

    def _append(self, name: str) -> None:
        form = form_of(name)
        for entry in (form,) if form.spelled == form.folded else (form, form_as_typed(name)):
            self._exact.setdefault(entry.folded, []).append(len(self._forms))
            self._forms.append(entry)
            self._shown.append(name)

    def search(self, queries: Iterable[str], k: int = 5) -> list[list[Hit]]:
        """For each query its k nearest keys, best first, no threshold; ties in the order the keys were given.

        100 is the same name (`exact`) or another one of the same skill (`alias`). 82 and more is `near`: a misspelling,
        another word order, the other keyboard layout, a phrase around the name, a part of a combined name, a sure
        abbreviation. What is below is `near` only in the list: the next best, or a likeness that is an accident of
        spelling (컴활 1급 and 2급, names that the vocabulary gives to different skills). k is cut to the number of keys.
        O(queries x names), by blocks; no answer depends on the other queries.
        """
        if isinstance(k, bool) or not isinstance(k, int) or k < 1:
            raise MatchingError(f"k must be a whole number of 1 or more, not {k!r}")
        queries = _texts("queries", queries)
        if not self.keys:
            return [[] for _ in queries]
        step = max(1, _BLOCK_CELLS // len(self._forms))
        blocks = [queries[start : start + step] for start in range(0, len(queries), step)]
        return [hits for block in blocks for hits in self._search_block(block, k)]

    def _search_block(self, queries: Sequence[str], k: int) -> list[list[Hit]]:
        table = self._likenesses.of(queries)
        self._try_other_words(queries, table)
        readings = self.vocabulary.read_many(queries) if self.vocabulary else [None] * len(queries)
        for query, reading, row in zip(queries, readings, table, strict=True):
            self._meet_names(query, reading, row)
        best = best_of_each(table, self._firsts)
        return [self._nearest(query, table[row], best[row], k) for row, query in enumerate(queries)]

    def _try_other_words(self, queries: Sequence[str], table: Table) -> None:
        """Rows of the table rise to what other words for their query meet, at a discount."""
        others = [(row, other) for row, query in enumerate(queries) for other in (*reword(query), *runs_of(query))]
        near = [(row, other) for row, other in others if other.may_be_near]
        found = self._likenesses.near([other.text for _, other in near])
        for (row, other), likenesses in zip(near, found, strict=True):
            table[row] = np.maximum(table[row], likenesses * other.worth / 100)
        for row, other in others:
            self._meet(other, table[row])

    def _meet(self, other: Rewording, row: Table) -> None:
        entries = self._exact.get(fold(other.text), [])
        row[entries] = np.maximum(row[entries], other.worth)

    def _meet_names(self, query: str, reading: "Reading | None", row: Table) -> None:
        """The row rises where the parts of the query, other names of what it was read as, or its own text are met."""
        parts = parts_of(query)
        if all(fold(part.text) in self._exact for part in parts):
            for part in parts:
                self._meet(part, row)
        for meaning in reading.meanings if reading else ():
            entries = self._bridged.get(meaning.key or "", [])
            worth = _aliases(row[entries]) if meaning.similarity >= 100 else meaning.similarity * _SECOND_HAND
            row[entries] = np.maximum(row[entries], worth)
        row[self._exact.get(fold(query), [])] = 100.0

    def _nearest(self, query: str, row: Table, best: Table, k: int) -> list[Hit]:
        exact = self._exact.get(fold(query), [])
        own = np.searchsorted(self._firsts, exact, side="right") - 1
        # Near ones as shown, so that a tie on screen is a tie in the order.
        order = np.where(best >= _OTHER_ALIAS, best, best.round(2))
        order[own] += _OWN_FIRST
        chosen = _greatest(order, min(k, len(order)))
        return [self._hit(position, row, position in own) for position in chosen]

    def _hit(self, position: int, row: Table, own: bool) -> Hit:
        start = self._starts[position]
        stop = self._starts[position + 1] if position + 1 < len(self._starts) else len(self._forms)
        entry = start + int(np.argmax(row[start:stop]))
        similarity = round(float(row[entry]), 2)
        how = "exact" if own else "alias" if similarity >= 100 else "near"
        return Hit(self.keys[position], self._shown[entry], similarity, how)


def _aliases(likenesses: Table) -> Table:
    """What the names of the skill that was meant are worth, by how alike they are to the text."""
    others = likenesses[likenesses < 100]
    best = others.max(initial=0)
    if best < _TELLING:
        return np.full(len(likenesses), _ALIAS)
    return np.where(likenesses >= best, _ALIAS, _OTHER_ALIAS)


def _greatest(values: Table, k: int) -> list[int]:
    """The places of the k greatest, in falling order; ties in the order of their places."""
    least = np.partition(values, len(values) - k)[len(values) - k]
    places = np.flatnonzero(values >= least)
    falling: NDArray[np.intp] = places[np.argsort(-values[places], kind="stable")][:k]
    return [int(place) for place in falling]


def _texts(field: str, values: Iterable[str]) -> tuple[str, ...]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise MatchingError(f"{field} must be a list of texts, not {values!r}")
    given = tuple(values)
    for value in given:
        if not isinstance(value, str):
            raise MatchingError(f"{field} must be texts, not {value!r}")
    return given
