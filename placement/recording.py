"""Decides how work and outcomes that no referral of ours brought are put on record."""

from datetime import date
from typing import Any

from sqlmodel import Session

from employers.models import Company
from employers.moves import Refusal
from placement.enums import PlacementKind, PlacementSource
from placement.models import Event, Graduate, Outcome, Placement
from placement.placements import internship_end, work_between
from placement.queue import enqueue
from placement.states import Actor, MoveRefused, move, record_birth, undo

LONGEST_GROUNDS = 300


def record_placement(
    session: Session,
    graduate: Graduate,
    company: Company,
    actor: Actor,
    *,
    today: date,
    kind: str = PlacementKind.EMPLOYMENT,
    starts_on: date | None = None,
    ends_on: date | None = None,
    source: str = PlacementSource.REFERRAL,
    employment_type: str | None = None,
) -> Placement:
    """A placement by hand, scheduled from `starts_on` (today when unsaid); an internship without an end lasts three months.

    Raises MoveRefused: days_out_of_order; works_elsewhere where the person has other work in these days.
    """
    starts_on = starts_on or today
    if kind == PlacementKind.INTERNSHIP and ends_on is None:
        ends_on = internship_end(starts_on)
    if ends_on is not None and ends_on < starts_on:
        raise MoveRefused(Refusal("days_out_of_order"))
    if work_between(session, graduate.id or 0, starts_on, ends_on):
        raise MoveRefused(Refusal("works_elsewhere"))
    placement = Placement(
        graduate_id=graduate.id or 0,
        company_id=company.id or 0,
        cohort_id=graduate.cohort_id,
        kind=kind,
        source=source,
        employment_type=employment_type,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    record_birth(session, placement, actor, effective_on=today)
    return placement


def record_outcome(
    session: Session, graduate: Graduate, actor: Actor, *, today: date, kind: str, **details: Any
) -> Outcome:
    """An outcome outside our referrals; `details` are columns of Outcome.

    Raises MoveRefused: day_in_future; evidence_missing where it is recognised without any, recognition_reason_missing
    where it is not recognised and nobody says why.
    """
    details.setdefault("happened_on", today)
    if details["happened_on"] > today:
        raise MoveRefused(Refusal("day_in_future"))
    _ask_grounds(details.get("is_recognised"), details.get("evidence"), details.get("recognition_reason"))
    outcome = Outcome(graduate_id=graduate.id or 0, kind=kind, **details)
    record_birth(session, outcome, actor, effective_on=details["happened_on"])
    _compare_anew(session, outcome)
    return outcome


def advance(
    session: Session,
    outcome: Outcome,
    name: str,
    actor: Actor,
    *,
    effective_on: date,
    reason: str | None = None,
    note: str | None = None,
    to: str | None = None,
    **given: Any,
) -> Event:
    """Run one move; `given`: evidence (recognise). Raises MoveRefused (evidence_missing)."""
    changes: dict[str, Any] = {}
    if name == "recognise":
        evidence = given.get("evidence") or outcome.evidence
        _ask_grounds(True, evidence, None)
        changes = {"is_recognised": True, "evidence": evidence, "recognition_reason": note and note[:LONGEST_GROUNDS]}
    if name == "reject":
        changes = {"is_recognised": False, "recognition_reason": reason}
    event = move(session, outcome, name, actor, effective_on=effective_on, reason=reason, note=note, to=to, **changes)
    _compare_anew(session, outcome)
    return event


def take_back(
    session: Session, outcome: Outcome, actor: Actor, *, effective_on: date, note: str | None = None
) -> Event:
    """Undo the last move."""
    event = undo(session, outcome, actor, effective_on=effective_on, note=note)
    _compare_anew(session, outcome)
    return event


def _ask_grounds(is_recognised: bool | None, evidence: str | None, reason: str | None) -> None:
    if is_recognised is True and not (evidence or "").strip():
        raise MoveRefused(Refusal("evidence_missing"))
    if is_recognised is False and not (reason or "").strip():
        raise MoveRefused(Refusal("recognition_reason_missing"))


def _compare_anew(session: Session, outcome: Outcome) -> None:
    """Who has found work is proposed no more, and again once that turns out to be a mistake."""
    enqueue(session, "rematch_graduate", str(outcome.graduate_id))
