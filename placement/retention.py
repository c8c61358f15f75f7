"""Decides how long people stay: checks 3, 6 and 12 months after the regular start, answered by both sides."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from employers.moves import Refusal
from placement.enums import Channel, PlacementKind, RetentionEvidence, RetentionState, Side
from placement.models import Conversion, Event, Placement, RetentionAnswer, RetentionCheck
from placement.placements import months_later
from placement.states import Actor, MoveRefused, move, record_birth, states_where, undo

MONTHS = (3, 6, 12)
TOLERANCE = timedelta(days=15)
PROVES_MORE: list[str] = list(RetentionEvidence)  # in rising order


class Answer(NamedTuple):
    """What one side says: employed or not, at the same employer, since when not, how that is known."""

    is_employed: bool
    is_same_employer: bool | None = None
    left_on: date | None = None
    evidence: RetentionEvidence = RetentionEvidence.SELF_REPORT
    channel: Channel = Channel.LINK


def open_checks(session: Session, actor: Actor, *, today: date) -> list[RetentionCheck]:
    """Make the checks that are missing: three for every regular job that has begun. Doing it twice makes none."""
    made = []
    for placement, start in _regular_starts(session, today):
        known = set(session.exec(select(RetentionCheck.months).where(RetentionCheck.placement_id == placement.id)))
        for months in MONTHS:
            if months not in known:
                check = RetentionCheck(
                    placement_id=placement.id or 0, months=months, due_on=months_later(start, months)
                )
                record_birth(session, check, actor, effective_on=today)
                made.append(check)
    return made


def _regular_starts(session: Session, today: date) -> list[tuple[Placement, date]]:
    working = states_where("placement", open=True)
    jobs = select(Placement).where(
        Placement.kind == PlacementKind.EMPLOYMENT, col(Placement.state).in_(working), col(Placement.starts_on) <= today
    )
    converted = (
        select(Placement, Conversion)
        .join(Conversion, col(Conversion.placement_id) == col(Placement.id))
        .where(col(Conversion.state).in_(states_where("conversion", won=True, closed=True)))
    )
    begun = [(placement, placement.starts_on) for placement in session.exec(jobs)]
    return begun + [(p, c.contract_starts_on) for p, c in session.exec(converted) if c.contract_starts_on]


def answer(
    session: Session, check: RetentionCheck, side: Side, said: Answer, actor: Actor, *, today: date
) -> RetentionCheck:
    """Keep what one side says and move the check: confirmed, left, or conflict when the sides differ."""
    if not said.is_employed and said.left_on is not None and said.left_on > today:
        raise MoveRefused(Refusal("day_in_future"))
    session.add(
        RetentionAnswer(
            check_id=check.id or 0,
            side=side,
            is_employed=said.is_employed,
            is_same_employer=said.is_same_employer,
            left_on=said.left_on,
            evidence=said.evidence,
            channel=said.channel,
            recorded_by=actor.name,
        )
    )
    session.flush()
    other = _last_answer(session, check, Side.COMPANY if side == Side.GRADUATE else Side.GRADUATE)
    if other is not None and other.is_employed != said.is_employed:
        _to(session, check, "dispute", actor, today)
    elif said.is_employed:
        _to(session, check, "confirm", actor, today, is_same_employer=said.is_same_employer, evidence=said.evidence)
    else:
        _to(session, check, "record_leaving", actor, today, reason="left", left_on=said.left_on, evidence=said.evidence)
    return check


def _to(session: Session, check: RetentionCheck, name: str, actor: Actor, today: date, **changes: Any) -> None:
    reason = changes.pop("reason", None)
    target = {"dispute": RetentionState.CONFLICT, "confirm": RetentionState.CONFIRMED}.get(name, RetentionState.LEFT)
    if check.state != target:
        move(session, check, name, actor, effective_on=today, reason=reason, **changes)
    elif changes and PROVES_MORE.index(changes["evidence"]) > PROVES_MORE.index(check.evidence or changes["evidence"]):
        check.evidence = changes["evidence"]
        session.flush()


def _last_answer(session: Session, check: RetentionCheck, side: Side) -> RetentionAnswer | None:
    said = select(RetentionAnswer).where(RetentionAnswer.check_id == check.id, RetentionAnswer.side == side)
    return session.exec(said.order_by(col(RetentionAnswer.id).desc()).limit(1)).first()


def answers_of(session: Session, check: RetentionCheck) -> list[RetentionAnswer]:
    """All that was said to a check, oldest first."""
    said = select(RetentionAnswer).where(RetentionAnswer.check_id == check.id)
    return list(session.exec(said.order_by(col(RetentionAnswer.id))))


def checks_due(session: Session, today: date) -> list[RetentionCheck]:
    """Checks that may be asked now (from 15 days before their day) and wait for an answer, the oldest first."""
    waiting = states_where("retention_check", open=True)
    chosen = select(RetentionCheck).where(
        col(RetentionCheck.state).in_(waiting), col(RetentionCheck.due_on) <= today + TOLERANCE
    )
    return list(session.exec(chosen.order_by(col(RetentionCheck.due_on), col(RetentionCheck.id))))


def advance(
    session: Session,
    check: RetentionCheck,
    name: str,
    actor: Actor,
    *,
    effective_on: date,
    reason: str | None = None,
    note: str | None = None,
    to: str | None = None,
    **given: Any,
) -> Event:
    """Run one move by a counselor's word; `given`: is_same_employer, evidence, left_on."""
    changes = {key: given[key] for key in ("is_same_employer", "evidence", "left_on") if given.get(key) is not None}
    return move(session, check, name, actor, effective_on=effective_on, reason=reason, note=note, to=to, **changes)


def take_back(
    session: Session, check: RetentionCheck, actor: Actor, *, effective_on: date, note: str | None = None
) -> Event:
    """Undo the last move."""
    return undo(session, check, actor, effective_on=effective_on, note=note)
