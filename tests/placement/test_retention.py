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

YES = Answer(is_employed=True, is_same_employer=True)
NO = Answer(is_employed=False, left_on=DAY, left_by="graduate", reason="study")
ELSEWHERE = Answer(is_employed=True, is_same_employer=False)
LEFT = {"left_on": DAY, "left_by": "company"}


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


def test_who_began_on_a_leap_day_is_asked_on_the_last_day_of_february_a_year_later(desk: Desk):
    placement = employment(desk, date(2020, 2, 29))
    open_checks(desk.session, OFFICE, today=DAY)
    assert due_days(desk, placement) == [(3, date(2020, 5, 29)), (6, date(2020, 8, 29)), (12, date(2021, 2, 28))]
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
    assert (leaves.left_on, leaves.left_by) == (DAY, "graduate")


@pytest.mark.parametrize(("first", "second"), [(YES, NO), (NO, YES)])
def test_sides_that_differ_are_a_conflict_that_keeps_both_words(desk: Desk, first: Answer, second: Answer):
    check = add_check(desk.session)
    assert said(desk, check, (Side.GRADUATE, first), (Side.COMPANY, second)) == "conflict"
    assert [(one.side, one.is_employed) for one in answers_of(desk.session, check)] == [
        ("graduate", first.is_employed),
        ("company", second.is_employed),
    ]
    assert check in checks_due(desk.session, DAY)


@pytest.mark.parametrize(("name", "given", "state"), [("confirm", {}, "confirmed"), ("record_leaving", LEFT, "left")])
def test_a_counselor_settles_a_conflict_and_says_on_what_grounds(desk: Desk, name: str, given, state: str):
    check = add_check(desk.session)
    said(desk, check, (Side.GRADUATE, YES), (Side.COMPANY, NO))
    assert desk.refusal(check, name, evidence="document", note=None, **given) == "settling_note_missing"
    desk.act(check, name, evidence="document", note="고용보험 이력을 봄", **given)
    assert (check.state, check.evidence) == (state, "document")


def test_who_works_elsewhere_has_left_as_the_company_says_and_is_employed(desk: Desk):
    first, second = add_check(desk.session), add_check(desk.session)
    assert said(desk, first, (Side.GRADUATE, ELSEWHERE), (Side.COMPANY, NO)) == "confirmed"
    assert said(desk, second, (Side.COMPANY, NO), (Side.GRADUATE, ELSEWHERE)) == "confirmed"
    assert [one.is_same_employer for one in (first, second)] == [False, False]
    assert (second.left_on, second.left_by) == (None, None)


def test_a_company_that_knows_of_no_leaving_contradicts_who_says_to_work_elsewhere(desk: Desk):
    assert said(desk, add_check(desk.session), (Side.COMPANY, YES), (Side.GRADUATE, ELSEWHERE)) == "conflict"


def test_a_side_that_corrects_itself_is_believed_and_both_words_stay(desk: Desk):
    check = add_check(desk.session)
    assert said(desk, check, (Side.GRADUATE, YES), (Side.GRADUATE, NO)) == "left"
    assert desk.moves_of(check)[-3:] == ["confirm", "reopen", "record_leaving"]


def test_a_conflict_ends_when_a_side_corrects_itself(desk: Desk):
    check = add_check(desk.session)
    assert said(desk, check, (Side.GRADUATE, YES), (Side.COMPANY, NO), (Side.COMPANY, YES)) == "confirmed"


def test_better_evidence_is_kept_and_worse_does_not_replace_it(desk: Desk):
    check = add_check(desk.session)
    proof = YES._replace(evidence=RetentionEvidence.DOCUMENT)
    said(desk, check, (Side.GRADUATE, YES), (Side.COMPANY, proof), (Side.GRADUATE, YES))
    assert (check.state, check.evidence) == ("confirmed", "document")


def tried(desk: Desk, check: RetentionCheck, *channels: str) -> RetentionCheck:
    for channel in channels:
        desk.act(check, "try_reach", channel=channel)
    return check


@pytest.mark.parametrize("channels", [(), ("phone", "message"), ("phone", "phone", "phone")])
def test_nobody_is_out_of_reach_before_three_attempts_on_two_channels(desk: Desk, channels: tuple[str, ...]):
    check = tried(desk, add_check(desk.session), *channels)
    assert (desk.refusal(check, "give_up"), check.state) == ("attempts_too_few", "due")


def test_an_attempt_typed_by_mistake_is_taken_back(desk: Desk):
    check = tried(desk, add_check(desk.session), "phone", "message", "phone")
    desk.undo(check)
    assert check.attempts == ["phone", "message"]
    assert desk.refusal(check, "give_up") == "attempts_too_few"


def test_who_cannot_be_reached_has_not_left_and_may_still_answer(desk: Desk):
    check = tried(desk, add_check(desk.session), "phone", "message", "phone")
    desk.act(check, "give_up")
    assert check.state == "unreachable"
    assert not flags_of(check).closed
    assert said(desk, check, (Side.GRADUATE, YES)) == "confirmed"


NEXT_DAY, DAY_BEFORE = DAY + timedelta(days=1), DAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"left_on": None}, "leaving_day_missing"),
        ({"left_on": NEXT_DAY}, "day_in_future"),
        ({"left_on": DAY_BEFORE}, "left_before_start"),
        ({"left_by": None}, "side_missing"),
        ({"left_by": "nobody"}, "side_missing"),
        ({"reason": None}, "reason_missing"),
        ({"reason": "taste"}, "reason_missing"),
    ],
)
def test_a_leaving_has_its_day_its_side_and_a_known_reason_whoever_tells_it(desk: Desk, change: dict, code: str):
    check = add_check(desk.session)
    with pytest.raises(MoveRefused, match=code):
        said(desk, check, (Side.GRADUATE, NO._replace(**change)))
    assert desk.refusal(check, "record_leaving", **{"reason": "study", **LEFT, **change}) == code
    assert (check.state, answers_of(desk.session, check)) == ("due", [])


def test_a_converted_intern_has_not_left_before_the_contract_began(desk: Desk):
    conversion = add_conversion(desk.session, state="started", contract_starts_on=NEXT_DAY)
    (check, *_) = open_checks(desk.session, OFFICE, today=DAY)
    assert check.placement_id == conversion.placement_id
    assert desk.refusal(check, "record_leaving", on=NEXT_DAY, **LEFT) == "left_before_start"


def test_a_leaving_taken_back_forgets_its_day(desk: Desk):
    check = add_check(desk.session)
    desk.act(check, "record_leaving", evidence="employer", **LEFT)
    desk.undo(check)
    assert (check.state, check.left_on, check.left_by, check.evidence) == ("due", None, None, None)


def test_a_document_that_comes_later_proves_better_and_nothing_proves_less(desk: Desk):
    check = add_check(desk.session)
    desk.act(check, "confirm", evidence="employer", is_same_employer=True)
    assert desk.refusal(check, "prove", evidence="self_report") == "evidence_not_better"
    desk.act(check, "prove", evidence="document")
    assert (check.state, check.evidence) == ("confirmed", "document")
    desk.undo(check)
    assert check.evidence == "employer"


def test_what_is_asked_again_has_forgotten_its_answer(desk: Desk):
    check = add_check(desk.session)
    desk.act(check, "record_leaving", evidence="employer", **LEFT)
    desk.act(check, "reopen")
    assert (check.state, check.left_on, check.left_by, check.evidence) == ("due", None, None, None)
