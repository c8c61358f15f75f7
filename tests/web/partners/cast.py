"""Decides who walks through the doors in these tests: a partner, a rival, a counselor and a manager, on one fixed day."""

from datetime import date

from flask import Flask
from sqlmodel import Session, col, select

from employers.models import Company, Opening, OpeningRequirement
from employers.openings import OpeningInput, RequirementInput
from placement.access import office_actor
from placement.db import Database
from placement.models import Account, Event, Graduate, Job, MatchRun, Suggestion
from placement.openings import move_opening, post_opening
from tests.fixtures.browser import Visitor as BrowserVisitor
from tests.fixtures.pages import PageVisitor

TODAY = date(2020, 12, 1)
OFFICE = office_actor("test")
TYPED = {
    "title": "바운딩박스 라벨러",
    "employment_type": "contract",
    "remote": "office",
    "region": "서울 서초구",
    "seats": "3",
    "pay_min": "200",
    "pay_max": "230",
    "closes_on": "2020-12-20",
    "requirements-0-skill": "바운딩박스",
}


class Town:
    """Two companies with a partner account each, and the office, in the database of one app."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.database: Database = app.extensions["ieum_database"]
        with self.database.transaction() as session:
            self.own = self._company(session, "누리솔데이터")
            self.rival = self._company(session, "한빛마루랩스")
            self.accounts = {
                "partner": self._account(session, "partner", "partner", self.own),
                "rival": self._account(session, "rival", "partner", self.rival),
                "counselor": self._account(session, "counselor", "counselor"),
                "manager": self._account(session, "manager", "manager"),
            }

    def visitor(self, who: str) -> PageVisitor:
        """Somebody who is signed in (partner, rival, counselor or manager), without the slow check of a password."""
        visitor = PageVisitor(self.app.test_client())
        with visitor.client.session_transaction() as cookie:
            cookie.update({"_user_id": f"{self.accounts[who].id}:{who}", "_fresh": True})
        return visitor

    def let_in(self, browser: BrowserVisitor, who: str) -> BrowserVisitor:
        """The same in a real browser, by the cookie."""
        client = self.visitor(who).client
        client.get("/help")
        cookie = client.get_cookie("ieum")
        assert cookie is not None
        browser.page.context.add_cookies([{"name": "ieum", "value": cookie.value, "url": browser.host}])
        return browser

    def opening(self, company: Company | None = None, *, publish: bool = True, **typed) -> int:
        """The id of an opening as its company posted it, open unless told otherwise."""
        given = {"title": "검수 담당", "seats": 2, "requirements": [RequirementInput(skill="데이터 검수")], **typed}
        with self.database.transaction() as session:
            row = post_opening(session, company or self.own, OpeningInput(**given), OFFICE, today=TODAY)
            if publish:
                move_opening(session, row, "publish", OFFICE, today=TODAY)
        return row.id or 0

    def suggest(self, opening_id: int, name: str) -> None:
        """Put somebody of this name on the opening's list."""
        with self.database.transaction() as session:
            graduate = Graduate(key=f"G-{name}", name=name, phone="010-0000-1234")
            run = MatchRun()
            session.add_all([graduate, run])
            session.flush()
            session.add(Suggestion(graduate_id=graduate.id, opening_id=opening_id, run_id=run.id, score=88))

    def read_opening(self, opening_id: int) -> Opening:
        with self.database.reading() as session:
            return session.get_one(Opening, opening_id)

    def openings(self) -> list[Opening]:
        with self.database.reading() as session:
            return list(session.exec(select(Opening).order_by(col(Opening.id))))

    def asked(self, opening_id: int) -> list[OpeningRequirement]:
        with self.database.reading() as session:
            rows = select(OpeningRequirement).where(OpeningRequirement.opening_id == opening_id)
            return list(session.exec(rows.order_by(col(OpeningRequirement.position))))

    def moves(self, opening_id: int) -> list[str]:
        """What the log says of an opening."""
        with self.database.reading() as session:
            rows = select(Event.move).where(Event.entity == "opening", Event.entity_id == opening_id)
            return list(session.exec(rows.order_by(col(Event.id))))

    def jobs(self) -> list[tuple[str, str]]:
        with self.database.reading() as session:
            return [(job.kind, job.subject) for job in session.exec(select(Job).order_by(col(Job.id)))]

    def change(self, opening_id: int, **values) -> None:
        """Set columns as time or the office would have."""
        with self.database.transaction() as session:
            row = session.get_one(Opening, opening_id)
            for name, value in values.items():
                setattr(row, name, value)

    def _company(self, session: Session, name: str) -> Company:
        company = Company(key=name, name=name, name_key=name)
        session.add(company)
        session.flush()
        return company

    def _account(self, session: Session, who: str, role: str, company: Company | None = None) -> Account:
        account = Account(
            email=f"{who}@example.com",
            name=f"{who} 담당",
            role=role,
            company_id=company.id if company else None,
            password_hash="nobody signs in by password here",
            session_stamp=who,
        )
        session.add(account)
        session.flush()
        return account
