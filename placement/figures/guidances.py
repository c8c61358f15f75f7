"""Decides what is counted of 안내, apart from every referral: how many were told, applied and were hired."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from placement.enums import GuidanceState
from placement.events import standing_events
from placement.models import Cohort, Graduate, Guidance, Program


@dataclass(frozen=True)
class GuidanceRow:
    """The 안내 of one program (None: of all together), in cases: each person × external opening counts once.

    `unknown` are those of whom nobody has heard whether they applied or what came of it.
    """

    program: str | None
    told: int
    applied: int
    hired: int
    unknown: int


def guidances(session: Session, *, as_of: date) -> list[GuidanceRow]:
    """A row of all together, then one for each program with any, from what the log says had happened by `as_of`."""
    histories: dict[int, list[str]] = {}
    for event in sorted(session.scalars(standing_events("guidance", as_of=as_of)), key=lambda event: event.id or 0):
        histories.setdefault(event.entity_id, []).append(event.to_state)
    chosen = (
        select(Guidance.id, Program.key)
        .join(Graduate, col(Graduate.id) == col(Guidance.graduate_id))
        .outerjoin(Cohort, col(Cohort.id) == col(Graduate.cohort_id))
        .outerjoin(Program, col(Program.id) == col(Cohort.program_id))
    )
    programs = {row_id: key for row_id, key in session.exec(chosen) if row_id in histories}
    keys = sorted({key for key in programs.values() if key})
    return [
        _row(key, [histories[row_id] for row_id, mine in programs.items() if key is None or mine == key])
        for key in [None, *keys]
    ]


def _row(program: str | None, histories: list[list[str]]) -> GuidanceRow:
    now = [history[-1] for history in histories]
    waiting = (GuidanceState.TOLD, GuidanceState.APPLIED, GuidanceState.UNKNOWN)
    return GuidanceRow(
        program,
        told=len(histories),
        applied=sum(GuidanceState.APPLIED in history or history[-1] in _APPLIED for history in histories),
        hired=now.count(GuidanceState.HIRED),
        unknown=sum(state in waiting for state in now),
    )


_APPLIED = (GuidanceState.APPLIED, GuidanceState.HIRED, GuidanceState.REJECTED)
