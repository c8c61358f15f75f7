"""Decides how the tests of a case act: a counselor's desk that goes through the one door, and remembers nothing."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from employers.models import Agreement, Opening
from placement import moving
from placement.consents import load_consent_documents
from placement.models import Consent, Conversion, Event, Graduate, Placement, Referral
from placement.models.papers import SCALES
from placement.referrals import create_referral
from placement.states import Actor, MoveRefused
from tests.placement.cast import DAY, OFFICE, add_company, add_graduate, add_opening, keep

INTERVIEW = datetime(2020, 12, 8, 5, 0, tzinfo=UTC)
STARTS = DAY + timedelta(days=31)
GIVEN: dict[str, dict[str, Any]] = {
    "consent": {"note": "전화로 동의함", "channel": "phone"},
    "withdraw": {"channel": "phone"},
    "hold": {"until": DAY + timedelta(days=14)},
    "plan_interview": {"at": INTERVIEW},
    "offer": {"starts_on": STARTS},
    "recognise": {"evidence": "사업자등록증"},
    "answer": dict.fromkeys(SCALES, 4),
    "contradict": {"contradiction": "맡은 업무가 달랐습니다."},
}
TO_SENT = ("ask_consent", "consent")
PATHS: dict[str, tuple[str, ...]] = {
    "draft": (),
    "awaiting_consent": ("ask_consent",),
    "sent": TO_SENT,
    "interested": (*TO_SENT, "show_interest"),
    "on_hold": (*TO_SENT, "hold"),
    "interview_planned": (*TO_SENT, "show_interest", "plan_interview"),
    "interviewed": (*TO_SENT, "show_interest", "plan_interview", "record_interview"),
    "offered": (*TO_SENT, "show_interest", "offer"),
    "accepted": (*TO_SENT, "show_interest", "offer", "accept"),
    "declined": (*TO_SENT, "decline"),
    "no_response": (*TO_SENT, "no_answer"),
    "withdrawn": (*TO_SENT, "withdraw"),
    "refused": (*TO_SENT, "show_interest", "offer", "refuse_offer"),
    "retracted": (*TO_SENT, "show_interest", "offer", "retract"),
    "expired": (*TO_SENT, "show_interest", "offer", "expire"),
    "closed_elsewhere": (*TO_SENT, "close_elsewhere"),
}


class Desk:
    """One office with consent documents; every act goes through `moving` on DAY unless `on` says otherwise."""

    def __init__(self, session: Session) -> None:
        self.session = session
        load_consent_documents(session)

    def opening(self, **values: Any) -> Opening:
        """An open opening of a company with an agreement in force."""
        company = add_company(self.session)
        keep(self.session, Agreement(company_id=company.id, kind="employment", state="in_force", signed_on=DAY))
        return add_opening(self.session, company=company, **{"employment_type": "intern", **values})

    def refer(self, opening: Opening | None = None, graduate: Graduate | None = None, state: str = "draft") -> Referral:
        """A referral that has gone the usual way to `state`."""
        person, offer = graduate or add_graduate(self.session), opening or self.opening()
        referral = create_referral(self.session, person, offer, OFFICE, today=DAY)
        self.act(referral, *PATHS[state])
        return referral

    def act(self, row: Any, *names: str, on: date = DAY, actor: Actor = OFFICE, **given: Any) -> Event | None:
        """Run moves one after the other, each with what it usually needs; the last line of the log."""
        event = None
        for name in names:
            usual = {"reason": "other", "note": "전화로 들음", **GIVEN.get(name, {})}
            event = moving.advance(self.session, row, name, actor, effective_on=on, **(usual | given))
        return event

    def consent(self, referral: Referral) -> Consent | None:
        """The newest consent of a referral, standing or not."""
        mine = select(Consent).where(Consent.referral_id == referral.id).order_by(col(Consent.id).desc())
        return self.session.exec(mine).first()

    def undo(self, row: Any, *, times: int = 1, on: date = DAY) -> None:
        for _ in range(times):
            moving.take_back(self.session, row, OFFICE, effective_on=on)

    def refusal(self, row: Any, name: str, **given: Any) -> str:
        """The code by which the move is refused."""
        with pytest.raises(MoveRefused) as caught:
            self.act(row, name, **given)
        return caught.value.refusal.code

    def refusal_of_undo(self, row: Any) -> str:
        with pytest.raises(MoveRefused) as caught:
            self.undo(row)
        return caught.value.refusal.code

    def placement(self, referral: Referral) -> Placement:
        return self.session.exec(select(Placement).where(Placement.referral_id == referral.id)).one()

    def conversion(self, placement: Placement) -> Conversion:
        return self.session.exec(select(Conversion).where(Conversion.placement_id == placement.id)).one()

    def seats(self, referral: Referral) -> tuple[int, int]:
        """Held and taken of the referral's opening."""
        columns = select(Opening.seats_held, Opening.seats_taken).where(Opening.id == referral.opening_id)
        return tuple(self.session.exec(columns).one())

    def engaged_by(self, referral: Referral) -> int | None:
        return self.session.exec(select(Graduate.engaged_by).where(Graduate.id == referral.graduate_id)).one()

    def state_of(self, table: Any, row_id: int) -> str:
        return self.session.exec(select(table.state).where(col(table.id) == row_id)).one()

    def moves_of(self, row: Any) -> list[str]:
        mine = (Event.entity == type(row).__tablename__, Event.entity_id == row.id)
        return list(self.session.exec(select(Event.move).where(*mine).order_by(col(Event.id))))
