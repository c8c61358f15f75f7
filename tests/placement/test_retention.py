"""Three, six and twelve months after a regular start both sides are asked; who cannot be reached has not left."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from placement.enums import RetentionEvidence, Side
from placement.models import Placement, RetentionCheck
from placement.retention import Answer, answer, answers_of, checks_due, open_checks
from placement.states import MoveRefused, flags_of
from tests.placement.cast import DAY, OFFICE, add_check, add_conversion, add_placement
from tests.placement.desk import Desk

YES, NO = Answer(is_employed=True, is_same_employer=True), Answer(is_employed=False, left_on=DAY)


def said(desk: Desk, check: RetentionCheck, *words: tuple[Side, Answer]) -> str:
    """The check's state after these answers."""
    for side, word in words:
        answer(desk.session, check, side, word, OFFICE, today=DAY)
    return check.state


def employment(desk: Desk, starts_on: date, state: str = "active"):
    placement = add_placement(desk.session, state=state)
    placement.kind, placement.starts_on = "employment", starts_on
    desk.session.flush()
    return placement


def due_days(desk: Desk, placement) -> list[tuple[int, date]]:
    rows = (
        select(RetentionCheck).where(RetentionCheck.placement_id == placement.id).order_by(col(RetentionCheck.months))
    )
    return [(one.months, one.due_on) for one in desk.session.exec(rows)]


def test_checks_are_due_three_six_and_twelve_months_after_the_start_clamped(desk: Desk):
    placement = employment(desk, date(2020, 11, 30))
    assert len(open_checks(desk.session, OFFICE, today=DAY)) == 3
    assert due_days(desk, placement) == [(3, date(2021, 2, 28)), (6, date(2021, 5, 30)), (12, date(2021, 11, 30))]
    assert open_checks(desk.session, OFFICE, today=DAY) == []


def test_a_converted_intern_is_asked_from_the_contract_on(desk: Desk):
    conversion = add_conversion(desk.session, state="started", contract_starts_on=date(2020, 12, 31))
    open_checks(desk.session, OFFICE, today=date(2021, 1, 1))
    placement = desk.session.get_one(Placement, conversion.placement_id)
    assert [day for _, day in due_days(desk, placement)] == [date(2021, 3, 31), date(2021, 6, 30), date(2021, 12, 31)]


@pytest.mark.parametrize(("starts_on", "state"), [(DAY + timedelta(days=1), "scheduled"), (DAY, "ended_early")])
def test_nobody_is_asked_about_work_that_has_not_begun_or_is_over(desk: Desk, starts_on: date, state: str):
    employment(desk, starts_on, state)
    assert open_checks(desk.session, OFFICE, today=DAY) == []


def test_an_internship_is_not_asked_about(desk: Desk):
    add_placement(desk.session, state="active")
    assert open_checks(desk.session, OFFICE, today=DAY) == []


@pytest.mark.parametrize(("days_early", "may_be_asked"), [(15, True), (16, False)])
def test_a_check_may_be_asked_from_fifteen_days_before_its_day(desk: Desk, days_early: int, may_be_asked: bool):
    check = add_check(desk.session)
    assert (check in checks_due(desk.session, check.due_on - timedelta(days=days_early))) is may_be_asked


def test_one_sides_yes_confirms_and_one_sides_no_is_a_leaving_with_its_day(desk: Desk):
    stays, leaves = add_check(desk.session), add_check(desk.session)
    assert said(desk, stays, (Side.GRADUATE, YES)) == "confirmed"
    assert (stays.is_same_employer, stays.evidence) == (True, "self_report")
    assert said(desk, leaves, (Side.COMPANY, NO)) == "left"
    assert leaves.left_on == DAY


@pytest.mark.parametrize(("first", "second"), [(YES, NO), (NO, YES)])
def test_sides_that_differ_are_a_conflict_that_keeps_both_words(desk: Desk, first: Answer, second: Answer):
    check = add_check(desk.session)
    assert said(desk, check, (Side.GRADUATE, first), (Side.COMPANY, second)) == "conflict"
    assert [(one.side, one.is_employed) for one in answers_of(desk.session, check)] == [
        ("graduate", first.is_employed),
        ("company", second.is_employed),
    ]
    assert check in checks_due(desk.session, DAY)


@pytest.mark.parametrize(("name", "state"), [("confirm", "confirmed"), ("record_leaving", "left")])
def test_a_counselor_settles_a_conflict(desk: Desk, name: str, state: str):
    check = add_check(desk.session)
    said(desk, check, (Side.GRADUATE, YES), (Side.COMPANY, NO))
    desk.act(check, name, evidence="document")
    assert (check.state, check.evidence) == (state, "document")


def test_a_conflict_ends_when_a_side_corrects_itself(desk: Desk):
    check = add_check(desk.session)
    assert said(desk, check, (Side.GRADUATE, YES), (Side.COMPANY, NO), (Side.COMPANY, YES)) == "confirmed"


def test_better_evidence_is_kept_and_worse_does_not_replace_it(desk: Desk):
    check = add_check(desk.session)
    proof = YES._replace(evidence=RetentionEvidence.DOCUMENT)
    said(desk, check, (Side.GRADUATE, YES), (Side.COMPANY, proof), (Side.GRADUATE, YES))
    assert (check.state, check.evidence) == ("confirmed", "document")


def test_who_cannot_be_reached_has_not_left_and_may_still_answer(desk: Desk):
    check = add_check(desk.session)
    desk.act(check, "give_up")
    assert check.state == "unreachable"
    assert not flags_of(check).closed
    assert said(desk, check, (Side.GRADUATE, YES)) == "confirmed"


def test_nobody_has_left_on_a_day_that_has_not_come(desk: Desk):
    with pytest.raises(MoveRefused, match="day_in_future"):
        said(desk, add_check(desk.session), (Side.GRADUATE, NO._replace(left_on=DAY + timedelta(days=1))))


def test_a_leaving_taken_back_forgets_its_day(desk: Desk):
    check = add_check(desk.session)
    desk.act(check, "record_leaving", left_on=DAY, evidence="employer")
    desk.undo(check)
    assert (check.state, check.left_on, check.evidence) == ("due", None, None)
