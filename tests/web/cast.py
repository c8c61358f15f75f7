"""Decides who walks through the office's doors in these tests: two counselors, a partner, a rival, a manager, one day."""

from datetime import date
from typing import Any

from flask import Flask
from sqlmodel import Session, col, select

from employers.models import Company
from employers.openings import OpeningInput, RequirementInput
from placement.access import office_actor
from placement.db import Database
from placement.graduates import GraduateInput, SkillInput, store_graduate
from placement.models import Account, Event, Job, Suggestion
from placement.openings import move_opening, post_opening
from placement.storing import store
from placement.suggesting import propose_all
from tests.fixtures.pages import PageVisitor

TODAY = date(2020, 12, 1)
OFFICE = office_actor("office")
READERS = {
    "counselor": "counselor",
    "colleague": "counselor",
    "manager": "manager",
    "partner": "partner",
    "rival": "partner",
}


class Office:
    """A small office in the database of one app: everybody's account, and rows made through the rules."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.database: Database = app.extensions["ieum_database"]
        with self.database.transaction() as session:
            self.company = _keep(session, Company(key="A", name="누리솔데이터", name_key="누리솔데이터"))
            self.rival = _keep(session, Company(key="B", name="한빛마루랩스", name_key="한빛마루랩스"))
            owners = {"partner": self.company.id, "rival": self.rival.id}
            self.accounts = {
                who: _keep(session, account_of(who, role, owners.get(who))) for who, role in READERS.items()
            }

    def visitor(self, who: str) -> PageVisitor:
        """Somebody of READERS who is signed in, without the slow check of a password."""
        visitor = PageVisitor(self.app.test_client())
        with visitor.client.session_transaction() as cookie:
            cookie.update({"_user_id": f"{self.accounts[who].id}:{who}", "_fresh": True})
        return visitor

    def graduate(self, name: str, *skills: str, **typed: Any) -> int:
        """The id of somebody ready for work who holds these skills and is the counselor's own, unless told otherwise."""
        given = {"counselor_id": self.accounts["counselor"].id, **typed}
        held = [SkillInput(skill=skill, level=3) for skill in skills]
        with self.database.transaction() as session:
            row = store_graduate(session, GraduateInput(name=name, skills=held, **given), OFFICE, effective_on=TODAY)
        return row.id or 0

    def opening(self, title: str, *skills: str, **typed: Any) -> int:
        """The id of an open opening that asks these skills."""
        asked = [RequirementInput(skill=skill) for skill in skills]
        with self.database.transaction() as session:
            given = OpeningInput(title=title, requirements=asked, **typed)
            row = post_opening(session, self.company, given, OFFICE, today=TODAY)
            move_opening(session, row, "publish", OFFICE, today=TODAY)
        return row.id or 0

    def match(self) -> None:
        """Run the engine over everybody, as the night does."""
        with self.database.reading() as session:
            proposal = propose_all(session, today=TODAY)
        with self.database.transaction() as session:
            store(session, proposal)

    def pair(self, graduate_id: int, opening_id: int) -> Suggestion:
        """The suggestion of two, as stored now."""
        with self.database.reading() as session:
            chosen = select(Suggestion).where(
                Suggestion.graduate_id == graduate_id, Suggestion.opening_id == opening_id
            )
            return session.exec(chosen).one()

    def read(self, table: type[Any], row_id: int) -> Any:
        with self.database.reading() as session:
            return session.get_one(table, row_id)

    def change(self, table: type[Any], row_id: int, **values: Any) -> None:
        """Set columns as time or an import would have."""
        with self.database.transaction() as session:
            session.get_one(table, row_id).sqlmodel_update(values)

    def log(self, entity: str, row_id: int) -> list[Event]:
        with self.database.reading() as session:
            lines = select(Event).where(Event.entity == entity, Event.entity_id == row_id)
            return list(session.exec(lines.order_by(col(Event.id))))

    def jobs(self) -> list[tuple[str, str]]:
        with self.database.reading() as session:
            return [(job.kind, job.subject) for job in session.exec(select(Job).order_by(col(Job.id)))]

    def newest(self, table: type[Any]) -> Any:
        with self.database.reading() as session:
            return session.exec(select(table).order_by(col(table.id).desc())).first()


def account_of(who: str, role: str, company_id: int | None) -> Account:
    return Account(
        email=f"{who}@example.com",
        name=f"{who} 담당",
        role=role,
        company_id=company_id,
        password_hash="nobody signs in by password here",
        session_stamp=who,
    )


def _keep(session: Session, row: Any) -> Any:
    session.add(row)
    session.flush()
    return row
