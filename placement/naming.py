"""Decides which typed skills a counselor is asked about, and makes their word on one a name of the vocabulary."""

from collections import Counter
from typing import Any, NamedTuple

from sqlalchemy import func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

import matching
from employers.columns import now
from employers.models import Opening, OpeningRequirement
from matching.normalise import fold
from placement.models import Account, Graduate, GraduateSkill, Skill, SkillName
from placement.queue import enqueue
from placement.skills import mark_changed, vocabulary_of

PROPOSED = 5
MOST_SHOWN = 100
# Beyond so many rows one whole run is quicker than each by itself.
MOST_REMATCHED = 30


class Asked(NamedTuple):
    """A typed skill that no entry owns: how many people hold it, how many openings ask for it, and what it may mean.

    `is_near`: the engine already takes it for the first of `hits`, because it is spelled alike.
    """

    text: str
    people: int
    openings: int
    hits: list[matching.Hit]
    is_near: bool


class Confirmed(NamedTuple):
    """A typed text that somebody made a name: its row, the entry it names, and who said so."""

    row: SkillName
    skill: Skill
    account: Account | None


class NameRefused(Exception):
    """The text cannot become a name of this entry; `code` says why: skill_unknown, name_owned."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def unsettled(session: Session, people: Any, openings: Any) -> list[Asked]:
    """The typed skills among these rows (queries of ids) that no entry owns, those spelled like an entry first, the
    most used before the rare, at most MOST_SHOWN."""
    held = _counted(session, GraduateSkill, col(GraduateSkill.graduate_id).in_(people))
    asked = _counted(session, OpeningRequirement, col(OpeningRequirement.opening_id).in_(openings))
    vocabulary, texts = vocabulary_of(session), [*dict.fromkeys([*held, *asked])]
    found = [
        (text, _is_near(reading))
        for text, reading in zip(texts, vocabulary.read_many(texts), strict=True)
        if all(meaning.how == "near" or meaning.key is None for meaning in reading.meanings)
    ]
    found.sort(key=lambda one: (not one[1], -held[one[0]] - asked[one[0]], one[0]))
    shown = found[:MOST_SHOWN]
    hits = vocabulary.resolve_many([text for text, _ in shown], PROPOSED)
    return [
        Asked(text, held[text], asked[text], near, is_near) for (text, is_near), near in zip(shown, hits, strict=True)
    ]


def confirm(session: Session, text: str, key: str, account_id: int) -> SkillName:
    """From now on the text is a name of this entry, for everybody; whoever typed it is compared anew.

    Raises NameRefused. The caller commits.
    """
    skill = session.exec(select(Skill).where(Skill.key == key)).first()
    if skill is None or skill.id is None:
        raise NameRefused("skill_unknown")
    form = fold(text)[:200]
    if session.exec(select(SkillName).where(SkillName.normalised == form)).first() is not None:
        raise NameRefused("name_owned")
    name = SkillName(skill_id=skill.id, name=text, normalised=form, confirmed_by=account_id, confirmed_at=now())
    session.add(name)
    _changed(session, text)
    return name


def take_back(session: Session, name: SkillName) -> None:
    """The text is a name no longer, as if nobody had said so. Raises NameRefused for a name of a file."""
    if name.confirmed_by is None:
        raise NameRefused("name_of_a_file")
    session.delete(name)
    _changed(session, name.name)


def confirmed_names(session: Session) -> list[Confirmed]:
    """What was confirmed, the newest first."""
    rows = (
        select(SkillName, Skill, Account)
        .join(Skill, col(SkillName.skill_id) == col(Skill.id))
        .join(Account, col(SkillName.confirmed_by) == col(Account.id))
        .order_by(col(SkillName.confirmed_at).desc(), col(SkillName.id).desc())
        .limit(MOST_SHOWN)
    )
    return [Confirmed(*row) for row in session.exec(rows)]


def _counted(session: Session, table: Any, wanted: Any) -> Counter[str]:
    """How often each text was typed, where no person has named the entry."""
    typed = sa_select(table.skill, func.count()).where(wanted, table.skill_key.is_(None)).group_by(table.skill)
    return Counter(dict(tuple(row) for row in session.connection().execute(typed)))


def _is_near(reading: matching.Reading) -> bool:
    return any(meaning.key is not None for meaning in reading.meanings)


def _changed(session: Session, text: str) -> None:
    session.flush()
    mark_changed(session)
    people = _typed_by(session, GraduateSkill, GraduateSkill.graduate_id, Graduate, text)
    openings = _typed_by(session, OpeningRequirement, OpeningRequirement.opening_id, Opening, text)
    if len(people) + len(openings) > MOST_REMATCHED:
        enqueue(session, "nightly_run")
        return
    for graduate_id in people:
        enqueue(session, "rematch_graduate", str(graduate_id))
    for opening_id in openings:
        enqueue(session, "rematch_opening", str(opening_id))


def _typed_by(session: Session, table: Any, owner: Any, owners: Any, text: str) -> list[int]:
    """Whose rows hold this very text, spelling folded."""
    rows = session.exec(select(owner, table.skill).join(owners).where(table.skill_key.is_(None)))
    return sorted({row for row, typed in rows if fold(typed) == fold(text)})
