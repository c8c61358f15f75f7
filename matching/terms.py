"""Decides which names of an index a text means most: exact, by another name, or near."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .errors import MatchingError
from .normalise import Form, form_of
from .similarities import ACCIDENT, compare_forms, similarity_matrix

if TYPE_CHECKING:
    # The vocabulary searches itself through this index, so only its type may be known here.
    from .vocabulary import Reading, Vocabulary

_BLOCK_CELLS = 4_000_000
# From here on the guards look at a pair: they may take it below the near cut, or (short names alike to the ear) above.
_DOUBTFUL = 78.0


class Hit(NamedTuple):
    """One answer: the key, its name that was met, similarity 0..100, and how: exact, alias or near."""

    key: str
    name: str
    similarity: float
    how: str


class TermIndex:
    """Names of keys, searchable by text. With a vocabulary, other names it knows are bridges (폴리곤 finds polygon)."""

    def __init__(self, names: Mapping[str, Iterable[str]], vocabulary: "Vocabulary | None" = None) -> None:
        self.vocabulary = vocabulary
        self._name_owners = vocabulary.owners if vocabulary else {}
        self.keys = list(names)
        self._forms: list[Form] = []
        self._shown: list[str] = []
        self._starts: list[int] = []
        self._owners: list[str | None] = []
        self._exact: dict[str, list[int]] = {}
        self._bridged: dict[str, dict[int, str]] = {}
        for position, key in enumerate(self.keys):
            self._add(position, _texts(f"the names of {key!r}", names[key]))

    def _add(self, position: int, names: Sequence[str]) -> None:
        self._starts.append(len(self._forms))
        # A key without a name keeps its place: the key itself is its name.
        for name in names or [self.keys[position]]:
            self._append(name, name, position, self._exact)
            owner = self._owners[-1]
            if owner is not None:
                self._bridged.setdefault(owner, {}).setdefault(position, name)

    def _append(self, text: str, shown: str, position: int, exact: dict[str, list[int]]) -> None:
        form = form_of(text)
        self._forms.append(form)
        self._shown.append(shown)
        self._owners.append(self._name_owners.get(form.folded))
        exact.setdefault(form.folded, []).append(position)

    def search(self, queries: Iterable[str], k: int = 5) -> list[list[Hit]]:
        """For each query its k nearest keys, best first, no threshold; ties in the order the keys were given.

        k is cut to the number of keys. O(queries x names), by blocks. A likeness that is an accident of spelling
        (컴활 1급 and 2급, names that the vocabulary gives to different skills) stays below the near cut.
        """
        if isinstance(k, bool) or not isinstance(k, int) or k < 1:
            raise MatchingError(f"k must be a whole number of 1 or more, not {k!r}")
        queries = _texts("queries", queries)
        if not self.keys:
            return [[] for _ in queries]
        readings = self.vocabulary.read_many(queries) if self.vocabulary else [None] * len(queries)
        step = max(1, _BLOCK_CELLS // len(self._forms))
        answers: list[list[Hit]] = []
        for start in range(0, len(queries), step):
            block = slice(start, start + step)
            answers += self._search_block(queries[block], readings[block], k)
        return answers

    def _search_block(self, queries: Sequence[str], readings: "Sequence[Reading | None]", k: int) -> list[list[Hit]]:
        forms = [form_of(query) for query in queries]
        table = similarity_matrix(forms, self._forms)
        self._guard(forms, table)
        # As shown, so that a tie on screen is a tie in the order.
        best = np.maximum.reduceat(table.round(2), self._starts, axis=1)
        return [
            self._hits(form, reading, table[row], best[row], k)
            for row, (form, reading) in enumerate(zip(forms, readings, strict=True))
        ]

    def _guard(self, forms: Sequence[Form], table: NDArray[np.float32]) -> None:
        owners = self._name_owners
        for row, column in zip(*np.nonzero(table >= _DOUBTFUL), strict=True):
            likeness = compare_forms(forms[row], self._forms[column])
            mine, other = owners.get(forms[row].folded), self._owners[column]
            if likeness < 100 and mine is not None and other is not None and mine != other:
                likeness = min(likeness, ACCIDENT)
            table[row, column] = likeness

    def _hits(
        self, form: Form, reading: "Reading | None", row: NDArray[np.float32], best: NDArray[np.float32], k: int
    ) -> list[Hit]:
        bridges = self._bridges(reading)
        for position, (similarity, _) in bridges.items():
            best[position] = max(best[position], similarity)
        exact = set(self._exact.get(form.folded, ()))
        # An own name comes before a bridge of the same likeness.
        order = np.argsort(-best - np.isin(np.arange(len(best)), list(exact)) * 1e-3, kind="stable")[:k]
        return [self._hit(int(position), float(best[position]), row, exact, bridges) for position in order]

    def _hit(
        self,
        position: int,
        similarity: float,
        row: NDArray[np.float32],
        exact: set[int],
        bridges: Mapping[int, tuple[float, str]],
    ) -> Hit:
        start = self._starts[position]
        stop = self._starts[position + 1] if position + 1 < len(self._starts) else len(self._forms)
        own = start + int(np.argmax(row[start:stop]))
        if position in exact:
            return Hit(self.keys[position], self._shown[own], 100.0, "exact")
        bridge = bridges.get(position)
        if bridge is not None and bridge[0] >= row[own]:
            how = "alias" if bridge[0] >= 100 else "near"
            return Hit(self.keys[position], bridge[1], round(similarity, 2), how)
        return Hit(self.keys[position], self._shown[own], round(similarity, 2), "near")

    def _bridges(self, reading: "Reading | None") -> dict[int, tuple[float, str]]:
        """Keys that own another name of the skill the query was read as, with similarity and the name met."""
        found: dict[int, tuple[float, str]] = {}
        for meaning in reading.meanings if reading else ():
            for position, name in self._bridged.get(meaning.key or "", {}).items():
                if meaning.similarity > found.get(position, (0.0, ""))[0]:
                    found[position] = (meaning.similarity, name)
        return found


def _texts(field: str, values: Iterable[str]) -> tuple[str, ...]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise MatchingError(f"{field} must be a list of texts, not {values!r}")
    given = tuple(values)
    for value in given:
        if not isinstance(value, str):
            raise MatchingError(f"{field} must be texts, not {value!r}")
    return given
