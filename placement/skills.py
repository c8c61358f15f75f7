"""Decides how the skill vocabulary is kept: entries are added to by key, names never leave, a name has one owner."""

from collections.abc import Iterable
from csv import DictReader
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Annotated, Any, NamedTuple
from uuid import uuid4

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError
from sqlalchemy import insert
from sqlmodel import Session, col, select

import matching
from employers.checking import BLANK_IS_NONE, InputModel, Line
from matching.normalise import fold
from placement.enums import SkillRelationKind
from placement.models import Setting, Skill, SkillName, SkillRelation

Name = Annotated[Line, Field(min_length=1, max_length=200)]
Key = Annotated[Line, Field(min_length=1, max_length=100)]
_RELATIONS = {
    "broader": SkillRelationKind.BROADER,
    "related": SkillRelationKind.RELATED,
    "never": SkillRelationKind.NEVER,
}
VERSION = "vocabulary"
_version = select(Setting.value).where(Setting.name == VERSION)
_cache: dict[str, tuple[Any, matching.Vocabulary]] = {}


class SkillEntry(InputModel):
    """One entry of the vocabulary as a file brings it; `never` = keys that must not be taken for this one."""

    key: Key
    name_ko: Annotated[Name | None, BLANK_IS_NONE] = None
    name_en: Annotated[Name | None, BLANK_IS_NONE] = None
    track: Annotated[Line | None, Field(max_length=64), BLANK_IS_NONE] = None
    aliases: list[Name] = []
    broader: list[Key] = []
    related: list[Key] = []
    never: list[Key] = []
    everyday: bool = False

    @model_validator(mode="after")
    def _has_name(self) -> "SkillEntry":
        if not self.names:
            raise PydanticCustomError("skill_name_missing", "a skill needs a name")
        return self

    @property
    def names(self) -> list[str]:
        """Every name that the entry brings, the shown ones first."""
        return [name for name in (self.name_ko, self.name_en, *self.aliases) if name]


class OwnedElsewhere(NamedTuple):
    """A name that stays with its first owner."""

    name: str
    owner: str
    key: str


@dataclass
class VocabularyChange:
    """What a list of entries would do: counts, names that stay elsewhere, and the rows to write."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    owned_elsewhere: list[OwnedElsewhere] = field(default_factory=list)
    new: dict[str, Skill] = field(default_factory=dict)
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    names: list[tuple[str, str, str]] = field(default_factory=list)
    relations: list[tuple[str, str, SkillRelationKind]] = field(default_factory=list)


class Keeper:
    """What the vocabulary holds now; `add` plans one entry more, `store` writes the plan."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.skills = {skill.key: skill for skill in session.exec(select(Skill))}
        keys = {skill.id: skill.key for skill in self.skills.values()}
        self.owners = {name.normalised: keys[name.skill_id] for name in session.exec(select(SkillName))}
        self.relations = {(keys[r.skill_id], r.other_key, r.kind) for r in session.exec(select(SkillRelation))}
        self.change = VocabularyChange()

    def add(self, entry: SkillEntry) -> str:
        """Plan one entry; says created, changed or unchanged."""
        before = len(self.change.names) + len(self.change.relations)
        known = self.skills.get(entry.key)
        values = self._values(entry, known)
        for name in entry.names:
            self._own(name, entry.key)
        for column, kind in _RELATIONS.items():
            for other in getattr(entry, column):
                self._relate(entry.key, other, kind)
        if known is None:
            self.change.new[entry.key] = self.skills[entry.key] = Skill(key=entry.key, **values)
            self.change.created += 1
            return "created"
        if values:
            self.change.values[entry.key] = values
        grown = len(self.change.names) + len(self.change.relations) > before
        self.change.changed += 1 if grown or values else 0
        self.change.unchanged += 0 if grown or values else 1
        return "changed" if grown or values else "unchanged"

    def store(self) -> None:
        """Write what was planned."""
        session, change = self.session, self.change
        session.add_all(change.new.values())
        for key, values in change.values.items():
            self.skills[key].sqlmodel_update(values)
        session.flush()
        ids = {key: skill.id for key, skill in self.skills.items()}
        names = [{"skill_id": ids[key], "name": name, "normalised": form} for key, name, form in change.names]
        relations = [{"skill_id": ids[key], "other_key": other, "kind": kind} for key, other, kind in change.relations]
        for table, rows in ((SkillName, names), (SkillRelation, relations)):
            if rows:
                session.connection().execute(insert(table), rows)
        if change.created or change.changed:
            mark_changed(session)

    @staticmethod
    def _values(entry: SkillEntry, known: Skill | None) -> dict[str, Any]:
        given: dict[str, Any] = {n: getattr(entry, n) for n in ("name_ko", "name_en", "track") if getattr(entry, n)}
        given |= {"is_everyday": True} if entry.everyday else {}
        return {name: value for name, value in given.items() if known is None or getattr(known, name) != value}

    def _own(self, name: str, key: str) -> None:
        form = fold(name)[:200]
        if form not in self.owners:
            self.owners[form] = key
            self.change.names.append((key, name, form))
        elif self.owners[form] != key:
            self.change.owned_elsewhere.append(OwnedElsewhere(name, self.owners[form], key))

    def _relate(self, key: str, other: str, kind: SkillRelationKind) -> None:
        if (key, other, kind) not in self.relations:
            self.relations.add((key, other, kind))
            self.change.relations.append((key, other, kind))


def store_skills(session: Session, entries: Iterable[SkillEntry]) -> VocabularyChange:
    """Add entries by key: new names and links are added, none is removed; a name owned elsewhere stays there."""
    keeper = Keeper(session)
    for entry in entries:
        keeper.add(entry)
    keeper.store()
    return keeper.change


def load_shipped_vocabulary(session: Session) -> VocabularyChange:
    """Bring the vocabulary that ships with the service into the database; the second time changes nothing."""
    with (files("placement") / "data" / "skills.csv").open(encoding="utf-8-sig") as file:
        return store_skills(session, [_entry_of(row) for row in DictReader(file)])


def mark_changed(session: Session) -> None:
    """Another vocabulary from now on: every process reads it anew."""
    session.merge(Setting(name=VERSION, value=uuid4().hex))
    session.flush()


def vocabulary_of(session: Session) -> matching.Vocabulary:
    """The stored vocabulary for the engine; rebuilt in this process only when another version of it was stored."""
    place, stamp = str(session.get_bind().engine.url), session.exec(_version).first()
    if place not in _cache or _cache[place][0] != stamp:
        # A copy of a database has the vocabulary of its original.
        same = (vocabulary for other, vocabulary in _cache.values() if stamp and other == stamp)
        _cache[place] = (stamp, next(same, None) or _build(session))
    return _cache[place][1]


def _entry_of(row: dict[str, str]) -> SkillEntry:
    lists = {
        column: [part for part in (row.get(column) or "").split("|") if part] for column in ("aliases", *_RELATIONS)
    }
    names = {"name_ko": row["name_ko"], "name_en": row["name_en"], "track": row.get("track")}
    return SkillEntry(key=row["skill_id"], everyday=row.get("everyday") == "1", **names, **lists)


def _build(session: Session) -> matching.Vocabulary:
    names = _grouped(session.exec(select(SkillName.skill_id, SkillName.name).order_by(col(SkillName.id))))
    links: dict[str, dict[int, list[str]]] = {
        kind: _grouped((r.skill_id, r.other_key) for r in session.exec(_relations_of(kind)))
        for kind in SkillRelationKind
    }
    return matching.Vocabulary(
        matching.Skill(
            key=skill.key,
            names=tuple(name for name in (skill.name_ko, skill.name_en) if name) or tuple(names.get(skill.id or 0, ())),
            aliases=tuple(names.get(skill.id or 0, ())),
            broader=tuple(links[SkillRelationKind.BROADER].get(skill.id or 0, ())) or None,
            related=tuple(links[SkillRelationKind.RELATED].get(skill.id or 0, ())),
            never=tuple(links[SkillRelationKind.NEVER].get(skill.id or 0, ())),
            everyday=skill.is_everyday,
        )
        for skill in session.exec(select(Skill).order_by(col(Skill.id)))
    )


def _relations_of(kind: SkillRelationKind) -> Any:
    return select(SkillRelation).where(SkillRelation.kind == kind).order_by(col(SkillRelation.other_key))


def _grouped(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for owner, text in pairs:
        found.setdefault(owner, []).append(text)
    return found
