"""An agreement enters into force once both have signed, and is signed while its term still lasts."""

from datetime import timedelta

from tests.placement.cast import DAY, add_agreement
from tests.placement.desk import Desk

TOMORROW = DAY + timedelta(days=1)


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
