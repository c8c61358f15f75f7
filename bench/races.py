"""Measures that nothing is sold twice: races for the last seat, for one person, and between moves that exclude each other.

`python -m bench.races [rounds [rounds over HTTP]]` runs every race that often on SQLite and on PostgreSQL, both at the
same time, and prints a table. It ends with 1 where a round came out wrong or anything but a refusal was answered.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import select

from bench.http_races import Service, race_of_links, race_over_http
from bench.racing import (
    DONE,
    Claim,
    Job,
    Processes,
    Run,
    Tally,
    act,
    add_openings,
    add_people,
    add_referrals,
    with_threads,
)
from employers.models import Opening
from placement.db import Database
from placement.models import Placement, Referral
from tests.fixtures.databases import PostgresDatabases, SqliteFiles, borrowed
from tests.fixtures.postgres import running_postgres

THREADS, IN_PROCESSES = 32, 8
ROUNDS, HTTP_ROUNDS = 200, 20
CAPACITIES = (1, 3)
HEAD = f"{'database':<11}{'race':<44}{'right':>8}{'winners':>9}{'losers':>8}{'errors':>8}{'seconds':>9}  refusals"
Race = Callable[[Tally], None]


def race_for_seats(database: Database, capacity: int, run: Run, tally: Tally, contestants: int = THREADS) -> None:
    """So many offers and acceptances for `capacity` seats: so many people get one, and the opening counts them right."""
    with database.transaction() as session:
        (opening,) = add_openings(session, 1, capacity)
        rows = add_referrals(session, [(one, opening) for one in add_people(session, contestants)])
    answers = run([Claim("referral", row.id, ("offer", "accept")) for row in rows])
    with database.reading() as session:
        kept = session.get_one(Opening, opening.id)
        accepted = select(Referral.id).where(Referral.opening_id == opening.id, Referral.state == "accepted")
        told = (kept.seats_held, kept.seats_taken, len(session.exec(accepted).all()), answers.count(DONE))
    tally.add(answers, told == (0, capacity, capacity, capacity))


def race_for_a_person(database: Database, run: Run, tally: Tally) -> None:
    """Eight companies' offers to one person, all accepted at once: one holds, the other seats are free again."""
    with database.transaction() as session:
        (person,) = add_people(session, 1)
        openings = add_openings(session, 8, 1, held=1)
        rows = add_referrals(session, [(person, opening) for opening in openings], is_offered=True)
    answers = run([Claim("referral", row.id, ("accept",)) for row in rows])
    tally.add(answers, answers.count(DONE) == 1 and is_engaged_once(database, person, openings))


def is_engaged_once(database: Database, person_id: int, openings: list[Job]) -> bool:
    """One referral is accepted and one seat taken; the person's other referrals are closed and their seats free."""
    with database.reading() as session:
        states = Counter(session.exec(select(Referral.state).where(Referral.graduate_id == person_id)))
        seats = [(one.seats_held, one.seats_taken) for one in (session.get_one(Opening, o.id) for o in openings)]
    others = len(openings) - 1
    return states == {"accepted": 1, "closed_elsewhere": others} and sorted(seats) == [(0, 0)] * others + [(0, 1)]


def race_of_retracting(database: Database, run: Run, tally: Tally) -> None:
    """Four people accept one of their two offers while the other one is retracted: all four get what they accept."""
    with database.transaction() as session:
        people, (chosen, other) = add_people(session, 4), add_openings(session, 2, 4, held=4)
        pairs = [(one, opening) for one in people for opening in (chosen, other)]
        rows = add_referrals(session, pairs, is_offered=True)
    answers = run(
        [Claim("referral", row.id, ("accept" if row.opening_id == chosen.id else "retract",)) for row in rows]
    )
    with database.reading() as session:
        kept = [session.get_one(Opening, one.id) for one in (chosen, other)]
    tally.add(answers, [(one.seats_held, one.seats_taken) for one in kept] == [(0, 4), (0, 0)])


def race_of_cancelling(database: Database, run: Run, tally: Tally) -> None:
    """An acceptance is cancelled while the placement starts: one of them happens, and the rest agrees with it."""
    with database.transaction() as session:
        (row,) = add_referrals(
            session, [(*add_people(session, 1), *add_openings(session, 1, 1, held=1))], is_offered=True
        )
        act(session, session.get_one(Referral, row.id), "accept")
        placement = session.exec(select(Placement).where(Placement.referral_id == row.id)).one()
    answers = run(
        [Claim("referral", row.id, ("cancel_acceptance",)), Claim("placement", placement.id or 0, ("start",))]
    )
    with database.reading() as session:
        opening = session.get_one(Opening, row.opening_id)
        told = (session.get_one(Referral, row.id).state, session.get_one(Placement, placement.id).state)
    ends = {("withdrawn", "did_not_start"): 0, ("accepted", "active"): 1}
    tally.add(answers, answers.count(DONE) == 1 and ends.get(told) == opening.seats_taken)


def race_of_giving_up(database: Database, run: Run, tally: Tally) -> None:
    """A person accepts while the company retracts and the counselor withdraws: one of the three happens."""
    with database.transaction() as session:
        (row,) = add_referrals(
            session, [(*add_people(session, 1), *add_openings(session, 1, 1, held=1))], is_offered=True
        )
    answers = run([Claim("referral", row.id, (name,)) for name in ("accept", "retract", "withdraw")])
    with database.reading() as session:
        opening, state = session.get_one(Opening, row.opening_id), session.get_one(Referral, row.id).state
    is_right = (opening.seats_held, opening.seats_taken) == (0, int(state == "accepted"))
    tally.add(answers, answers.count(DONE) == 1 and is_right)


def race_of_stale_forms(database: Database, run: Run, tally: Tally) -> None:
    """Nine people have the same referral on their screens and send different moves: one is made."""
    with database.transaction() as session:
        (row,) = add_referrals(session, [(*add_people(session, 1), *add_openings(session, 1, 1))])
    claims = []
    for name in ("offer", "decline", "withdraw") * 3:
        with database.reading() as session:
            claims.append(Claim("referral", row.id, (name,), session.get_one(Referral, row.id)))
    answers = run(claims)
    with database.reading() as session:
        opening, state = session.get_one(Opening, row.opening_id), session.get_one(Referral, row.id).state
    tally.add(answers, answers.count(DONE) == 1 and opening.seats_held == (state == "offered"))


ONE_WINS = {
    "one person, 8 offers accepted at once": race_for_a_person,
    "accept against retract elsewhere": race_of_retracting,
    "accept against retract and withdraw": race_of_giving_up,
    "cancel the acceptance against start": race_of_cancelling,
    "stale forms": race_of_stale_forms,
}


def races_by_rules(database: Database, url: str, processes: Processes) -> Iterator[tuple[str, Race]]:
    """Every race through the rules, by name."""
    threads = partial(with_threads, database)
    for n in CAPACITIES:
        yield f"last seat, capacity {n}, {THREADS} threads", partial(race_for_seats, database, n, threads)
        shares = partial(processes.run, url)
        in_processes = partial(race_for_seats, database, n, shares, contestants=IN_PROCESSES)
        yield f"last seat, capacity {n}, 4 processes", in_processes
    for name, race in ONE_WINS.items():
        yield name, partial(race, database, threads)


def races_over_http(database: Database, service: Service) -> Iterator[tuple[str, Race]]:
    """Every race through a living server, by name."""
    for n in CAPACITIES:
        yield f"HTTP: last seat, capacity {n}, {THREADS} posts", partial(race_over_http, database, service, n)
    yield "HTTP: one person, 8 links posted 4 times", partial(race_of_links, database, service)


def run_some(kind: str, url: str, what: str, rounds: int) -> bool:
    """Some of the races on one database, a line each; whether all came out right."""
    is_clean, database = True, Database(url)
    with ExitStack() as stack:
        stack.callback(database.close)
        races: Iterator[tuple[str, Race]]
        if what == "http":
            races = races_over_http(database, stack.enter_context(Service(url)))
        else:
            processes = Processes()
            stack.callback(processes.close)
            races = races_by_rules(database, url, processes)
        for name, race in races:
            is_clean &= told(kind, name, race, rounds)
    return is_clean


def told(kind: str, name: str, race: Race, rounds: int) -> bool:
    tally = Tally()
    for _ in range(rounds):
        with tally.timed():
            race(tally)
    refused, failed = tally.refusals.total(), tally.errors.total()
    codes = ", ".join(f"{code} {number}" for code, number in (tally.refusals + tally.errors).most_common())
    right = f"{tally.right}/{tally.rounds}"
    counts = f"{right:>8}{tally.winners:>9}{refused:>8}{failed:>8}{tally.seconds:>9.1f}"
    print(f"{kind:<11}{name:<44}{counts}  {codes}", flush=True)
    return tally.is_clean


@contextmanager
def databases() -> Iterator[list[tuple[str, str]]]:
    """Two empty, migrated databases of each kind, with the kind's name."""
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())
        servers = PostgresDatabases(stack.enter_context(running_postgres()))
        stack.callback(servers.close)
        files = SqliteFiles(Path(folder))
        of_kind = {"postgresql": servers, "sqlite": files}
        yield [(kind, stack.enter_context(borrowed(given))) for kind, given in of_kind.items() for _ in "ab"]


def main(rounds: int = ROUNDS, http_rounds: int = HTTP_ROUNDS) -> int:
    started = time.perf_counter()
    print(HEAD, flush=True)
    with databases() as every, ProcessPoolExecutor(len(every), get_context("spawn")) as all_together:
        works = [("rules", rounds), ("http", http_rounds)] * 2
        running = [all_together.submit(run_some, *one, *work) for one, work in zip(every, works, strict=True)]
        is_clean = min(
            [done.result() for done in as_completed(running)]
        )  # to their end, also after one that went wrong
    print(f"{'all right' if is_clean else 'SOMETHING IS WRONG'}, {time.perf_counter() - started:.0f} seconds")
    return 0 if is_clean else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
