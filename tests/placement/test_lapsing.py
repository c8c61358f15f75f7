"""A check waits only as long as there is something to ask: an end of the work is told of the later checks, and taken back."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from placement import moving
from placement.enums import Side
from placement.figures.retention import retention
from placement.models import Conversion, Event, Placement, RetentionCheck
from placement.retention import Answer, answer, open_checks
from placement.states import MoveRefused
from tests.placement.cast import DAY, OFFICE, add_placement
from tests.placement.desk import Desk

MONTH = timedelta(days=31)
LEFT = {"left_on": DAY + 3 * MONTH, "left_by": "company", "reason": "company_situation"}
LATER = DAY + 4 * MONTH


def employment(desk: Desk) -> Placement:
    """Somebody who began a regular job on DAY, with its three checks."""
    placement = add_placement(desk.session, state="scheduled")
    placement.kind = "employment"
    desk.act(placement, "start")
    open_checks(desk.session, OFFICE, today=DAY)
    return placement


def conversion(desk: Desk) -> Conversion:
    """An intern whose regular contract began on DAY, with its three checks."""
    row = Conversion(placement_id=add_placement(desk.session, state="completed").id, state="accepted")
    desk.session.add(row)
    desk.session.flush()
    desk.act(row, "start", contract_starts_on=DAY)
    open_checks(desk.session, OFFICE, today=DAY)
    return row


def checks(desk: Desk, row: Placement | Conversion) -> list[RetentionCheck]:
    placement_id = row.id if isinstance(row, Placement) else row.placement_id
    mine = select(RetentionCheck).where(RetentionCheck.placement_id == placement_id)
    return list(desk.session.exec(mine.order_by(col(RetentionCheck.months))))


def states(desk: Desk, row: Placement | Conversion) -> list[str]:
    return [check.state for check in checks(desk, row)]


def test_an_early_end_closes_the_checks_after_it_and_its_undo_opens_them_again(desk: Desk):
    placement = employment(desk)
    last_day = DAY + 4 * MONTH
    desk.act(placement, "end_early", on=last_day, last_day=last_day, ended_by="graduate", reason="study")
    assert states(desk, placement) == ["due", "left", "left"]  # at three months the person was still there
    assert [(one.left_on, one.left_by) for one in checks(desk, placement)[1:]] == [(last_day, "graduate")] * 2
    desk.undo(placement, on=last_day)
    assert states(desk, placement) == ["due"] * 3
    assert [one.left_on for one in checks(desk, placement)] == [None] * 3


def test_a_conversion_that_fell_through_leaves_nothing_to_ask(desk: Desk):
    row = conversion(desk)
    desk.act(row, "fall_through", on=LATER, reason="no_vacancy")
    assert states(desk, row) == ["not_applicable"] * 3
    desk.undo(row, on=LATER)
    assert states(desk, row) == ["due"] * 3


def test_a_start_that_was_a_mistake_takes_its_checks_with_it_and_the_next_start_moves_their_days(desk: Desk):
    row = conversion(desk)
    desk.undo(row)
    assert states(desk, row) == ["not_applicable"] * 3
    desk.act(row, "start", contract_starts_on=DAY + timedelta(days=10), on=DAY + timedelta(days=10))
    assert states(desk, row) == ["due"] * 3
    open_checks(desk.session, OFFICE, today=DAY + timedelta(days=11))
    assert [one.due_on for one in checks(desk, row)] == [date(2021, 3, 11), date(2021, 6, 11), date(2021, 12, 11)]
    assert desk.moves_of(checks(desk, row)[0])[-1] == "reschedule"


def test_a_job_that_never_began_after_all_is_not_asked_about(desk: Desk):
    placement = employment(desk)
    desk.undo(placement)
    desk.act(placement, "not_start", reason="other_job")
    assert states(desk, placement) == ["not_applicable"] * 3


def test_who_has_left_at_three_months_has_left_at_six_and_twelve(desk: Desk):
    placement = employment(desk)
    first = checks(desk, placement)[0]
    desk.act(first, "record_leaving", on=LATER, evidence="document", **LEFT)
    assert states(desk, placement) == ["left"] * 3
    assert {(one.left_on, one.left_by, one.evidence) for one in checks(desk, placement)} == {
        (LEFT["left_on"], "company", "document")
    }
    desk.undo(first, on=LATER)
    assert states(desk, placement) == ["due"] * 3


def test_a_leaving_that_is_disputed_asks_the_later_checks_again(desk: Desk):
    placement = employment(desk)
    first = checks(desk, placement)[0]
    no = Answer(False, left_on=LEFT["left_on"], left_by="graduate", reason="study")
    answer(desk.session, first, Side.GRADUATE, no, OFFICE, today=LATER)
    assert states(desk, placement) == ["left"] * 3
    answer(desk.session, first, Side.COMPANY, Answer(True, True), OFFICE, today=LATER)
    assert states(desk, placement) == ["conflict", "due", "due"]


def test_an_answered_check_keeps_its_answer(desk: Desk):
    placement = employment(desk)
    desk.act(checks(desk, placement)[0], "confirm", on=LATER)
    desk.act(placement, "end_early", on=LATER, last_day=LATER, ended_by="company")
    desk.undo(placement, on=LATER)
    assert states(desk, placement) == ["confirmed", "due", "due"]


def test_only_what_followed_this_very_end_comes_back_with_it(desk: Desk):
    placement = employment(desk)
    first = checks(desk, placement)[0]
    desk.act(first, "record_leaving", on=LATER, **LEFT)
    desk.act(placement, "end_early", on=LATER, last_day=LEFT["left_on"], ended_by="company")
    desk.undo(placement, on=LATER)
    assert states(desk, placement) == ["left"] * 3


def test_who_was_found_elsewhere_may_be_asked_again_after_a_leaving(desk: Desk):
    placement = employment(desk)
    first, second, _ = checks(desk, placement)
    desk.act(first, "record_leaving", on=LATER, **LEFT)
    desk.act(second, "reopen", on=LATER)
    desk.act(second, "confirm", on=LATER, is_same_employer=False, evidence="self_report")
    assert states(desk, placement) == ["left", "confirmed", "left"]


def test_each_line_that_followed_names_the_line_it_followed(desk: Desk):
    placement = employment(desk)
    desk.act(checks(desk, placement)[0], "record_leaving", on=LATER, **LEFT)
    lines = desk.session.exec(select(Event).where(Event.move == "close_as_left")).all()
    causes = {desk.session.get_one(Event, line.because_of).move for line in lines}
    assert (len(lines), causes, {line.actor for line in lines}) == (2, {"record_leaving"}, {"system"})


def test_an_internship_that_ended_early_after_its_conversion_closes_no_check(desk: Desk):
    row = conversion(desk)
    intern = desk.session.get_one(Placement, row.placement_id)
    intern.state = "active"
    desk.session.flush()
    desk.act(intern, "end_early", on=LATER, last_day=DAY, ended_by="company")
    assert states(desk, row) == ["due"] * 3


@pytest.mark.parametrize("name", ["unreachable", "waiting"])
def test_who_cannot_be_reached_is_counted_apart_from_who_has_left(desk: Desk, name: str):
    one, two, three = employment(desk), employment(desk), employment(desk)
    desk.act(checks(desk, one)[0], "confirm", on=LATER)
    desk.act(checks(desk, two)[0], "record_leaving", on=LATER, **LEFT)
    if name == "unreachable":
        for channel in ("phone", "message", "phone"):
            desk.act(checks(desk, three)[0], "try_reach", on=LATER, channel=channel)
        desk.act(checks(desk, three)[0], "give_up", on=LATER)
    at_three, at_six, _ = retention(desk.session, as_of=LATER)
    assert (at_three.confirmed, at_three.left, getattr(at_three, name), at_three.percent) == (1, 1, 1, "50.0")
    assert (at_six.confirmed, at_six.left, at_six.percent) == (0, 0, "-")


def test_a_job_that_never_was_is_in_no_retention_figure(desk: Desk):
    row = conversion(desk)
    desk.act(row, "fall_through", on=LATER, reason="no_vacancy")
    assert [one.denominator + one.waiting for one in retention(desk.session, as_of=DAY + 24 * MONTH)] == [0, 0, 0]


def test_the_figure_of_an_earlier_day_knows_no_later_leaving(desk: Desk):
    placement = employment(desk)
    desk.act(checks(desk, placement)[0], "record_leaving", on=LATER, **LEFT)
    assert retention(desk.session, as_of=LATER - timedelta(days=1))[0].left == 0


@pytest.mark.parametrize("cause", ["the work", "an earlier check"])
def test_a_check_that_was_closed_with_something_else_comes_back_only_with_it(desk: Desk, cause: str):
    placement = employment(desk)
    first, _, last = checks(desk, placement)
    if cause == "the work":
        desk.act(placement, "end_early", on=LATER, last_day=LATER, ended_by="company")
    else:
        desk.act(first, "record_leaving", on=LATER, **LEFT)
    assert desk.refusal_of_undo(last) == "check_closed_with_other"
    with pytest.raises(MoveRefused, match="check_closed_with_other"):
        moving.correct_day(desk.session, last, OFFICE, effective_on=LATER + timedelta(days=1))
    assert last.state == "left"
    desk.undo(placement if cause == "the work" else first, on=LATER)
    assert states(desk, placement) == ["due"] * 3
    desk.act(last, "record_leaving", on=LATER, **LEFT)
    desk.undo(last, on=LATER)  # what somebody has typed is taken back by hand
    assert states(desk, placement) == ["due"] * 3
