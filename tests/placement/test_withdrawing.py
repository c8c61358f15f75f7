"""A consent taken back is gone for good, and what time alone has done is taken back by the office only."""

import pytest
from sqlmodel import col, select

from placement.access import PERMISSIONS
from placement.blind import profile_of
from placement.models import Provision
from placement.moving import take_back
from placement.states import Actor, MoveRefused
from tests.placement.cast import DAY, add_graduate
from tests.placement.desk import Desk


def test_what_an_earlier_consent_allowed_counts_no_more_under_a_new_one(desk: Desk):
    referral = desk.refer(state="interested")
    desk.act(referral, "withdraw", "reopen", "ask_consent", "consent")
    assert profile_of(desk.session, referral).person is None
    desk.act(referral, "show_interest")
    assert profile_of(desk.session, referral).person is not None
    shown = select(Provision.stage).where(Provision.referral_id == referral.id).order_by(col(Provision.id))
    assert list(desk.session.exec(shown)) == ["blind", "contact", "blind", "contact"]


@pytest.mark.parametrize("later", [(), ("hold",), ("no_answer",)])
def test_an_interest_that_was_a_mistake_hides_the_name_again(desk: Desk, later: tuple[str, ...]):
    referral = desk.refer(state="interested")
    desk.undo(referral)
    desk.act(referral, *later)
    assert profile_of(desk.session, referral).person is None
    desk.act(referral, "show_interest")
    assert profile_of(desk.session, referral).person is not None


def test_a_referral_reopened_to_wait_for_an_answer_shows_no_name_until_then(desk: Desk):
    referral = desk.refer(state="retracted")
    desk.act(referral, "reopen", to="sent")
    assert profile_of(desk.session, referral).person is None


def test_a_consent_can_be_taken_back_while_the_company_is_silent(desk: Desk):
    referral = desk.refer(state="no_response")
    desk.act(referral, "withdraw")
    assert profile_of(desk.session, referral) is None
    assert desk.refusal(referral, "show_interest") == "wrong_state"


@pytest.mark.parametrize("state", ["expired", "no_response"])
def test_a_counselor_takes_back_what_time_has_done(desk: Desk, state: str):
    referral, counselor = desk.refer(state=state), Actor("c@example.com", PERMISSIONS["counselor"])
    take_back(desk.session, referral, counselor, effective_on=DAY)
    assert referral.state in ("offered", "sent")


def test_nobody_may_take_back_for_another_what_time_has_done(desk: Desk):
    referral, partner = desk.refer(state="expired"), Actor("p@example.com", PERMISSIONS["partner"])
    with pytest.raises(MoveRefused, match="not_allowed"):
        take_back(desk.session, referral, partner, effective_on=DAY)
    assert referral.state == "expired"


def test_a_referral_stays_closed_as_long_as_the_person_works_elsewhere(desk: Desk):
    graduate = add_graduate(desk.session)
    other = desk.refer(desk.opening(), graduate, "sent")
    desk.refer(desk.opening(), graduate, "accepted")
    desk.session.refresh(other)
    assert (other.state, desk.refusal_of_undo(other)) == ("closed_elsewhere", "engaged_elsewhere")
