"""A seat is held or taken by one, a person bound to one; a full opening closes and a freed seat opens it again."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from employers.models import Opening
from placement.models import Graduate, Job
from placement.seats import Shift, engage, release, shift_seats
from placement.states import MoveRefused, move
from tests.placement.cast import DAY, OFFICE, add_graduate, add_opening, trail


def counted(session: Session, opening: Opening) -> tuple[int, int, str]:
    columns = select(Opening.seats_held, Opening.seats_taken, Opening.state).where(Opening.id == opening.id)
    return tuple(session.exec(columns).one())


def engaged_by(session: Session, graduate: Graduate) -> int | None:
    return session.exec(select(Graduate.engaged_by).where(Graduate.id == graduate.id)).one()


def test_seats_are_held_then_taken_up_to_the_head_count(session: Session):
    opening = add_opening(session, seats=2)
    shift_seats(session, {opening.id: Shift(held=1)}, today=DAY)
    shift_seats(session, {opening.id: Shift(held=-1, taken=1)}, today=DAY)
    shift_seats(session, {opening.id: Shift(held=1)}, today=DAY)
    assert counted(session, opening) == (1, 1, "open")
    with pytest.raises(MoveRefused, match="no_seat_left"):
        shift_seats(session, {opening.id: Shift(held=1)}, today=DAY)
    assert counted(session, opening) == (1, 1, "open")


def test_seats_that_are_only_held_do_not_close_an_opening(session: Session):
    opening = add_opening(session, seats=1, seats_held=1)
    shift_seats(session, {opening.id: Shift(held=-1)}, today=DAY)
    assert counted(session, opening) == (0, 0, "open")


@pytest.mark.parametrize("state", ["open", "paused"])
def test_the_last_seat_taken_fills_the_opening_and_it_is_matched_anew(session: Session, state: str):
    opening = add_opening(session, seats=1, seats_held=1, state=state)
    shift_seats(session, {opening.id: Shift(held=-1, taken=1)}, today=DAY)
    assert counted(session, opening) == (0, 1, "closed")
    assert [(line.move, line.actor) for line in trail(session, opening)] == [("fill", "system")]
    jobs = session.exec(select(Job).where(Job.kind == "rematch_opening", Job.subject == str(opening.id))).all()
    assert len(jobs) == 1


def test_a_freed_seat_opens_what_was_filled_and_nothing_else(session: Session):
    filled, cancelled = add_opening(session, seats=1, seats_held=1), add_opening(session, state="closed", seats_taken=1)
    shift_seats(session, {filled.id: Shift(held=-1, taken=1)}, today=DAY)
    shift_seats(session, {filled.id: Shift(taken=-1), cancelled.id: Shift(taken=-1)}, today=DAY)
    assert counted(session, filled) == (0, 0, "open")
    assert counted(session, cancelled) == (0, 0, "closed")


def test_shifts_add_up_and_nothing_is_written_for_none(session: Session):
    assert Shift(1, 0) + Shift(-1, 1) == Shift(0, 1)
    shift_seats(session, {0: Shift()}, today=DAY)


def test_the_table_itself_refuses_to_be_oversold(session: Session):
    opening = add_opening(session, seats=1)
    oversold = update(Opening).where(col(Opening.id) == opening.id).values(seats_held=1, seats_taken=1)
    with pytest.raises(IntegrityError):
        session.connection().execute(oversold)


def test_a_person_is_bound_to_one_until_released(session: Session):
    graduate = add_graduate(session)
    engage(session, graduate.id, 1)
    engage(session, graduate.id, 1)
    with pytest.raises(MoveRefused, match="engaged_elsewhere"):
        engage(session, graduate.id, 2)
    release(session, graduate.id, 2)
    assert engaged_by(session, graduate) == 1
    release(session, graduate.id, 1)
    engage(session, graduate.id, 2)
    assert engaged_by(session, graduate) == 2


def test_an_acceptance_typed_late_fills_the_opening_on_the_day_of_its_last_move(session: Session):
    opening = add_opening(session, seats=1, seats_held=1)
    later = DAY + timedelta(days=9)
    move(session, opening, "pause", OFFICE, effective_on=later)
    shift_seats(session, {opening.id: Shift(held=-1, taken=1)}, today=DAY)
    assert [(line.move, line.effective_on) for line in trail(session, opening)] == [("pause", later), ("fill", later)]


@pytest.mark.parametrize("state", ["open", "paused"])
def test_a_freed_seat_brings_the_opening_back_as_it_was(session: Session, state: str):
    opening = add_opening(session, seats=1, seats_held=1, state=state)
    for _ in range(2):  # filled and freed twice over
        shift_seats(session, {opening.id: Shift(held=-1, taken=1)}, today=DAY)
        assert counted(session, opening) == (0, 1, "closed")
        shift_seats(session, {opening.id: Shift(taken=-1)}, today=DAY)
        assert counted(session, opening) == (0, 0, state)
        shift_seats(session, {opening.id: Shift(held=1)}, today=DAY)
    assert {line.actor for line in trail(session, opening)} == {"system"}
