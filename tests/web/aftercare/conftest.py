"""Decides what these tests stand on: the small office with somebody at work by referral, an internship and its checks."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlmodel import select

from employers.models import Opening
from placement import moving
from placement.models import Cohort, Conversion, CourseSession, Enrolment, Graduate, Placement, Program, Referral
from placement.retention import open_checks
from placement.settings import Settings
from placement.states import record_birth
from tests.fixtures.pages import PageVisitor
from tests.fixtures.service import TEST_KEY
from tests.web.cast import OFFICE, TODAY
from tests.web.referrals.conftest import Case

BEGAN = TODAY - timedelta(days=100)


class After(Case):
    """The office with what comes after an acceptance."""

    def intern(self, *, starts_on: date = TODAY - timedelta(days=70)) -> int:
        """The id of the internship of somebody who accepted an offer, at work, its conversion open."""
        referral = self.send()
        with self.database.transaction() as session:
            row = session.get_one(Referral, referral)
            heard = {"effective_on": TODAY, "note": "전화로 들음"}
            for name, given in (("show_interest", {}), ("offer", {"starts_on": starts_on}), ("accept", {})):
                moving.advance(session, row, name, OFFICE, **heard, **given)
            placement = self.only(session, Placement)
            moving.advance(session, placement, "start", OFFICE, effective_on=starts_on)
            record_birth(session, Conversion(placement_id=placement.id), OFFICE, effective_on=TODAY)
            return placement.id or 0

    def job(self) -> int:
        """The id of a regular job that began 100 days ago, its three checks there."""
        with self.database.transaction() as session:
            given = {"kind": "employment", "starts_on": BEGAN}
            placement = Placement(graduate_id=self.other, company_id=self.company.id, **given)
            record_birth(session, placement, OFFICE, effective_on=BEGAN)
            moving.advance(session, placement, "start", OFFICE, effective_on=BEGAN)
            open_checks(session, OFFICE, today=BEGAN)
            return placement.id or 0

    def trainees(self, *names: str) -> tuple[int, list[int]]:
        """The ids of a cohort that is still in training, and of its people."""
        with self.database.transaction() as session:
            program = Program(key="college", name="라벨링 과정")
            session.add(program)
            session.flush()
            cohort = Cohort(key="college-1", program_id=program.id, number=1, ended_on=TODAY)
            session.add(cohort)
            session.flush()
            run = CourseSession(cohort_id=cohort.id, number=1)
            session.add(run)
            session.flush()
            people = []
            for name in names:
                given = {"cohort_id": cohort.id, "state": "in_training", "completion_on": TODAY + timedelta(days=9)}
                person = Graduate(key=f"T-{name}", name=name, **given)
                record_birth(session, person, OFFICE, effective_on=TODAY)
                session.add(Enrolment(graduate_id=person.id, session_id=run.id))
                people.append(person.id or 0)
            return cohort.id or 0, people

    def external(self) -> int:
        """The id of an opening that somebody else has posted."""
        number = self.opening("외부 사무 보조", "엑셀", employment_type="regular")
        with self.database.transaction() as session:
            session.get_one(Opening, number).sqlmodel_update(
                {"source": "external", "posting_url": "https://jobs.example.com/1"}
            )
        return number

    def only(self, session: Any, table: type[Any]) -> Any:
        return session.exec(select(table)).one()


@pytest.fixture
def settings(sqlite_url: str) -> Settings:
    return Settings(database_url=sqlite_url, secret_key=TEST_KEY, today=TODAY)


@pytest.fixture
def office(app: Flask) -> After:
    return After(app)


@pytest.fixture
def counselor(office: After) -> PageVisitor:
    return office.visitor("counselor")


@pytest.fixture
def partner(office: After) -> PageVisitor:
    return office.visitor("partner")


@pytest.fixture
def manager(office: After) -> PageVisitor:
    return office.visitor("manager")
