"""What is due of unsigned agreements, of interest nobody has answered and of conversions, on both databases."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from placement.calendars import moment_on
from placement.due import Due, due_today
from placement.models import Account, Conversion, InternshipAgreement, Referral
from tests.placement.cast import DAY, add_account, add_referral, keep
from tests.placement.papers import add_internship, graduate_of, issued, sign

# DAY is a Tuesday: three working days later is Friday, then a weekend.
THREE, FOUR, SEVEN = DAY + timedelta(days=3), DAY + timedelta(days=6), DAY + timedelta(days=9)
LAST_DAY, ANSWER_BY = DAY + timedelta(days=20), DAY + timedelta(days=10)


@pytest.fixture
def counselor(session: Session) -> Account:
    return add_account(session, role="counselor")


@pytest.fixture
def paper(session: Session, counselor: Account) -> InternshipAgreement:
    """Issued on DAY, for one of the counselor's people."""
    internship = add_internship(session)
    graduate_of(session, internship).counselor_id = counselor.id
    return issued(session, internship)


def due(session: Session, counselor: Account, today: date) -> list[Due]:
    return [one for one in due_today(session, counselor, today) if one.kind.startswith(("agreement", "interview"))]


def kinds(session: Session, counselor: Account, today: date) -> list[tuple[str, bool]]:
    return [(one.kind, one.is_pressing) for one in due(session, counselor, today)]


def interested(session: Session, counselor: Account, **values) -> Referral:
    known = {"state": "interested", "counselor_id": counselor.id, "waiting_since": moment_on(DAY)}
    return add_referral(session, **(known | values))


def test_an_agreement_that_waits_for_more_than_three_working_days_is_to_be_signed(
    session: Session, counselor: Account, paper: InternshipAgreement
):
    assert kinds(session, counselor, THREE) == []
    (one,) = due(session, counselor, FOUR)
    assert (one.kind, one.day, one.row_id, one.is_pressing) == ("agreement_unsigned", DAY, paper.id, False)
    assert kinds(session, counselor, SEVEN) == [("agreement_unsigned", True)]


def test_one_signature_of_two_is_still_to_be_waited_for(
    session: Session, counselor: Account, paper: InternshipAgreement
):
    sign(session, paper, "graduate")
    assert kinds(session, counselor, FOUR) == [("agreement_unsigned", False)]


def test_an_agreement_that_all_have_signed_is_to_be_confirmed_on_the_same_day(
    session: Session, counselor: Account, paper: InternshipAgreement
):
    sign(session, paper, "graduate", "company")
    assert kinds(session, counselor, DAY) == [("agreement_signed", False)]


def test_another_counselors_agreement_is_not_ones_own(session: Session, paper: InternshipAgreement):
    assert due(session, add_account(session, role="counselor"), SEVEN) == []


def test_interest_without_an_interview_is_due_at_once_and_presses_after_three_working_days(
    session: Session, counselor: Account
):
    referral = interested(session, counselor)
    (one,) = due(session, counselor, DAY)
    assert (one.kind, one.day, one.row_id, one.is_pressing) == ("interview_to_plan", DAY, referral.id, False)
    assert kinds(session, counselor, THREE) == [("interview_to_plan", True)]


@pytest.mark.parametrize("state", ["sent", "on_hold", "interview_planned", "interviewed", "declined"])
def test_only_interest_that_nobody_has_followed_wants_an_interview(session: Session, counselor: Account, state: str):
    interested(session, counselor, state=state)
    assert "interview_to_plan" not in dict(kinds(session, counselor, SEVEN))


def test_interest_in_another_counselors_case_is_theirs(session: Session, counselor: Account):
    interested(session, add_account(session, role="counselor"))
    assert due(session, counselor, SEVEN) == []


@pytest.mark.parametrize(
    ("state", "today", "one"),
    [
        ("pending", DAY, ("conversion", LAST_DAY, False)),
        ("pending", LAST_DAY, ("conversion", LAST_DAY, True)),
        ("unknown", LAST_DAY, ("conversion", LAST_DAY, True)),
        ("offered", DAY, ("conversion_answer", ANSWER_BY, False)),
        ("offered", ANSWER_BY - timedelta(days=2), ("conversion_answer", ANSWER_BY, True)),
        ("accepted", DAY, ("conversion_start", LAST_DAY, False)),
        ("accepted", LAST_DAY, ("conversion_start", LAST_DAY, True)),
    ],
)
def test_a_conversion_says_what_it_waits_for(
    session: Session, counselor: Account, state: str, today: date, one: tuple[str, date, bool]
):
    internship = add_internship(session, ends_on=LAST_DAY)
    graduate_of(session, internship).counselor_id = counselor.id
    keep(session, Conversion(placement_id=internship.id, state=state, offer_expires_on=ANSWER_BY))
    (found,) = [each for each in due_today(session, counselor, today) if each.kind.startswith("conversion")]
    assert (found.kind, found.day, found.is_pressing) == one
    assert found.row_id == internship.id
