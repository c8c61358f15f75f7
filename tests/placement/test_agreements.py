"""An agreement enters into force once both have signed, and is signed while its term still lasts."""

from datetime import date, timedelta

import pytest

from placement import moving
from tests.placement.cast import DAY, OFFICE, add_agreement
from tests.placement.desk import Desk

TOMORROW, YESTERDAY = DAY + timedelta(days=1), DAY - timedelta(days=1)


def test_nothing_enters_into_force_before_the_day_of_signing(desk: Desk):
    agreement = add_agreement(desk.session, signed_on=TOMORROW)
    assert desk.refusal(agreement, "enter_into_force", on=DAY) == "agreement_not_yet"
    assert agreement.state == "draft"
    desk.act(agreement, "enter_into_force", on=TOMORROW)
    assert (agreement.state, agreement.signed_on) == ("in_force", TOMORROW)


def test_nothing_is_signed_after_the_end_of_its_term(desk: Desk):
    agreement = add_agreement(desk.session, valid_until=DAY)
    refused = desk.refusal(agreement, "enter_into_force", on=TOMORROW, signed_on=TOMORROW)
    assert (refused, agreement.state, agreement.signed_on) == ("days_out_of_order", "draft", DAY)
    desk.act(agreement, "enter_into_force", on=TOMORROW)
    assert (agreement.state, agreement.signed_on) == ("in_force", DAY)


@pytest.mark.parametrize(("said", "signed_on"), [({}, DAY), ({"signed_on": YESTERDAY}, YESTERDAY)])
def test_what_was_typed_before_it_was_signed_is_signed_as_it_enters_into_force(desk: Desk, said: dict, signed_on: date):
    agreement = add_agreement(desk.session, signed_on=None, valid_until=DAY)
    desk.act(agreement, "enter_into_force", **said)
    assert (agreement.state, agreement.signed_on) == ("in_force", signed_on)
    desk.undo(agreement)
    assert (agreement.state, agreement.signed_on) == ("draft", None)


@pytest.mark.parametrize(
    ("said", "code"), [({"signed_on": TOMORROW}, "agreement_not_yet"), ({"on": TOMORROW}, "days_out_of_order")]
)
def test_its_day_of_signing_is_neither_to_come_nor_after_its_term(desk: Desk, said: dict, code: str):
    agreement = add_agreement(desk.session, signed_on=None, valid_until=DAY)
    assert desk.refusal(agreement, "enter_into_force", **said) == code
    assert (agreement.state, agreement.signed_on) == ("draft", None)


def test_the_day_of_signing_goes_with_the_corrected_day_that_it_was_taken_from(desk: Desk):
    agreement = add_agreement(desk.session, signed_on=None)
    desk.act(agreement, "enter_into_force")
    moving.correct_day(desk.session, agreement, OFFICE, effective_on=YESTERDAY)
    assert agreement.signed_on == YESTERDAY
