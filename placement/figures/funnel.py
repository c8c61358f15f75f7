"""Decides how many people reached each stage of a program, from application to regular job, and who they are."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import or_
from sqlmodel import Session, col, select

from placement.enums import ApplicationState, EnrolmentState
from placement.figures.internships import Internship, internships
from placement.models import Application, Cohort, CourseSession, Enrolment, Graduate, Program, Suggestion
from placement.states import states_where
from placement.texts import N_


class Stage(StrEnum):
    """A step of the funnel; its code is what a screen's link carries."""

    APPLIED = "applied"
    SELECTED = "selected"
    ENROLLED = "enrolled"
    COMPLETED = "completed"
    SUGGESTED = "suggested"
    INTERN = "intern"
    OFFERED = "offered"
    CONVERTED = "converted"


LABELS = {
    Stage.APPLIED: N_("지원"),
    Stage.SELECTED: N_("선발"),
    Stage.ENROLLED: N_("입교"),
    Stage.COMPLETED: N_("수료"),
    Stage.SUGGESTED: N_("추천"),
    Stage.INTERN: N_("인턴"),
    Stage.OFFERED: N_("전환 제의"),
    Stage.CONVERTED: N_("정규직 전환"),
}


@dataclass(frozen=True)
class FunnelRow:
    """One cohort, or a whole program where `cohort` is None; both are keys.

    `counts` holds every Stage; None where nobody is recorded: it has not happened yet, or nobody wrote it down.
    """

    program: str
    cohort: str | None
    capacity: int | None
    counts: dict[Stage, int | None]


class Mark(NamedTuple):
    """Somebody of a cohort reached a stage; an applicant who was not taken is no graduate."""

    cohort_id: int | None
    graduate_id: int | None
    application_id: int | None = None


def funnel(session: Session, *, as_of: date) -> list[FunnelRow]:
    """A row for each program, followed by a row for each of its cohorts, as far as they had come by `as_of`.

    People are counted once a row. Selection and suggestions carry no day: they are as recorded now.
    """
    marks = {stage: _marks(session, stage, as_of) for stage in Stage}
    rows = []
    for program in session.exec(select(Program).order_by(col(Program.id))):
        cohorts = session.exec(select(Cohort).where(Cohort.program_id == program.id).order_by(col(Cohort.number))).all()
        rows.append(_row(program.key, None, cohorts, marks))
        rows.extend(_row(program.key, cohort.key, [cohort], marks) for cohort in cohorts)
    return rows


def people_in_stage(
    session: Session, stage: Stage, *, as_of: date, program: str | None = None, cohort: str | None = None
) -> list[int]:
    """The ids of the graduates behind one cell of the funnel, in order; of everybody without program and cohort.

    Applicants who were not taken are counted in the cell, but are no graduates and have no id here.
    """
    chosen = select(Cohort.id).join(Program, col(Program.id) == Cohort.program_id)
    if program is not None:
        chosen = chosen.where(Program.key == program)
    if cohort is not None:
        chosen = chosen.where(Cohort.key == cohort)
    cohort_ids = set(session.exec(chosen))
    marks = _marks(session, stage, as_of)
    return sorted({m.graduate_id for m in marks if m.cohort_id in cohort_ids and m.graduate_id is not None})


def _row(program: str, cohort: str | None, cohorts: Iterable[Cohort], marks: dict[Stage, set[Mark]]) -> FunnelRow:
    ids = {one.id for one in cohorts}
    places = [one.capacity for one in cohorts if one.capacity is not None]
    counts = {stage: len({m[1:] for m in found if m.cohort_id in ids}) or None for stage, found in marks.items()}
    return FunnelRow(program, cohort, sum(places) if places else None, counts)


def _marks(session: Session, stage: Stage, as_of: date) -> set[Mark]:
    return set(_FINDERS[stage](session, as_of))


def _applied(session: Session, as_of: date) -> Iterable[Mark]:
    given = _not_after(Application.applied_on, as_of)
    rows = session.exec(select(Application.cohort_id, Application.graduate_id, Application.id).where(given))
    return (Mark(*row) for row in rows)


def _selected(session: Session, as_of: date) -> Iterable[Mark]:
    """Whoever belongs to a cohort was selected, also where no applications were kept."""
    chosen = select(Application.cohort_id, Application.graduate_id).where(
        Application.state == ApplicationState.SELECTED, col(Application.graduate_id).is_not(None)
    )
    belonging = select(Graduate.cohort_id, Graduate.id)
    return (Mark(*row) for query in (chosen, belonging) for row in session.exec(query))


def _enrolled(session: Session, as_of: date) -> Iterable[Mark]:
    return _enrolments(session, _not_after(CourseSession.starts_on, as_of))


def _completed(session: Session, as_of: date) -> Iterable[Mark]:
    done = col(Enrolment.state) == EnrolmentState.COMPLETED
    return _enrolments(session, done & _not_after(Enrolment.ended_on, as_of))


def _enrolments(session: Session, condition: Any) -> Iterable[Mark]:
    joined = select(CourseSession.cohort_id, Enrolment.graduate_id).join(
        Enrolment, col(Enrolment.session_id) == CourseSession.id
    )
    return (Mark(*row) for row in session.exec(joined.where(condition)))


def _suggested(session: Session, as_of: date) -> Iterable[Mark]:
    standing = col(Suggestion.state).not_in(states_where("suggestion", closed=True))
    suggested = select(Suggestion.graduate_id).where(standing, col(Suggestion.is_eligible))
    rows = session.exec(select(Graduate.cohort_id, Graduate.id).where(col(Graduate.id).in_(suggested)))
    return (Mark(*row) for row in rows)


def _interns_who(answer: Callable[[Internship], bool]) -> Callable[[Session, date], Iterable[Mark]]:
    def find(session: Session, as_of: date) -> Iterable[Mark]:
        found = internships(session, as_of=as_of)
        return (Mark(one.cohort_id, one.graduate_id) for one in found if answer(one))

    return find


def _not_after(column: Any, as_of: date) -> Any:
    return or_(col(column).is_(None), col(column) <= as_of)


_FINDERS: dict[Stage, Callable[[Session, date], Iterable[Mark]]] = {
    Stage.APPLIED: _applied,
    Stage.SELECTED: _selected,
    Stage.ENROLLED: _enrolled,
    Stage.COMPLETED: _completed,
    Stage.SUGGESTED: _suggested,
    Stage.INTERN: _interns_who(lambda one: True),
    Stage.OFFERED: _interns_who(lambda one: one.is_offered),
    Stage.CONVERTED: _interns_who(lambda one: one.is_converted),
}
