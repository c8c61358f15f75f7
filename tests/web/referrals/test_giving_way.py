"""Whom PostgreSQL ends for a deadlock does not see it: the door tries again, and answers as if nothing had been."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from sqlmodel import Session

from employers.models import Opening
from placement import db, referrals
from placement.models import Referral
from placement.settings import Settings
from tests.fixtures.pages import PageVisitor
from tests.fixtures.service import TEST_KEY
from tests.placement.desk import Desk
from tests.web.cast import TODAY
from tests.web.referrals.conftest import Case

PATIENCE_S = 20


@pytest.fixture
def settings(postgres_url: str) -> Settings:
    """SQLite has one writer at a time, and so no deadlock."""
    return Settings(database_url=postgres_url, secret_key=TEST_KEY, today=TODAY)


def hold_the_opposite_way(office: Case, referral: int, has_begun: Event, door_waits: Event) -> None:
    """Take the opening first and then the referral, which the door takes first; PostgreSQL ends who asks sooner."""
    with office.database.transaction() as session:
        session.connection().exec_driver_sql(f"SET LOCAL deadlock_timeout = '{PATIENCE_S}s'")
        session.get_one(Opening, office.seat, with_for_update=True)
        has_begun.set()
        assert door_waits.wait(PATIENCE_S)
        session.get_one(Referral, referral, with_for_update=True)


@pytest.mark.parametrize(("tries", "status", "state"), [(db.MAX_TRIES, 200, "accepted"), (1, 503, "offered")])
def test_a_move_that_ran_into_a_deadlock_is_made_nevertheless(
    office: Case, counselor: PageVisitor, monkeypatch, tries: int, status: int, state: str
):
    number = office.send()
    with office.database.transaction() as session:
        Desk(session).act(session.get_one(Referral, number), "show_interest", "offer", on=TODAY)
    counselor.open(f"/referrals/{number}")
    has_begun, door_waits, shift = Event(), Event(), referrals.shift_seats

    def shift_behind_another(session: Session, *words: Any, **given: Any) -> None:
        door_waits.set()  # the referral is the door's by now, the opening is not
        shift(session, *words, **given)

    monkeypatch.setattr(referrals, "shift_seats", shift_behind_another)
    monkeypatch.setattr(db, "MAX_TRIES", tries)
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(hold_the_opposite_way, office, number, has_begun, door_waits)
        assert has_begun.wait(PATIENCE_S)
        counselor.submit("제의 수락", status=status, **{"accept-note": "통화"})
        other.result()
    assert office.state(number) == state
    assert office.read(Opening, office.seat).seats_taken == (state == "accepted")
