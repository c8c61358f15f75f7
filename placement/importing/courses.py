"""Decides which program and cohort a row means, and which of them are made because a sheet names them first."""

from sqlmodel import Session, col, select

from employers.keys import new_key
from matching.normalise import fold
from placement.importing.cells import read_whole, shown
from placement.importing.desk import Desk
from placement.importing.finding import find_alike
from placement.importing.problems import CellRefused
from placement.importing.sheets import Row
from placement.models import Cohort, CourseSession, Organisation, Program


class CourseBook:
    """Programs, cohorts, sessions and organisations: stored ones, and new ones that `store` writes in order."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        session = desk.session
        self.programs: dict[str, Program] = {}
        self.cohorts: dict[tuple[str, int], Cohort] = {}
        self.cohorts_by_key: dict[str, Cohort] = {}
        self.sessions: dict[tuple[str, int], CourseSession] = {}
        self.organisations = {fold(o.name): o for o in session.exec(select(Organisation))}
        self.program_of: dict[str, Program] = {}
        self.new_programs: list[tuple[Program, Organisation | None]] = []
        self.new_cohorts: list[tuple[Cohort, Organisation | None]] = []
        self.new_sessions: list[tuple[CourseSession, Cohort]] = []
        self._read(session)

    def _read(self, session: Session) -> None:
        by_id = {program.id: program for program in session.exec(select(Program).order_by(col(Program.id)))}
        for program in by_id.values():
            self.enter_program(program)
        cohorts = {cohort.id: cohort for cohort in session.exec(select(Cohort).order_by(col(Cohort.id)))}
        for cohort in cohorts.values():
            self.enter_cohort(cohort, by_id[cohort.program_id])
        for found in session.exec(select(CourseSession)):
            self.sessions[cohorts[found.cohort_id].key, found.number] = found

    def enter_program(self, program: Program) -> None:
        for word in (program.name, program.key, program.name_en, program.track):
            if word:
                self.programs.setdefault(fold(word), program)

    def enter_cohort(self, cohort: Cohort, program: Program) -> None:
        self.cohorts[program.key, cohort.number] = cohort
        self.cohorts_by_key[cohort.key] = cohort
        self.program_of[cohort.key] = program

    def organisation(self, name: str) -> Organisation:
        """The organisation of exactly this name; two with like names stay two."""
        return self.organisations.setdefault(fold(name), Organisation(name=name))

    def program(self, row: Row, name: str, column: str = "program") -> Program:
        """The program of this name or key; a new one is made and said, unless the name may be a slip of another."""
        if known := self.programs.get(fold(name)):
            return known
        if alike := find_alike(fold(name), {form: program.name for form, program in self.programs.items()}):
            raise row.refuse("program_alike", column, given=shown(name), alike=alike)
        if len(name) > 200:
            raise row.refuse("too_long", column, limit=200)
        self.desk.warn(row, "program_created", column, program=name)
        self.desk.beside("program")
        return self.plan_program(Program(key=new_key("P"), name=name), None)

    def plan_program(self, program: Program, operator: Organisation | None) -> Program:
        self.new_programs.append((program, operator))
        self.enter_program(program)
        return program

    def cohort(self, row: Row) -> Cohort | None:
        """The cohort that the row's program and cohort mean; None when it names neither. Raises RowRefused."""
        name, given = row.get("program"), row.get("cohort")
        if name is None:
            return self._cohort_by_key(row, given) if given else None
        if given in self.cohorts_by_key:
            return self.cohorts_by_key[given]
        program = self.program(row, name)
        number = self._number(row, given) if given else self._only_number(row, program)
        if (program.key, number) not in self.cohorts:
            if not 1 <= number <= 9999:
                raise row.refuse("number_shape", "cohort", given=shown(str(given)))
            self.desk.warn(row, "cohort_created", "cohort", program=program.name, number=number)
            self.desk.beside("cohort")
            self.plan_cohort(Cohort(key=new_key("C"), number=number, program_id=0), program, None)
        return self.cohorts[program.key, number]

    def plan_cohort(self, cohort: Cohort, program: Program, body: Organisation | None) -> Cohort:
        self.new_cohorts.append((cohort, body))
        self.enter_cohort(cohort, program)
        return cohort

    def session_of(self, row: Row, cohort: Cohort, number: int) -> CourseSession:
        """The cohort's session of this number; made when the sheet names it first."""
        if (cohort.key, number) not in self.sessions:
            if not 1 <= number <= 9999:
                raise row.refuse("number_shape", "session", given=str(number))
            found = CourseSession(cohort_id=0, number=number)
            self.sessions[cohort.key, number] = found
            self.new_sessions.append((found, cohort))
            self.desk.beside("session")
        return self.sessions[cohort.key, number]

    def store(self) -> None:
        """Write what is new, parents first, so that every planned row has its id afterwards."""
        session = self.desk.session
        session.add_all(self.organisations.values())
        session.flush()
        for program, operator in self.new_programs:
            program.operator_id = operator.id if operator else None
            session.add(program)
        session.flush()
        for cohort, body in self.new_cohorts:
            cohort.program_id = self.program_of[cohort.key].id or 0
            cohort.training_body_id = body.id if body else None
            session.add(cohort)
        session.flush()
        for found, cohort in self.new_sessions:
            found.cohort_id = cohort.id or 0
            session.add(found)
        session.flush()

    def _cohort_by_key(self, row: Row, given: str) -> Cohort:
        if given not in self.cohorts_by_key:
            raise row.refuse("cohort_without_program", "cohort")
        return self.cohorts_by_key[given]

    @staticmethod
    def _number(row: Row, given: str) -> int:
        try:
            return read_whole(given)
        except CellRefused as refused:
            raise row.refuse("cohort_shape", "cohort", **refused.values) from refused

    def _only_number(self, row: Row, program: Program) -> int:
        """A program without a cohort begins with its first; with several the sheet must say which."""
        numbers = [number for key, number in self.cohorts if key == program.key]
        if len(numbers) > 1:
            raise row.refuse("cohort_missing", "program", program=program.name)
        return numbers[0] if numbers else 1
