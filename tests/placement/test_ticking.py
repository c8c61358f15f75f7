"""What time alone makes due is done on its day and once, by the system, and can be undone like any other move."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date, datetime, timedelta
from multiprocessing import get_context
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import Session, col, select

from placement import conversions, moving, queue, ticking
from placement.calendars import SEOUL
from placement.consents import load_consent_documents
from placement.db import Database
from placement.jobs.handlers import HANDLERS
from placement.jobs.schedule import SCHEDULE
from placement.jobs.worker import Worker
from placement.models import Conversion, Event, Placement, Referral, RetentionCheck
from placement.referrals import create_referral
from placement.states import MoveRefused, move
from placement.ticking import run_due
from tests.placement.cast import (
    DAY,
    OFFICE,
    add_agreement,
    add_conversion,
    add_graduate,
    add_opening,
    add_placement,
    add_suggestion,
    count_rows,
    trail,
)

TOMORROW, YESTERDAY = DAY + timedelta(days=1), DAY - timedelta(days=1)
SENT = ("ask_consent", "consent")


def referral_after(session: Session, *moves: str, on: date = DAY, **given: Any) -> Referral:
    """A referral after these moves, all on one day."""
    load_consent_documents(session)
    opening = add_opening(session, is_approved=True)
    row = create_referral(session, add_graduate(session), opening, OFFICE, today=on)
    for name in moves:
        heard = {"channel": "phone"} if name == "consent" else {}
        moving.advance(session, row, name, OFFICE, effective_on=on, note="전화", **heard, **given)
    return row


def test_an_opening_ends_the_day_after_its_last_one(session: Session):
    rows = [add_opening(session, state=state, closes_on=DAY) for state in ("open", "paused", "draft")]
    add_opening(session, closes_on=DAY, until_filled=True)
    assert run_due(session, today=DAY)["openings_expired"] == 0
    assert run_due(session, today=TOMORROW)["openings_expired"] == 2
    assert [row.state for row in rows] == ["closed", "closed", "draft"]


def test_an_agreement_ends_the_day_after_its_last_one(session: Session):
    row = add_agreement(session, state="in_force", valid_until=DAY)
    assert run_due(session, today=DAY)["agreements_expired"] == 0
    assert run_due(session, today=TOMORROW)["agreements_expired"] == 1
    assert row.state == "ended"


def test_an_agreement_signed_for_a_later_day_is_in_force_from_that_day_and_for_its_term(session: Session):
    row = add_agreement(session, signed_on=TOMORROW, valid_until=TOMORROW)
    assert run_due(session, today=DAY)["agreements_begun"] == 0
    late = TOMORROW + timedelta(days=3)
    done = run_due(session, today=late)
    assert (done["agreements_begun"], done["agreements_expired"], row.state) == (1, 1, "ended")
    assert [(event.move, event.effective_on) for event in trail(session, row)] == [
        ("enter_into_force", TOMORROW),
        ("expire", late),
    ]


def test_an_agreement_that_somebody_took_out_of_force_stays_a_draft(session: Session):
    row = add_agreement(session, signed_on=YESTERDAY)
    assert run_due(session, today=DAY)["agreements_begun"] == 1
    moving.take_back(session, row, OFFICE, effective_on=DAY)
    assert run_due(session, today=DAY)["agreements_begun"] == 0
    assert row.state == "draft"


@pytest.mark.parametrize(
    ("sent_on", "closed_on"),
    [(date(2020, 12, 1), date(2020, 12, 21)), (date(2020, 12, 7), date(2020, 12, 28))],
    ids=["plain weeks", "over Christmas"],
)
def test_silence_of_fourteen_working_days_closes_a_referral(session: Session, sent_on: date, closed_on: date):
    row = referral_after(session, *SENT, on=sent_on)
    assert run_due(session, today=closed_on - timedelta(days=1))["referrals_unanswered"] == 0
    assert run_due(session, today=closed_on)["referrals_unanswered"] == 1
    assert row.state == "no_response"
    moving.advance(session, row, "show_interest", OFFICE, effective_on=closed_on, note="전화")
    assert row.state == "interested", "an answer is still possible"


def test_an_offer_lapses_after_its_last_day_and_frees_the_seat(session: Session):
    row = referral_after(session, *SENT, "show_interest", "offer", expires_on=DAY)
    assert run_due(session, today=DAY)["offers_expired"] == 0
    assert run_due(session, today=TOMORROW)["offers_expired"] == 1
    assert row.state == "expired"
    moving.take_back(session, row, OFFICE, effective_on=TOMORROW)
    assert row.state == "offered"


def test_work_begins_and_ends_on_its_own_days_however_late_the_tick(session: Session):
    row = add_placement(session, starts_on=date(2020, 9, 1), ends_on=date(2020, 11, 30))
    done = run_due(session, today=date(2020, 12, 15))
    assert (done["placements_started"], done["placements_completed"], done["conversions_opened"]) == (1, 1, 1)
    events = [(event.move, event.effective_on, event.actor) for event in trail(session, row)]
    assert events == [("start", date(2020, 9, 1), "system"), ("complete", date(2020, 11, 30), "system")]


def test_work_goes_on_through_its_last_day(session: Session):
    row = add_placement(session, state="active", starts_on=YESTERDAY, ends_on=DAY)
    run_due(session, today=DAY)
    assert row.state == "active"


@pytest.mark.parametrize(("today", "opened"), [(date(2020, 12, 17), 0), (date(2020, 12, 18), 1)])
def test_a_conversion_opens_four_weeks_before_an_internship_ends(session: Session, today: date, opened: int):
    add_placement(session, state="active", ends_on=date(2021, 1, 15))
    add_placement(session, kind="employment", state="active", ends_on=date(2021, 1, 15))
    assert run_due(session, today=today)["conversions_opened"] == opened
    assert count_rows(session, Conversion) == opened


@pytest.mark.parametrize(("today", "state"), [(date(2020, 12, 31), "pending"), (date(2021, 1, 1), "unknown")])
def test_a_decision_nobody_knows_is_unknown_after_thirty_days_and_may_still_come(
    session: Session, today: date, state: str
):
    row = add_conversion(session)
    placement = session.get_one(Placement, row.placement_id)
    placement.state, placement.starts_on, placement.ends_on = "completed", date(2020, 9, 2), date(2020, 12, 1)
    run_due(session, today=today)
    assert row.state == state
    moving.advance(session, row, "offer", OFFICE, effective_on=today)
    assert row.state == "offered"


def test_an_offer_to_stay_lapses(session: Session):
    row = add_conversion(session, state="offered", offer_expires_on=DAY)
    assert run_due(session, today=DAY)["conversion_offers_expired"] == 0
    assert run_due(session, today=TOMORROW)["conversion_offers_expired"] == 1
    assert row.state == "expired"


def test_a_regular_job_is_asked_about_after_three_six_and_twelve_months(session: Session):
    job = add_placement(session, starts_on=date(2020, 11, 30))
    job.kind = "employment"
    assert run_due(session, today=DAY)["retention_checks_opened"] == 3
    due = session.exec(select(RetentionCheck.due_on).order_by(col(RetentionCheck.months))).all()
    assert list(due) == [date(2021, 2, 28), date(2021, 5, 30), date(2021, 11, 30)]


def test_a_pair_put_off_comes_back_on_its_day(session: Session):
    row = add_suggestion(session)
    moving.advance(session, row, "snooze", OFFICE, effective_on=DAY, until=TOMORROW)
    assert run_due(session, today=DAY)["snoozes_over"] == 0
    assert run_due(session, today=TOMORROW)["snoozes_over"] == 1
    assert row.state == "new"


def everything_due(session: Session) -> None:
    add_opening(session, closes_on=YESTERDAY)
    add_agreement(session, state="in_force", signed_on=YESTERDAY, valid_until=YESTERDAY)
    add_agreement(session, signed_on=DAY)
    referral_after(session, *SENT, on=date(2020, 11, 2))
    referral_after(session, *SENT, on=date(2020, 11, 23))
    referral_after(session, *SENT, "show_interest", "offer", on=date(2020, 11, 2), expires_on=YESTERDAY)
    add_placement(session, starts_on=date(2020, 7, 1), ends_on=date(2020, 9, 30))
    add_placement(session, starts_on=date(2020, 11, 1)).kind = "employment"
    add_placement(session, state="active", starts_on=date(2020, 11, 1), ends_on=date(2020, 12, 20))
    add_conversion(session, state="offered", offer_expires_on=YESTERDAY)
    moving.advance(session, add_suggestion(session), "snooze", OFFICE, effective_on=date(2020, 11, 1), until=DAY)


def test_everything_is_done_at_once_and_a_second_time_nothing(session: Session):
    everything_due(session)
    done = run_due(session, today=DAY)
    assert all(done.values()), done
    events = count_rows(session, Event)
    assert set(run_due(session, today=DAY).values()) == {0}
    assert count_rows(session, Event) == events


def test_a_row_that_may_not_move_stops_no_other(session: Session, monkeypatch: pytest.MonkeyPatch):
    rows = [add_agreement(session, state="in_force", signed_on=YESTERDAY, valid_until=YESTERDAY) for _ in range(3)]
    real = moving.advance

    def advance(session: Session, row: Any, *words: Any, **given: Any) -> Event:
        if row is rows[1]:
            move(session, row, "enter_into_force", OFFICE, effective_on=DAY)  # refused: it is in force
        return real(session, row, *words, **given)

    monkeypatch.setattr(ticking.moving, "advance", advance)
    assert run_due(session, today=DAY)["agreements_expired"] == 2
    assert [row.state for row in rows] == ["ended", "in_force", "ended"]
    with pytest.raises(MoveRefused):
        advance(session, rows[1], "expire", OFFICE, effective_on=DAY)


def test_the_clock_asks_for_it_every_night_and_the_worker_does_it(database: Database):
    (due,) = [due for due in SCHEDULE if due.kind == "daily_tick"]
    after = due.trigger.get_next_fire_time(None, datetime(2020, 12, 1, tzinfo=SEOUL))
    assert after.astimezone(SEOUL).strftime("%m-%d %H:%M") == "12-01 00:10"
    with database.transaction() as session:
        add_opening(session, closes_on=YESTERDAY)
        queue.enqueue(session, "daily_tick")
    assert Worker(database, HANDLERS, fixed_today=DAY).work_once()
    with database.reading() as session:
        assert [event.move for event in session.exec(select(Event))] == ["expire"]


def test_of_two_ticks_at_once_each_comes_through_and_everything_is_done_once(database: Database, monkeypatch):
    """Both have found the same internship before either has opened its conversion."""
    with database.transaction() as session:
        add_placement(session, state="active", ends_on=DAY + timedelta(days=9))
        add_placement(session, kind="employment", state="active")
    meeting, find = Barrier(2), conversions.internships_to_open

    def find_together(session: Session, today: date) -> list[Placement]:
        found = find(session, today)
        if not database.is_sqlite:  # which has one writer at a time
            meeting.wait(10)
        return found

    def tick(_number: int) -> int:
        with database.transaction() as session:
            return run_due(session, today=DAY)["conversions_opened"]

    monkeypatch.setattr(conversions, "internships_to_open", find_together)
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(tick, (1, 2))) == [0, 1]
    with database.reading() as session:
        assert (count_rows(session, Conversion), count_rows(session, RetentionCheck)) == (1, 3)


def tick_at(url: str, day: date) -> int:
    """What a process of its own does on its tick."""
    database = Database(url)
    try:
        return sum(database.attempt(lambda session: run_due(session, today=day)).values())
    finally:
        database.close()


def test_of_two_ticks_in_two_processes_everything_is_done_once(database: Database, database_url: str):
    with database.transaction() as session:
        everything_due(session)
        events = count_rows(session, Event)
    with database.reading() as session:
        expected = run_due(session, today=DAY)  # which nobody keeps
        lines = count_rows(session, Event) - events
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        done = list(pool.map(tick_at, [database_url] * 2, [DAY] * 2))
    assert sum(done) == sum(expected.values())
    with database.reading() as session:
        assert count_rows(session, Event) == events + lines
        assert set(run_due(session, today=DAY).values()) == {0}
