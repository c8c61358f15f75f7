"""Who leaves the program is shown to nobody any more, and a refusal tells nobody more than he may know."""

from datetime import timedelta

import pytest

from placement.consents import standing_consent
from placement.models import Referral
from placement.moving import advance
from placement.states import Actor, MoveRefused
from tests.placement.cast import DAY, OFFICE, add_graduate
from tests.placement.desk import Desk


@pytest.mark.parametrize("state", ["draft", "sent", "interested", "offered"])
def test_leaving_the_program_withdraws_every_open_referral(desk: Desk, state: str):
    graduate = add_graduate(desk.session)
    referral = desk.refer(desk.opening(), graduate, state)
    advance(desk.session, graduate, "leave", OFFICE, effective_on=DAY, reason="other")
    assert desk.state_of(Referral, referral.id) == "withdrawn"
    assert standing_consent(desk.session, referral.id) is None
    assert desk.seats(referral) == (0, 0)


def test_a_leaving_typed_late_comes_after_what_the_referral_has_behind_it(desk: Desk):
    graduate = add_graduate(desk.session)
    referral = desk.refer(desk.opening(), graduate, "sent")
    advance(desk.session, graduate, "leave", OFFICE, effective_on=DAY - timedelta(days=30), reason="other")
    assert desk.state_of(Referral, referral.id) == "withdrawn"


def test_a_pause_withdraws_nothing(desk: Desk):
    graduate = add_graduate(desk.session)
    referral = desk.refer(desk.opening(), graduate, "sent")
    advance(desk.session, graduate, "pause", OFFICE, effective_on=DAY, reason="other")
    assert desk.state_of(Referral, referral.id) == "sent"


def test_who_may_not_move_is_told_so_before_any_guard_speaks(desk: Desk):
    referral = desk.refer(desk.opening(), add_graduate(desk.session), "awaiting_consent")
    company = Actor("partner@example.com", frozenset({"referral:answer"}))
    with pytest.raises(MoveRefused, match="not_allowed"):
        advance(desk.session, referral, "consent", company, effective_on=DAY, channel="phone")
