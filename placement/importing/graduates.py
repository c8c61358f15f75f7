"""Decides how a row of a graduates sheet becomes a new graduate, a change, nothing, or a possible duplicate."""

from collections import defaultdict
from typing import Any

from sqlalchemy import delete
from sqlalchemy import select as sa_select
from sqlmodel import col

from employers.columns import now
from employers.keys import new_key
from matching.normalise import fold
from placement.enums import EvidenceKind, GraduateState
from placement.graduates import GraduateInput, columns_of, skill_rows, store_held_skills
from placement.importing.consents import ConsentBook
from placement.importing.courses import CourseBook
from placement.importing.desk import CHANGED, CREATED, UNCHANGED, Desk, checked, differences
from placement.importing.finding import CounselorBook, PersonBook
from placement.importing.sheets import Row
from placement.models import Cohort, Graduate, GraduateSkill
from placement.states import Step, record_lives

_FIELDS = (
    "name",
    "phone",
    "email",
    "completion_on",
    "wanted_titles",
    "regions",
    "remote",
    "employment_types",
    "pay_min",
    "available_on",
    "wants",
)
Held = tuple[str, int | None, str | None, str | None]


class GraduateIntake:
    """Graduates: by id, else by name and contact; skills are replaced as a whole when the sheet brings any."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.people, self.courses, self.counselors = (
            PersonBook(desk.session),
            CourseBook(desk),
            CounselorBook(desk.session),
        )
        self.consents = ConsentBook(desk)
        self.held = _held_skills(desk)
        self.moment = now()
        self.seen: dict[str, int] = {}
        self.unknown_counselors: set[str] = set()
        self.new: list[Graduate] = []
        self.changes: list[tuple[Graduate, dict[str, Any]]] = []
        self.skills: list[tuple[Graduate, list[dict[str, Any]]]] = []
        self.cohorts: list[tuple[Graduate, Cohort]] = []

    def take(self, row: Row) -> str:
        typed = checked(GraduateInput, row, _values(row))
        given = {name: value for name, value in columns_of(typed).items() if name in typed.model_fields_set}
        if not row.get("key") and not typed.name:
            raise row.refuse("value_missing", "name")
        person = self._known(row, typed)
        key = person.key if person else row.get("key") or new_key("G")
        self._refuse_repeat(row, key)
        if row.get("counselor"):
            given |= self._counselor(row)
        paper = self.consents.read(row, person)
        cohort = self.courses.cohort(row)
        rows = skill_rows(None, typed.skills) if typed.skills else []
        self.seen[key] = row.number
        taken = (
            self._change(person, given, rows, cohort)
            if person
            else self._create(key, columns_of(typed) | given, rows, cohort)
        )
        if paper is None:
            return taken
        self.consents.plan(person or self.new[-1], paper)
        return CREATED if taken == CREATED else CHANGED

    def finish(self) -> None:
        """Nothing spans rows here."""

    def store(self) -> None:
        session, today = self.desk.session, self.desk.today
        self.courses.store()
        for person, cohort in self.cohorts:
            person.cohort_id = cohort.id
        record_lives(session, self.new, [[Step("create", today)]] * len(self.new), self.desk.actor)
        for person, given in self.changes:
            person.sqlmodel_update({**given, "version": person.version + 1, "updated_at": now()})
            session.add(person)
        session.flush()
        changed = {person.id for person, _ in self.changes}
        replaced = [person.id for person, _ in self.skills if person.id in changed]
        if replaced:
            session.connection().execute(delete(GraduateSkill).where(col(GraduateSkill.graduate_id).in_(replaced)))
        store_held_skills(session, [{**row, "graduate_id": person.id} for person, rows in self.skills for row in rows])
        self.consents.store()

    def _known(self, row: Row, typed: GraduateInput) -> Graduate | None:
        key, name = row.get("key"), typed.name
        same = self.people.same_contact(name, typed.phone, typed.email)
        if key:
            if same and same.key != key:
                self.desk.warn(row, "possible_duplicate_person", "name", other=same.key)
            return self.people.by_key.get(key)
        if same or typed.phone or typed.email:
            return same
        alone = [person for person in self.people.by_name[fold(name or "")] if not person.phone and not person.email]
        if len(alone) > 1:
            raise row.refuse("graduate_ambiguous", "name", count=len(alone))
        return alone[0] if alone else None

    def _refuse_repeat(self, row: Row, key: str) -> None:
        if key in self.seen:
            by_key = row.get("key") is not None
            raise row.refuse(
                "id_twice" if by_key else "person_twice", "key" if by_key else "name", given=key, other=self.seen[key]
            )

    def _counselor(self, row: Row) -> dict[str, Any]:
        given = row.get("counselor")
        found = self.counselors.find(given)
        if found is None and given not in self.unknown_counselors:
            self.unknown_counselors.add(given)
            self.desk.warn(row, "counselor_unknown", "counselor", given=given)
        return {} if found is None else {"counselor_id": found}

    def _create(self, key: str, given: dict[str, Any], rows: list[dict[str, Any]], cohort: Cohort | None) -> str:
        # Every column by hand: the table class would inspect each default's maker again for each row.
        completes_on = given.get("completion_on")
        is_to_come = completes_on is not None and completes_on > self.desk.today
        state = GraduateState.IN_TRAINING if is_to_come else GraduateState.READY
        person = Graduate(key=key, created_at=self.moment, updated_at=self.moment, state=state, **given)
        self.people.enter(person)
        self.new.append(person)
        if cohort:
            self.cohorts.append((person, cohort))
        if rows:
            self.skills.append((person, rows))
        return CREATED

    def _change(
        self, person: Graduate, given: dict[str, Any], rows: list[dict[str, Any]], cohort: Cohort | None
    ) -> str:
        changes = differences(person, given)
        is_moved = cohort is not None and (cohort.id is None or person.cohort_id != cohort.id)
        is_reskilled = bool(rows) and [_held(row) for row in rows] != self.held.get(person.id or 0, [])
        if not (changes or is_moved or is_reskilled):
            return UNCHANGED
        self.changes.append((person, changes))
        if cohort and is_moved:
            self.cohorts.append((person, cohort))
        if is_reskilled:
            self.skills.append((person, rows))
        return CHANGED


def _values(row: Row) -> dict[str, Any]:
    values = {name: row.values[name] for name in _FIELDS if name in row.values}
    if "pay_min_a_year" in row.values:
        values.setdefault("pay_min", row.values["pay_min_a_year"])
    skills = with_level(row, row.values.get("skills", []))
    skills += [{"skill": name, "evidence": EvidenceKind.CERTIFICATE} for name in row.values.get("certificates", [])]
    return {**values, "skills": skills} if skills else values


def with_level(row: Row, skills: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The skills, those without a level taking that of the row's level column."""
    if not row.get("level"):
        return list(skills)
    level = read_level_column(row)
    return [{"level": level, **skill} for skill in skills]


def read_level_column(row: Row) -> int:
    """입문, 초급, 중급, 고급 or 1-4. Raises RowRefused: level_out_of_range."""
    words = {"입문": 1, "초급": 2, "중급": 3, "고급": 4}
    given = row.get("level").removesuffix("단계")
    level = words.get(given) or (int(given) if given in ("1", "2", "3", "4") else None)
    if level is None:
        raise row.refuse("level_out_of_range", "level", given=given[:30])
    return level


def _held_skills(desk: Desk) -> dict[int, list[Held]]:
    s = GraduateSkill
    columns: Any = sa_select(*map(col, (s.graduate_id, s.skill, s.level, s.evidence, s.evidence_note)))
    held: dict[int, list[Held]] = defaultdict(list)
    for owner, *skill in desk.session.connection().execute(columns.order_by(col(s.graduate_id), col(s.position))):
        held[owner].append((skill[0], skill[1], skill[2], skill[3]))
    return held


def _held(row: dict[str, Any]) -> Held:
    return row["skill"], row["level"], row["evidence"], row["evidence_note"]
