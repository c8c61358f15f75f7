"""What a company reads of the way on: whose turn it is, and the day on which something ends by itself."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from placement.calendars import moment_on
from placement.enums import ReferralState
from placement.outlooks import OVER, outlook_of
from placement.states import flags_of
from placement.ticking import SILENT_WORKDAYS, silent_referrals
from placement.workdays import is_workday, workday_after, workdays_since
from tests.placement.cast import DAY, add_referral
from tests.placement.desk import INTERVIEW, Desk


def test_the_last_day_to_answer_is_the_day_on_which_time_closes_the_referral(session: Session):
    referral = add_referral(session, state="sent", waiting_since=moment_on(DAY))
    day = outlook_of(session, referral).day
    assert referral in silent_referrals(session, day)
    assert referral not in silent_referrals(session, day - timedelta(days=1))


def test_a_number_of_working_days_later_is_a_working_day_and_counts_so_many():
    for start in (DAY + timedelta(days=n) for n in range(40)):
        day = workday_after(start, SILENT_WORKDAYS)
        assert is_workday(day)
        assert workdays_since(start, day) == SILENT_WORKDAYS
    assert workday_after(DAY, 0) == DAY


def test_a_planned_interview_has_its_day(desk: Desk):
    referral = desk.refer(state="interview_planned")
    assert outlook_of(desk.session, referral).day == INTERVIEW.date()


@pytest.mark.parametrize("state", ReferralState)
def test_every_state_has_an_outlook_and_the_finished_ones_the_same(session: Session, state: ReferralState):
    given = {"on_hold_until": DAY, "offer_expires_on": DAY}
    referral = add_referral(session, state=state, **given)
    outlook = outlook_of(session, referral)
    is_over = flags_of(referral).closed and state != "no_response"
    assert (outlook.kind == OVER) is is_over
    assert (outlook.day == DAY) is (state in ("on_hold", "offered"))
