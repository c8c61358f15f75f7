"""Decides every change of state: the machines, their moves, and the one function that runs a move and logs it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date
from typing import Any, NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from employers.columns import now
from employers.moves import AGREEMENT, OPENING, Machine, Move, Refusal, StateFlags
from placement.calendars import moment_on
from placement.machines import ACCOUNT, CONSENT, DOCUMENT, HAND_OVER, REFERRAL
from placement.models import Event
from placement.paper_machines import PAPERS
from placement.person_machines import GRADUATE, SUGGESTION
from placement.sides import may_take_back
from placement.work_machines import WORK

SYSTEM = "system"
WAITING_SINCE = "waiting_since"  # when the present state began
AGREED = frozenset({"starts_on", "ends_on"})  # days of two sides; none was ever taken from the day of a move


class Actor(NamedTuple):
    """Who moves: the account's e-mail (or "system"), what it may do, and for whom it speaks."""

    name: str
    permissions: frozenset[str]
    on_behalf_of: str | None = None


class Step(NamedTuple):
    """One move that a row has behind it when it is stored; the first of a row is "create"."""

    move: str
    effective_on: date
    reason: str | None = None
    note: str | None = None


class MoveRefused(Exception):
    """The move may not happen: unknown, not allowed, from the wrong state, without a reason, guarded, or late."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


MACHINES: dict[str, Machine] = {
    m.entity: m
    for m in (
        AGREEMENT,
        OPENING,
        GRADUATE,
        SUGGESTION,
        REFERRAL,
        CONSENT,
        *WORK,
        DOCUMENT,
        ACCOUNT,
        HAND_OVER,
        *PAPERS,
    )
}


def machine_of(row: Any) -> Machine:
    """The machine that a table row belongs to."""
    return MACHINES[type(row).__tablename__]


def flags_of(row: Any) -> StateFlags:
    """What the row's present state means."""
    return machine_of(row).states[row.state]


def states_where(entity: str, **wanted: Any) -> list[str]:
    """The states of a machine whose flags are as wanted, e.g. states_where("opening", open=True)."""
    flags = MACHINES[entity].states.items()
    return [state for state, flag in flags if all(getattr(flag, name) == value for name, value in wanted.items())]


def possible_moves(row: Any, actor: Actor) -> list[Move]:
    """The moves this actor may make from the row's state; screens show these as buttons."""
    return [m for m in machine_of(row).moves if row.state in m.sources and m.permission in actor.permissions]


def record_birth(session: Session, row: Any, actor: Actor, *, effective_on: date, note: str | None = None) -> Event:
    """Store a new row in one of its machine's first states and log it as the move "create"."""
    machine = machine_of(row)
    if row.state not in machine.initial:
        raise MoveRefused(Refusal("state_is_no_beginning", {"state": row.state}))
    session.add(row)
    session.flush()
    return _logged(session, row, actor, move="create", effective_on=effective_on, note=note)


def record_lives(session: Session, rows: Sequence[Any], lives: Sequence[Sequence[Step]], actor: Actor) -> None:
    """Store many new rows of one table at once, each with the steps that it has behind it, and log every step.

    The rows get their ids and last states; they stay outside the session. Raises MoveRefused; nothing is stored then.
    """
    if not rows:
        return
    machine = machine_of(rows[0])
    trails = [_walk(machine, row, life, actor) for row, life in zip(rows, lives, strict=True)]
    stored = insert(machine.table).returning(col(machine.table.id), sort_by_parameter_order=True)
    ids = session.connection().execute(stored, [row.model_dump(exclude={"id"}) for row in rows]).scalars().all()
    logged: list[dict[str, Any]] = []
    for row, row_id, trail in zip(rows, ids, trails, strict=True):
        row.id = row_id
        logged += [{**entry, "entity_id": row_id} for entry in trail]
    session.connection().execute(insert(Event), logged)


def move(
    session: Session,
    row: Any,
    name: str,
    actor: Actor,
    *,
    effective_on: date,
    reason: str | None = None,
    note: str | None = None,
    to: str | None = None,
    because_of: int | None = None,
    **changes: Any,
) -> Event:
    """Run one move in the caller's transaction: check it, update the row only if its old state still holds, log it.

    `to` picks the target of a move that has several; `changes` are columns set together with the state; a column
    `reason` shows that of the last move; `because_of` is the line of the log from which this follows. Raises MoveRefused, also for a day before that of the move before; nothing
    is changed then.
    """
    machine = machine_of(row)
    chosen = _checked_move(machine, row, name, actor, reason, to, changes)
    _check_order(_last_standing(session, machine.entity, row.id), effective_on)
    if "reason" in machine.table.model_fields:
        changes["reason"] = reason
    line = {"move": name, "from_state": row.state, "effective_on": effective_on, "reason": reason, "note": note}
    line["because_of"] = because_of
    changed = _write_state(session, machine.table, row, chosen.target, changes)
    return _logged(session, row, actor, changed=changed, **line)


def undo(
    session: Session,
    row: Any,
    actor: Actor,
    *,
    effective_on: date,
    note: str | None = None,
    because_of: int | None = None,
) -> Event:
    """Take the row's last standing move back, with the columns that it changed and nobody since; the trail keeps both.

    Raises MoveRefused when there is none, where a guard would refuse the state that comes back, and to the later of
    two who take the same move back.
    """
    machine = machine_of(row)
    last = _own_last_line(session, machine, row, actor)
    assert last.from_state is not None
    _ask_guards(row, *(m for m in machine.moves if m.target == last.from_state))
    line = {"move": "undo", "from_state": row.state, "effective_on": effective_on, "note": note, "undo_of": last.id}
    line["because_of"] = because_of
    try:
        with session.begin_nested():
            changed = _write_state(session, machine.table, row, last.from_state, _values_before(row, last))
            return _logged(session, row, actor, changed=changed, **line)
    except IntegrityError as error:
        if "undo_of" not in str(error.orig):  # another rule of the row's table speaks: its room words it
            raise
        raise MoveRefused(Refusal("changed_meanwhile")) from error


def _own_last_line(session: Session, machine: Machine, row: Any, actor: Actor) -> Event:
    """The row's last standing move, where the actor may take it back. Raises MoveRefused."""
    last = _last_standing(session, machine.entity, row.id)
    if last is None or last.from_state is None or last.to_state != row.state:
        raise MoveRefused(Refusal("nothing_to_undo"))
    if undoer_of(machine, last.move) not in actor.permissions or not may_take_back(session, machine, last, actor):
        raise MoveRefused(Refusal("not_allowed"))
    return last


def correct_day(
    session: Session,
    row: Any,
    actor: Actor,
    *,
    effective_on: date,
    note: str | None = None,
    line_id: int | None = None,
) -> Event:
    """Say anew on which day the row's last move happened; days that it took from its own go with it.

    The log keeps the first line, then its undoing, then the move once more: what was known before stays known. The
    state does not change in between. Raises MoveRefused like an undo; also day_unchanged, followed_by_others for a
    move from which other rows have followed, before_previous_move, and changed_meanwhile where the last line is another
    than `line_id`.
    """
    last = _correctable_line(session, row, actor, effective_on, line_id)
    days = {column: [last.changed[column][0], day] for column, day in _days_with(row, last, effective_on).items()}
    values = {column: _read(row, column, day) for column, (_, day) in days.items()}
    undone: dict[str, Any] = {"move": "undo", "to_state": last.from_state, "effective_on": last.effective_on}
    again: dict[str, Any] = {"move": last.move, "from_state": last.from_state, "effective_on": effective_on}
    again |= {"reason": last.reason, "because_of": last.because_of, "changed": {**last.changed, **days}}
    try:
        with session.begin_nested():
            _write_state(session, machine_of(row).table, row, row.state, values)
            _logged(session, row, actor, from_state=row.state, undo_of=last.id, note=note, **undone)
            speaker = actor._replace(on_behalf_of=last.on_behalf_of)
            return _logged(session, row, speaker, note=note or last.note, **again)
    except IntegrityError as error:  # somebody was quicker, or a CHECK of the table on the order of its days speaks
        code = "changed_meanwhile" if "undo_of" in str(error.orig) else "days_out_of_order"
        raise MoveRefused(Refusal(code)) from error


def _correctable_line(session: Session, row: Any, actor: Actor, effective_on: date, line_id: int | None) -> Event:
    """The row's last standing move, where its day may be put right to this one. Raises MoveRefused."""
    machine = machine_of(row)
    last = _own_last_line(session, machine, row, actor)
    if line_id not in (None, last.id):
        raise MoveRefused(Refusal("changed_meanwhile"))
    if effective_on == last.effective_on:
        raise MoveRefused(Refusal("day_unchanged"))
    if session.exec(select(Event.id).where(Event.because_of == last.id).limit(1)).first():
        raise MoveRefused(Refusal("followed_by_others"))
    _check_order(_last_standing(session, machine.entity, row.id, before=last.id), effective_on)
    return last


def undoer_of(machine: Machine, name: str) -> str:
    """Who may take a move back: whoever may make it; what time alone has done, whoever may change the row."""
    permission = next(m.permission for m in machine.moves if m.name == name)
    return f"{machine.entity}:change" if permission == SYSTEM else permission


def _walk(machine: Machine, row: Any, life: Sequence[Step], actor: Actor) -> list[dict[str, Any]]:
    """Run the steps on a row that is not stored yet; the log's lines without the row's id."""
    moment, trail, last = now(), [], None
    if row.state not in machine.initial:
        raise MoveRefused(Refusal("state_is_no_beginning", {"state": row.state}))
    for step in life:
        before = None if step.move == "create" else row.state
        if before is not None:
            row.state = _checked_move(machine, row, step.move, actor, step.reason).target
            _check_order(last, step.effective_on)
        last = step
        trail.append(
            {
                "entity": machine.entity,
                "move": step.move,
                "from_state": before,
                "to_state": row.state,
                "actor": actor.name,
                "on_behalf_of": actor.on_behalf_of,
                "at": moment,
                "effective_on": step.effective_on,
                "reason": step.reason,
                "note": step.note,
                "changed": {},
            }
        )
    return trail


def check_right(row: Any, name: str, actor: Actor) -> None:
    """Raise MoveRefused when the row's machine has no such move or the actor may make none of its rows.

    Asked before any guard, so that a refusal tells nobody more than he may know.
    """
    named = [m for m in machine_of(row).moves if m.name == name]
    if not named:
        raise MoveRefused(Refusal("unknown_move", {"move": name}))
    if all(m.permission not in actor.permissions for m in named):
        raise MoveRefused(Refusal("not_allowed"))


def _checked_move(
    machine: Machine,
    row: Any,
    name: str,
    actor: Actor,
    reason: str | None,
    to: str | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Move:
    named = [m for m in machine.moves if m.name == name and to in (None, m.target)]
    if not named:
        raise MoveRefused(Refusal("unknown_move", {"move": name}))
    if all(m.permission not in actor.permissions for m in named):
        raise MoveRefused(Refusal("not_allowed"))
    found = next((m for m in named if row.state in m.sources and m.permission in actor.permissions), None)
    if found is None:
        raise MoveRefused(Refusal("wrong_state", {"state": row.state}))
    if found.needs_reason and not reason:
        raise MoveRefused(Refusal("reason_missing"))
    _ask_guards(_with(row, changes) if found.guard and changes else row, found)
    return found


def _with(row: Any, changes: Mapping[str, Any]) -> Any:
    """The row with the columns that a move brings, for its guard to look at; no session knows of it."""
    return type(row)(**{**row.model_dump(), **changes})


def _ask_guards(row: Any, *moves: Move) -> None:
    refusal = next((no for m in moves if m.guard and (no := m.guard(row))), None)
    if refusal:
        raise MoveRefused(refusal)


def _check_order(last: Event | Step | None, effective_on: date) -> None:
    """A move happens on the day of the move before it or later; what was stored late may have moved before its birth."""
    if last and last.move != "create" and effective_on < last.effective_on:
        raise MoveRefused(Refusal("before_previous_move", {"day": last.effective_on}))


def _days_with(row: Any, event: Event, day: date) -> dict[str, str]:
    """The columns that still hold the event's own day, as it gave it to them, with the other day in its place."""
    held = row.model_dump(mode="json", include=set(event.changed))
    taken = {column: after for column, (_, after) in event.changed.items() if column not in AGREED}
    kept = {column: after for column, after in taken.items() if held[column] == after}
    days = {column: day.isoformat() for column, after in kept.items() if after == event.effective_on.isoformat()}
    if WAITING_SINCE in kept:
        days[WAITING_SINCE] = moment_on(day).astimezone(UTC).isoformat().replace("+00:00", "Z")
    return days


def _read(row: Any, column: str, value: Any) -> Any:
    return TypeAdapter(type(row).model_fields[column].annotation).validate_python(value)


def _values_before(row: Any, event: Event) -> dict[str, Any]:
    """What the event's columns held before it, for those that still hold what it gave them."""
    now_held = row.model_dump(mode="json", include=set(event.changed))
    return {
        column: _read(row, column, before)
        for column, (before, after) in event.changed.items()
        if now_held[column] == after
    }


def _write_state(session: Session, table: Any, row: Any, target: str, changes: dict[str, Any]) -> dict[str, list[Any]]:
    """Write state and columns, and tell what the columns held before and hold after, as JSON."""
    before = row.model_dump(mode="json", include=set(changes))
    values = {"state": target, **changes}
    if "version" in table.model_fields:
        values["version"] = table.version + 1
    same_row, old_state = col(table.id) == row.id, col(table.state) == row.state
    if session.connection().execute(update(table).where(same_row, old_state).values(**values)).rowcount != 1:
        raise MoveRefused(Refusal("changed_meanwhile"))
    session.refresh(row)
    after = row.model_dump(mode="json", include=set(changes))
    return {column: [before[column], after[column]] for column in changes if before[column] != after[column]}


def _last_standing(session: Session, entity: str, entity_id: int, *, before: int | None = None) -> Event | None:
    earlier = [] if before is None else [col(Event.id) < before]
    undone = select(Event.undo_of).where(
        col(Event.undo_of).is_not(None), Event.entity == entity, Event.entity_id == entity_id
    )
    return session.exec(
        select(Event)
        .where(
            Event.entity == entity,
            Event.entity_id == entity_id,
            col(Event.undo_of).is_(None),
            col(Event.id).not_in(undone),
            *earlier,
        )
        .order_by(col(Event.id).desc())
    ).first()


def _logged(session: Session, row: Any, actor: Actor, **line: Any) -> Event:
    line = {"to_state": row.state, "actor": actor.name, "on_behalf_of": actor.on_behalf_of, "at": now(), **line}
    event = Event(entity=type(row).__tablename__, entity_id=row.id, **line)
    session.add(event)
    session.flush()
    return event
