"""Decides which moves, on which days, an internship, its conversion or a hire has behind it when a sheet tells of it."""

from dataclasses import dataclass
from datetime import date, timedelta

from placement.enums import PlacementKind
from placement.importing.desk import Desk
from placement.importing.outcome_words import Decision
from placement.importing.sheets import Row
from placement.states import Step

NOT_STATED = "not_stated"
OTHER = "other"
CONVERSION_OPENS = timedelta(weeks=4)
_LONGEST_REASON = 64
_NEEDS_OFFER = (Decision.STARTED, Decision.ACCEPTED, Decision.DECLINED, Decision.WITHDRAWN, Decision.EXPIRED)


@dataclass
class Outcome:
    """What a sheet tells of one person's work at one company; None is not told."""

    starts_on: date | None = None
    ends_on: date | None = None
    ended_early_on: date | None = None
    offered_on: date | bool | None = None
    decision: Decision | None = None
    decided_on: date | None = None
    contract_starts_on: date | None = None
    reason: str | None = None
    source: str | None = None
    employment_type: str | None = None

    @property
    def last_day(self) -> date | None:
        return self.ended_early_on or self.ends_on


def placement_life(kind: PlacementKind, told: Outcome, row: Row, desk: Desk) -> list[Step]:
    """Created and started on the first day; completed or ended early on the last, once that has passed."""
    first, last = told.starts_on, told.last_day
    if first is None:
        raise row.refuse("value_missing", "intern_starts_on")
    if last and last < first:
        raise row.refuse("days_out_of_order", "intern_ends_on" if kind == PlacementKind.INTERNSHIP else "left_on")
    life = [Step("create", first)]
    if first <= desk.today:
        life.append(Step("start", first))
        if told.ended_early_on and told.ended_early_on <= desk.today:
            life.append(_reasoned("end_early", told.ended_early_on, told))
        elif told.ends_on and told.ends_on < desk.today:
            life.append(Step("complete", told.ends_on))
    return life


def conversion_life(told: Outcome, row: Row, desk: Desk) -> list[Step]:
    """From pending to what the sheet knows last; empty while the internship is still far from its end."""
    offered_on = _offer_day(told, row, desk)
    decision = _decision(told, offered_on, row, desk)
    opened_on = _opening_day(told, offered_on)
    if offered_on is None and decision in (None, Decision.PENDING):
        return [Step("create", opened_on)] if opened_on <= desk.today and told.ends_on else []
    if decision == Decision.NOT_OFFERED:
        day = told.decided_on or told.last_day or opened_on
        return [Step("create", min(opened_on, day)), _reasoned("not_offer", day, told)]
    if offered_on is None:
        raise row.refuse("value_missing", "offered_on")
    return [
        Step("create", min(opened_on, offered_on)),
        Step("offer", offered_on),
        *_answer(told, offered_on, decision, row, desk),
    ]


def _answer(told: Outcome, offered_on: date, decision: Decision | None, row: Row, desk: Desk) -> list[Step]:
    day = told.decided_on or offered_on
    if day < offered_on:
        raise row.refuse("days_out_of_order", "decided_on")
    if decision in (Decision.STARTED, Decision.ACCEPTED):
        return [Step("accept", day), *_contract(told, day, decision, row, desk)]
    if decision == Decision.DECLINED:
        return [_reasoned("decline", day, told)]
    if decision == Decision.WITHDRAWN:
        return [_reasoned("withdraw_offer", day, told)]
    if decision == Decision.EXPIRED:
        return [Step("expire", told.decided_on or max(day, told.last_day or day), told.reason and OTHER, told.reason)]
    return []


def _contract(told: Outcome, accepted_on: date, decision: Decision, row: Row, desk: Desk) -> list[Step]:
    if told.contract_starts_on is None and decision == Decision.STARTED:
        told.contract_starts_on = told.decided_on or _after(told.last_day) or accepted_on
        desk.warn(row, "contract_day_assumed", "contract_starts_on", day=told.contract_starts_on.isoformat())
    first = told.contract_starts_on
    if first is None or first > desk.today:
        return []
    if first < accepted_on:
        raise row.refuse("days_out_of_order", "contract_starts_on")
    return [Step("start", first)]


def _decision(told: Outcome, offered_on: date | None, row: Row, desk: Desk) -> Decision | None:
    """What the sheet says, or what follows from it: a regular contract was accepted, 미전환 depends on the offer."""
    if told.decision == Decision.NOT_CONVERTED:
        desk.warn(row, "not_converted_read_as", "decision", offered=offered_on is not None)
        return Decision.EXPIRED if offered_on else Decision.NOT_OFFERED
    if told.decision == Decision.NOT_OFFERED and offered_on:
        raise row.refuse("offer_contradicts_decision", "decision")
    if told.decision is None and told.offered_on is False:
        return Decision.NOT_OFFERED
    return Decision.STARTED if told.decision is None and told.contract_starts_on else told.decision


def _offer_day(told: Outcome, row: Row, desk: Desk) -> date | None:
    """The told day; where the sheet only implies an offer, the earliest day that can be known, and said."""
    if isinstance(told.offered_on, date):
        return told.offered_on
    is_implied = told.offered_on is True or told.decision in _NEEDS_OFFER or told.contract_starts_on is not None
    if not is_implied:
        return None
    days = [day for day in (told.decided_on, told.last_day, told.contract_starts_on) if day]
    if not days:
        raise row.refuse("value_missing", "offered_on")
    desk.warn(row, "offer_day_assumed", "offered_on", day=min(days).isoformat())
    return min(days)


def _opening_day(told: Outcome, offered_on: date | None) -> date:
    """Four weeks before the planned end, as the clock would have opened it; never before the first day."""
    first = told.starts_on or date.min
    planned = told.ends_on - CONVERSION_OPENS if told.ends_on else offered_on or first
    return max(first, planned)


def _reasoned(name: str, day: date, told: Outcome) -> Step:
    if not told.reason:
        return Step(name, day, NOT_STATED)
    is_short = len(told.reason) <= _LONGEST_REASON
    return Step(name, day, told.reason if is_short else OTHER, None if is_short else told.reason[:1000])


def _after(day: date | None) -> date | None:
    return day + timedelta(days=1) if day else None
