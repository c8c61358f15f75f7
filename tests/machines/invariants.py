"""Decides what must hold in the world after every step, each by counting anew and naively what the rules keep."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from employers.models import Opening
from placement.access import visible_referrals
from placement.blind import profile_of
from placement.enums import Role
from placement.figures.rates import rates
from placement.models import Account, Consent, Conversion, Event, Graduate, Placement, Provision, Referral
from placement.states import MACHINES
from tests.machines.office import check_accounts, check_hand_overs
from tests.machines.papers import check_papers
from tests.machines.world import Row, World

SEEN = {"sent", "interested", "on_hold", "interview_planned", "interviewed", "offered"}
NAMED = {"interested", "interview_planned", "interviewed", "offered", "accepted"}
INTEREST = {"interested", "offered"}
WORKING = {"scheduled", "active", "suspended"}
ON_A_SEAT = {*WORKING, "completed"}
DECIDED = {"declined", "expired", "withdrawn_by_employer", "not_offered", "started", "fell_through"}

# Said once: to build a question costs more than to ask it.
REFERRALS = select(Referral.id, Referral.opening_id, Referral.state)
PLACEMENTS = select(Placement.referral_id, Placement.graduate_id, Placement.state)
OPENINGS = select(Opening.id, Opening.state, Opening.seats_held, Opening.seats_taken, Opening.seats)
GRADUATES = select(Graduate.id, Graduate.engaged_by)
CONSENTS = select(Consent.referral_id, Consent.withdrawn_at)
STANDING = select(Consent.referral_id, Consent.company_id).where(col(Consent.withdrawn_at).is_(None))
PROVISIONS = select(Provision.referral_id, Provision.stage)
INTERESTED = select(Event.entity_id).where(Event.entity == "referral", col(Event.to_state).in_(INTEREST))
LOG = select(
    Event.id, Event.entity, Event.entity_id, Event.move, Event.from_state, Event.to_state, Event.undo_of
).order_by(col(Event.id))


class Line(NamedTuple):
    """One line of the log."""

    id: int
    entity: str
    entity_id: int
    move: str
    from_state: str | None
    to_state: str
    undo_of: int | None

    @property
    def choice(self) -> tuple[str, str, str]:
        return self.entity, self.move, self.to_state


class Checks:
    """All that is checked after a step of one life. The log is read on from where the step before ended."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.log = Replay(world.session)
        self.rows = world.rows()

    def run(self) -> list[Row]:
        """The rows as they stand now. Raises AssertionError with what is broken."""
        session, before, now = self.world.session, set(self.rows), self.world.rows()
        arrived = [row for row in now if row not in before]
        check_seats(session)
        check_engagements(session)
        self.log.check(now)
        fresh = [self.world.fetched(row) for row in arrived]
        check_guards(fresh)
        check_consents(session)
        touched = {row.id if row.__tablename__ == "referral" else getattr(row, "referral_id", None) for row in fresh}
        check_what_companies_see(session, self.log, touched - {None})
        self.check_by_kind({row.entity for row in arrived})
        self.rows = now
        return now

    def check_by_kind(self, kinds: set[str]) -> None:
        """What only rows of these kinds can have broken."""
        session = self.world.session
        if "account" in kinds:
            check_accounts(session)
        if "hand_over" in kinds:
            check_hand_overs(session)
        if {"internship_agreement", "assessment", "placement"} & kinds:
            check_papers(session)
        if {"placement", "conversion"} & kinds:
            check_rates(self.world)

    def run_all(self) -> None:
        """What is checked of rows that change, of every row: at the end of a life."""
        everybody = {row.id for row in self.rows if row.entity == "referral"}
        check_what_companies_see(self.world.session, self.log, everybody)
        self.check_by_kind(set(MACHINES))


class Replay:
    """The log played from its first line: for every row its standing events, the last on top."""

    def __init__(self, session: Session) -> None:
        self.session, self.read_to = session, 0
        self.standing: dict[tuple[str, int], list[Line]] = {}
        self.read_on()

    def read_on(self) -> None:
        self.undone: set[tuple[str, str, str]] = set()
        self.news = [Line(*line) for line in read(self.session, LOG.where(col(Event.id) > self.read_to))]
        for line in self.news:
            self.play(line)
            self.read_to = line.id

    def play(self, line: Line) -> None:
        stack = self.standing.setdefault((line.entity, line.entity_id), [])
        assert line.from_state == (stack[-1].to_state if stack else None), "the log does not hang together"
        if line.undo_of is None:
            stack.append(line)
        else:
            last = stack.pop()
            assert last.id == line.undo_of, "an undo takes something else back than the last move"
            self.undone.add(last.choice)
            assert stack and stack[-1].to_state == line.to_state, "an undo leads somewhere else than back"

    def has_been(self, referral_id: int, states: set[str]) -> bool:
        return any(line.to_state in states for line in self.standing["referral", referral_id])

    def check(self, rows: list[Row]) -> None:
        """The log tells every row of the tables in its state, and no other row."""
        self.read_on()
        told = {key: stack[-1].to_state for key, stack in self.standing.items()}
        assert told == {(row.entity, row.id): row.state for row in rows}, "the log does not tell the tables' states"


def read(session: Session, columns: Any) -> list[Any]:
    return list(session.connection().execute(columns))


def check_seats(session: Session) -> None:
    """Seats held are offers out, seats taken are acceptances whose placement holds its seat; never more than there are."""
    work = {referral_id: state for referral_id, _, state in read(session, PLACEMENTS)}
    held, taken = Counter(), Counter()
    for referral_id, opening_id, state in read(session, REFERRALS):
        held[opening_id] += state == "offered"
        taken[opening_id] += state == "accepted" and work[referral_id] in ON_A_SEAT
    for opening_id, state, *seats in read(session, OPENINGS):
        assert seats[:2] == [held[opening_id], taken[opening_id]], "seats are miscounted"
        assert seats[0] + seats[1] <= seats[2], "an opening is oversold"
        assert state != "open" or seats[1] < seats[2], "a full opening is open"


def check_engagements(session: Session) -> None:
    """Nobody works, or is to work, at two places; and the person's row names the one."""
    accepted = {referral_id for referral_id, _, state in read(session, REFERRALS) if state == "accepted"}
    bound = defaultdict(list)
    for referral_id, graduate_id, state in read(session, PLACEMENTS):
        if state in WORKING:
            assert referral_id in accepted, "somebody works without an acceptance"
            bound[graduate_id].append(referral_id)
    for graduate_id, engaged_by in read(session, GRADUATES):
        assert len(bound[graduate_id]) <= 1, "a person is placed twice"
        assert bound[graduate_id] == [engaged_by] * (engaged_by is not None), "an engagement is not true"


def check_guards(arrived: list[Any]) -> None:
    """No row has come into a state whose guard refuses it."""
    for row in arrived:
        for move in MACHINES[row.__tablename__].moves:
            if move.guard and move.target == row.state:
                assert move.guard(row) is None, (
                    f"a guard was passed by: {row.__tablename__} {move.name} {move.guard(row)}"
                )


def check_consents(session: Session) -> None:
    """A company is given nobody without a standing consent, and no name that was not provided, nor before interest."""
    consents = read(session, CONSENTS)
    standing, ever = {one for one, gone in consents if gone is None}, {one for one, _ in consents}
    shown = {tuple(line) for line in read(session, PROVISIONS)}
    was_interested = {referral_id for (referral_id,) in read(session, INTERESTED)}
    for referral_id, _, state in read(session, REFERRALS):
        if state in SEEN:
            assert referral_id in standing, "somebody is shown without consent"
            assert (referral_id, "blind") in shown, "somebody is shown without a trace"
        if state in NAMED:
            assert (referral_id, "contact") in shown, "a name is shown without a trace"
    for referral_id, stage in shown:
        assert referral_id in ever, "something was given without consent"
        assert stage == "blind" or referral_id in was_interested, "a name was given before interest"


def check_what_companies_see(session: Session, log: Replay, referral_ids: set[int]) -> None:
    """What the partners' own pages show: only who agreed to this company, and by name only from interest on."""
    if not referral_ids:
        return
    standing = {tuple(line) for line in read(session, STANDING)}
    for company_id in session.exec(select(Opening.company_id).distinct()):
        partner = Account(email="p@example.com", name="p", role=Role.PARTNER, company_id=company_id)
        mine = visible_referrals(partner).where(col(Referral.id).in_(referral_ids))
        for referral in session.exec(mine).all():
            profile = profile_of(session, referral)
            if profile is not None:
                assert (referral.id, company_id) in standing, "a company sees somebody without consent"
                assert referral.state in SEEN | NAMED | {"no_response"}, "a company sees somebody who is gone"
                is_named = profile.person is not None
                assert is_named <= (referral.state not in ("sent", "no_response")), "a name is seen before interest"
                assert not is_named or log.has_been(referral.id, INTEREST), "a name is seen before interest"


def check_rates(world: World) -> None:
    """The three rates out of the log are those that the tables tell."""
    told = {
        one.name: (one.numerator, one.denominator) for one in rates(world.session, as_of=world.today) if not one.program
    }
    assert told == recounted_rates(world.session, world.today), "the figures differ from a recount"


def recounted_rates(session: Session, today: date) -> dict[str, tuple[int, int]]:
    found = Counter()
    p, c = Placement, Conversion
    rows = session.execute(
        select(p.id, p.state, p.ends_on, c.state, c.offered_on)
        .outerjoin(c, col(c.placement_id) == p.id)
        .where(p.kind == "internship", col(p.state).in_(("active", "suspended", "completed", "ended_early")))
    )
    for placement_id, work, ends_on, answer, offered_on in rows.all():
        ended_on = ends_on if work in WORKING else _last_day(session, placement_id)
        is_late = ended_on is not None and ended_on + timedelta(days=30) <= today
        offered, decided = offered_on is not None, answer in DECIDED
        found["offers"] += offered
        found["answered_offers"] += offered or decided or is_late
        found["decided"] += decided or is_late
        found["decided_offers"] += offered and (decided or is_late)
        found["converted"] += answer == "started"
    return {
        "offer_rate_of_interns": (found["offers"], found["answered_offers"]),
        "acceptance_rate_of_offers": (found["converted"], found["decided_offers"]),
        "conversion_rate_of_interns": (found["converted"], found["decided"]),
    }


def _last_day(session: Session, placement_id: int) -> date | None:
    mine = (Event.entity == "placement", Event.entity_id == placement_id, Event.move.in_({"complete", "end_early"}))
    return session.exec(select(Event.effective_on).where(*mine).order_by(Event.id.desc())).first()
