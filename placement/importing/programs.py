"""Decides how rows of a programs or cohorts sheet become programs and cohorts; known ones are found by id, then name."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from employers.checking import BLANK_IS_NONE, Day, InputModel, Line, Paragraph, WebAddress
from employers.keys import new_key
from matching.normalise import fold
from placement.importing.courses import CourseBook
from placement.importing.desk import CHANGED, CREATED, UNCHANGED, Desk, checked, differences
from placement.importing.sheets import Row
from placement.models import Cohort, Organisation, Program

Title = Annotated[Line, Field(min_length=1, max_length=200)]
Key = Annotated[Line | None, Field(max_length=64), BLANK_IS_NONE]


class ProgramInput(InputModel):
    """What a sheet may say of a program."""

    key: Key = None
    name: Title
    name_en: Annotated[Title | None, BLANK_IS_NONE] = None
    track: Annotated[Line | None, Field(max_length=64), BLANK_IS_NONE] = None
    operator: Annotated[Title | None, BLANK_IS_NONE] = None
    fiscal_year: Annotated[int | None, Field(ge=1950, le=2100)] = None
    starts_on: Annotated[Day | None, BLANK_IS_NONE] = None
    background: Annotated[Paragraph | None, Field(max_length=2000), BLANK_IS_NONE] = None
    info_url: Annotated[WebAddress | None, BLANK_IS_NONE] = None


class CohortInput(InputModel):
    """What a sheet may say of a cohort; without a number it is the program's first."""

    key: Key = None
    number: Annotated[int, Field(ge=1, le=9999)] = 1
    capacity: Annotated[int | None, Field(ge=0, le=100_000)] = None
    training_body: Annotated[Title | None, BLANK_IS_NONE] = None
    apply_until: Annotated[Day | None, BLANK_IS_NONE] = None
    started_on: Annotated[Day | None, BLANK_IS_NONE] = None
    ended_on: Annotated[Day | None, BLANK_IS_NONE] = None


class _CourseIntake:
    """What programs and cohorts have in common: rows seen once, changes written after everything new."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.courses = CourseBook(desk)
        self.names = {o.id: o.name for o in self.courses.organisations.values()}
        self.seen: dict[str, int] = {}
        self.changes: list[tuple[Any, dict[str, Any], str, Organisation | None]] = []

    def finish(self) -> None:
        """Nothing spans rows here."""

    def store(self) -> None:
        self.courses.store()
        for stored, changes, column, organisation in self.changes:
            stored.sqlmodel_update(changes | ({column: organisation.id} if organisation else {}))
            self.desk.session.add(stored)
        self.desk.session.flush()

    def see(self, row: Row, key: str) -> None:
        if key in self.seen:
            raise row.refuse("id_twice", "key" if row.get("key") else "program", given=key, other=self.seen[key])
        self.seen[key] = row.number

    def change(self, stored: Any, given: dict[str, Any], column: str, organisation: Organisation | None) -> str:
        changes = differences(stored, given)
        is_other = organisation is not None and self.names.get(getattr(stored, column)) != organisation.name
        if not changes and not is_other:
            return UNCHANGED
        self.changes.append((stored, changes, column, organisation if is_other else None))
        return CHANGED


class ProgramIntake(_CourseIntake):
    """Programs: by id, else by name."""

    def take(self, row: Row) -> str:
        typed = checked(ProgramInput, row, row.values)
        given = typed.model_dump(exclude_unset=True, exclude={"key", "operator"})
        named = self.courses.programs.get(fold(typed.name))
        by_key = {program.key: program for program in self.courses.programs.values()}
        known = by_key.get(typed.key) if typed.key else named
        if typed.key and named and named.key != typed.key:
            raise row.refuse("program_name_taken", "name", given=typed.name, other=named.key)
        operator = self.courses.organisation(typed.operator) if typed.operator else None
        self.see(row, known.key if known else typed.key or fold(typed.name))
        if known:
            return self.change(known, given, "operator_id", operator)
        self.courses.plan_program(Program(key=typed.key or new_key("P"), **given), operator)
        return CREATED


class CohortIntake(_CourseIntake):
    """Cohorts: by id, else by program and number; an unknown program is made and said."""

    def take(self, row: Row) -> str:
        typed = checked(CohortInput, row, {name: value for name, value in row.values.items() if name != "program"})
        self._check_days(row, typed.started_on, typed.ended_on)
        given = typed.model_dump(exclude_unset=True, exclude={"key", "training_body"})
        if not row.get("program"):
            raise row.refuse("value_missing", "program")
        program = self.courses.program(row, row.get("program"))
        same = self.courses.cohorts.get((program.key, typed.number))
        known = self.courses.cohorts_by_key.get(typed.key) if typed.key else same
        if typed.key and same and same.key != typed.key:
            raise row.refuse("cohort_number_taken", "number", given=typed.number, other=same.key)
        body = self.courses.organisation(typed.training_body) if typed.training_body else None
        self.see(row, known.key if known else typed.key or f"{program.key} {typed.number}")
        if known:
            return self.change(known, given, "training_body_id", body)
        given.setdefault("number", typed.number)
        self.courses.plan_cohort(Cohort(key=typed.key or new_key("C"), program_id=0, **given), program, body)
        return CREATED

    @staticmethod
    def _check_days(row: Row, first: date | None, last: date | None) -> None:
        if first and last and last < first:
            raise row.refuse("days_out_of_order", "ended_on")
