"""Decides the 148 people of the demo: who took which course, what they hold and wish, and who applied in vain."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from placement.demo.casting import LAYOUT_NAMES, Cast, Dice
from placement.demo.courses import Course, Courses
from placement.demo.postings import TODAY
from placement.demo.profiles import TRADES, hold_skills, wish
from placement.demo.rows import id_of
from placement.enums import ApplicationState, EnrolmentState, GraduateState
from placement.graduates import GraduateInput, columns_of, skill_rows, store_held_skills
from placement.models import Account, Application, Enrolment, Graduate
from placement.states import Actor, move, record_birth

PREFIXES = {"L1": "L1", "L2": "L2", "B1": "B", "A1": "A"}
WITHOUT_COUNSELOR = 30  # every 30th person waits for one
APPLICANTS = {"L1": (90, date(2020, 9, 21)), "L2": (85, date(2020, 10, 26))}
REFUSED: tuple[tuple[ApplicationState, str, dict[str, bool], float], ...] = (
    (ApplicationState.INELIGIBLE, "개인 PC가 없음", {"has_pc": False}, 0.04),
    (ApplicationState.INELIGIBLE, "재택근무를 할 수 없음", {"can_work_remote": False}, 0.06),
    (ApplicationState.WITHDRAWN, "본인 철회", {}, 0.05),
)
YES: dict[str, Any] = {"has_pc": True, "has_internet": True, "can_study_online": True, "can_work_remote": True}


def enrol_people(
    session: Session, cast: Cast, courses: Courses, counselors: list[Account], actor: Actor
) -> dict[str, list[Graduate]]:
    """Everybody of the four cohorts, by the cohort's key, each enrolled in one session."""
    people: dict[str, list[Graduate]] = {}
    for course in courses:
        key = course.cohort.key
        dice = cast.dice(f"people:{key}")
        people[key] = []
        for index, session_index in enumerate(_seats(course)):
            person = _admit(session, cast, dice, course, index, counselors, actor)
            _enrol(session, person, course, session_index, actor)
            people[key].append(person)
    return people


def file_applications(session: Session, cast: Cast, courses: Courses, people: dict[str, list[Graduate]]) -> int:
    """Applications of the labeling cohorts: of everyone taken and of those who were not. Returns how many."""
    filed = 0
    for course in (courses.labeling_1, courses.labeling_2):
        total, opens_on = APPLICANTS[course.cohort.key]
        dice = cast.dice(f"applications:{course.cohort.key}")
        taken = [_taken(course, person) for person in people[course.cohort.key]]
        rows = taken + _refused(cast, course, total, total - len(taken))
        for row in rows:
            row.applied_on = opens_on + timedelta(days=dice.randrange(0, 17))
        session.add_all(rows)
        filed += len(rows)
    session.flush()
    return filed


def _seats(course: Course) -> list[int]:
    """For each person, which of the course's sessions."""
    return [index for index, term in enumerate(course.terms) for _ in range(term.places)]


def _admit(
    session: Session, cast: Cast, dice: Dice, course: Course, index: int, counselors: list[Account], actor: Actor
) -> Graduate:
    cohort, trade = course.cohort, TRADES[course.cohort.key]
    key = f"{PREFIXES[cohort.key]}-{index + 1:03d}"
    name = LAYOUT_NAMES.get(key) or cast.name()
    ended_on = cohort.ended_on or TODAY
    typed = GraduateInput(
        name=name,
        phone=cast.phone(),
        email=f"{key.lower()}@example.com",
        cohort_id=cohort.id,
        counselor_id=None if index % WITHOUT_COUNSELOR == WITHOUT_COUNSELOR - 1 else counselors[index % 2].id,
        completion_on=ended_on,
        available_on=max(ended_on + timedelta(days=1), TODAY),
        skills=hold_skills(dice, trade),
        **wish(dice, trade),
    )
    person = Graduate(key=key, state=GraduateState.IN_TRAINING, **columns_of(typed))
    record_birth(session, person, actor, effective_on=cohort.started_on or TODAY)
    store_held_skills(session, skill_rows(person.id, typed.skills))
    return person


def _enrol(session: Session, person: Graduate, course: Course, index: int, actor: Actor) -> None:
    """A cohort completes as a whole on its last day; before that everyone is in training."""
    cohort, term = course.cohort, course.terms[index]
    is_over = cohort.ended_on is not None and cohort.ended_on < TODAY
    session.add(
        Enrolment(
            graduate_id=id_of(person),
            session_id=id_of(course.sessions[index]),
            state=EnrolmentState.COMPLETED if is_over else EnrolmentState.ENROLLED,
            ended_on=term.ends_on if is_over else None,
        )
    )
    if is_over:
        move(session, person, "complete", actor, effective_on=cohort.ended_on or TODAY)


def _taken(course: Course, person: Graduate) -> Application:
    return Application(
        cohort_id=id_of(course.cohort),
        graduate_id=person.id,
        applicant=person.name or "",
        phone=person.phone,
        state=ApplicationState.SELECTED,
        **YES,
    )


def _refused(cast: Cast, course: Course, total: int, number: int) -> list[Application]:
    why: list[tuple[str, str | None, dict[str, bool]]] = []
    for state, reason, answers, share in REFUSED:
        why += [(state, reason, answers)] * round(share * total)
    why += [(ApplicationState.NOT_SELECTED, "정원 초과", {})] * (number - len(why))
    return [
        Application(
            cohort_id=id_of(course.cohort),
            applicant=cast.name(),
            phone=cast.phone(),
            state=state,
            reason=reason,
            **(YES | answers),
        )
        for state, reason, answers in why
    ]
