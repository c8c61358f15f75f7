"""Decides how rows of an outcomes sheet, one a person or one a fact, become internships, conversions and hires."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, select

from employers.models import Company
from placement.enums import PlacementKind, PlacementReason, PlacementSource
from placement.events import no_earlier
from placement.importing.courses import CourseBook
from placement.importing.desk import CHANGED, CREATED, UNCHANGED, Desk
from placement.importing.finding import CompanyBook, PersonBook
from placement.importing.histories import Outcome, conversion_life, placement_life
from placement.importing.outcome_words import Decision, Fact
from placement.importing.problems import RowRefused
from placement.importing.sheets import Row
from placement.lapsing import settle_checks
from placement.models import Cohort, Conversion, Event, Graduate, Placement
from placement.states import Step, move, possible_moves, record_lives

_DECISION_OF = {
    Fact.ACCEPT: Decision.ACCEPTED,
    Fact.DECLINE: Decision.DECLINED,
    Fact.WITHDRAW: Decision.WITHDRAWN,
    Fact.NOT_OFFERED: Decision.NOT_OFFERED,
    Fact.CONVERSION: Decision.STARTED,
}
_OF_THE_OFFICE = ("create", "lose_track", "extend", "change_days")  # no sheet tells these
_MAY_GO_ON = ("decision", "decided_on", "reason", "source", "employment_type")
_TOLD_APART = ("starts_on", "ends_on", "ended_early_on", "offered_on", "decision", "decided_on", "contract_starts_on")


@dataclass
class Record:
    """One person at one company in one kind of work, put together from one row or several."""

    person: Graduate
    company: Company
    kind: PlacementKind
    outcome: Outcome
    rows: list[Row] = field(default_factory=list)
    cohort: Cohort | None = None

    def say(self, row: Row, name: str, value: Any) -> None:
        """Add what a row tells; a second row may not tell it otherwise."""
        before = getattr(self.outcome, name)
        if before is not None and before != value and name not in _MAY_GO_ON:
            raise row.refuse("outcome_told_twice", "on" if row.get("fact") else name, other=self.rows[0].number)
        setattr(self.outcome, name, value)


class OutcomeIntake:
    """Outcomes: people and companies must be known; what the log already holds is never rewritten, only continued."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.people, self.companies, self.courses = (
            PersonBook(desk.session),
            CompanyBook(desk.session),
            CourseBook(desk),
        )
        self.records: dict[tuple[str, str, str], Record] = {}
        self.new: list[tuple[Record, Placement, list[Step]]] = []
        self.new_conversions: list[tuple[Placement, Conversion, list[Step]]] = []
        self.later: list[tuple[Any, list[Step], dict[str, Any]]] = []
        self.cohorts = {cohort.id: cohort for cohort in self.courses.cohorts_by_key.values()}

    def take(self, row: Row) -> None:
        person = self.people.find(row)
        company = self.companies.find(row) or self._new_company(row)
        cohort = self.courses.cohort(row) or self.cohorts.get(person.cohort_id)
        for kind, told in _told(row):
            key = (person.key, company.key, str(kind))
            record = self.records.setdefault(key, Record(person, company, kind, Outcome()))
            if record.rows and not row.get("fact"):
                raise row.refuse("outcome_twice", "name", other=record.rows[0].number)
            for name, value in told.items():
                record.say(row, name, value)
            record.cohort = record.cohort or cohort
            record.rows.append(row)

    def finish(self) -> None:
        """Each record becomes a life to store, or the rest of one that the log already holds."""
        report = self.desk.report
        stored = _stored_lives(self.desk.session)
        for record in self.records.values():
            try:
                result = self._settle(record, stored)
            except RowRefused as refused:
                report.errors += refused.problems
                report.refused += len(record.rows)
            else:
                for _ in record.rows:
                    report.count(result)

    def store(self) -> None:
        session, actor = self.desk.session, self.desk.actor
        self.courses.store()
        session.add_all(self.companies.planned)
        session.flush()
        for record, placement, _ in self.new:
            placement.graduate_id, placement.company_id = record.person.id or 0, record.company.id or 0
            placement.cohort_id = record.cohort.id if record.cohort else None
        record_lives(session, [row for _, row, _ in self.new], [life for _, _, life in self.new], actor)
        for placement, conversion, _ in self.new_conversions:
            conversion.placement_id = placement.id or 0
        record_lives(
            session, [row for _, row, _ in self.new_conversions], [life for _, _, life in self.new_conversions], actor
        )
        for row, steps, changes in self.later:
            self._go_on(row, steps, changes)

    def _go_on(self, row: Any, steps: list[Step], changes: dict[str, Any]) -> None:
        """The rest of a stored life, each step with what it means for the retention checks; other days are logged too."""
        session, actor = self.desk.session, self.desk.actor
        if "ends_on" in changes and not steps and any(m.name == "change_days" for m in possible_moves(row, actor)):
            day = no_earlier(session, "placement", row.id, self.desk.today)
            move(session, row, "change_days", actor, effective_on=day, reason=PlacementReason.OTHER, **changes)
            return
        session.add(row.sqlmodel_update(changes))
        session.flush()
        for step in steps:
            last = {"last_day": step.effective_on} if step.move == "end_early" else {}
            said: dict[str, Any] = {"effective_on": step.effective_on, "reason": step.reason, "note": step.note, **last}
            settle_checks(session, row, move(session, row, step.move, actor, **said))

    def _new_company(self, row: Row) -> Company:
        """A company that nobody knows is made only where its number says which one it is."""
        name = row.get("company")
        if not (name and row.get("business_number")):
            alike = self.companies.alike(name) if name else None
            raise row.refuse(
                "company_alike" if alike else "company_unknown", "company", given=name or "-", alike=alike or ""
            )
        return self.companies.make(row, self.desk)

    def _settle(self, record: Record, stored: dict[Any, Any]) -> str:
        row, outcome = record.rows[0], record.outcome
        if outcome.starts_on is None:
            raise row.refuse("value_missing", "on" if row.get("fact") else "intern_starts_on")
        placement_steps = placement_life(record.kind, outcome, row, self.desk)
        answers = conversion_life(outcome, row, self.desk) if record.kind == PlacementKind.INTERNSHIP else []
        known = stored.get((record.person.id, record.company.id, record.kind, outcome.starts_on))
        if known is None:
            placement = Placement(
                graduate_id=0,
                company_id=0,
                kind=record.kind,
                starts_on=outcome.starts_on,
                ends_on=outcome.last_day,
                source=outcome.source or PlacementSource.REFERRAL,
                employment_type=outcome.employment_type,
            )
            self.new.append((record, placement, placement_steps))
            self._plan_conversion(placement, answers, outcome)
            return CREATED
        return self._continue(record, known, placement_steps, answers)

    def _plan_conversion(self, placement: Placement, answers: list[Step], outcome: Outcome) -> None:
        if answers:
            conversion = Conversion(placement_id=0, contract_starts_on=outcome.contract_starts_on)
            self.new_conversions.append((placement, conversion, answers))

    def _continue(self, record: Record, known: Any, steps: list[Step], answers: list[Step]) -> str:
        placement, events, conversion, answered = known
        row, outcome = record.rows[0], record.outcome
        rest = _rest(row, events, steps)
        changes = {"ends_on": outcome.last_day} if outcome.last_day and outcome.last_day != placement.ends_on else {}
        if rest or changes:
            self.later.append((placement, rest, changes))
        if conversion is None:
            self._plan_conversion(placement, answers, outcome)
            return CHANGED if rest or changes or answers else UNCHANGED
        rest_of_answers = _rest(row, answered, answers)
        is_dated = outcome.contract_starts_on and conversion.contract_starts_on != outcome.contract_starts_on
        dated = {"contract_starts_on": outcome.contract_starts_on} if is_dated else {}
        if rest_of_answers or dated:
            self.later.append((conversion, rest_of_answers, dated))
        return CHANGED if rest or changes or rest_of_answers or dated else UNCHANGED


def _told(row: Row) -> list[tuple[PlacementKind, dict[str, Any]]]:
    """What the row tells of which kind of work."""
    if fact := row.get("fact"):
        return [_told_by_fact(row, fact)]
    told = []
    if row.get("intern_starts_on"):
        wide = {
            name.removeprefix("intern_"): row.values[name]
            for name in row.values
            if name.removeprefix("intern_") in _TOLD_APART
        }
        told.append((PlacementKind.INTERNSHIP, wide | _shared(row)))
    if row.get("hired_on"):
        told.append((PlacementKind.EMPLOYMENT, {"starts_on": row.get("hired_on")} | _leaving(row) | _shared(row)))
    if not told:
        raise row.refuse("value_missing", "intern_starts_on")
    return told


def _told_by_fact(row: Row, fact: Fact) -> tuple[PlacementKind, dict[str, Any]]:
    day = row.get("on") or row.get("intern_starts_on") or row.get("hired_on")
    if day is None:
        raise row.refuse("value_missing", "on")
    if fact == Fact.HIRE:
        return PlacementKind.EMPLOYMENT, {"starts_on": day} | _leaving(row) | _shared(row)
    if fact == Fact.LEAVE:
        return PlacementKind.EMPLOYMENT, {"ended_early_on": day} | _shared(row)
    if fact == Fact.INTERNSHIP:
        last = {"ends_on": row.get("intern_ends_on")} if row.get("intern_ends_on") else {}
        return PlacementKind.INTERNSHIP, {"starts_on": day, **last} | _shared(row)
    plain = {Fact.INTERNSHIP_END: "ends_on", Fact.EARLY_END: "ended_early_on", Fact.OFFER: "offered_on"}
    if fact in plain:
        return PlacementKind.INTERNSHIP, {plain[fact]: day} | _shared(row)
    dated = "contract_starts_on" if fact == Fact.CONVERSION else "decided_on"
    return PlacementKind.INTERNSHIP, {"decision": _DECISION_OF[fact], dated: day} | _shared(row)


def _leaving(row: Row) -> dict[str, Any]:
    return {"ended_early_on": row.get("left_on")} if row.get("left_on") else {}


def _shared(row: Row) -> dict[str, Any]:
    return {name: row.values[name] for name in ("reason", "source", "employment_type") if name in row.values}


def _stored_lives(session: Session) -> dict[Any, Any]:
    """(graduate, company, kind, first day) → the placement, its events, its conversion and that one's events."""
    conversions = {conversion.placement_id: conversion for conversion in session.exec(select(Conversion))}
    events: dict[tuple[str, int], list[Event]] = {}
    logged = select(Event).where(col(Event.entity).in_(("placement", "conversion"))).order_by(col(Event.id))
    undone = {event.undo_of for event in session.exec(logged)}
    for event in session.exec(logged):
        if event.undo_of is None and event.id not in undone:
            events.setdefault((event.entity, event.entity_id), []).append(event)
    lives = {}
    for placement in session.exec(select(Placement)):
        conversion = conversions.get(placement.id or 0)
        answered = events.get(("conversion", conversion.id or 0), []) if conversion else []
        key = (placement.graduate_id, placement.company_id, placement.kind, placement.starts_on)
        lives[key] = (placement, events.get(("placement", placement.id or 0), []), conversion, answered)
    return lives


def _rest(row: Row, events: Sequence[Event], steps: list[Step]) -> list[Step]:
    """The steps that the log lacks. Raises RowRefused when it tells another story; a lost track is no story."""
    told = [event for event in events if event.move not in _OF_THE_OFFICE]
    wanted = [step for step in steps if step.move != "create"]
    for event, step in zip(told, wanted, strict=False):
        if (event.move, event.effective_on) != (step.move, step.effective_on):
            raise row.refuse("outcome_differs_from_log", None, move=event.move, day=event.effective_on.isoformat())
    return wanted[len(told) :]
