"""Work begins, is interrupted, goes on and ends; person and seat are bound exactly as long as it holds them."""

from datetime import date, timedelta

import pytest

from employers.models import Opening
from placement.models import Graduate, Placement, Referral
from placement.placements import internship_end, months_later
from tests.placement.cast import DAY, add_placement
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


def test_an_early_end_without_a_day_is_that_of_the_move_and_blames_nobody(desk: Desk):
    _, placement = at_work(desk, "start")
    desk.act(placement, "end_early", on=LATER)
    assert (placement.last_day, placement.ended_by) == (LATER, None)


def test_nobody_leaves_before_the_first_day(desk: Desk):
    _, placement = at_work(desk, "start")
    assert desk.refusal(placement, "end_early", last_day=STARTS - timedelta(days=1)) == "days_out_of_order"


def test_an_early_end_taken_back_binds_person_and_seat_and_has_no_last_day(desk: Desk):
    referral, placement = at_work(desk, "start")
    desk.act(placement, "end_early", on=LATER, ended_by="graduate")
    desk.undo(placement, on=LATER)
    assert (placement.state, placement.last_day, placement.ended_by) == ("active", None, None)
    assert (desk.engaged_by(referral), desk.seats(referral)) == (referral.id, (0, 1))


def test_an_early_end_cannot_be_taken_back_once_the_seat_is_gone(desk: Desk):
    referral, placement = at_work(desk, "start")
    desk.act(placement, "end_early", on=LATER)
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
    desk.act(placement, "start", "end_early", on=DAY)
    assert placement.state == "ended_early"
