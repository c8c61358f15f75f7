"""Decides how holding one skill answers for another: as the same, a narrower, a broader or a related one."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from .normalise import fold

if TYPE_CHECKING:
    # A vocabulary asks for the ways between its own skills, so only their type may be known here.
    from .vocabulary import Skill

# What a skill that is only next to the wanted one is worth: a discount that the explanation says.
BROADER_VALUE = 0.5
FAR_BROADER_VALUE = 0.3
RELATED_VALUE = 0.4
_GRADE = re.compile(r"(\d)급")
# In these a higher grade is the better one; elsewhere 1급 is above 2급.
_RISING_GRADES = ("hsk", "topik", "토픽", "한국어능력")


class Way(NamedTuple):
    """How holding one skill answers for another: value 0..1, the relation, and whether it counts as holding it."""

    value: float
    relation: str
    holds: bool


NO_WAY = Way(0.0, "", False)


class Ways:
    """The ways between the skills of a vocabulary; `names`: each of their names with its key. O(links) when asked."""

    def __init__(self, skills: "Mapping[str, Skill]", names: Sequence[tuple[str, str]]) -> None:
        self._skills, self._names = skills, names
        self._to: dict[str, Mapping[str, Way]] = {}

    def is_never(self, a: str, b: str) -> bool:
        """Whether two skills were declared to be never taken for one another."""
        return b in self._skills[a].never or a in self._skills[b].never

    def is_graded(self, name: str) -> bool:
        """Whether this is the name of a certificate that the vocabulary knows by its grades."""
        return fold(name) in self._graded

    def to(self, key: str) -> Mapping[str, Way]:
        """Every skill that answers for this one when held."""
        if key not in self._to:
            self._to[key] = self._find(key)
        return self._to[key]

    def from_(self, key: str) -> Mapping[str, Way]:
        """Every skill that this one answers for when held."""
        return self._from.get(key, {})

    @cached_property
    def _from(self) -> Mapping[str, Mapping[str, Way]]:
        turned: dict[str, dict[str, Way]] = {}
        for key in self._skills:
            for other, way in self.to(key).items():
                turned.setdefault(other, {})[key] = way
        return turned

    def _find(self, key: str) -> Mapping[str, Way]:
        ways: dict[str, Way] = {}
        for other in self._linked[key]:
            ways[other] = Way(RELATED_VALUE, "related", False)
        for other, steps in _walk(self._parents, key).items():
            ways[other] = Way(BROADER_VALUE if steps == 1 else FAR_BROADER_VALUE, "broader", False)
        narrower = {**_walk(self._children, key), **dict.fromkeys(self._better_grades.get(key, ()), 1)}
        for other in narrower:
            ways[other] = Way(1.0, "narrower", True)
        ways[key] = Way(1.0, "same", True)
        return {other: way for other, way in ways.items() if other == key or not self.is_never(key, other)}

    @cached_property
    def _parents(self) -> dict[str, list[str]]:
        return {key: [p for p in skill.parents if p in self._skills] for key, skill in self._skills.items()}

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = {key: [] for key in self._skills}
        for key, parents in self._parents.items():
            for parent in parents:
                children[parent].append(key)
        return children

    @cached_property
    def _linked(self) -> dict[str, list[str]]:
        linked: dict[str, list[str]] = {key: [] for key in self._skills}
        for key, skill in self._skills.items():
            for other in skill.related:
                if other in linked and other != key:
                    linked[key].append(other)
                    linked[other].append(key)
        return linked

    @cached_property
    def _graded(self) -> dict[str, list[tuple[str, int]]]:
        """Name of a certificate without its grade → its entries and their grades."""
        stems: dict[str, list[tuple[str, int]]] = {}
        for name, key in self._names:
            if found := _GRADE.search(name):
                stems.setdefault(fold(_GRADE.sub("", name)), []).append((key, int(found[1])))
        return stems

    @cached_property
    def _better_grades(self) -> dict[str, set[str]]:
        """key → entries that are the same certificate at a better grade (컴활 1급 for 컴활 2급)."""
        better: dict[str, set[str]] = {}
        for stem, held in self._graded.items():
            sign = -1 if stem.startswith(_RISING_GRADES) else 1
            for key, grade in held:
                better.setdefault(key, set()).update(k for k, g in held if sign * g < sign * grade and k != key)
        return better


def _walk(links: Mapping[str, list[str]], start: str) -> dict[str, int]:
    """Everything reached from start, with its distance in steps; circles end by themselves."""
    reached: dict[str, int] = {start: 0}
    edge = [start]
    while edge:
        edge = [
            other for key in edge for other in links[key] if reached.setdefault(other, reached[key] + 1) > reached[key]
        ]
        edge = list(dict.fromkeys(edge))
    del reached[start]
    return reached
