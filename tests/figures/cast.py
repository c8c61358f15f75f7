"""Decides the small office of the figure tests: two programs, and interns whose answers a test gives by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count

from sqlmodel import Session

from placement.access import office_actor
from placement.db import Database
from placement.models import Cohort, Company, Conversion, Graduate, Placement, Program
from placement.states import move, record_birth

OFFICE = office_actor("test")
STARTED, ENDED, CONTRACT = date(2020, 3, 2), date(2020, 6, 1), date(2020, 7, 1)
OFFERED, ANSWERED = date(2020, 5, 18), date(2020, 6, 5)


class Office:
    """Programs "college" (with interns) and "labeling" (without), each with one cohort."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.numbers = count(1)
        self.cohorts = {key: self._cohort(key) for key in ("college", "labeling")}
        self.company = self.keep(Company(key="D-001", name="누리솔", name_key="누리솔"))

    def graduate(self, program: str = "college") -> Graduate:
        number = next(self.numbers)
        cohort = self.cohorts[program]
        return self.keep(Graduate(key=f"A-{number:03}", name=f"가나{number}", cohort_id=cohort.id))

    def intern(self, *, ends_on: date = ENDED, begins: bool = True) -> Conversion:
        """An intern of the college from STARTED on; their conversion is undecided."""
        graduate = self.graduate()
        placement = Placement(
            graduate_id=graduate.id,
            company_id=self.company.id,
            cohort_id=graduate.cohort_id,
            kind="internship",
            starts_on=STARTED,
            ends_on=ends_on,
        )
        record_birth(self.session, placement, OFFICE, effective_on=STARTED)
        if begins:
            move(self.session, placement, "start", OFFICE, effective_on=STARTED)
        conversion = Conversion(placement_id=placement.id)
        record_birth(self.session, conversion, OFFICE, effective_on=date(2020, 5, 4))
        return conversion

    def say(self, conversion: Conversion, **moves: date) -> Conversion:
        """Run moves in the given order, each on its day: say(conversion, offer=day, accept=day)."""
        for name, day in moves.items():
            move(self.session, conversion, name, OFFICE, effective_on=day, reason="other")
        return conversion

    def placement_of(self, conversion: Conversion) -> Placement:
        return self.session.get_one(Placement, conversion.placement_id)

    def article(self) -> list[Conversion]:
        """16 interns: 6 convert, 6 decline their offer, 4 get none."""
        converted = [self.say(self.intern(), offer=OFFERED, accept=ANSWERED, start=CONTRACT) for _ in range(6)]
        declined = [self.say(self.intern(), offer=OFFERED, decline=ANSWERED) for _ in range(6)]
        return converted + declined + [self.say(self.intern(), not_offer=ANSWERED) for _ in range(4)]

    def _cohort(self, key: str) -> Cohort:
        program = self.keep(Program(key=key, name=key))
        return self.keep(Cohort(key=f"{key}-1", program_id=program.id, number=1, capacity=20))

    def keep(self, row):
        self.session.add(row)
        self.session.flush()
        return row


@contextmanager
def opened_office(url: str) -> Iterator[Office]:
    """An office in one transaction of an empty database."""
    database = Database(url)
    try:
        with database.transaction() as session:
            yield Office(session)
    finally:
        database.close()
