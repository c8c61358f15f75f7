"""An internship may become a regular job: opened four weeks before its end, unknown in time, converted once it starts."""

from datetime import date, timedelta

import pytest

from placement.conversions import internships_to_open, long_undecided, open_conversion
from placement.figures.rates import rates
from placement.models import Conversion
from placement.states import MoveRefused
from tests.placement.cast import DAY, OFFICE, add_conversion, add_placement
from tests.placement.desk import Desk

ENDS = date(2021, 2, 28)
ANSWERED = ENDS - timedelta(days=5)


def intern(desk: Desk, **values) -> object:
    return add_placement(desk.session, **{"state": "active", "ends_on": ENDS, **values})


def test_only_an_internship_is_converted(desk: Desk):
    job = add_placement(desk.session)
    job.kind = "employment"
    with pytest.raises(MoveRefused, match="not_an_internship"):
        open_conversion(desk.session, job, OFFICE, today=DAY)


@pytest.mark.parametrize(("days_before", "is_open"), [(29, False), (28, True), (0, True), (-40, True)])
def test_the_question_comes_up_four_weeks_before_the_end(desk: Desk, days_before: int, is_open: bool):
    placement = intern(desk)
    assert (placement in internships_to_open(desk.session, ENDS - timedelta(days=days_before))) is is_open


@pytest.mark.parametrize("state", ["did_not_start", "ended_early"])
def test_an_internship_that_came_to_nothing_is_not_asked_about(desk: Desk, state: str):
    intern(desk, state=state)
    assert internships_to_open(desk.session, ENDS) == []


def test_it_is_opened_once(desk: Desk):
    placement = intern(desk)
    open_conversion(desk.session, placement, OFFICE, today=ENDS)
    assert internships_to_open(desk.session, ENDS) == []
    with pytest.raises(MoveRefused, match="conversion_open_already"):
        open_conversion(desk.session, placement, OFFICE, today=ENDS)


@pytest.mark.parametrize(("days_after", "is_unknown"), [(30, False), (31, True)])
def test_without_an_answer_it_is_unknown_more_than_thirty_days_after_the_end(
    desk: Desk, days_after: int, is_unknown: bool
):
    conversion = open_conversion(desk.session, intern(desk), OFFICE, today=ENDS)
    assert (conversion in long_undecided(desk.session, ENDS + timedelta(days=days_after))) is is_unknown


@pytest.mark.parametrize("name", ["offer", "not_offer"])
def test_what_is_unknown_can_still_be_answered(desk: Desk, name: str):
    conversion = add_conversion(desk.session, state="unknown")
    desk.act(conversion, name, starts_on=None)
    assert conversion.state in ("offered", "not_offered")


def test_an_offer_keeps_its_day_its_terms_and_lapses_after_two_weeks(desk: Desk):
    conversion = add_conversion(desk.session)
    desk.act(conversion, "offer", on=ANSWERED, terms="연봉 3,000만원")
    assert (conversion.offered_on, conversion.terms) == (ANSWERED, "연봉 3,000만원")
    assert conversion.offer_expires_on == ANSWERED + timedelta(days=14)


def test_an_offer_taken_back_leaves_nothing_of_its_terms(desk: Desk):
    conversion = add_conversion(desk.session)
    desk.act(conversion, "offer", on=ANSWERED, terms="연봉 3,000만원")
    desk.undo(conversion)
    assert (conversion.state, conversion.offered_on, conversion.terms) == ("pending", None, None)


def converted(desk: Desk) -> int:
    everyone = rates(desk.session, as_of=ENDS + timedelta(days=90))
    return next(one.numerator for one in everyone if one.name == "conversion_rate_of_interns" and one.program is None)


def test_only_a_started_contract_counts_as_converted(desk: Desk):
    placement = intern(desk, state="scheduled")
    desk.act(placement, "start")
    conversion = open_conversion(desk.session, placement, OFFICE, today=ANSWERED)
    counts = []
    for name in ("offer", "accept", "start", "fall_through"):
        desk.act(conversion, name, on=ANSWERED)
        counts.append(converted(desk))
    assert counts == [0, 0, 1, 0]
    desk.undo(conversion)
    assert converted(desk) == 1


def test_a_start_keeps_the_day_of_the_contract_and_its_undo_forgets_it(desk: Desk):
    conversion = add_conversion(desk.session, state="accepted")
    desk.act(conversion, "start", on=ANSWERED, contract_starts_on=ENDS + timedelta(days=1))
    assert (conversion.state, conversion.contract_starts_on) == ("started", ENDS + timedelta(days=1))
    desk.undo(conversion)
    assert (desk.state_of(Conversion, conversion.id), conversion.contract_starts_on) == ("accepted", None)


def test_a_decline_may_say_what_comes_next_and_its_undo_forgets_it(desk: Desk):
    conversion = add_conversion(desk.session, state="offered")
    desk.act(conversion, "decline", on=ANSWERED, reason="conditions_differ", next_step="training")
    assert (conversion.state, conversion.next_step) == ("declined", "training")
    desk.undo(conversion, on=ANSWERED)
    assert (conversion.state, conversion.next_step) == ("offered", None)


def test_no_offer_lapses_before_it_is_made(desk: Desk):
    conversion = add_conversion(desk.session)
    early = ANSWERED - timedelta(days=1)
    assert desk.refusal(conversion, "offer", on=ANSWERED, starts_on=None, expires_on=early) == "expires_before_offer"


@pytest.mark.parametrize(("days_after", "is_unknown"), [(30, False), (31, True)])
def test_an_internship_that_ended_early_is_counted_from_its_real_end(desk: Desk, days_after: int, is_unknown: bool):
    ended = ENDS - timedelta(days=20)
    conversion = open_conversion(desk.session, intern(desk, state="ended_early", last_day=ended), OFFICE, today=ended)
    assert (conversion in long_undecided(desk.session, ended + timedelta(days=days_after))) is is_unknown


WAYS = ("offer", "not_offer", "lose_track", "accept", "decline", "expire", "withdraw_offer", "start", "fall_through")
FROM = {
    "offer": "pending",
    "not_offer": "unknown",
    "lose_track": "pending",
    "start": "accepted",
    "fall_through": "started",
}


@pytest.mark.parametrize("name", WAYS)
def test_every_move_of_a_conversion_is_taken_back(desk: Desk, name: str):
    conversion = add_conversion(desk.session, state=FROM.get(name, "offered"))
    desk.act(conversion, name, starts_on=None)
    desk.undo(conversion)
    assert conversion.state == FROM.get(name, "offered")
