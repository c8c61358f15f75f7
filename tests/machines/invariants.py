"""Decides what must hold in the world after every step, each by counting anew and naively what the rules keep."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, select

from employers.models import Opening
from placement.figures.rates import rates
from placement.models import Consent, Conversion, Event, Graduate, Placement, Provision, Referral
from placement.states import MACHINES
from tests.machines.world import World

SEEN = {"sent", "interested", "on_hold", "interview_planned", "interviewed", "offered"}
NAMED = {"interested", "interview_planned", "interviewed", "offered", "accepted"}
WORKING = {"scheduled", "active", "suspended"}
ON_A_SEAT = {*WORKING, "completed"}
DECIDED = {"declined", "expired", "withdrawn_by_employer", "not_offered", "started", "fell_through"}


def check_seats(session: Session) -> None:
    """Seats held are offers out, seats taken are acceptances whose placement holds its seat; never more than there are."""
    work = {one.referral_id: one.state for one in session.exec(select(Placement))}
    held, taken = Counter(), Counter()
    for referral in session.exec(select(Referral)):
        held[referral.opening_id] += referral.state == "offered"
        taken[referral.opening_id] += referral.state == "accepted" and work[referral.id] in ON_A_SEAT
    for opening in session.exec(select(Opening).execution_options(populate_existing=True)):
        assert (opening.seats_held, opening.seats_taken) == (held[opening.id], taken[opening.id]), (
            "seats are miscounted"
        )
        assert opening.seats_held + opening.seats_taken <= opening.seats, "an opening is oversold"
        assert opening.state != "open" or opening.seats_taken < opening.seats, "a full opening is open"


def check_engagements(session: Session) -> None:
    """Nobody works, or is to work, at two places; and the person's row names the one."""
    accepted = {one.id for one in session.exec(select(Referral)) if one.state == "accepted"}
    bound = defaultdict(list)
    for placement in session.exec(select(Placement)):
        if placement.state in WORKING:
            assert placement.referral_id in accepted, "somebody works without an acceptance"
            bound[placement.graduate_id].append(placement.referral_id)
    for graduate_id, engaged_by in session.exec(select(Graduate.id, Graduate.engaged_by)):
        assert len(bound[graduate_id]) <= 1, "a person is placed twice"
        assert bound[graduate_id] == [engaged_by] * (engaged_by is not None), "an engagement is not true"


def check_log(session: Session, rows: list[Any]) -> None:
    """The standing events of every row hang together from its birth and end where the table is."""
    events = session.exec(
        select(Event.id, Event.entity, Event.entity_id, Event.from_state, Event.to_state, Event.undo_of).order_by(
            Event.id
        )
    ).all()
    undone = {event.undo_of for event in events}
    told: dict[tuple[str, int], str | None] = {}
    for event in events:
        if event.undo_of is None and event.id not in undone:
            row = (event.entity, event.entity_id)
            assert told.get(row) == event.from_state, "the log does not hang together"
            told[row] = event.to_state
    for row in rows:
        assert told[row.__tablename__, row.id] == row.state, "the log does not tell the table's state"


def check_guards(arrived: list[Any]) -> None:
    """No row has come into a state whose guard refuses it."""
    for row in arrived:
        for move in MACHINES[row.__tablename__].moves:
            if move.guard and move.target == row.state:
                assert move.guard(row) is None, "a guard was passed by"


def check_consents(session: Session) -> None:
    """A company sees nobody without a standing consent, and no name that was not provided, nor before interest."""
    consents = list(session.exec(select(Consent)))
    standing = {one.referral_id for one in consents if one.withdrawn_at is None}
    shown = {(one.referral_id, one.stage) for one in session.exec(select(Provision))}
    of_interest = (Event.entity == "referral", Event.to_state.in_({"interested", "offered"}))
    was_interested = set(session.exec(select(Event.entity_id).where(*of_interest)))
    for referral in session.exec(select(Referral)):
        if referral.state in SEEN:
            assert referral.id in standing, "somebody is shown without consent"
            assert (referral.id, "blind") in shown, "somebody is shown without a trace"
        if referral.state in NAMED:
            assert (referral.id, "contact") in shown, "a name is shown without a trace"
    for referral_id, stage in shown:
        assert referral_id in {one.referral_id for one in consents}, "something was given without consent"
        assert stage == "blind" or referral_id in was_interested, "a name was given before interest"


def check_rates(world: World) -> None:
    """The three rates out of the log are those that the tables tell."""
    told = {
        one.name: (one.numerator, one.denominator) for one in rates(world.session, as_of=world.today) if not one.program
    }
    assert told == recounted_rates(world.session, world.today), "the figures differ from a recount"


def recounted_rates(session: Session, today: date) -> dict[str, tuple[int, int]]:
    found = Counter()
    rows = session.exec(
        select(Placement, Conversion)
        .outerjoin(Conversion, Conversion.placement_id == Placement.id)
        .where(Placement.kind == "internship", Placement.state.in_({"active", "suspended", "completed", "ended_early"}))
    )
    for placement, conversion in rows:
        state = conversion.state if conversion else "pending"
        ended_on = _last_day(session, placement)
        is_late = ended_on is not None and ended_on + timedelta(days=30) <= today
        offered, decided = bool(conversion and conversion.offered_on), state in DECIDED
        found["offers"] += offered
        found["answered_offers"] += offered or decided or is_late
        found["decided"] += decided or is_late
        found["decided_offers"] += offered and (decided or is_late)
        found["converted"] += state == "started"
    return {
        "offer_rate_of_interns": (found["offers"], found["answered_offers"]),
        "acceptance_rate_of_offers": (found["converted"], found["decided_offers"]),
        "conversion_rate_of_interns": (found["converted"], found["decided"]),
    }


def _last_day(session: Session, placement: Placement) -> date | None:
    if placement.state not in {"completed", "ended_early"}:
        return placement.ends_on
    mine = (Event.entity == "placement", Event.entity_id == placement.id, Event.move.in_({"complete", "end_early"}))
    return session.exec(select(Event.effective_on).where(*mine).order_by(Event.id.desc())).first()


def check_everything(world: World, rows: list[Any], arrived: list[Any]) -> None:
    check_seats(world.session)
    check_engagements(world.session)
    check_log(world.session, rows)
    check_guards(arrived)
    check_consents(world.session)
    if {"placement", "conversion"} & {row.__tablename__ for row in arrived}:
        check_rates(world)
