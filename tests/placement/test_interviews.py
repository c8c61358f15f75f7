"""An interview is planned for a time to come and ends with its referral; nothing that leaves the house tells our numbers."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from placement.interviews import appointment_number, cancelled_interview, planned_interview
from placement.models import Interview, Referral
from tests.placement.cast import DAY, add_graduate
from tests.placement.desk import INTERVIEW, Desk


def interviews(desk: Desk, referral: Referral) -> list[str]:
    mine = select(Interview.state).where(Interview.referral_id == referral.id).order_by(col(Interview.id))
    return list(desk.session.exec(mine))


@pytest.mark.parametrize("name", ["decline", "withdraw", "close_elsewhere"])
def test_a_planned_interview_ends_with_its_referral_and_comes_back_with_it(desk: Desk, name: str):
    referral = desk.refer(state="interview_planned")
    desk.act(referral, name)
    assert interviews(desk, referral) == ["cancelled"]
    desk.undo(referral)
    assert (referral.state, interviews(desk, referral)) == ("interview_planned", ["planned"])


def test_an_acceptance_elsewhere_cancels_the_interview_too(desk: Desk):
    graduate = add_graduate(desk.session)
    other = desk.refer(graduate=graduate, state="interview_planned")
    desk.refer(graduate=graduate, state="accepted")
    assert interviews(desk, other) == ["cancelled"]


def test_a_reopened_referral_plans_a_new_interview(desk: Desk):
    referral = desk.refer(state="interview_planned")
    desk.act(referral, "decline")
    desk.act(referral, "reopen", to="interested")
    desk.act(referral, "plan_interview")
    assert interviews(desk, referral) == ["cancelled", "planned"]


@pytest.mark.parametrize("moved", [False, True])
def test_an_interview_is_planned_for_a_time_to_come(desk: Desk, moved: bool):
    referral = desk.refer(state="interview_planned" if moved else "interested")
    name, gone = "record_interview" if moved else "plan_interview", datetime(2020, 11, 30, 14, 59, tzinfo=UTC)
    assert desk.refusal(referral, name, at=gone) == "interview_in_past"
    desk.act(referral, name, at=gone + timedelta(minutes=1))
    assert referral.state == "interview_planned"


def test_what_took_place_is_recorded_later(desk: Desk):
    referral = desk.refer(state="interview_planned")
    desk.act(referral, "record_interview", on=DAY + timedelta(days=30))
    assert interviews(desk, referral) == ["took_place"]


def test_no_two_referrals_share_their_code_and_none_tells_a_number(desk: Desk):
    codes = [desk.refer().code for _ in range(5)]
    assert len(set(codes)) == 5
    assert {len(code) for code in codes} == {16}


def test_an_appointment_keeps_its_number_when_it_is_moved_or_cancelled_and_the_next_has_its_own(desk: Desk):
    referral = desk.refer(state="interview_planned")
    number = appointment_number(desk.session, planned_interview(desk.session, referral))
    desk.act(referral, "record_interview", at=INTERVIEW + timedelta(days=2))
    assert appointment_number(desk.session, planned_interview(desk.session, referral)) == number == 1
    desk.act(referral, "decline")
    assert appointment_number(desk.session, cancelled_interview(desk.session, referral)) == 1
    desk.act(referral, "reopen", to="interested")
    desk.act(referral, "plan_interview")
    assert appointment_number(desk.session, planned_interview(desk.session, referral)) == 2
