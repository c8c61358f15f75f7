"""What became of a person outside our referrals has a day and its grounds, and can be taken back."""

from datetime import timedelta

import pytest
from sqlmodel import select

from placement.enums import OutcomeKind
from placement.models import Graduate, Job, Outcome
from placement.profiling import is_placed
from placement.recording import record_outcome
from placement.states import MoveRefused
from tests.placement.cast import DAY, OFFICE, add_graduate
from tests.placement.desk import Desk

PROVEN = {"evidence": "고용보험 이력", "is_recognised": True}


def recorded(desk: Desk, kind: str = "self_found_job", **details) -> Outcome:
    return record_outcome(desk.session, add_graduate(desk.session), OFFICE, today=DAY, kind=kind, **details)


def is_at_work(desk: Desk, outcome: Outcome) -> bool:
    mine = select(Graduate.id).where(Graduate.id == outcome.graduate_id, is_placed())
    return desk.session.exec(mine).first() is not None


@pytest.mark.parametrize("kind", [kind for kind in OutcomeKind if kind != "guided"])
def test_every_kind_is_recorded_with_its_grounds_and_taken_back(desk: Desk, kind: str):
    outcome = recorded(desk, kind, **PROVEN)
    desk.act(outcome, "take_back", reason="잘못 적음")
    assert outcome.state == "taken_back"
    desk.undo(outcome)
    assert (outcome.state, outcome.is_recognised) == ("recorded", True)


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"happened_on": DAY + timedelta(days=1)}, "day_in_future"),
        ({"is_recognised": True}, "evidence_missing"),
        ({"is_recognised": True, "evidence": "  "}, "evidence_missing"),
        ({"is_recognised": False}, "recognition_reason_missing"),
        ({"is_recognised": False, "recognition_reason": " "}, "recognition_reason_missing"),
    ],
)
def test_nothing_is_recognised_without_evidence_nor_rejected_without_a_reason(desk: Desk, details: dict, code: str):
    with pytest.raises(MoveRefused, match=code):
        recorded(desk, **details)
    assert desk.session.exec(select(Outcome.id)).all() == []


def test_it_may_be_decided_later_and_the_decision_taken_back(desk: Desk):
    outcome = recorded(desk)
    assert desk.refusal(outcome, "recognise", evidence=None) == "evidence_missing"
    desk.act(outcome, "recognise", evidence="근로계약서")
    assert (outcome.is_recognised, outcome.evidence) == (True, "근로계약서")
    desk.act(outcome, "reject", reason="주 15시간 미만")
    assert (outcome.is_recognised, outcome.recognition_reason) == (False, "주 15시간 미만")
    desk.undo(outcome)
    assert (outcome.is_recognised, outcome.evidence) == (True, "근로계약서")
    desk.undo(outcome)
    assert (outcome.is_recognised, outcome.evidence) == (None, None)


@pytest.mark.parametrize(("kind", "is_work"), [("self_found_job", True), ("business", True), ("further_study", False)])
def test_who_found_work_is_proposed_no_more_until_it_is_taken_back(desk: Desk, kind: str, is_work: bool):
    outcome = recorded(desk, kind)
    assert is_at_work(desk, outcome) is is_work
    desk.act(outcome, "take_back", reason="잘못 적음")
    assert not is_at_work(desk, outcome)
    jobs = desk.session.exec(select(Job.kind).where(Job.subject == str(outcome.graduate_id))).all()
    assert jobs == ["rematch_graduate"] * 2
