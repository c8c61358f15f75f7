"""The log answers two questions apart: what had happened by a day, and what the office knew at a moment."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session

from placement.events import standing_events
from placement.models import Event
from tests.placement.cast import keep

SEPTEMBER, OCTOBER = date(2020, 9, 28), date(2020, 10, 5)


def typed(day: int, hour: int = 9) -> datetime:
    return datetime(2020, 10, day, hour, tzinfo=UTC)


def log(session: Session, move: str, *, at: datetime, on: date, undo_of: int | None = None, entity: str = "graduate"):
    values = {"from_state": None, "to_state": "ready", "actor": "office", "entity_id": 1}
    return keep(session, Event(entity=entity, move=move, at=at, effective_on=on, undo_of=undo_of, **values))


def standing(session: Session, **limits) -> list[str]:
    return [event.move for event in session.execute(standing_events("graduate", **limits)).scalars()]


@pytest.fixture
def hired_then_undone(session: Session) -> Session:
    """A hire of 28 September is typed on 10 October; on the 20th somebody takes it back."""
    hire = log(session, "hire", at=typed(10), on=SEPTEMBER)
    log(session, "undo", at=typed(20), on=OCTOBER, undo_of=hire.id)
    return session


def test_an_undone_event_no_longer_stands(hired_then_undone: Session):
    assert standing(hired_then_undone) == []


def test_before_an_undo_was_typed_nobody_knew_of_it(hired_then_undone: Session):
    assert standing(hired_then_undone, known_at=typed(19)) == ["hire"]
    assert standing(hired_then_undone, known_at=typed(20)) == []


def test_before_an_event_was_typed_nobody_knew_of_it(hired_then_undone: Session):
    assert standing(hired_then_undone, known_at=typed(9)) == []


def test_a_late_entry_belongs_to_the_day_on_which_it_happened(session: Session):
    log(session, "hire", at=typed(10), on=SEPTEMBER)
    assert standing(session, as_of=date(2020, 9, 30)) == ["hire"]
    assert standing(session, as_of=date(2020, 9, 27)) == []
    assert standing(session, as_of=SEPTEMBER) == ["hire"]


def test_a_frozen_report_keeps_both_questions(session: Session):
    log(session, "first", at=typed(1), on=SEPTEMBER)
    log(session, "late", at=typed(10), on=SEPTEMBER)
    log(session, "next", at=typed(1), on=OCTOBER)
    assert standing(session, as_of=SEPTEMBER, known_at=typed(5)) == ["first"]


def test_an_undo_counts_from_its_typing_whatever_day_it_names(session: Session):
    hire = log(session, "hire", at=typed(1), on=SEPTEMBER)
    log(session, "undo", at=typed(2), on=OCTOBER, undo_of=hire.id)
    assert standing(session, as_of=SEPTEMBER) == []


def test_events_come_by_the_day_they_happened_and_then_as_typed(session: Session):
    log(session, "second", at=typed(1), on=OCTOBER)
    log(session, "third", at=typed(2), on=OCTOBER)
    log(session, "first", at=typed(3), on=SEPTEMBER)
    assert standing(session) == ["first", "second", "third"]


def test_the_events_of_another_kind_of_row_stay_away(session: Session):
    log(session, "publish", at=typed(1), on=SEPTEMBER, entity="opening")
    assert standing(session) == []
