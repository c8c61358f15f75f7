"""Every state changes by a move of the table, by somebody who may, and leaves one line in the log; or not at all."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, timedelta
from threading import Barrier

import pytest

from employers.columns import now
from employers.moves import Machine, Move
from placement import states
from placement.db import Database
from placement.states import (
    MACHINES,
    Actor,
    MoveRefused,
    Step,
    flags_of,
    move,
    possible_moves,
    record_birth,
    record_lives,
    states_where,
    undo,
)
from tests.placement.cast import ADD, DAY, OFFICE, STRANGER, add_agreement, add_graduate, add_opening, trail

machines = pytest.mark.parametrize("machine", MACHINES.values(), ids=list(MACHINES))


def every_move(machine: Machine) -> Iterator[tuple[Move, str]]:
    for chosen in machine.moves:
        for state in machine.states:
            yield chosen, state


def refusal_of(session, row, name: str, actor: Actor = OFFICE, **given) -> str:
    """The code by which the move is refused, after a look that nothing has happened."""
    before, lines = row.state, len(trail(session, row))
    with pytest.raises(MoveRefused) as caught:
        move(session, row, name, actor, effective_on=DAY, **given)
    session.refresh(row)
    assert (row.state, len(trail(session, row))) == (before, lines)
    return caught.value.refusal.code


@machines
def test_every_move_leads_from_each_of_its_sources_to_its_target_and_is_logged(session, machine: Machine):
    for chosen, state in every_move(machine):
        if state in chosen.sources:
            row = ADD[machine.entity](session, state=state)
            event = move(session, row, chosen.name, OFFICE, effective_on=DAY, reason="other", to=chosen.target)
            assert row.state == chosen.target
            assert (event.move, event.from_state, event.to_state) == (chosen.name, state, chosen.target)
            assert trail(session, row) == [event]


@machines
def test_every_move_is_refused_from_every_other_state(session, machine: Machine):
    for chosen, state in every_move(machine):
        if state not in chosen.sources:
            row = ADD[machine.entity](session, state=state)
            assert refusal_of(session, row, chosen.name, reason="other", to=chosen.target) == "wrong_state"


@machines
def test_no_move_is_made_by_somebody_without_its_permission(session, machine: Machine):
    for chosen in machine.moves:
        row = ADD[machine.entity](session, state=min(chosen.sources))
        others = Actor("other", OFFICE.permissions - {chosen.permission})
        assert refusal_of(session, row, chosen.name, others, reason="other", to=chosen.target) == "not_allowed"


@machines
@pytest.mark.parametrize("reason", [None, ""])
def test_a_move_that_needs_a_reason_is_refused_without_one(session, machine: Machine, reason: str | None):
    for chosen in machine.moves:
        if chosen.needs_reason:
            row = ADD[machine.entity](session, state=min(chosen.sources))
            assert refusal_of(session, row, chosen.name, reason=reason) == "reason_missing"


def test_an_unknown_move_is_refused(session):
    assert refusal_of(session, add_graduate(session), "vanish") == "unknown_move"


@pytest.mark.parametrize(("state", "name"), [("draft", "publish"), ("paused", "resume"), ("closed", "reopen")])
def test_a_full_opening_is_never_opened(session, state: str, name: str):
    opening = add_opening(session, state=state, seats=2, seats_taken=2)
    assert refusal_of(session, opening, name) == "opening_is_full"


def test_a_full_opening_is_not_opened_by_taking_a_pause_back(session):
    opening = add_opening(session, seats=1)
    move(session, opening, "pause", OFFICE, effective_on=DAY)
    opening.seats_taken = 1
    with pytest.raises(MoveRefused, match="opening_is_full"):
        undo(session, opening, OFFICE, effective_on=DAY)
    assert opening.state == "paused"


def test_an_agreement_is_not_in_force_before_it_is_signed(session):
    assert refusal_of(session, add_agreement(session, signed_on=None), "enter_into_force") == "agreement_not_signed"


def test_the_line_in_the_log_says_who_for_whom_when_and_why(database: Database):
    before = now()
    with database.transaction() as session:
        graduate = add_graduate(session)
        caller = Actor("counselor@ieum.example", OFFICE.permissions, on_behalf_of="수료생 본인")
        move(session, graduate, "pause", caller, effective_on=date(2020, 11, 20), reason="illness", note="전화로 들음")
    with database.reading() as session:
        (event,) = trail(session, graduate)
    assert before <= event.at <= now()
    assert event.at.tzinfo is not None
    assert event.at.utcoffset() == UTC.utcoffset(None)
    assert event.effective_on == date(2020, 11, 20)
    assert (event.actor, event.on_behalf_of) == ("counselor@ieum.example", "수료생 본인")
    assert (event.reason, event.note) == ("illness", "전화로 들음")


def test_columns_may_change_together_with_the_state(session):
    suggestion = ADD["suggestion"](session)
    move(session, suggestion, "snooze", OFFICE, effective_on=DAY, snoozed_until=DAY + timedelta(days=7))
    assert (suggestion.state, suggestion.snoozed_until) == ("snoozed", DAY + timedelta(days=7))


def test_of_several_targets_the_named_one_is_taken_and_unnamed_the_first_that_fits(session):
    first, named = (ADD["referral"](session, state="interview_planned") for _ in range(2))
    move(session, first, "record_interview", OFFICE, effective_on=DAY)
    move(session, named, "record_interview", OFFICE, effective_on=DAY, to="interested")
    assert (first.state, named.state) == ("interviewed", "interested")
    assert refusal_of(session, named, "record_interview", to="declined") == "unknown_move"


def test_an_undo_brings_back_the_columns_that_the_move_changed(session):
    suggestion = ADD["suggestion"](session, snoozed_until=DAY)
    move(session, suggestion, "snooze", OFFICE, effective_on=DAY, snoozed_until=DAY + timedelta(days=7))
    undo(session, suggestion, OFFICE, effective_on=DAY)
    assert (suggestion.state, suggestion.snoozed_until) == ("new", DAY)


def test_who_comes_late_is_told_so_and_leaves_no_line(database: Database):
    with database.transaction() as session:
        graduate_id = add_graduate(session).id
    with database.reading() as session:
        seen_before = session.get_one(MACHINES["graduate"].table, graduate_id)
    with database.transaction() as session:
        winner = session.get_one(MACHINES["graduate"].table, graduate_id)
        move(session, winner, "pause", OFFICE, effective_on=DAY, reason="other")
    with database.transaction() as session:
        session.add(seen_before)
        with pytest.raises(MoveRefused, match="changed_meanwhile"):
            move(session, seen_before, "leave", OFFICE, effective_on=DAY, reason="other")
    with database.reading() as session:
        assert session.get_one(MACHINES["graduate"].table, graduate_id).state == "paused"
        assert [event.move for event in trail(session, winner)] == ["pause"]


def test_of_eight_at_once_exactly_one_makes_the_move(database: Database):
    with database.transaction() as session:
        graduate = add_graduate(session)
    start = Barrier(8)

    def pause(_number: int) -> str:
        with database.reading() as session:
            mine = session.get_one(type(graduate), graduate.id)
        start.wait()
        try:
            with database.transaction() as session:
                session.add(mine)
                move(session, mine, "pause", OFFICE, effective_on=DAY, reason="other")
        except MoveRefused as refused:
            return refused.refusal.code
        return "done"

    with ThreadPoolExecutor(8) as threads:
        answers = sorted(threads.map(pause, range(8)))
    assert answers == ["changed_meanwhile"] * 7 + ["done"]
    with database.reading() as session:
        assert len(trail(session, graduate)) == 1


@machines
def test_an_undo_restores_the_state_and_the_trail_keeps_both(session, machine: Machine):
    for chosen in machine.moves:
        for state in chosen.sources:
            row = ADD[machine.entity](session, state=state)
            done = move(session, row, chosen.name, OFFICE, effective_on=DAY, reason="other", to=chosen.target)
            taken_back = undo(session, row, OFFICE, effective_on=DAY)
            assert row.state == state
            assert taken_back.undo_of == done.id
            assert [event.move for event in trail(session, row)] == [chosen.name, "undo"]


def test_an_undo_brings_back_what_changed_with_the_state(session):
    suggestion = ADD["suggestion"](session)
    move(session, suggestion, "snooze", OFFICE, effective_on=DAY, snoozed_until=DAY + timedelta(days=7))
    move(session, suggestion, "dismiss", OFFICE, effective_on=DAY, reason="pay")
    reopened = move(session, suggestion, "reopen", OFFICE, effective_on=DAY, snoozed_until=None)
    assert reopened.changed == {"reason": ["pay", None], "snoozed_until": ["2020-12-08", None]}
    undone = undo(session, suggestion, OFFICE, effective_on=DAY)
    assert (suggestion.reason, suggestion.snoozed_until) == ("pay", DAY + timedelta(days=7))
    assert undone.changed == {"reason": [None, "pay"], "snoozed_until": [None, "2020-12-08"]}


def test_an_undo_leaves_what_somebody_has_changed_since(session):
    conversion = ADD["conversion"](session, state="offered")
    move(session, conversion, "accept", OFFICE, effective_on=DAY, contract_starts_on=DAY)
    conversion.contract_starts_on = DAY + timedelta(days=1)
    undo(session, conversion, OFFICE, effective_on=DAY)
    assert (conversion.state, conversion.contract_starts_on) == ("offered", DAY + timedelta(days=1))


def test_of_two_who_take_the_same_move_back_the_later_is_told_so(session, monkeypatch):
    graduate = add_graduate(session)
    first = move(session, graduate, "pause", OFFICE, effective_on=DAY, reason="other")
    undo(session, graduate, OFFICE, effective_on=DAY)
    move(session, graduate, "pause", OFFICE, effective_on=DAY, reason="other")
    monkeypatch.setattr(states, "_last_standing", lambda *_: first)  # as read before the other's undo
    with pytest.raises(MoveRefused, match="changed_meanwhile"):
        undo(session, graduate, OFFICE, effective_on=DAY)
    session.refresh(graduate)
    assert graduate.state == "paused"
    assert [event.move for event in trail(session, graduate)] == ["pause", "undo", "pause"]


def test_a_move_does_not_happen_before_the_move_that_it_follows(session):
    graduate = add_graduate(session)
    move(session, graduate, "pause", OFFICE, effective_on=DAY, reason="other")
    with pytest.raises(MoveRefused, match="before_previous_move"):
        move(session, graduate, "resume", OFFICE, effective_on=DAY - timedelta(days=1))
    assert graduate.state == "paused"
    undo(session, graduate, OFFICE, effective_on=DAY)
    move(session, graduate, "pause", OFFICE, effective_on=DAY - timedelta(days=1), reason="other")


def test_who_was_stored_late_may_have_moved_before(session):
    graduate = MACHINES["graduate"].table(key="A-1")
    record_birth(session, graduate, OFFICE, effective_on=DAY)
    moved = move(session, graduate, "pause", OFFICE, effective_on=DAY - timedelta(days=30), reason="other")
    assert moved.effective_on < DAY


def test_a_life_that_runs_backward_is_not_stored(session):
    graduate = MACHINES["graduate"].table(key="A-1")
    life = [Step("create", DAY), Step("pause", DAY, "other"), Step("resume", DAY - timedelta(days=1))]
    with pytest.raises(MoveRefused, match="before_previous_move"):
        record_lives(session, [graduate], [life], OFFICE)


def test_a_second_undo_takes_the_move_before_back_and_a_birth_stays(session):
    graduate = MACHINES["graduate"].table(key="A-1", state="in_training")
    record_birth(session, graduate, OFFICE, effective_on=DAY)
    move(session, graduate, "complete", OFFICE, effective_on=DAY)
    move(session, graduate, "pause", OFFICE, effective_on=DAY, reason="other")
    undo(session, graduate, OFFICE, effective_on=DAY)
    assert graduate.state == "ready"
    undo(session, graduate, OFFICE, effective_on=DAY)
    assert graduate.state == "in_training"
    with pytest.raises(MoveRefused, match="nothing_to_undo"):
        undo(session, graduate, OFFICE, effective_on=DAY)
    assert [event.move for event in trail(session, graduate)] == ["create", "complete", "pause", "undo", "undo"]


def test_after_an_undo_the_row_may_move_again(session):
    graduate = add_graduate(session)
    move(session, graduate, "pause", OFFICE, effective_on=DAY, reason="other")
    undo(session, graduate, OFFICE, effective_on=DAY)
    again = move(session, graduate, "leave", OFFICE, effective_on=DAY, reason="other")
    assert undo(session, graduate, OFFICE, effective_on=DAY).undo_of == again.id


def test_who_may_not_make_a_move_may_not_take_it_back(session):
    graduate = add_graduate(session)
    move(session, graduate, "pause", OFFICE, effective_on=DAY, reason="other")
    with pytest.raises(MoveRefused, match="not_allowed"):
        undo(session, graduate, STRANGER, effective_on=DAY)
    assert graduate.state == "paused"


def test_an_undo_after_somebody_elses_move_is_too_late(database: Database):
    with database.transaction() as session:
        graduate = add_graduate(session)
        move(session, graduate, "pause", OFFICE, effective_on=DAY, reason="other")
    with database.transaction() as session:
        other = session.get_one(type(graduate), graduate.id)
        move(session, other, "resume", OFFICE, effective_on=DAY)
    with database.transaction() as session:
        session.add(graduate)
        with pytest.raises(MoveRefused):
            undo(session, graduate, OFFICE, effective_on=DAY)
    with database.reading() as session:
        assert session.get_one(type(graduate), graduate.id).state == "ready"


@machines
def test_moves_and_undos_make_an_open_form_stale(session, machine: Machine):
    if "version" not in machine.table.model_fields:
        assert machine.entity == "suggestion"
        return
    chosen = machine.moves[0]
    row = ADD[machine.entity](session, state=min(chosen.sources))
    move(session, row, chosen.name, OFFICE, effective_on=DAY, reason="other")
    assert row.version == 2
    undo(session, row, OFFICE, effective_on=DAY)
    assert row.version == 3


@machines
def test_a_row_begins_only_where_its_machine_begins(session, machine: Machine):
    for state in machine.states:
        row = ADD[machine.entity](session, state=state)
        if state in machine.initial:
            assert record_birth(session, row, OFFICE, effective_on=DAY).move == "create"
        else:
            with pytest.raises(MoveRefused, match="state_is_no_beginning"):
                record_birth(session, row, OFFICE, effective_on=DAY)
            assert trail(session, row) == []


@machines
def test_the_buttons_are_the_moves_that_would_work(session, machine: Machine):
    for state in machine.states:
        row = ADD[machine.entity](session, state=state)
        shown = {chosen.name for chosen in possible_moves(row, OFFICE)}
        assert shown == {chosen.name for chosen in machine.moves if state in chosen.sources}
        assert possible_moves(row, STRANGER) == []


@machines
def test_a_machine_is_whole(machine: Machine):
    """Every state has flags and can be reached; whoever is not finished has a way on; nobody is open and closed."""
    reached = set(machine.initial)
    for _ in machine.states:
        reached |= {chosen.target for chosen in machine.moves if chosen.sources & reached}
    assert reached == set(machine.states)
    assert {state for chosen in machine.moves for state in chosen.sources} <= reached
    stuck = reached - {state for chosen in machine.moves for state in chosen.sources}
    assert all(machine.states[state].closed for state in stuck)
    assert not any(flags.open and flags.closed for flags in machine.states.values())
    assert {flags.waits_for for flags in machine.states.values()} <= {"graduate", "company", "counselor", "nobody"}
    assert len({(chosen.name, chosen.target) for chosen in machine.moves}) == len(machine.moves)


def test_states_are_asked_for_by_what_they_mean(session):
    assert states_where("opening", open=True) == ["open"]
    assert states_where("graduate", open=True) == ["in_training", "ready"]
    assert set(states_where("placement", won=True, closed=False)) == {"scheduled", "active", "suspended"}
    assert flags_of(add_opening(session, state="closed")).closed
