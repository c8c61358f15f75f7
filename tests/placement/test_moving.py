"""The one door: a move is made with all that follows from it, or not at all, and a mistake is taken back whole."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from placement.models import Event, Job
from placement.states import MACHINES, MoveRefused
from tests.placement.cast import ADD, DAY, STRANGER, add_graduate, add_suggestion, trail
from tests.placement.desk import Desk


def test_a_refusal_half_way_leaves_nothing_behind_and_the_row_as_it_is(desk: Desk):
    opening = desk.opening(seats=1)
    first, second = desk.refer(opening, state="interested"), desk.refer(opening, state="offered")
    before = (len(trail(desk.session, first)), desk.seats(first))
    assert desk.refusal(first, "offer") == "no_seat_left"
    assert (first.state, first.offer_kind) == ("interested", None)
    assert (len(trail(desk.session, first)), desk.seats(first)) == before
    desk.act(second, "retract")
    desk.act(first, "offer")
    assert first.state == "offered"


def test_many_moves_may_share_a_transaction_in_which_one_is_refused(desk: Desk):
    opening = desk.opening(seats=2)
    rows, answers = [desk.refer(opening, state="interested") for _ in range(3)], []
    for row in rows:
        try:
            desk.act(row, "offer")
        except MoveRefused as refused:
            answers.append(refused.refusal.code)
    assert answers == ["no_seat_left"]
    assert [row.state for row in rows] == ["offered", "offered", "interested"]


def test_who_may_not_is_refused_before_anything_happens(desk: Desk):
    referral = desk.refer(state="offered")
    assert desk.refusal(referral, "accept", actor=STRANGER) == "not_allowed"
    assert desk.engaged_by(referral) is None


def test_a_move_that_does_not_exist_is_refused(desk: Desk):
    assert desk.refusal(desk.refer(), "vanish") == "unknown_move"


def test_a_graduate_who_changes_is_matched_anew(desk: Desk):
    graduate = add_graduate(desk.session)
    desk.act(graduate, "pause")
    desk.undo(graduate)
    jobs = select(Job).where(Job.kind == "rematch_graduate", Job.subject == str(graduate.id))
    assert len(desk.session.exec(jobs).all()) >= 1
    assert graduate.state == "ready"


def test_a_snooze_ends_on_a_later_day_and_its_undo_forgets_it(desk: Desk):
    pair = add_suggestion(desk.session)
    assert desk.refusal(pair, "snooze", until=DAY) == "until_missing"
    desk.act(pair, "snooze", until=DAY + timedelta(days=7))
    assert (pair.state, pair.snoozed_until) == ("snoozed", DAY + timedelta(days=7))
    desk.undo(pair)
    assert (pair.state, pair.snoozed_until) == ("new", None)


@pytest.mark.parametrize("entity", MACHINES)
def test_every_kind_of_row_goes_through_the_door_and_back(desk: Desk, entity: str):
    """The first move of each machine from where a row begins."""
    machine = MACHINES[entity]
    row = ADD[entity](desk.session, state=min(machine.initial))
    chosen = next(one for one in machine.moves if row.state in one.sources)
    desk.act(row, chosen.name, to=chosen.target)
    assert row.state == chosen.target
    desk.undo(row)
    assert [line.move for line in trail(desk.session, row)] == [chosen.name, "undo"]


def test_the_trail_of_an_acceptance_and_its_undo_tells_everything_that_moved(desk: Desk):
    referral = desk.refer(state="accepted")
    desk.undo(referral)
    lines = desk.session.exec(select(Event).where(col(Event.entity) != "graduate").order_by(col(Event.id)))
    assert [(line.entity, line.move) for line in lines][-6:] == [
        ("referral", "offer"),
        ("referral", "accept"),
        ("opening", "fill"),
        ("placement", "create"),
        ("referral", "undo"),
        ("placement", "not_start"),
    ]
