"""Whatever moves and undos follow each other, the log's standing events tell the state that the table holds."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from placement.events import standing_events
from placement.models import Event
from placement.states import MACHINES, MoveRefused, move, possible_moves, record_birth, undo
from tests.placement.cast import ADD, DAY, OFFICE

Steps = list[tuple[int, bool]]
WALKS = st.lists(st.tuples(st.integers(-2, 6), st.booleans()), max_size=14)
once_per_database = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def walk(session: Session, entity: str, steps: Steps):
    """A new row after `steps`: a number picks one of the possible moves, a negative one takes the last back.

    The second of a step says whether an opening's only seat is taken by then.
    """
    machine = MACHINES[entity]
    row = ADD[entity](session, state=min(machine.initial))
    record_birth(session, row, OFFICE, effective_on=DAY)
    for number, (step, is_full) in enumerate(steps):
        if entity == "opening":
            row.seats_taken = int(is_full)
            session.flush()
        with suppress(MoveRefused):
            run(session, row, step, DAY + timedelta(days=number))
            assert not (row.state == "open" and entity == "opening" and is_full), "a full opening was opened"
    return row


def run(session: Session, row, step: int, day) -> None:
    moves = possible_moves(row, OFFICE)
    if step < 0 or not moves:
        undo(session, row, OFFICE, effective_on=day)
    else:
        move(session, row, moves[step % len(moves)].name, OFFICE, effective_on=day, reason="other")


def state_told_by_the_log(session: Session, row) -> str | None:
    told = None
    standing = standing_events(type(row).__tablename__).where(Event.entity_id == row.id)
    for event in session.execute(standing).scalars():
        assert event.from_state == told, "the standing events do not hang together"
        told = event.to_state
    return told


@pytest.mark.parametrize("entity", list(MACHINES))
@once_per_database
@given(steps=WALKS)
def test_the_log_tells_the_state_of_the_table(session: Session, entity: str, steps: Steps):
    row = walk(session, entity, steps)
    session.refresh(row)
    assert state_told_by_the_log(session, row) == row.state
    session.rollback()


def test_without_its_guard_a_walk_opens_a_full_opening(session: Session, monkeypatch):
    machine = MACHINES["opening"]
    unguarded = machine._replace(moves=tuple(chosen._replace(guard=None) for chosen in machine.moves))
    monkeypatch.setitem(MACHINES, "opening", unguarded)
    with pytest.raises(AssertionError, match="a full opening was opened"):
        walk(session, "opening", [(0, True)])


def test_a_state_written_past_the_moves_is_seen(session: Session):
    row = walk(session, "graduate", [(0, False)])
    row.state = "left_programme"
    session.flush()
    assert state_told_by_the_log(session, row) != row.state
