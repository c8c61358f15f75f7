"""Decides what a skill's name means: its vocabulary entry, what it includes, and what is only near or related."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple, Self

from .errors import VocabularyError
from .levels import (
    UNKNOWN,
    attached_level,
    is_bare,
    read_level,
    shorter_names,
    sure_level,
    without_class,
    without_fillers,
)
from .memory import Memory
from .nearness import Comparables, near_pairs
from .normalise import clean, fold, respell
from .terms import Hit, TermIndex
from .ways import NO_WAY, Way, Ways

# Two entries equally near to a text: nobody can tell which is meant, so the text stays as typed.
_AMBIGUOUS = 1.0
_PARTS = re.compile(r"\s*[/,·|;()\[\]]\s*|\s+(?:및|and|&|\+)\s+", re.IGNORECASE)
_MOST_REMEMBERED = 200_000
_EVERYDAY_DIVISOR = 2


@dataclass(frozen=True, slots=True)
class Skill:
    """One vocabulary entry. `names` are its own names (first = shown), `aliases` other words for it; `broader` one
    key or several that this one is a kind of; `never`: keys that must not be taken for this one; `everyday`: nearly
    everybody lists it, so that it tells little of a person and counts half in an opening."""

    key: str
    names: tuple[str, ...]
    broader: str | tuple[str, ...] | None = None
    related: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    everyday: bool = False

    def __post_init__(self) -> None:
        for field in ("names", "related", "never", "aliases"):
            value = getattr(self, field)
            if isinstance(value, str):
                raise VocabularyError(f"skill {self.key!r}: {field} must be a list of texts, not one text")
            object.__setattr__(self, field, tuple(value))
            if not all(isinstance(text, str) for text in getattr(self, field)):
                raise VocabularyError(f"skill {self.key!r}: {field} must be texts")
        if not isinstance(self.key, str) or not self.key or not any(name.strip() for name in self.names):
            raise VocabularyError(f"skill {self.key!r}: a key and at least one name are needed")

    @property
    def parents(self) -> tuple[str, ...]:
        """The keys of the broader skills."""
        if self.broader is None:
            return ()
        return (self.broader,) if isinstance(self.broader, str) else tuple(self.broader)


class Meaning(NamedTuple):
    """What a text stands for: a vocabulary key, or None for a text kept as typed; similarity 0..100; how it was read."""

    key: str | None
    folded: str
    similarity: float
    how: str


class Reading(NamedTuple):
    """A typed skill, understood: its meanings (several when names were combined; any of them counts) and level (0 = not told)."""

    text: str
    meanings: tuple[Meaning, ...]
    level: int

    @property
    def identity(self) -> tuple[str, ...]:
        """What two texts that mean the same skills have in common."""
        names = [meaning.key or meaning.folded for meaning in self.meanings]
        return tuple(sorted(set(names))) if len(names) > 1 else tuple(names)


class Vocabulary:
    """The skills that are known by name. Building takes O(names); reading a text is remembered. Picklable.

    A name owned by two entries stays with the first; `warnings` says so in (name, first key, second key).
    """

    def __init__(self, skills: Iterable[Skill] = ()) -> None:
        self.skills: dict[str, Skill] = {}
        self.owners: dict[str, str] = {}
        self.warnings: list[tuple[str, str, str]] = []
        self._readings: Memory[str, Reading] = Memory(_MOST_REMEMBERED)
        self._found: dict[str, str | None] = {}
        for skill in skills:
            self._add(skill)

    @classmethod
    def from_csv(cls, path: str | Path) -> Self:
        """Read skill_id,name_ko,name_en,aliases,broader,related[,never][,everyday] (lists split by |, everyday = 1), UTF-8 with
        or without BOM."""
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            missing = {"skill_id", "name_ko", "name_en"} - set(rows.fieldnames or ())
            if missing:
                raise VocabularyError(f"{Path(path).name}: columns missing: {', '.join(sorted(missing))}")
            return cls([_skill_of_row(row) for row in rows])

    def _add(self, skill: Skill) -> None:
        if not isinstance(skill, Skill):
            raise VocabularyError(f"a vocabulary is made of Skill, not of {skill!r}")
        if skill.key in self.skills:
            raise VocabularyError(f"skill {skill.key!r} is there twice")
        self.skills[skill.key] = skill
        for name in (*skill.names, *skill.aliases):
            folded = fold(name)
            owner = self.owners.setdefault(folded, skill.key) if folded else skill.key
            if owner != skill.key:
                self.warnings.append((name, owner, skill.key))

    def __len__(self) -> int:
        return len(self.skills)

    def __contains__(self, key: object) -> bool:
        return key in self.skills

    def __getstate__(self) -> dict[str, Any]:
        # What was read and found is not worth the way.
        kept = {"skills": self.skills, "owners": self.owners, "warnings": self.warnings}
        return {**kept, "_readings": Memory(_MOST_REMEMBERED), "_found": {}}

    def lookup(self, text: str) -> str | None:
        """The key that owns this name (or is this key), spelling folded; None when nobody does. O(1)."""
        found = self._found
        if text not in found:
            if len(found) >= _MOST_REMEMBERED:
                found = self._found = {}
            found[text] = self._find(text)
        return found[text]

    def _find(self, text: str) -> str | None:
        if text in self.skills:
            return text
        folded = fold(text)
        return self.owners.get(folded) or self._respelled.get(respell(folded))

    def name_of(self, key: str) -> str:
        """The name shown for a key; the key itself when it is not ours."""
        return self.skills[key].names[0] if key in self.skills else key

    def names_of(self, key: str) -> tuple[str, ...]:
        """Every name that this key owns."""
        skill = self.skills[key]
        return tuple(n for n in (*skill.names, *skill.aliases) if n and self.owners.get(fold(n)) == key)

    def resolve(self, text: str, k: int = 5) -> list[Hit]:
        """The k entries that a typed skill means most, best first: `exact` by an own name, `alias` by another, else `near`."""
        return self.resolve_many([text], k)[0]

    def resolve_many(self, texts: Sequence[str], k: int = 5) -> list[list[Hit]]:
        """The same for many texts; O(texts x names)."""
        found = self._index.search(texts, k)
        return [[self._named(text, hit) for hit in hits] for text, hits in zip(texts, found, strict=True)]

    @cached_property
    def _index(self) -> TermIndex:
        return TermIndex({key: self.names_of(key) for key in self.skills}, self)

    def _named(self, text: str, hit: Hit) -> Hit:
        if hit.similarity < 100:
            return hit
        own = {hit.key, *map(fold, self.skills[hit.key].names)}
        return hit._replace(how="exact" if text in own or fold(text) in own else "alias")

    # Reading texts

    def read(self, text: str) -> Reading:
        """What one typed skill means; depends on the text and this vocabulary only."""
        return self.read_many([text])[0]

    def read_many(self, texts: Sequence[str]) -> list[Reading]:
        """The same for many; unknown texts are compared with all names at once. O(unknown x names)."""
        return self._readings.of(texts, self._read_new)

    def _read_new(self, texts: Sequence[str]) -> list[Reading]:
        found = {text: self._read_known(text) for text in texts}
        unknown = {text: self._core(text) for text in texts if found[text] is None}
        near = self._near([core for core, _ in unknown.values()])
        return [found[text] or self._read_unknown(text, *unknown[text], near) for text in texts]

    def _read_known(self, text: str) -> Reading | None:
        if (key := self.lookup(text)) is not None:
            return Reading(text, (self._meaning(key, text),), UNKNOWN)
        if is_bare(text):
            key = self._narrowed(text)
            return Reading(text, (Meaning(key, fold(text), 100.0, "alias"),), UNKNOWN) if key else None
        core, level = read_level(text)
        if level == UNKNOWN and (key := self.lookup(attached_level(text)[0])):
            core, level = attached_level(text)
        for candidate in dict.fromkeys((core, *shorter_names(core))):
            if (key := self.lookup(candidate)) is not None:
                return Reading(text, (self._meaning(key, candidate),), level)
        if key := self._classless(core) or self._narrowed(without_fillers(core)):
            return Reading(text, (Meaning(key, fold(core), 100.0, "alias"),), level)
        return self._read_combined(text, clean(core), level)

    def _classless(self, core: str) -> str | None:
        """HSK 5급 is an HSK; 컴활 3급 is not what 컴활 alone stands for, because the vocabulary tells its classes apart."""
        name = without_class(core)
        return self.lookup(name) if name != core and not self._ways.is_graded(name) else None

    def _narrowed(self, core: str) -> str | None:
        """엑셀 피벗, 큐보이드 라벨링: two known names of which one includes the other say the narrower, whatever their order."""
        words = core.split()
        for cut in range(1, len(words)):
            one = self.lookup(" ".join(words[:cut]))
            other = self.lookup(" ".join(words[cut:])) if one else None
            for narrow, wide in ((one, other), (other, one)) if one and other else ():
                if self.ways_to(wide).get(narrow, NO_WAY).relation in ("same", "narrower"):
                    return narrow
        return None

    def _read_combined(self, text: str, core: str, level: int) -> Reading | None:
        parts = [part for part in _split_parts(core) if part]
        keys = [self.lookup(part) for part in parts]
        if len(parts) < 2 or not any(keys):
            return None
        meanings = [
            self._meaning(key, part) if key else Meaning(None, fold(part), 100.0, "exact")
            for key, part in zip(keys, parts, strict=True)
            if key or len(fold(part)) > 2
        ]
        return Reading(text, (Meaning(None, fold(core), 100.0, "exact"), *meanings), level)

    def _read_unknown(self, text: str, core: str, level: int, near: dict[str, tuple[str, float]]) -> Reading:
        if core in near:
            key, similarity = near[core]
            return Reading(text, (Meaning(key, fold(core), similarity, "near"),), level)
        parts = [fold(part) for part in _split_parts(core)]
        forms = [fold(core), *parts] if len(parts) > 1 and min(map(len, parts)) > 2 else [fold(core)]
        return Reading(text, tuple([Meaning(None, form, 100.0, "exact") for form in dict.fromkeys(forms)]), level)

    def _meaning(self, key: str, text: str) -> Meaning:
        skill = self.skills[key]
        own = text == key or fold(text) in {fold(name) for name in skill.names}
        return Meaning(key, fold(text), 100.0, "exact" if own else "alias")

    @staticmethod
    def _core(text: str) -> tuple[str, int]:
        if is_bare(text):
            return text, UNKNOWN
        core, level = sure_level(text)
        return without_fillers(core), level

    @cached_property
    def _names(self) -> tuple[list[str], list[str]]:
        pairs = [(name, key) for key in self.skills for name in self.names_of(key)]
        return [name for name, _ in pairs], [key for _, key in pairs]

    @cached_property
    def _comparables(self) -> Comparables:
        return Comparables.of(self._names[0])

    def _near(self, cores: Sequence[str]) -> dict[str, tuple[str, float]]:
        """For each text the one entry that it is near to; texts near to none, or to two alike, are left out."""
        texts = list(dict.fromkeys(cores))
        best: dict[str, dict[str, float]] = {}
        _, keys = self._names
        near = near_pairs(Comparables.of(texts), self._comparables)
        for i, j, similarity in zip(*(column.tolist() for column in near), strict=True):
            of_text = best.setdefault(texts[i], {})
            of_text[keys[j]] = max(similarity, of_text.get(keys[j], 0.0))
        chosen = {text: self._choose(hits) for text, hits in best.items()}
        return {text: hit for text, hit in chosen.items() if hit is not None}

    def _choose(self, hits: dict[str, float]) -> tuple[str, float] | None:
        (key, similarity), *others = sorted(hits.items(), key=lambda hit: -hit[1])
        for other, value in others:
            gap = 5 * _AMBIGUOUS if self.is_never(key, other) else _AMBIGUOUS
            if similarity - value < gap:
                return None
        return key, similarity

    @cached_property
    def _respelled(self) -> dict[str, str]:
        spelled: dict[str, str] = {}
        for folded, key in self.owners.items():
            spelled.setdefault(respell(folded), key)
        return spelled

    def divisor_of(self, reading: Reading) -> int:
        """By what the weight of a requirement is divided for being known to nearly everybody (엑셀): 2, else 1."""
        keys = [meaning.key for meaning in reading.meanings if meaning.key is not None]
        return _EVERYDAY_DIVISOR if keys and all(self.skills[key].everyday for key in keys) else 1

    # Links between entries

    def is_never(self, a: str, b: str) -> bool:
        """Whether two entries were declared to be never taken for one another."""
        return self._ways.is_never(a, b)

    def ways_to(self, key: str) -> Mapping[str, Way]:
        """Every entry that answers for this one when held: itself and the narrower fully, broader and related for less."""
        return self._ways.to(key)

    def ways_from(self, key: str) -> Mapping[str, Way]:
        """Every entry that this one answers for when held."""
        return self._ways.from_(key)

    @cached_property
    def _ways(self) -> Ways:
        return Ways(self.skills, list(zip(*self._names, strict=True)))


@lru_cache(maxsize=1 << 14)
def _split_parts(core: str) -> tuple[str, ...]:
    return tuple(_PARTS.split(core))


def _skill_of_row(row: Mapping[str, str | None]) -> Skill:
    def several(column: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in (row.get(column) or "").split("|") if part.strip())

    names = tuple(name.strip() for name in (row.get("name_ko") or "", row.get("name_en") or "") if name.strip())
    return Skill(
        key=(row.get("skill_id") or "").strip(),
        names=names,
        broader=several("broader") or None,
        related=several("related"),
        never=several("never"),
        aliases=several("aliases"),
        everyday=(row.get("everyday") or "").strip() == "1",
    )
