"""Decides what the log says of each internship on a day: begun, ended, offered a regular job, converted."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from employers.moves import StateFlags
from placement.enums import ConversionState, PlacementKind, PlacementState
from placement.events import standing_events
from placement.models import Cohort, Conversion, Event, Graduate, Placement, Program
from placement.states import MACHINES

ANSWER_DUE = timedelta(days=30)
UNDECIDED = MACHINES["conversion"].states[ConversionState.PENDING]


@dataclass(frozen=True)
class Internship:
    """One internship that began, as known from the log alone; `conversion` = what its conversion's state means."""

    graduate_id: int
    program: str | None
    cohort_id: int | None
    ended_on: date | None
    is_offered: bool
    conversion: StateFlags

    @property
    def is_decided(self) -> bool:
        """No answer is awaited any more, whichever it was."""
        return self.conversion.closed

    @property
    def is_converted(self) -> bool:
        """The regular contract has started and has not fallen through."""
        return self.conversion.won and self.conversion.closed

    def is_late(self, as_of: date) -> bool:
        """It ended 30 days ago or more: from then on a missing answer no longer keeps it out of a denominator."""
        return self.ended_on is not None and self.ended_on + ANSWER_DUE <= as_of


def internships(session: Session, *, as_of: date, known_at: datetime | None = None) -> list[Internship]:
    """Every internship that had begun by `as_of`, replayed from events typed by `known_at` (None: now).

    State columns are never read. An internship ends on the day of the move that ended it, before that on its
    planned last day. An undone move never was.
    """
    work = _histories(session, "placement", as_of, known_at)
    answers = _histories(session, "conversion", as_of, known_at)
    found = []
    for placement_id, conversion_id, graduate_id, program, cohort_id, ends_on in _rows(session):
        history = work.get(placement_id, [])
        if not _has_begun(history):
            continue
        answer = answers.get(conversion_id, [])
        found.append(
            Internship(
                graduate_id=graduate_id,
                program=program,
                cohort_id=cohort_id,
                ended_on=_last_day(history, ends_on),
                is_offered=any(event.to_state == ConversionState.OFFERED for event in answer),
                conversion=MACHINES["conversion"].states[answer[-1].to_state] if answer else UNDECIDED,
            )
        )
    return found


def _histories(session: Session, entity: str, as_of: date, known_at: datetime | None) -> defaultdict[int, list[Event]]:
    """Standing events of each row in the order in which the machine ran them, whatever days they name."""
    events: Iterable[Event] = session.scalars(standing_events(entity, as_of=as_of, known_at=known_at))
    histories: defaultdict[int, list[Event]] = defaultdict(list)
    for event in sorted(events, key=lambda event: event.id or 0):
        histories[event.entity_id].append(event)
    return histories


def _rows(session: Session) -> Iterable[Any]:
    columns = (Placement.id, Conversion.id, Placement.graduate_id, Program.key, Cohort.id, Placement.ends_on)
    of_person = func.coalesce(Placement.cohort_id, Graduate.cohort_id)
    query = (
        select(*map(col, columns))
        .select_from(Placement)
        .join(Graduate, col(Graduate.id) == Placement.graduate_id)
        .outerjoin(Cohort, col(Cohort.id) == of_person)
        .outerjoin(Program, col(Program.id) == Cohort.program_id)
        .outerjoin(Conversion, col(Conversion.placement_id) == Placement.id)
        .where(col(Placement.kind) == PlacementKind.INTERNSHIP)
        .order_by(col(Placement.id))
    )
    rows: Iterable[Any] = session.execute(query)
    return rows


def _has_begun(history: list[Event]) -> bool:
    begun = any(event.to_state == PlacementState.ACTIVE for event in history)
    return begun and history[-1].to_state != PlacementState.DID_NOT_START


def _last_day(history: list[Event], planned: date | None) -> date | None:
    last = history[-1]
    return last.effective_on if MACHINES["placement"].states[last.to_state].closed else planned
