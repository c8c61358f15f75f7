"""Checks the counts of the funnel, and that each cell opens on the people it counts."""

from datetime import date

import pytest

from placement.figures.funnel import Stage, funnel, people_in_stage
from placement.models import Application, CourseSession, Enrolment, MatchRun, Opening, Suggestion
from placement.states import move
from tests.figures.cast import OFFICE, Office

LATER = date(2020, 12, 1)


@pytest.fixture
def course(office) -> Office:
    """Three people of the labeling course: one completed, one in training, one dropped out; a fourth was refused."""
    cohort = office.cohorts["labeling"]
    lessons = office.keep(CourseSession(cohort_id=cohort.id, number=1, starts_on=date(2020, 10, 6)))
    for state, ended_on in (("completed", date(2020, 10, 19)), ("enrolled", None), ("dropped", date(2020, 10, 9))):
        person = office.graduate("labeling")
        office.keep(Enrolment(graduate_id=person.id, session_id=lessons.id, state=state, ended_on=ended_on))
        office.keep(_application(cohort.id, person.name, graduate_id=person.id, state="selected"))
    office.keep(_application(cohort.id, "라마바", state="not_selected"))
    return office


def _application(cohort_id, applicant, **values) -> Application:
    return Application(cohort_id=cohort_id, applicant=applicant, applied_on=date(2020, 9, 25), **values)


def counts(office: Office, program: str, as_of: date = LATER) -> dict[str, int | None]:
    row = next(row for row in funnel(office.session, as_of=as_of) if row.program == program and row.cohort is None)
    return {stage.value: count for stage, count in row.counts.items()}


def test_people_are_counted_at_each_stage_and_a_stage_without_anyone_is_none(course):
    assert counts(course, "labeling") == {
        "applied": 4,
        "selected": 3,
        "enrolled": 3,
        "completed": 1,
        "suggested": None,
        "intern": None,
        "offered": None,
        "converted": None,
    }


def test_what_had_not_happened_by_the_day_is_not_counted(course):
    assert counts(course, "labeling", date(2020, 10, 18))["completed"] is None
    assert counts(course, "labeling", date(2020, 10, 5))["enrolled"] is None
    assert counts(course, "labeling", date(2020, 9, 24))["applied"] is None


def test_interns_offers_and_conversions_agree_with_the_rates(office):
    office.article()
    found = counts(office, "college")
    assert (found["intern"], found["offered"], found["converted"]) == (16, 12, 6)
    assert counts(office, "college", date(2020, 6, 30))["converted"] is None  # accepted, but not yet begun


def test_each_program_is_followed_by_its_cohorts_with_their_capacity(office):
    rows = [(row.program, row.cohort, row.capacity) for row in funnel(office.session, as_of=LATER)]
    assert rows == [
        ("college", None, 20),
        ("college", "college-1", 20),
        ("labeling", None, 20),
        ("labeling", "labeling-1", 20),
    ]


def test_a_cell_opens_on_the_people_it_counts(course):
    course.article()
    for row in funnel(course.session, as_of=LATER):
        for stage, count in row.counts.items():
            people = people_in_stage(course.session, stage, as_of=LATER, program=row.program, cohort=row.cohort)
            not_taken = 1 if stage == Stage.APPLIED and row.program == "labeling" else 0
            assert len(people) + not_taken == (count or 0)


def test_a_suggestion_counts_a_person_once_until_it_is_dismissed(office):
    person = office.graduate("labeling")
    run = office.keep(MatchRun())
    pairs = []
    for number in (1, 2):
        opening = office.keep(Opening(key=f"O-{number}", company_id=office.company.id, title="검수"))
        pairs.append(Suggestion(graduate_id=person.id, opening_id=opening.id, run_id=run.id, score=50))
        office.keep(pairs[-1])
    assert counts(office, "labeling")["suggested"] == 1
    assert people_in_stage(office.session, Stage.SUGGESTED, as_of=LATER, cohort="labeling-1") == [person.id]
    impossible = office.graduate("labeling")
    office.keep(Suggestion(graduate_id=impossible.id, opening_id=opening.id, run_id=run.id, score=9, is_eligible=False))
    assert counts(office, "labeling")["suggested"] == 1
    for pair in pairs:
        move(office.session, pair, "dismiss", OFFICE, effective_on=LATER, reason="other")
    assert counts(office, "labeling")["suggested"] is None
