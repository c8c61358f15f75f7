"""Decides how long people stay: checks 3, 6 and 12 months after the regular start, answered by both sides."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from employers.moves import Refusal
from placement.access import office_actor
from placement.enums import Channel, PlacementKind, PlacementReason, RetentionEvidence, RetentionState, Side
from placement.events import last_move_of, no_earlier
from placement.lapsing import settle_checks
from placement.models import Conversion, Event, Placement, RetentionAnswer, RetentionCheck
from placement.placements import months_later
from placement.states import SYSTEM, Actor, MoveRefused, move, record_birth, states_where, undo

MONTHS = (3, 6, 12)
TOLERANCE = timedelta(days=15)
PROVES_MORE: list[str] = list(RetentionEvidence)  # in rising order
WORD_PROVES: dict[str, RetentionEvidence] = {
    Side.GRADUATE: RetentionEvidence.SELF_REPORT,
    Side.COMPANY: RetentionEvidence.EMPLOYER,
}
FORGOTTEN = {"is_same_employer": None, "evidence": None, "left_on": None, "left_by": None}


class Answer(NamedTuple):
    """What one side says: employed or not, at the same employer; if not, since when, whose doing and why; how it is known."""

    is_employed: bool
    is_same_employer: bool | None = None
    left_on: date | None = None
    evidence: RetentionEvidence = RetentionEvidence.SELF_REPORT
    channel: Channel = Channel.LINK
    left_by: str | None = None
    reason: str | None = None

    @property
    def is_here(self) -> bool:
        """Still at the employer who was asked about."""
        return self.is_employed and self.is_same_employer is not False


def open_checks(session: Session, actor: Actor, *, today: date) -> list[RetentionCheck]:
    """Make the checks that are missing: three for every regular job that has begun. Doing it twice makes none.

    A check that nobody has answered follows the job's first day where that was corrected since.
    """
    made = []
    for placement, start in _regular_starts(session, today):
        rows = session.exec(select(RetentionCheck).where(RetentionCheck.placement_id == placement.id))
        known = {check.months: check for check in rows}
        for months in MONTHS:
            due_on = months_later(start, months)
            if months not in known:
                check = RetentionCheck(placement_id=placement.id or 0, months=months, due_on=due_on)
                with suppress(IntegrityError), session.begin_nested():  # somebody else was quicker
                    record_birth(session, check, actor, effective_on=today)
                    made.append(check)
            elif known[months].due_on != due_on and known[months].state == RetentionState.DUE:
                day = no_earlier(session, "retention_check", known[months].id or 0, today)
                with suppress(MoveRefused):
                    move(session, known[months], "reschedule", office_actor(SYSTEM), effective_on=day, due_on=due_on)
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


def regular_start(session: Session, check: RetentionCheck) -> date:
    """The first day of the regular job that the check is about."""
    placement = session.get_one(Placement, check.placement_id)
    conversion = session.exec(select(Conversion).where(Conversion.placement_id == placement.id)).first()
    return (conversion and conversion.contract_starts_on) or placement.starts_on


def answer(
    session: Session, check: RetentionCheck, side: Side, said: Answer, actor: Actor, *, today: date
) -> RetentionCheck:
    """Keep what one side says and move the check: confirmed, left, or conflict when the sides differ.

    The company can only speak of itself: whether the person is there. Where both say no, the person's own word
    counts for what came instead. Raises MoveRefused for a leaving without its day, side or reason.
    """
    if not said.is_employed:
        _ask_leaving(session, check, today, **_leaving_of(said))
    other = _last_answer(session, check, Side.COMPANY if side == Side.GRADUATE else Side.GRADUATE)
    _keep(session, check, side, said, actor)
    if other is not None and other.is_here != said.is_here:
        if check.state != RetentionState.CONFLICT:
            settle_checks(session, check, move(session, check, "dispute", actor, effective_on=today))
        return check
    word = other if other is not None and side == Side.COMPANY and not said.is_here else said
    given: dict[str, Any] = {**FORGOTTEN, "evidence": word.evidence}
    if word.is_employed:
        given["is_same_employer"] = word.is_here
        _to(session, check, RetentionState.CONFIRMED, "confirm", actor, today, **given)
    else:
        given |= {"left_on": word.left_on, "left_by": word.left_by, "reason": word.reason}
        _to(session, check, RetentionState.LEFT, "record_leaving", actor, today, **given)
    return check


def _leaving_of(said: Answer) -> dict[str, Any]:
    return {"left_on": said.left_on, "left_by": said.left_by, "reason": said.reason}


def _ask_leaving(
    session: Session,
    check: RetentionCheck,
    today: date,
    *,
    left_on: date | None,
    left_by: str | None,
    reason: str | None,
) -> None:
    """A leaving has its day, within the job and not in the future, a side and one of the known reasons."""
    if left_on is None:
        raise MoveRefused(Refusal("leaving_day_missing"))
    if left_on > today:
        raise MoveRefused(Refusal("day_in_future"))
    if left_on < (start := regular_start(session, check)):
        raise MoveRefused(Refusal("left_before_start", {"day": start}))
    if left_by not in set(Side):
        raise MoveRefused(Refusal("side_missing"))
    if reason not in set(PlacementReason):
        raise MoveRefused(Refusal("reason_missing"))


def _keep(session: Session, check: RetentionCheck, side: Side, said: Answer, actor: Actor) -> None:
    columns = said._asdict() | ({"left_on": None, "left_by": None, "reason": None} if said.is_employed else {})
    session.add(RetentionAnswer(check_id=check.id or 0, side=side, recorded_by=actor.name, **columns))
    session.flush()


def _to(
    session: Session, check: RetentionCheck, target: str, name: str, actor: Actor, today: date, **changes: Any
) -> None:
    """To the state that the answers tell; a second word for the same only proves it better."""
    if check.state == target and check.is_same_employer == changes["is_same_employer"]:
        if not _proves_more(check, changes["evidence"]):
            return
        name, changes = "prove", {"evidence": changes["evidence"]}
    elif check.state in (RetentionState.CONFIRMED, RetentionState.LEFT):  # somebody says otherwise than before
        move(session, check, "reopen", actor, effective_on=today, **FORGOTTEN)
    settle_checks(session, check, move(session, check, name, actor, effective_on=today, **changes))


def _proves_more(check: RetentionCheck, evidence: str | None) -> bool:
    known = -1 if check.evidence is None else PROVES_MORE.index(check.evidence)
    return evidence is not None and PROVES_MORE.index(evidence) > known


def _last_answer(session: Session, check: RetentionCheck, side: Side) -> Answer | None:
    mine = select(RetentionAnswer).where(RetentionAnswer.check_id == check.id, RetentionAnswer.side == side)
    row = session.exec(mine.order_by(col(RetentionAnswer.id).desc()).limit(1)).first()
    return Answer(**{name: getattr(row, name) for name in Answer._fields}) if row else None


def answers_of(session: Session, check: RetentionCheck) -> list[RetentionAnswer]:
    """All that was said to a check, oldest first."""
    said = select(RetentionAnswer).where(RetentionAnswer.check_id == check.id)
    return list(session.exec(said.order_by(col(RetentionAnswer.id))))


def may_be_asked(check: RetentionCheck, today: date) -> bool:
    """Whether the time to ask has come: from 15 days before the check's day."""
    return check.due_on <= today + TOLERANCE


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
    """Run one move by a counselor's word, with what follows for the later checks.

    `given`: is_same_employer, evidence (confirm, prove), left_on, left_by (record_leaving), channel (try_reach).
    """
    if check.state == RetentionState.CONFLICT and name in ("confirm", "record_leaving") and not (note or "").strip():
        raise MoveRefused(Refusal("settling_note_missing"))
    changes = _changes(session, check, name, effective_on, reason, given)
    event = move(session, check, name, actor, effective_on=effective_on, reason=reason, note=note, to=to, **changes)
    settle_checks(session, check, event)
    return event


def _changes(
    session: Session, check: RetentionCheck, name: str, today: date, reason: str | None, given: dict[str, Any]
) -> dict[str, Any]:
    wanted = {key: given[key] for key in FORGOTTEN if given.get(key) is not None}
    if name == "try_reach":
        channel = given.get("channel", Channel.PHONE)
        return {"attempts": [*check.attempts, str(channel)]}
    if name == "prove" and not _proves_more(check, wanted.get("evidence")):
        raise MoveRefused(Refusal("evidence_not_better"))
    if name == "record_leaving":
        left_on, left_by = given.get("left_on"), given.get("left_by")
        _ask_leaving(session, check, today, left_on=left_on, left_by=left_by, reason=reason)
    if name in ("confirm", "record_leaving", "reopen"):
        return {**FORGOTTEN, **(wanted if name != "reopen" else {})}
    return {"evidence": wanted["evidence"]} if name == "prove" else {}


def ask_day(session: Session, check: RetentionCheck, line: Event) -> None:
    """Whether the move of this line, the row's last one, may have happened on its day. Raises MoveRefused as the move does."""
    if line.because_of is not None:
        raise MoveRefused(Refusal("check_closed_with_other"))
    if line.move == "record_leaving":
        left: dict[str, Any] = {"left_on": check.left_on, "left_by": check.left_by, "reason": line.reason}
        _ask_leaving(session, check, line.effective_on, **left)


def take_back(
    session: Session, check: RetentionCheck, actor: Actor, *, effective_on: date, note: str | None = None
) -> Event:
    """Undo the last move, and what it had told of the later checks.

    Raises MoveRefused (check_closed_with_other) where the check was closed by something else: that is to be undone.
    """
    if is_closed_with_other(session, check):
        raise MoveRefused(Refusal("check_closed_with_other"))
    event = undo(session, check, actor, effective_on=effective_on, note=note)
    settle_checks(session, check, event)
    return event


def is_closed_with_other(session: Session, check: RetentionCheck) -> bool:
    """Whether the check's last move followed from another row's: an end of the work, or an earlier check's leaving."""
    last = last_move_of(session, "retention_check", check.id or 0)
    return last is not None and last.because_of is not None
