"""What waits for a counselor, counted on both databases."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from employers.columns import now
from placement.casework import Casework, casework_of, take_over
from placement.decisions import decide
from placement.enums import DismissReason
from placement.models import Account, Graduate, MatchRun, Placement, Referral, Suggestion
from placement.states import MoveRefused
from tests.placement.cast import DAY, OFFICE, add_graduate, add_opening, add_suggestion, keep, trail


@pytest.fixture
def counselor(session: Session) -> Account:
    account = Account(
        email="counselor@example.com", name="겨울담", role="counselor", password_hash="x", session_stamp="x"
    )
    return keep(session, account)


def add_pair(session: Session, counselor: Account, *, score: float = 90, days: int = 0, **values) -> Suggestion:
    """A pair of somebody of the counselor's with an open opening, proposed some days ago."""
    graduate = add_graduate(session, name=f"남궁{days}", counselor_id=counselor.id)
    run = keep(session, MatchRun(started_at=now() - timedelta(days=days, minutes=1)))
    ids = {"graduate_id": graduate.id, "opening_id": add_opening(session).id, "run_id": run.id}
    return keep(session, Suggestion(score=score, **ids, **values))


def work(session: Session, counselor: Account) -> Casework:
    return casework_of(session, counselor, DAY)


def test_the_longest_waiting_stands_first_and_its_days_are_counted(session: Session, counselor: Account):
    for days, score in ((0, 99), (9, 40), (3, 80)):
        add_pair(session, counselor, days=days, score=score)
    waiting = work(session, counselor).waiting
    assert [(row.graduate.name, row.best, row.days) for row in waiting] == [
        ("남궁9", 40, 9),
        ("남궁3", 80, 3),
        ("남궁0", 99, 0),
    ]


def test_one_chosen_pair_is_enough_to_wait_no_longer(session: Session, counselor: Account):
    pair = add_pair(session, counselor)
    other = {"graduate_id": pair.graduate_id, "opening_id": add_opening(session).id, "run_id": pair.run_id}
    keep(session, Suggestion(score=50, **other, state="shortlisted"))
    assert (work(session, counselor).undecided, work(session, counselor).waiting) == (0, [])


@pytest.mark.parametrize(("state", "undecided"), [("draft", 0), ("sent", 0), ("offered", 0), ("declined", 1)])
def test_whoever_is_put_to_a_company_waits_no_longer_and_that_pair_is_not_new(
    session: Session, counselor: Account, state: str, undecided: int
):
    pair = add_pair(session, counselor)
    other = {"graduate_id": pair.graduate_id, "opening_id": add_opening(session).id, "run_id": pair.run_id}
    keep(session, Suggestion(score=85, **other))
    keep(session, Referral(graduate_id=pair.graduate_id, opening_id=pair.opening_id, state=state))
    found = work(session, counselor)
    assert (found.undecided, [one.suggestion.score for one in found.strong_pairs]) == (undecided, [85])


@pytest.mark.parametrize("values", [{"kind": "employment", "state": "active"}, {}])
def test_somebody_with_a_job_or_an_accepted_one_waits_for_nothing(session: Session, counselor: Account, values: dict):
    pair = add_pair(session, counselor)
    if values:
        company = add_opening(session).company_id
        keep(session, Placement(graduate_id=pair.graduate_id, company_id=company, starts_on=DAY, **values))
    else:
        ids = {"graduate_id": pair.graduate_id, "opening_id": add_opening(session).id}
        accepted = keep(session, Referral(**ids, state="accepted"))
        session.get_one(Graduate, pair.graduate_id).engaged_by = accepted.id
    found = work(session, counselor)
    assert (found.undecided, found.strong, found.strong_pairs, found.without_suggestion) == (0, 0, [], 0)


def test_a_strong_pair_has_eighty_points_or_more_and_no_decision(session: Session, counselor: Account):
    add_pair(session, counselor, score=79.9)
    best = add_pair(session, counselor, score=80)
    add_pair(session, counselor, score=95, state="dismissed")
    found = work(session, counselor)
    assert (found.strong, [pair.suggestion.id for pair in found.strong_pairs]) == (1, [best.id])


def test_somebody_who_has_left_waits_for_nothing(session: Session, counselor: Account):
    pair = add_pair(session, counselor)
    session.get_one(Graduate, pair.graduate_id).state = "left_programme"
    found = work(session, counselor)
    assert (found.undecided, found.strong, found.without_suggestion) == (0, 0, 0)


@pytest.mark.parametrize(("days", "counts"), [(-1, 0), (0, 1), (7, 1), (8, 0)])
def test_closing_soon_means_within_a_week(session: Session, counselor: Account, days: int, counts: int):
    add_opening(session, closes_on=DAY + timedelta(days=days))
    add_opening(session, closes_on=DAY + timedelta(days=days), state="closed")
    assert work(session, counselor).closing == counts


def test_whoever_has_a_job_still_wants_a_counselor_and_whoever_has_left_does_not(session: Session, counselor: Account):
    employed, _left = add_graduate(session), add_graduate(session, state="left_programme")
    company = add_opening(session).company_id
    job = {"kind": "employment", "state": "active", "starts_on": DAY}
    keep(session, Placement(graduate_id=employed.id, company_id=company, **job))
    found = work(session, counselor)
    assert (found.without_counselor, found.without_suggestion) == (1, 0)


def test_the_gaps_are_everybodys(session: Session, counselor: Account):
    add_graduate(session)
    found = work(session, counselor)
    assert (found.without_counselor, found.without_suggestion) == (1, 1)


def test_taking_over_makes_an_open_form_stale(session: Session, counselor: Account):
    graduate = add_graduate(session)
    take_over(session, graduate, counselor)
    row = session.exec(select(Graduate.counselor_id, Graduate.version).where(Graduate.id == graduate.id)).one()
    assert tuple(row) == (counselor.id, 2)


def test_a_decision_keeps_its_reason_and_its_undo_forgets_it(session: Session):
    pair = add_suggestion(session)
    decide(session, pair, "dismiss", OFFICE, today=DAY, reason=DismissReason.PAY)
    assert (pair.state, pair.reason) == ("dismissed", "pay")
    decide(session, pair, "undo", OFFICE, today=DAY)
    assert (pair.state, pair.reason) == ("new", None)
    assert [line.move for line in trail(session, pair)] == ["dismiss", "undo"]


def test_a_refused_decision_leaves_the_reason_alone(session: Session):
    pair = add_suggestion(session)
    with pytest.raises(MoveRefused):
        decide(session, pair, "dismiss", OFFICE, today=DAY)
    assert (pair.state, pair.reason) == ("new", None)
