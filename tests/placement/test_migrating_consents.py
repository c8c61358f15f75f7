"""Consents that were stored before they had a life of their own have their state and their lines in the log."""

from sqlmodel import select

from placement.db import Database
from placement.models import Consent, Event, Interview, Referral
from tests.placement.cast import trail
from tests.placement.desk import Desk


def test_consents_and_referrals_of_before_are_taken_along(database: Database):
    with database.transaction() as session:
        desk = Desk(session)
        desk.refer(state="interested")
        desk.act(desk.refer(state="interview_planned"), "withdraw")
    database.downgrade("0001")
    database.migrate()
    with database.reading() as session:
        given, withdrawn = session.exec(select(Consent).order_by(Consent.id)).all()
        assert (given.state, withdrawn.state) == ("given", "withdrawn")
        assert [line.move for line in trail(session, given)] == ["create"]
        assert [line.move for line in trail(session, withdrawn)] == ["create", "withdraw"]
        assert [line.changed for line in trail(session, withdrawn)] == [{}, {}]
        assert len({one.code for one in session.exec(select(Referral))}) == 2
        assert session.exec(select(Interview.state)).one() == "moved"
        assert session.exec(select(Event.because_of).where(Event.because_of.is_not(None))).all() == []
    with database.transaction() as session:
        desk = Desk(session)
        desk.act(session.exec(select(Consent).order_by(Consent.id)).first(), "withdraw")
        assert session.exec(select(Referral).order_by(Referral.id)).first().state == "withdrawn"
