"""Decides how a row of an enrolments sheet puts a graduate into a course session."""

from typing import Any

from sqlmodel import Session, col, select

from placement.cohorts import ask_comparison
from placement.departures import move_on
from placement.enums import EnrolmentState, GraduateState, LeaveReason
from placement.importing.courses import CourseBook
from placement.importing.desk import CHANGED, CREATED, UNCHANGED, Desk, differences
from placement.importing.finding import PersonBook
from placement.importing.sheets import Row
from placement.models import Cohort, CourseSession, Enrolment, Graduate

_FIELDS = ("state", "ended_on", "reason")
_LONGEST_REASON = 300
# What an ended course makes of the person; of several sessions the first of these counts.
MOVES: dict[EnrolmentState, tuple[str, str | None]] = {
    EnrolmentState.COMPLETED: ("complete", None),
    EnrolmentState.EMPLOYED: ("leave", LeaveReason.EMPLOYED),
    EnrolmentState.DROPPED: ("leave", LeaveReason.DROPPED_OUT),
}


class EnrolmentIntake:
    """Enrolments: one person in one session (the first, when the sheet names none); people must be known."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.people, self.courses = PersonBook(desk.session), CourseBook(desk)
        known = desk.session.exec(select(Enrolment))
        self.enrolments = {(enrolment.graduate_id, enrolment.session_id): enrolment for enrolment in known}
        self.seen: dict[tuple[str, str, int], int] = {}
        self.new: list[tuple[Enrolment, Graduate, CourseSession]] = []
        self.changes: list[tuple[Enrolment, dict[str, Any]]] = []
        self.joined: list[tuple[Graduate, Cohort]] = []
        self.touched: list[Graduate] = []

    def take(self, row: Row) -> str:
        person = self.people.find(row)
        if len(row.get("reason") or "") > _LONGEST_REASON:
            raise row.refuse("too_long", "reason", limit=_LONGEST_REASON)
        cohort = self.courses.cohort(row)
        if cohort is None:
            raise row.refuse("value_missing", "program")
        number = row.get("session") or 1
        if (person.key, cohort.key, number) in self.seen:
            other = self.seen[person.key, cohort.key, number]
            raise row.refuse("enrolment_twice", "name", given=person.key, other=other)
        self.seen[person.key, cohort.key, number] = row.number
        given = {name: row.values[name] for name in _FIELDS if name in row.values}
        found = self.courses.session_of(row, cohort, number)
        return self._enrol(person, cohort, found, given)

    def finish(self) -> None:
        """Nothing spans rows here."""

    def store(self) -> None:
        session = self.desk.session
        self.courses.store()
        for enrolment, person, found in self.new:
            enrolment.graduate_id, enrolment.session_id = person.id or 0, found.id or 0
            session.add(enrolment)
        for enrolment, changes in self.changes:
            session.add(enrolment.sqlmodel_update(changes))
        for person, cohort in self.joined:
            session.add(person.sqlmodel_update({"cohort_id": cohort.id, "version": person.version + 1}))
        session.flush()
        self._end_courses({person.id or 0: person for person in self.touched})

    def _end_courses(self, people: dict[int, Graduate]) -> None:
        """Who is still in training, and has no session left to attend, has completed the course or left it.

        The cohorts of those who completed are compared with every opening.
        """
        session = self.desk.session
        compared: set[int] = set()
        for person in people.values():
            ending = _ending(session, person) if person.state == GraduateState.IN_TRAINING else None
            day = (ending and ending.ended_on) or self.desk.today
            if ending is not None and day <= self.desk.today:
                name, reason = MOVES[EnrolmentState(ending.state)]
                move_on(session, person, name, self.desk.actor, effective_on=day, reason=reason)
                if name == "complete" and person.cohort_id is not None:
                    compared.add(person.cohort_id)
        for cohort_id in sorted(compared):
            ask_comparison(session, cohort_id)

    def _enrol(self, person: Graduate, cohort: Cohort, found: CourseSession, given: dict[str, Any]) -> str:
        self.touched.append(person)
        known = self.enrolments.get((person.id or 0, found.id or 0))
        if known is None:
            if person.cohort_id is None and all(person is not other for other, _ in self.joined):
                self.joined.append((person, cohort))
            row = Enrolment(graduate_id=0, session_id=0, **{"state": EnrolmentState.ENROLLED, **given})
            self.new.append((row, person, found))
            return CREATED
        changes = differences(known, given)
        if changes:
            self.changes.append((known, changes))
        return CHANGED if changes else UNCHANGED


def _ending(session: Session, person: Graduate) -> Enrolment | None:
    """The enrolment that tells how the person's course ended; None while another goes on."""
    mine = select(Enrolment).where(Enrolment.graduate_id == person.id)
    enrolments = session.exec(mine.order_by(col(Enrolment.id))).all()
    if not enrolments or any(one.state == EnrolmentState.ENROLLED for one in enrolments):
        return None
    return min(enrolments, key=lambda one: list(MOVES).index(EnrolmentState(one.state)))
