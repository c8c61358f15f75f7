"""Decides how the log is written and read: one row a move, never changed; an undo is a row of its own."""

from datetime import date, datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from placement.models import Event


def standing_events(
    entity: str, *, as_of: date | None = None, known_at: datetime | None = None
) -> SelectOfScalar[Event]:
    """The events of one kind of row that hold: not undone, happened by `as_of`, typed by `known_at`; oldest first."""
    undo = aliased(Event)
    undone = select(undo.id).where(undo.undo_of == Event.id)
    chosen = select(Event).where(Event.entity == entity, col(Event.undo_of).is_(None))
    if known_at is not None:
        undone = undone.where(undo.at <= known_at)
        chosen = chosen.where(Event.at <= known_at)
    if as_of is not None:
        chosen = chosen.where(Event.effective_on <= as_of)
    return chosen.where(~undone.exists()).order_by(col(Event.effective_on), col(Event.id))


def last_move_of(session: Session, entity: str, entity_id: int) -> Event | None:
    """The row's last event that still holds, or None."""
    chosen = standing_events(entity).where(Event.entity_id == entity_id).order_by(None)
    return session.exec(chosen.order_by(col(Event.id).desc()).limit(1)).first()


def followers_of(session: Session, entity: str, line: Event) -> list[Event]:
    """The standing lines of one kind of row that followed from this line by themselves, in the order of typing."""
    chosen = standing_events(entity).where(Event.because_of == line.id).order_by(None)
    return list(session.exec(chosen.order_by(col(Event.id))))


def no_earlier(session: Session, entity: str, entity_id: int, day: date) -> date:
    """`day`, or the day of the row's last move where that is later: what follows from another row's move comes after it."""
    last = last_move_of(session, entity, entity_id)
    return day if last is None or last.move == "create" else max(day, last.effective_on)
