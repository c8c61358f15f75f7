"""Decides what stands ready to be answered in these tests: one person at one company, as far along as a test needs."""

from datetime import date, timedelta
from typing import Any

from flask import Flask
from sqlmodel import Session, col, select

from employers.models import Agreement, Contact, Opening
from placement import links
from placement.access import office_actor
from placement.assessments import open_assessment
from placement.consents import load_consent_documents, standing_consent
from placement.enums import Channel, LinkPurpose, Side
from placement.internship_agreements import draft_agreement
from placement.models import AnswerLink, Conversion, Event, Graduate, Placement, Referral, RetentionCheck
from placement.models.papers import SCALES
from placement.moving import advance
from placement.referrals import create_referral
from placement.states import record_birth
from tests.fixtures.pages import PageVisitor
from tests.web.cast import TODAY, Office

CLERK = office_actor("office")
NAME, PHONE, EMAIL = "남궁서윤", "01000000077", "seoyun@example.com"
STEPS: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    "awaiting_consent": (("ask_consent", {}),),
    "sent": (("ask_consent", {}), ("consent", {"channel": Channel.PHONE, "note": "전화"})),
}
STEPS["interested"] = (*STEPS["sent"], ("show_interest", {}))
STEPS["offered"] = (*STEPS["interested"], ("offer", {"kind": "employment", "pay": 2_400_000}))


class Case:
    """One graduate, one opening with two seats, and links to answer about them."""

    def __init__(self, app: Flask) -> None:
        self.office = Office(app)
        self.database = self.office.database
        self.graduate_id = self.office.graduate(NAME, "엑셀", "폴리곤 라벨링", phone=PHONE, email=EMAIL)
        self.opening_id = self.office.opening("라벨링 검수", "엑셀", seats=2)
        with self.database.transaction() as session:
            load_consent_documents(session)
            company = self.office.company.id
            session.add(Agreement(company_id=company, kind="employment", state="in_force", signed_on=TODAY))
            session.add(Contact(company_id=company, name="한담당", phone="01000000055"))
            counselor = session.merge(self.office.accounts["counselor"])
            counselor.phone = "0200000001"
            session.merge(self.office.accounts["manager"]).phone = "0200000002"

    def referral(self, state: str, graduate_id: int | None = None, opening_id: int | None = None) -> int:
        """The number of a referral that has come as far as this state."""
        with self.database.transaction() as session:
            person = session.get_one(Graduate, graduate_id or self.graduate_id)
            opening = session.get_one(Opening, opening_id or self.opening_id)
            counselor = self.office.accounts["counselor"].id
            row = create_referral(session, person, opening, CLERK, today=TODAY, counselor_id=counselor)
            for name, given in STEPS[state]:
                advance(session, row, name, CLERK, effective_on=TODAY, **{"note": "전화", **given})
            return row.id or 0

    def conversion(self) -> int:
        """The number of a conversion that was offered."""
        with self.database.transaction() as session:
            placement = self._placement(session, "internship")
            conversion = Conversion(placement_id=placement.id)
            record_birth(session, conversion, CLERK, effective_on=TODAY)
            advance(session, conversion, "offer", CLERK, effective_on=TODAY, terms="정규직, 월 250만원")
            return conversion.id or 0

    def pending_conversion(self, state: str) -> int:
        """The number of a conversion that waits for the company, or has waited for too long."""
        with self.database.transaction() as session:
            placement = self._placement(session, "internship", days_ago=200)
            placement.ends_on = TODAY - timedelta(days=110)
            conversion = Conversion(placement_id=placement.id)
            record_birth(session, conversion, CLERK, effective_on=TODAY)
            if state == "unknown":
                advance(session, conversion, "lose_track", CLERK, effective_on=TODAY)
            return conversion.id or 0

    def check(self) -> int:
        """The number of a retention check that is due."""
        with self.database.transaction() as session:
            check = RetentionCheck(placement_id=self._placement(session, "employment").id, months=3, due_on=TODAY)
            record_birth(session, check, CLERK, effective_on=TODAY)
            return check.id or 0

    def agreement(self, **fields: Any) -> int:
        """The number of an internship agreement that waits for its signatures."""
        with self.database.transaction() as session:
            row = draft_agreement(session, self._internship(session), CLERK, today=TODAY)
            advance(session, row, "fill", CLERK, effective_on=TODAY, mentor="박멘토", **fields)
            advance(session, row, "issue", CLERK, effective_on=TODAY)
            return row.id or 0

    def assessment(self, *, is_answered: bool = False) -> int:
        """The number of a mid-term check that is due, or of an end assessment that was answered with fours."""
        with self.database.transaction() as session:
            row = open_assessment(
                session, self._internship(session), "end" if is_answered else "midterm", CLERK, today=TODAY
            )
            if is_answered:
                said = {**dict.fromkeys(SCALES, 4), "comment": "성실합니다.", "conversion_wish": "yes"}
                advance(session, row, "answer", CLERK, effective_on=TODAY, answered_by="한담당", **said)
            return row.id or 0

    def _internship(self, session: Session) -> Placement:
        known = select(Placement).where(Placement.graduate_id == self.graduate_id, Placement.kind == "internship")
        row = session.exec(known).first() or self._placement(session, "internship")
        row.state, row.ends_on = "active", TODAY + timedelta(days=30)
        session.flush()
        return row

    def _placement(self, session: Session, kind: str, days_ago: int = 80) -> Placement:
        begun = TODAY - timedelta(days=days_ago)
        placement = Placement(
            graduate_id=self.graduate_id, company_id=self.office.company.id, kind=kind, starts_on=begun
        )
        record_birth(session, placement, CLERK, effective_on=begun)
        return placement

    def link(self, purpose: str, row_id: int, side: Side, *, made_on: date = TODAY) -> str:
        """The path of a new link."""
        with self.database.transaction() as session:
            row = session.get_one(links.SCOPES[purpose].table, row_id)
            _link, token = links.make_link(session, purpose, row, side, CLERK, today=made_on)
        return f"/answer/{token}"

    def company_link(self, state: str = "sent") -> str:
        return self.link(LinkPurpose.COMPANY_ANSWER, self.referral(state), Side.COMPANY)

    def withdraw_consent(self, referral_id: int) -> None:
        """The person has called: the company shall see nothing any more."""
        with self.database.transaction() as session:
            consent = standing_consent(session, referral_id)
            advance(session, consent, "withdraw", CLERK, effective_on=TODAY, channel=Channel.PHONE, note="전화")

    def guest(self) -> PageVisitor:
        """Somebody without an account."""
        return PageVisitor(self.office.app.test_client())

    def state(self, table: Any, row_id: int) -> str:
        return str(self.office.read(table, row_id).state)

    def last_event(self) -> Event:
        return self.office.newest(Event)

    def referral_row(self, row_id: int) -> Referral:
        return self.office.read(Referral, row_id)

    def unspent(self) -> int:
        """How many links may still be answered."""
        with self.database.reading() as session:
            return len(session.exec(select(AnswerLink).where(col(AnswerLink.used_at).is_(None))).all())
