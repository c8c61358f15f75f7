"""Decides what follows when an opening is posted, changed or moved: its log, its re-match, what its skills mean."""

import csv
import re
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from employers.enums import OpeningSource
from employers.models import Company, Opening
from employers.moves import Refusal
from employers.openings import OpeningInput, change_opening, store_opening
from employers.wages import MinimumWage, UnderPay, find_under_pay
from matching import Vocabulary
from matching.terms import Hit
from placement.models import Event, Referral, Suggestion
from placement.queue import enqueue
from placement.states import MACHINES, Actor, MoveRefused, move, record_birth, states_where, undo

MOST_CHOICES = 3
NEAR_ENOUGH = 60.0
CLOSING_SOON = timedelta(days=7)
WEB_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]{1,480}")
URGENCY = ("past", "closing", "draft", "paused")


class SkillReading(NamedTuple):
    """What a typed skill is taken for: a vocabulary key or None, its name, exact | alias | near, what else it may mean."""

    text: str
    key: str | None
    name: str
    how: str
    choices: list[Hit]


def read_skill(vocabulary: Vocabulary, text: str, chosen: str | None = None) -> SkillReading | None:
    """A known name settles itself; a near one is only proposed, and `chosen` counts if it is among the proposals.

    None for an empty text.
    """
    if not text.strip():
        return None
    meanings = vocabulary.read(text).meanings
    if len(meanings) == 1 and meanings[0].key and meanings[0].how != "near":
        key = meanings[0].key
        return SkillReading(text, key, vocabulary.name_of(key), meanings[0].how, [])
    hits = [hit for hit in vocabulary.resolve(text, MOST_CHOICES) if hit.similarity >= NEAR_ENOUGH]
    choices = [hit._replace(name=vocabulary.name_of(hit.key)) for hit in hits]
    known = chosen if chosen in {hit.key for hit in choices} else None
    return SkillReading(text, known, vocabulary.name_of(known) if known else text, "near", choices)


def under_pay_of(given: OpeningInput, today: date) -> UnderPay | None:
    """How the stated pay falls short of the minimum wage of the year in which the work starts (today's when unsaid)."""
    return find_under_pay(
        minimum_wages(),
        pay=given.pay_min if given.pay_min is not None else given.pay_max,
        period=given.pay_period,
        employment_type=given.employment_type,
        starts_on=given.starts_on or today,
    )


@cache
def minimum_wages() -> list[MinimumWage]:
    """The shipped table of minimum wages, oldest first."""
    table = files("placement") / "data" / "minimum_wages.csv"
    with table.open(encoding="utf-8") as file:
        rows = [(row["valid_from"], row["valid_until"], row["hourly_won"]) for row in csv.DictReader(file)]
    return sorted(MinimumWage(date.fromisoformat(start), date.fromisoformat(end), int(won)) for start, end, won in rows)


def post_opening(
    session: Session,
    company: Company,
    given: OpeningInput,
    actor: Actor,
    *,
    today: date,
    source: OpeningSource = OpeningSource.COMPANY,
) -> Opening:
    """A new opening in draft, confirmed today, its birth in the log."""
    opening = store_opening(session, company, given.model_copy(update={"confirmed_on": today}), source=source)
    record_birth(session, opening, actor, effective_on=today)
    return opening


def revise_opening(session: Session, opening: Opening, given: OpeningInput, version: int, *, today: date) -> Opening:
    """The opening as typed now, matched anew. Raises StaleVersion or InputRefused (seats_below_taken).

    What no form shows, the occupation code, stays.
    """
    kept = {"occupation_code": opening.occupation_code, "confirmed_on": today}
    changed = change_opening(session, opening, given.model_copy(update=kept), version)
    ask_rematch(session, changed)
    return changed


def move_opening(
    session: Session, opening: Opening, name: str, actor: Actor, *, today: date, reason: str | None = None
) -> Opening:
    """Run one move of the opening and match it anew. Raises MoveRefused, also for opening one whose last day is past."""
    advance(session, opening, name, actor, effective_on=today, reason=reason)
    return opening


def advance(
    session: Session,
    opening: Opening,
    name: str,
    actor: Actor,
    *,
    effective_on: date,
    reason: str | None = None,
    note: str | None = None,
    to: str | None = None,
    **_given: Any,
) -> Event:
    """Run one move and match the opening anew. Raises MoveRefused (closing_day_past) for opening one that is past."""
    _ask_not_past(opening, name, effective_on)
    event = move(session, opening, name, actor, effective_on=effective_on, reason=reason, note=note, to=to)
    ask_rematch(session, opening)
    return event


def ask_day(_session: Session, opening: Opening, line: Event) -> None:
    """Whether the move of this line, the row's last one, may have happened on its day. Raises MoveRefused as the move does."""
    _ask_not_past(opening, line.move, line.effective_on)


def _ask_not_past(opening: Opening, name: str, day: date) -> None:
    target = next((row.target for row in MACHINES["opening"].moves if row.name == name), None)
    if target in states_where("opening", open=True) and is_past(opening, day):
        raise MoveRefused(Refusal("closing_day_past", {"closes_on": opening.closes_on}))


def take_back(
    session: Session, opening: Opening, actor: Actor, *, effective_on: date, note: str | None = None
) -> Event:
    """Undo the last move and match the opening anew."""
    event = undo(session, opening, actor, effective_on=effective_on, note=note)
    ask_rematch(session, opening)
    return event


def mark_external(session: Session, opening: Opening, url: str | None, source: OpeningSource) -> Opening:
    """Say that the opening is posted elsewhere, at this address, or (None) that `source` brought it in after all.

    Raises MoveRefused: url_odd; opening_has_referrals, for people are only told of an external one.
    """
    if url is not None and not WEB_ADDRESS.fullmatch(url):
        raise MoveRefused(Refusal("url_odd"))
    going_on = col(Referral.state).in_(states_where("referral", closed=False))
    if url is not None and session.exec(select(Referral.id).where(Referral.opening_id == opening.id, going_on)).first():
        raise MoveRefused(Refusal("opening_has_referrals"))
    opening.source, opening.posting_url = (source, None) if url is None else (OpeningSource.EXTERNAL, url)
    opening.version += 1
    session.flush()
    return opening


def is_past(opening: Opening, today: date) -> bool:
    """Whether the opening's last day has gone by."""
    return opening.closes_on is not None and not opening.until_filled and opening.closes_on < today


def ask_rematch(session: Session, opening: Opening) -> None:
    """Have the worker compare this opening with every graduate, in the caller's transaction."""
    enqueue(session, "rematch_opening", str(opening.id))


def suggested_counts(session: Session, opening_ids: list[int]) -> dict[int, int]:
    """How many graduates stand on each opening's list; ids without any are left out."""
    standing = col(Suggestion.state).in_(states_where("suggestion", closed=False))
    rows = session.exec(
        select(Suggestion.opening_id, func.count())
        .where(col(Suggestion.opening_id).in_(opening_ids), standing, col(Suggestion.is_eligible))
        .group_by(col(Suggestion.opening_id))
    )
    return dict(rows.all())


def openings_to_look_at(session: Session, own: SelectOfScalar[Opening], *, today: date) -> list[tuple[str, Opening]]:
    """What waits for the company among its own openings, with why: past, closing, draft or paused; most urgent first."""
    waiting = states_where("opening", waits_for="company")
    is_open = col(Opening.state).in_(states_where("opening", open=True))
    is_closing = is_open & ~col(Opening.until_filled) & (col(Opening.closes_on) <= today + CLOSING_SOON)
    rows = session.exec(own.where(is_closing | col(Opening.state).in_(waiting)).order_by(col(Opening.id))).all()
    told = [(_why(row, today), row) for row in rows]
    return sorted(told, key=lambda one: URGENCY.index(one[0]))


def _why(opening: Opening, today: date) -> str:
    if opening.state in states_where("opening", open=True):
        return "past" if is_past(opening, today) else "closing"
    return str(opening.state)
