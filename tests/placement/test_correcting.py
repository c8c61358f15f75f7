"""A day that was typed wrong is said anew: the log keeps the first one, and what was known before stays known."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from employers.columns import now
from employers.moves import Machine
from placement import moving, states
from placement.db import Database
from placement.events import standing_events
from placement.figures.rates import rates
from placement.models import Event
from placement.states import MACHINES, MoveRefused, correct_day, move, undo
from tests.placement.cast import (
    ADD,
    DAY,
    OFFICE,
    STRANGER,
    add_agreement,
    add_check,
    add_conversion,
    add_graduate,
    add_opening,
    add_placement,
    add_suggestion,
    trail,
)
from tests.placement.desk import INTERVIEW, Desk

LATER, EARLIER = DAY + timedelta(days=1), DAY - timedelta(days=1)
machines = pytest.mark.parametrize("machine", MACHINES.values(), ids=list(MACHINES))


def refusal(desk: Desk, row, on: date = LATER, actor=OFFICE) -> str:
    before = len(trail(desk.session, row))
    with pytest.raises(MoveRefused) as caught:
        moving.correct_day(desk.session, row, actor, effective_on=on)
    assert len(trail(desk.session, row)) == before
    return caught.value.refusal.code


@machines
def test_the_day_of_every_move_can_be_corrected_and_the_trail_shows_both(session: Session, machine: Machine):
    for chosen in machine.moves:
        row = ADD[machine.entity](session, state=min(chosen.sources))
        move(session, row, chosen.name, OFFICE, effective_on=DAY, reason="other", to=chosen.target)
        correct_day(session, row, OFFICE, effective_on=LATER)
        assert row.state == chosen.target
        lines = trail(session, row)
        assert [line.move for line in lines] == [chosen.name, "undo", chosen.name]
        assert [line.effective_on for line in lines] == [DAY, DAY, LATER]
        assert lines[1].undo_of == lines[0].id
        undo(session, row, OFFICE, effective_on=LATER)
        assert row.state == min(chosen.sources)


def test_a_day_that_the_move_took_from_its_own_goes_with_it_and_comes_back_with_an_undo(desk: Desk):
    conversion = add_conversion(desk.session)
    desk.act(conversion, "offer", terms="월 250만원", expires_on=DAY + timedelta(days=9))
    moving.correct_day(desk.session, conversion, OFFICE, effective_on=EARLIER)
    assert (conversion.offered_on, conversion.terms) == (EARLIER, "월 250만원")
    assert conversion.offer_expires_on == DAY + timedelta(days=9)
    desk.undo(conversion)
    assert (conversion.state, conversion.offered_on, conversion.terms) == ("pending", None, None)


def test_who_waits_has_waited_since_the_right_day(desk: Desk):
    referral = desk.refer(state="interested")
    desk.act(referral, "hold", on=LATER, until=DAY + timedelta(days=9))
    moving.correct_day(desk.session, referral, OFFICE, effective_on=DAY)
    desk.session.refresh(referral)
    assert referral.waiting_since.astimezone().date() <= DAY


def test_a_value_that_somebody_has_changed_since_stays(desk: Desk):
    conversion = add_conversion(desk.session)
    desk.act(conversion, "offer")
    conversion.offered_on = EARLIER
    desk.session.flush()
    moving.correct_day(desk.session, conversion, OFFICE, effective_on=LATER)
    assert conversion.offered_on == EARLIER


def test_a_correction_keeps_to_the_order_of_the_moves(desk: Desk):
    graduate = add_graduate(desk.session)
    assert refusal(desk, graduate) == "nothing_to_undo"
    desk.act(graduate, "pause", "resume")
    assert refusal(desk, graduate, on=EARLIER) == "before_previous_move"
    assert refusal(desk, graduate, on=DAY) == "day_unchanged"
    assert refusal(desk, graduate, actor=STRANGER) == "not_allowed"
    moving.correct_day(desk.session, graduate, OFFICE, effective_on=LATER)
    moving.correct_day(desk.session, graduate, OFFICE, effective_on=DAY)
    assert [line.effective_on for line in trail(desk.session, graduate)] == [DAY, DAY, DAY, LATER, LATER, DAY]


def test_a_move_that_others_have_followed_is_undone_and_made_again_instead(desk: Desk):
    graduate = add_graduate(desk.session)
    desk.refer(graduate=graduate, state="sent")
    desk.act(graduate, "leave")
    assert refusal(desk, graduate) == "followed_by_others"
    assert refusal(desk, desk.refer(state="accepted")) == "followed_by_others"
    assert refusal(desk, desk.refer(state="sent")) == "followed_by_others"


def test_of_two_who_correct_the_same_move_the_later_is_told_so(database: Database, monkeypatch):
    with database.transaction() as session:
        graduate = add_graduate(session)
        first = move(session, graduate, "pause", OFFICE, effective_on=DAY, reason="other")
        correct_day(session, graduate, OFFICE, effective_on=LATER)
        monkeypatch.setattr(
            states, "_last_standing", lambda *_, before=None: None if before else first
        )  # as read before
        with pytest.raises(MoveRefused, match="changed_meanwhile"):
            correct_day(session, graduate, OFFICE, effective_on=EARLIER)
        assert len(trail(session, graduate)) == 3


def test_a_correction_makes_an_open_form_stale(desk: Desk):
    graduate = add_graduate(desk.session)
    desk.act(graduate, "pause")
    moving.correct_day(desk.session, graduate, OFFICE, effective_on=LATER)
    assert graduate.version == 3


def test_as_known_before_the_correction_the_figure_is_the_old_one(desk: Desk):
    conversion = add_conversion(desk.session, state="accepted")
    placement = desk.session.get_one(MACHINES["placement"].table, conversion.placement_id)
    desk.act(placement, "start")
    desk.act(conversion, "start", on=DAY + timedelta(days=5))
    before = now()
    moving.correct_day(desk.session, conversion, OFFICE, effective_on=DAY + timedelta(days=40))

    def converted(**limits) -> int:
        told = rates(desk.session, as_of=DAY + timedelta(days=30), program=None, **limits)
        return next(one.numerator for one in told if one.name == "conversion_rate_of_interns" and one.program is None)

    assert (converted(known_at=before), converted()) == (1, 0)
    known = standing_events("conversion", known_at=before).where(Event.entity_id == conversion.id)
    assert [line.effective_on for line in desk.session.scalars(known)] == [DAY + timedelta(days=5)]


# The rules of the move itself


def on(days: int) -> date:
    return DAY + timedelta(days=days)


def test_a_last_day_that_goes_along_keeps_within_the_work(desk: Desk):
    placement = add_placement(desk.session, state="active", kind="employment", starts_on=on(3))
    desk.act(placement, "end_early", on=on(9), last_day=on(9), ended_by="company")
    assert refusal(desk, placement, on=on(2)) == "days_out_of_order"
    moving.correct_day(desk.session, placement, OFFICE, effective_on=on(3))
    assert placement.last_day == on(3)


def test_a_last_day_that_stays_is_not_after_the_corrected_day(desk: Desk):
    placement = add_placement(desk.session, state="active", kind="employment", starts_on=on(3))
    desk.act(placement, "end_early", on=on(9), last_day=on(7), ended_by="company")
    assert refusal(desk, placement, on=on(6)) == "day_in_future"
    moving.correct_day(desk.session, placement, OFFICE, effective_on=on(7))
    assert placement.last_day == on(7)


def test_a_leaving_keeps_within_the_job(desk: Desk):
    check = add_check(desk.session)  # of a job from DAY on
    desk.act(check, "record_leaving", on=on(9), left_on=on(9), left_by="graduate", reason="study")
    assert refusal(desk, check, on=on(-1)) == "left_before_start"
    moving.correct_day(desk.session, check, OFFICE, effective_on=DAY)
    assert check.left_on == DAY
    other = add_check(desk.session)
    desk.act(other, "record_leaving", on=on(9), left_on=on(7), left_by="graduate", reason="study")
    assert refusal(desk, other, on=on(6)) == "day_in_future"


def test_an_agreed_day_that_happens_to_be_the_day_of_typing_stays_where_it_is(desk: Desk):
    placement = add_placement(desk.session, state="scheduled", starts_on=on(5), ends_on=on(30))
    desk.act(placement, "change_days", on=on(2), starts_on=on(2), ends_on=on(30))
    moving.correct_day(desk.session, placement, OFFICE, effective_on=DAY)
    assert (placement.starts_on, placement.ends_on) == (on(2), on(30))


def test_an_offer_and_its_answer_keep_to_the_day_on_which_it_lapses(desk: Desk):
    conversion, referral = add_conversion(desk.session), desk.refer(state="interested")
    for row in (conversion, referral):
        desk.act(row, "offer", expires_on=on(4))
        assert refusal(desk, row, on=on(5)) == "expires_before_offer"
        moving.correct_day(desk.session, row, OFFICE, effective_on=on(1))
    desk.act(conversion, "accept", on=on(2))
    assert refusal(desk, conversion, on=on(5)) == "offer_lapsed"
    moving.correct_day(desk.session, conversion, OFFICE, effective_on=on(4))


def test_an_offer_does_not_begin_after_it_ends(desk: Desk):
    referral = desk.refer(state="interested")
    desk.act(referral, "offer", starts_on=DAY, ends_on=on(2), expires_on=on(9))
    assert refusal(desk, referral, on=on(3)) == "days_out_of_order"
    moving.correct_day(desk.session, referral, OFFICE, effective_on=on(2))
    assert (referral.offer_starts_on, referral.offer_ends_on) == (on(2), on(2))


def test_who_waits_until_a_day_has_not_begun_to_wait_after_it(desk: Desk):
    referral, suggestion = desk.refer(state="interested"), add_suggestion(desk.session)
    desk.act(referral, "hold", until=on(4))
    desk.act(suggestion, "snooze", until=on(4))
    for row in (referral, suggestion):
        assert refusal(desk, row, on=on(4)) == "until_missing"
        moving.correct_day(desk.session, row, OFFICE, effective_on=on(3))


def test_an_interview_is_not_planned_after_it(desk: Desk):
    referral = desk.refer(state="interview_planned")
    day = INTERVIEW.date()
    assert refusal(desk, referral, on=day + timedelta(days=1)) == "interview_in_past"
    moving.correct_day(desk.session, referral, OFFICE, effective_on=day)


def test_an_opening_is_not_published_after_its_last_day(desk: Desk):
    opening = add_opening(desk.session, state="draft", closes_on=on(4))
    desk.act(opening, "publish")
    assert refusal(desk, opening, on=on(5)) == "closing_day_past"
    moving.correct_day(desk.session, opening, OFFICE, effective_on=on(4))


def test_an_agreement_is_not_in_force_before_both_have_signed_nor_signed_after_its_end(desk: Desk):
    signed = add_agreement(desk.session, signed_on=on(2))
    desk.act(signed, "enter_into_force", on=on(3))
    assert refusal(desk, signed, on=on(1)) == "agreement_not_yet"
    late = add_agreement(desk.session, signed_on=on(1), valid_until=on(4))
    desk.act(late, "enter_into_force", on=on(3), signed_on=on(3))
    assert refusal(desk, late, on=on(5)) == "days_out_of_order"
    moving.correct_day(desk.session, late, OFFICE, effective_on=on(4))
    assert late.signed_on == on(4)
