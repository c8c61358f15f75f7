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
from tests.placement.cast import ADD, DAY, OFFICE, STRANGER, add_conversion, add_graduate, trail
from tests.placement.desk import Desk

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
