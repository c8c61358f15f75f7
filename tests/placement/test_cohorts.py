"""A cohort completes its course in one step, and is compared with every opening before a minute has gone by."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from placement import moving
from placement.cohorts import complete_cohort, in_training
from placement.db import Database
from placement.departures import advance, take_back
from placement.jobs.handlers import HANDLERS
from placement.jobs.worker import Worker
from placement.models import Cohort, CourseSession, Enrolment, Event, Graduate, Job, MatchRun, Referral, Suggestion
from placement.states import MoveRefused
from tests.placement.cast import DAY, OFFICE, add_cohort, add_graduate, add_opening, keep
from tests.placement.desk import Desk
from tests.placement.market import Market

PLANNED = DAY + timedelta(days=10)


def class_of(session: Session, count: int = 3) -> tuple[Cohort, list[Graduate]]:
    """A cohort in training, each enrolled in its one session."""
    cohort = add_cohort(session)
    run = keep(session, CourseSession(cohort_id=cohort.id, number=1))
    people = [
        add_graduate(session, cohort_id=cohort.id, state="in_training", completion_on=PLANNED) for _ in range(count)
    ]
    for person in people:
        keep(session, Enrolment(graduate_id=person.id, session_id=run.id))
    return cohort, people


def enrolment_of(session: Session, person: Graduate) -> tuple[str, date | None]:
    columns = select(Enrolment.state, Enrolment.ended_on).where(Enrolment.graduate_id == person.id)
    return tuple(session.exec(columns).one())


def test_all_who_stayed_are_ready_and_those_who_did_not_have_left(desk: Desk):
    cohort, (stays, drops, works) = class_of(desk.session)
    left = {drops.id: "dropped_out", works.id: "employed"}
    done = complete_cohort(desk.session, cohort, OFFICE, on=DAY, left=left)
    assert (done.completed, done.left, cohort.ended_on) == (1, 2, DAY)
    assert [one.state for one in (stays, drops, works)] == ["ready", "left_programme", "left_programme"]
    assert stays.completion_on == DAY
    assert [enrolment_of(desk.session, one) for one in (stays, drops, works)] == [
        ("completed", DAY),
        ("dropped", DAY),
        ("employed", DAY),
    ]
    assert in_training(desk.session, cohort) == []


def test_a_cohort_is_completed_once(desk: Desk):
    cohort, _ = class_of(desk.session)
    complete_cohort(desk.session, cohort, OFFICE, on=DAY)
    with pytest.raises(MoveRefused, match="nobody_in_training"):
        complete_cohort(desk.session, cohort, OFFICE, on=DAY)


def test_a_completion_by_mistake_is_taken_back_person_by_person(desk: Desk):
    cohort, (one, *_) = class_of(desk.session)
    complete_cohort(desk.session, cohort, OFFICE, on=DAY)
    desk.undo(one)
    assert (one.state, one.completion_on) == ("in_training", PLANNED)
    assert enrolment_of(desk.session, one) == ("enrolled", None)


def test_the_comparison_is_queued_in_the_same_transaction_and_the_worker_stores_its_suggestions(database: Database):
    with database.transaction() as session:
        market = Market(session, people=0, offers=4)
        cohort, _ = class_of(session, 0)
        market.graduate(cohort_id=cohort.id, state="in_training", regions=[], remote="any", pay_min=None)
        add_opening(session, company=market.company, remote="remote")
        cohort_id = cohort.id
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        complete_cohort(session, session.get_one(Cohort, cohort_id), OFFICE, on=DAY)
        assert jobs(session) == [("match_cohort", str(cohort_id))]
        print(1 // 0)
    with database.reading() as session:
        assert jobs(session) == []
    with database.transaction() as session:
        complete_cohort(session, session.get_one(Cohort, cohort_id), OFFICE, on=DAY)
    assert Worker(database, HANDLERS, fixed_today=DAY).work_once()
    with database.reading() as session:
        run = session.exec(select(MatchRun)).one()
        assert (run.scope, run.subject, run.candidates) == ("cohort", str(cohort_id), 1)
        assert len(session.exec(select(Suggestion.id)).all()) == run.suggestions > 0


def jobs(session: Session) -> list[tuple[str, str]]:
    return [tuple(row) for row in session.exec(select(Job.kind, Job.subject))]


@pytest.mark.parametrize(("reason", "why"), [("employed", "other_job"), ("dropped_out", "dropped_out")])
def test_who_leaves_the_course_is_withdrawn_and_a_job_is_a_good_reason(desk: Desk, reason: str, why: str):
    _cohort, (person, *_) = class_of(desk.session)
    referral = desk.refer(desk.opening(), person, "sent")
    advance(desk.session, person, "leave", OFFICE, effective_on=DAY, reason=reason)
    assert desk.state_of(Referral, referral.id) == "withdrawn"
    assert enrolment_of(desk.session, person) == ({"employed": "employed"}.get(reason, "dropped"), DAY)
    line = desk.moves_of(referral)[-1]
    assert line == "withdraw"
    assert why in {event.reason for event in desk.session.exec(select_events(referral))}


def select_events(referral: Referral):
    return select(Event).where(Event.entity == "referral", Event.entity_id == referral.id)


def test_a_drop_out_taken_back_is_enrolled_again(desk: Desk):
    _, (person, *_) = class_of(desk.session)
    advance(desk.session, person, "leave", OFFICE, effective_on=DAY, reason="dropped_out")
    take_back(desk.session, person, OFFICE, effective_on=DAY)
    assert (person.state, enrolment_of(desk.session, person)) == ("in_training", ("enrolled", None))


def test_a_completion_whose_day_was_wrong_ends_the_enrolment_on_the_right_one(desk: Desk):
    _cohort, (person, *_others) = class_of(desk.session)
    moving.advance(desk.session, person, "complete", OFFICE, effective_on=DAY)
    moving.correct_day(desk.session, person, OFFICE, effective_on=DAY - timedelta(days=3))
    assert enrolment_of(desk.session, person) == ("completed", DAY - timedelta(days=3))
    moving.take_back(desk.session, person, OFFICE, effective_on=DAY)
    assert enrolment_of(desk.session, person) == ("enrolled", None)


def test_nobody_leaves_for_a_reason_that_is_none(desk: Desk):
    _, (person, *_) = class_of(desk.session)
    assert desk.refusal(person, "leave", reason="taste") == "reason_missing"
