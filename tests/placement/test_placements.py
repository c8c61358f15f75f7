"""Work begins, is interrupted, goes on and ends; person and seat are bound exactly as long as it holds them."""

from datetime import date, timedelta

import pytest

from employers.models import Opening
from placement.models import Graduate, Placement, Referral
from placement.placements import end_after_pause, internship_end, months_later
from tests.placement.cast import DAY, add_company, add_placement, keep
from tests.placement.desk import STARTS, Desk

LATER = STARTS + timedelta(days=20)


def at_work(desk: Desk, *moves: str, seats: int = 1) -> tuple[Referral, Placement]:
    """An accepted intern who has gone on by `moves`."""
    referral = desk.refer(desk.opening(seats=seats), state="accepted")
    placement = desk.placement(referral)
    desk.act(placement, *moves, on=STARTS)
    return referral, placement


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2020, 11, 30), 3, date(2021, 2, 28)),
        (date(2019, 11, 30), 3, date(2020, 2, 29)),
        (date(2020, 12, 1), 1, date(2021, 1, 1)),
        (date(2020, 12, 31), 6, date(2021, 6, 30)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
    ],
)
def test_months_are_counted_by_the_calendar_and_clamped(day: date, months: int, later: date):
    assert months_later(day, months) == later


def test_an_internship_ends_the_day_before_the_same_day_three_months_later():
    assert internship_end(date(2020, 3, 2)) == date(2020, 6, 1)


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2020, 2, 29), date(2020, 5, 28)),
        (date(2019, 11, 29), date(2020, 2, 28)),
        (date(2018, 11, 29), date(2019, 2, 27)),
    ],
    ids=["begins on the leap day", "would end on it", "without one"],
)
def test_an_internship_around_a_leap_day_is_never_longer_than_its_months(starts_on: date, ends_on: date):
    assert internship_end(starts_on) == ends_on


def test_work_that_was_completed_frees_the_person_and_keeps_its_seat(desk: Desk):
    referral, placement = at_work(desk, "start", "complete")
    assert placement.state == "completed"
    assert (desk.engaged_by(referral), desk.seats(referral)) == (None, (0, 1))
    again = desk.refer(graduate=desk.session.get_one(Graduate, referral.graduate_id), state="accepted")
    assert desk.engaged_by(again) == again.id


def test_an_early_end_says_whose_and_when_and_frees_person_and_seat(desk: Desk):
    referral, placement = at_work(desk, "start")
    desk.act(placement, "end_early", on=LATER, ended_by="company", last_day=LATER - timedelta(days=3))
    assert (placement.ended_by, placement.last_day) == ("company", LATER - timedelta(days=3))
    assert (desk.engaged_by(referral), desk.seats(referral)) == (None, (0, 0))
    assert desk.state_of(Opening, referral.opening_id) == "open"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"ended_by": "company"}, "last_day_missing"),
        ({"last_day": LATER}, "side_missing"),
        ({"last_day": LATER, "ended_by": "weather"}, "side_missing"),
        ({"last_day": LATER + timedelta(days=1), "ended_by": "company"}, "day_in_future"),
        ({"last_day": LATER, "ended_by": "company", "reason": None}, "reason_missing"),
    ],
)
def test_an_early_end_says_when_whose_and_why(desk: Desk, given: dict, code: str):
    _, placement = at_work(desk, "start")
    assert desk.refusal(placement, "end_early", on=LATER, **given) == code
    assert placement.state == "active"


def test_nobody_leaves_before_the_first_day(desk: Desk):
    _, placement = at_work(desk, "start")
    assert desk.refusal(placement, "end_early", last_day=STARTS - timedelta(days=1)) == "days_out_of_order"


def test_an_early_end_taken_back_binds_person_and_seat_and_has_no_last_day(desk: Desk):
    referral, placement = at_work(desk, "start")
    desk.act(placement, "end_early", on=LATER, ended_by="graduate", last_day=LATER)
    desk.undo(placement, on=LATER)
    assert (placement.state, placement.last_day, placement.ended_by) == ("active", None, None)
    assert (desk.engaged_by(referral), desk.seats(referral)) == (referral.id, (0, 1))


def test_an_early_end_cannot_be_taken_back_once_the_seat_is_gone(desk: Desk):
    referral, placement = at_work(desk, "start")
    desk.act(placement, "end_early", on=LATER, ended_by="graduate", last_day=LATER)
    desk.refer(desk.session.get_one(Opening, referral.opening_id), state="accepted")
    assert desk.refusal_of_undo(placement) == "no_seat_left"
    assert (desk.state_of(Placement, placement.id), desk.engaged_by(referral)) == ("ended_early", None)


def test_an_early_end_cannot_be_taken_back_once_the_person_is_engaged_elsewhere(desk: Desk):
    referral, placement = at_work(desk, "start", "complete")
    person = desk.session.get_one(Graduate, referral.graduate_id)
    desk.refer(graduate=person, state="accepted")
    assert desk.refusal_of_undo(placement) == "engaged_elsewhere"
    assert desk.state_of(Placement, placement.id) == "completed"


def test_an_extension_ends_later_and_its_undo_brings_the_first_end_back(desk: Desk):
    _, placement = at_work(desk, "start")
    first = placement.ends_on
    assert [desk.refusal(placement, "extend", ends_on=day) for day in (None, first)] == ["end_not_later"] * 2
    desk.act(placement, "extend", ends_on=first + timedelta(days=30), on=LATER)
    assert (placement.state, placement.ends_on) == ("active", first + timedelta(days=30))
    desk.undo(placement, on=LATER)
    assert (placement.state, placement.ends_on) == ("active", first)


def test_a_suspension_binds_on(desk: Desk):
    referral, placement = at_work(desk, "start", "suspend")
    assert (placement.state, desk.engaged_by(referral), desk.seats(referral)) == ("suspended", referral.id, (0, 1))
    desk.act(placement, "continue", on=LATER)
    assert placement.state == "active"


def test_a_suspension_moves_no_end_by_itself_and_names_the_day_that_would_make_up_for_it(desk: Desk):
    _, placement = at_work(desk, "start", "suspend")
    first = placement.ends_on
    assert end_after_pause(desk.session, placement, LATER) == first + (LATER - STARTS)
    desk.act(placement, "continue", on=LATER)
    assert (placement.ends_on, end_after_pause(desk.session, placement, LATER)) == (first, None)


def test_the_end_is_moved_with_the_return_to_work_where_the_two_sides_agreed(desk: Desk):
    _, placement = at_work(desk, "start", "suspend")
    first = placement.ends_on
    assert desk.refusal(placement, "continue", on=LATER, ends_on=first - timedelta(days=1)) == "end_not_later"
    desk.act(placement, "continue", on=LATER, ends_on=first + timedelta(days=20))
    assert placement.ends_on == first + timedelta(days=20)
    desk.undo(placement, on=LATER)
    assert (placement.state, placement.ends_on) == ("suspended", first)


def test_days_that_were_typed_wrong_are_changed_with_a_trace(desk: Desk):
    _, placement = at_work(desk)
    days = {"starts_on": STARTS + timedelta(days=7), "ends_on": placement.ends_on + timedelta(days=7)}
    before = {"starts_on": placement.starts_on, "ends_on": placement.ends_on}
    event = desk.act(placement, "change_days", **days)
    assert (placement.starts_on, placement.ends_on) == (days["starts_on"], days["ends_on"])
    assert event.changed == {name: [before[name].isoformat(), days[name].isoformat()] for name in days}
    desk.undo(placement)
    assert (placement.starts_on, placement.ends_on) == (before["starts_on"], before["ends_on"])


def test_the_first_day_of_work_that_has_begun_stands(desk: Desk):
    _, placement = at_work(desk, "start")
    assert desk.refusal(placement, "change_days", on=STARTS, starts_on=DAY) == "start_stands"
    assert desk.refusal(placement, "change_days", on=STARTS, ends_on=DAY) == "days_out_of_order"
    desk.act(placement, "change_days", on=STARTS, ends_on=STARTS + timedelta(days=40))
    assert placement.ends_on == STARTS + timedelta(days=40)


@pytest.mark.parametrize("name", ["extend", "change_days"])
def test_no_days_are_moved_into_other_work_of_the_same_person(desk: Desk, name: str):
    _, placement = at_work(desk, "start")
    beside = {"company_id": add_company(desk.session).id, "kind": "employment", "starts_on": LATER + timedelta(days=90)}
    keep(desk.session, Placement(graduate_id=placement.graduate_id, **beside))
    assert desk.refusal(placement, name, on=STARTS, ends_on=LATER + timedelta(days=120)) == "works_elsewhere"


def test_who_did_not_start_is_free_and_so_is_the_seat(desk: Desk):
    referral, placement = at_work(desk, "not_start")
    assert (desk.engaged_by(referral), desk.seats(referral)) == (None, (0, 0))
    desk.undo(placement)
    assert (placement.state, desk.engaged_by(referral), desk.seats(referral)) == ("scheduled", referral.id, (0, 1))


def test_work_of_a_cancelled_acceptance_does_not_come_back_by_itself(desk: Desk):
    referral, placement = at_work(desk)
    desk.act(referral, "cancel_acceptance")
    assert desk.refusal_of_undo(placement) == "acceptance_is_cancelled"
    assert (desk.engaged_by(referral), desk.seats(referral)) == (None, (0, 0))


def test_work_that_was_imported_without_a_referral_moves_no_seat(desk: Desk):
    placement = add_placement(desk.session, state="scheduled")
    desk.act(placement, "start", "end_early", on=DAY, last_day=DAY, ended_by="company")
    assert placement.state == "ended_early"
