"""Measures that nothing is sold twice: races for the last seat, for one person, and between moves that exclude each other.

`python -m bench.races [rounds]` runs every race that often on SQLite and on PostgreSQL and prints a table.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import count
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier as ThreadBarrier
from typing import Any, NamedTuple

from sqlmodel import Session, select

from employers.models import Company, Opening
from placement import moving
from placement.access import office_actor
from placement.consents import document_of, load_consent_documents
from placement.db import Database
from placement.enums import ConsentKind
from placement.models import Consent, Graduate, Placement, Referral
from placement.states import MoveRefused
from placement.texts import describe_refusal
from tests.fixtures.databases import PostgresDatabases, SqliteFiles, borrowed
from tests.fixtures.postgres import running_postgres

THREADS, PROCESSES = 32, 4
DAY, STARTS = date(2020, 12, 1), date(2021, 1, 4)
OFFICE = office_actor("race")
DONE = "done"
TABLES: dict[str, Any] = {"referral": Referral, "placement": Placement}
_numbers = count(1)


class Claim(NamedTuple):
    """The moves that one contestant makes, one after the other until one is refused; `seen` rows were read long ago."""

    entity: str
    row_id: int
    moves: tuple[str, ...]
    seen: Any = None


Door = Callable[[Database, Claim, str], str]


@dataclass
class Tally:
    """What the rounds of one race came to."""

    rounds: int = 0
    right: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, answers: Sequence[str], is_right: bool) -> None:
        self.rounds += 1
        self.right += is_right
        for answer in answers:
            if answer != DONE:
                (self.errors if answer.startswith("error") else self.refusals)[answer] += 1

    @property
    def is_clean(self) -> bool:
        return self.right == self.rounds and not self.errors


def by_rules(database: Database, claim: Claim, name: str) -> str:
    """One move through the one door of the rules, as a door of people or machines does it: "done", or the refusal's code.

    The door over HTTP has the same shape and may stand in its place.
    """

    def work(session: Session) -> None:
        row = claim.seen
        if row is None:
            row = session.get_one(TABLES[claim.entity], claim.row_id)
        else:
            session.add(row)
        given = {"starts_on": STARTS} if name == "offer" else {}
        moving.advance(session, row, name, OFFICE, effective_on=DAY, reason="other", **given)

    try:
        database.attempt(work)
    except MoveRefused as refused:
        assert describe_refusal(refused.refusal), "a refusal says nothing"
        return refused.refusal.code
    return DONE


def play(database: Database, claim: Claim, start: Callable[[], Any], door: Door = by_rules) -> str:
    start()
    for name in claim.moves:
        try:
            answer = door(database, claim, name)
        except Exception as error:
            return f"error {type(error).__name__}: {error}"[:200]
        if answer != DONE:
            return answer
    return DONE


def with_threads(database: Database, claims: Sequence[Claim], door: Door = by_rules) -> list[str]:
    """All claims at once, each in a thread of its own."""
    start = ThreadBarrier(len(claims))
    with ThreadPoolExecutor(len(claims)) as threads:
        return list(threads.map(lambda claim: play(database, claim, start.wait, door), claims))


class Processes:
    """Four processes with a database handle each; a share of the claims goes to each, and all begin together."""

    def __init__(self) -> None:
        context = get_context("spawn")
        self.pool = ProcessPoolExecutor(
            PROCESSES, context, initializer=_keep_barrier, initargs=(context.Barrier(PROCESSES),)
        )

    def run(self, url: str, claims: Sequence[Claim]) -> list[str]:
        shares = [claims[number::PROCESSES] for number in range(PROCESSES)]
        running: list[Future[list[str]]] = [self.pool.submit(_run_share, url, share) for share in shares]
        return [answer for share in running for answer in share.result(timeout=120)]

    def close(self) -> None:
        self.pool.shutdown()


_barrier: list[Barrier] = []


def _keep_barrier(barrier: Barrier) -> None:
    _barrier[:] = [barrier]


@cache
def _database_of(url: str) -> Database:
    return Database(url)


def _run_share(url: str, claims: Sequence[Claim]) -> list[str]:
    database = _database_of(url)
    _barrier[0].wait(timeout=60)
    return with_threads(database, claims)


# What is raced for


def add_people(session: Session, number: int) -> list[Graduate]:
    people = [Graduate(key=f"R-{next(_numbers)}") for _ in range(number)]
    session.add_all(people)
    session.flush()
    return people


def add_opening(session: Session, seats: int) -> Opening:
    number = next(_numbers)
    company = Company(key=f"C-{number}", name=f"누리솔 {number}", name_key=f"누리솔{number}")
    session.add(company)
    session.flush()
    opening = Opening(key=f"O-{number}", company_id=company.id or 0, title="데이터 라벨러", state="open", seats=seats)
    session.add(opening)
    session.flush()
    return opening


def add_referrals(session: Session, pairs: Sequence[tuple[Graduate, Opening]]) -> list[Referral]:
    """Referrals in which the company is interested, with the consent that this needs."""
    load_consent_documents(session)
    document = document_of(session, ConsentKind.THIRD_PARTY)
    rows = [Referral(graduate_id=one.id or 0, opening_id=opening.id or 0, state="interested") for one, opening in pairs]
    session.add_all(rows)
    session.flush()
    common = {
        "document_id": document.id,
        "kind": document.kind,
        "channel": "paper",
        "given_on": DAY,
        "recorded_by": "r",
    }
    for row, (_, opening) in zip(rows, pairs, strict=True):
        ids = {"graduate_id": row.graduate_id, "referral_id": row.id, "company_id": opening.company_id}
        session.add(Consent(**common, **ids))
    session.flush()
    return rows


def race_for_seats(
    database: Database, capacity: int, run: Callable[[Sequence[Claim]], list[str]], tally: Tally
) -> None:
    """32 offers and acceptances for `capacity` seats: so many people get one, and the opening counts them right."""
    with database.transaction() as session:
        opening = add_opening(session, capacity)
        rows = add_referrals(session, [(one, opening) for one in add_people(session, THREADS)])
    answers = run([Claim("referral", row.id or 0, ("offer", "accept")) for row in rows])
    with database.reading() as session:
        kept = session.get_one(Opening, opening.id)
        accepted = select(Referral.id).where(Referral.opening_id == opening.id, Referral.state == "accepted")
        told = (kept.seats_held, kept.seats_taken, len(session.exec(accepted).all()), answers.count(DONE))
    tally.add(answers, told == (0, capacity, capacity, capacity))


def race_for_a_person(database: Database, run: Callable[[Sequence[Claim]], list[str]], tally: Tally) -> None:
    """Eight companies' offers to one person, all accepted at once: one holds, the other seats are free again."""
    with database.transaction() as session:
        (person,) = add_people(session, 1)
        openings = [add_opening(session, 1) for _ in range(8)]
        rows = add_referrals(session, [(person, opening) for opening in openings])
        for row in rows:
            moving.advance(session, row, "offer", OFFICE, effective_on=DAY, starts_on=STARTS)
    answers = run([Claim("referral", row.id or 0, ("accept",)) for row in rows])
    with database.reading() as session:
        mine = select(Referral.state).where(Referral.graduate_id == person.id)
        states = Counter(session.exec(mine))
        seats = [(one.seats_held, one.seats_taken) for one in (session.get_one(Opening, o.id) for o in openings)]
    is_right = answers.count(DONE) == 1 and states == {"accepted": 1, "closed_elsewhere": 7}
    tally.add(answers, is_right and sorted(seats) == [(0, 0)] * 7 + [(0, 1)])


def race_of_retracting(database: Database, run: Callable[[Sequence[Claim]], list[str]], tally: Tally) -> None:
    """Four people accept one of their two offers while the other one is retracted: all four get what they accept."""
    with database.transaction() as session:
        people, chosen, other = add_people(session, 4), add_opening(session, 4), add_opening(session, 4)
        rows = add_referrals(session, [(one, opening) for one in people for opening in (chosen, other)])
        for row in rows:
            moving.advance(session, row, "offer", OFFICE, effective_on=DAY, starts_on=STARTS)
    answers = run(
        [Claim("referral", row.id or 0, ("accept" if row.opening_id == chosen.id else "retract",)) for row in rows]
    )
    with database.reading() as session:
        kept = [session.get_one(Opening, one.id) for one in (chosen, other)]
    tally.add(answers, [(one.seats_held, one.seats_taken) for one in kept] == [(0, 4), (0, 0)])


def race_of_cancelling(database: Database, run: Callable[[Sequence[Claim]], list[str]], tally: Tally) -> None:
    """An acceptance is cancelled while the placement starts: one of them happens, and the rest agrees with it."""
    with database.transaction() as session:
        rows = add_referrals(session, [(*add_people(session, 1), add_opening(session, 1))])
        for name in ("offer", "accept"):
            moving.advance(session, rows[0], name, OFFICE, effective_on=DAY)
        placement = session.exec(select(Placement).where(Placement.referral_id == rows[0].id)).one()
    answers = run(
        [Claim("referral", rows[0].id or 0, ("cancel_acceptance",)), Claim("placement", placement.id or 0, ("start",))]
    )
    with database.reading() as session:
        opening = session.get_one(Opening, rows[0].opening_id)
        told = (session.get_one(Referral, rows[0].id).state, session.get_one(Placement, placement.id).state)
    ends = {("withdrawn", "did_not_start"): 0, ("accepted", "active"): 1}
    tally.add(answers, answers.count(DONE) == 1 and ends.get(told) == opening.seats_taken)


def race_of_stale_forms(database: Database, run: Callable[[Sequence[Claim]], list[str]], tally: Tally) -> None:
    """Nine people have the same referral on their screens and send different moves: one is made."""
    with database.transaction() as session:
        (row,) = add_referrals(session, [(*add_people(session, 1), add_opening(session, 1))])
    claims = []
    for name in ("offer", "decline", "withdraw") * 3:
        with database.reading() as session:
            claims.append(Claim("referral", row.id or 0, (name,), session.get_one(Referral, row.id)))
    answers = run(claims)
    with database.reading() as session:
        opening, state = session.get_one(Opening, row.opening_id), session.get_one(Referral, row.id).state
    tally.add(answers, answers.count(DONE) == 1 and opening.seats_held == (state == "offered"))


def all_races(database: Database, url: str, processes: Processes, rounds: int) -> Iterator[tuple[str, Tally]]:
    """Every race's name and tally."""

    def threads(claims: Sequence[Claim]) -> list[str]:
        return with_threads(database, claims)

    def shares(claims: Sequence[Claim]) -> list[str]:
        return processes.run(url, claims)

    races: list[tuple[str, Callable[[Tally], None]]] = [
        (f"last seat, capacity {n}, {who}", lambda tally, n=n, run=run: race_for_seats(database, n, run, tally))
        for n in (1, 3)
        for who, run in (("32 threads", threads), ("4 processes x 8 threads", shares))
    ]
    races += [
        ("one person, 8 offers accepted at once", lambda tally: race_for_a_person(database, threads, tally)),
        ("accept against retract elsewhere", lambda tally: race_of_retracting(database, threads, tally)),
        ("cancel against start", lambda tally: race_of_cancelling(database, threads, tally)),
        ("stale forms", lambda tally: race_of_stale_forms(database, threads, tally)),
    ]
    for name, run_once in races:
        tally = Tally()
        for _ in range(rounds):
            run_once(tally)
        yield name, tally


@contextmanager
def two_databases() -> Iterator[dict[str, str]]:
    """An empty, migrated SQLite and PostgreSQL database, by name."""
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())
        servers = PostgresDatabases(stack.enter_context(running_postgres()))
        stack.callback(servers.close)
        yield {
            "sqlite": stack.enter_context(borrowed(SqliteFiles(Path(folder)))),
            "postgresql": stack.enter_context(borrowed(servers)),
        }


def main(rounds: int) -> int:
    is_clean, processes = True, Processes()
    print(f"{'database':<11} {'race':<45} {'right':>9}  refusals / errors")
    with two_databases() as urls:
        for kind, url in urls.items():
            database = Database(url)
            for name, tally in all_races(database, url, processes, rounds):
                told = ", ".join(f"{code} {n}" for code, n in (tally.refusals + tally.errors).most_common())
                print(f"{kind:<11} {name:<45} {tally.right:>4}/{tally.rounds:<4}  {told}", flush=True)
                is_clean &= tally.is_clean
            database.close()
        processes.close()
    return 0 if is_clean else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
