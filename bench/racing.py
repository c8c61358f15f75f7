"""Measures one race: many contestants at once, in threads or processes, and what each was answered."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import count
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from random import sample
from threading import Barrier as ThreadBarrier
from typing import Any, NamedTuple

from sqlalchemy import insert
from sqlmodel import Session

from employers.models import Agreement, Company, Opening
from placement import moving
from placement.access import office_actor
from placement.consents import document_of, load_consent_documents
from placement.db import Database
from placement.enums import ConsentKind, ProvisionStage
from placement.models import Consent, Graduate, Placement, Provision, Referral
from placement.models.referrals import new_code
from placement.states import MoveRefused
from placement.texts import describe_refusal

PROCESSES = 4
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


Run = Callable[[Sequence[Claim]], list[str]]


@dataclass
class Tally:
    """What the rounds of one race came to."""

    rounds: int = 0
    right: int = 0
    winners: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def add(self, answers: Sequence[str], is_right: bool) -> None:
        self.rounds += 1
        self.right += is_right
        for answer in answers:
            if answer == DONE:
                self.winners += 1
            else:
                (self.errors if answer.startswith("error") else self.refusals)[answer] += 1

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Counts the time of the block, that of setting the stage included."""
        started = time.perf_counter()
        yield
        self.seconds += time.perf_counter() - started

    @property
    def is_clean(self) -> bool:
        return self.right == self.rounds and not self.errors


def by_rules(database: Database, claim: Claim, name: str) -> str:
    """One move through the one door of the rules, as a door of people or machines does it: "done", or the refusal's code."""

    def work(session: Session) -> None:
        row = claim.seen
        if row is None:
            row = session.get_one(TABLES[claim.entity], claim.row_id)
        else:
            session.add(row)
        act(session, row, name)

    try:
        database.attempt(work)
    except MoveRefused as refused:
        assert describe_refusal(refused.refusal), "a refusal says nothing"
        return refused.refusal.code
    return DONE


def act(session: Session, row: Any, name: str) -> None:
    given = {"starts_on": STARTS} if name == "offer" else {}
    moving.advance(session, row, name, OFFICE, effective_on=DAY, reason="other", note="전화로 들음", **given)


def play(database: Database, claim: Claim, start: Callable[[], Any]) -> str:
    start()
    for name in claim.moves:
        try:
            answer = by_rules(database, claim, name)
        except Exception as error:
            return f"error {type(error).__name__}: {error}"[:200]
        if answer != DONE:
            return answer
    return DONE


def with_threads(database: Database, claims: Sequence[Claim]) -> list[str]:
    """All claims at once, each in a thread of its own, in any order: the last at the barrier goes on first."""
    start, mixed = ThreadBarrier(len(claims)), sample(claims, len(claims))
    with ThreadPoolExecutor(len(claims)) as threads:
        return list(threads.map(lambda claim: play(database, claim, start.wait), mixed))


class Processes:
    """Four processes with a database handle each; a share of the claims goes to each, and all begin together."""

    def __init__(self) -> None:
        context = get_context("forkserver")
        context.set_forkserver_preload(["bench.racing"])  # read once, not four times
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


class Job(NamedTuple):
    """An opening by its number, and whose it is."""

    id: int
    company_id: int


class Offer(NamedTuple):
    """A referral by its number, and to which opening."""

    id: int
    opening_id: int


def add_people(session: Session, number: int) -> list[int]:
    """The numbers of new graduates."""
    return _stored(session, Graduate, [{"key": f"R-{next(_numbers)}", "name": "홍길동"} for _ in range(number)])


def add_openings(session: Session, number: int, seats: int, *, held: int = 0) -> list[Job]:
    """Open openings, each of a company of its own with an agreement in force; `held` seats have an offer out."""
    names = [f"누리솔 {next(_numbers)}" for _ in range(number)]
    companies = _stored(
        session, Company, [{"key": name, "name": name, "name_key": name.replace(" ", "")} for name in names]
    )
    terms = {"kind": "employment", "state": "in_force", "signed_on": DAY}
    _stored(session, Agreement, [{"company_id": one, **terms} for one in companies])
    what = {"title": "데이터 라벨러", "state": "open", "seats": seats, "seats_held": held}
    ids = _stored(session, Opening, [{"key": f"O-{one}", "company_id": one, **what} for one in companies])
    return [Job(*both) for both in zip(ids, companies, strict=True)]


def add_referrals(session: Session, pairs: Sequence[tuple[int, Job]], *, is_offered: bool = False) -> list[Offer]:
    """Referrals in which the company is interested, or with its offer, with the consent and the traces that this needs."""
    load_consent_documents(session)
    document = document_of(session, ConsentKind.THIRD_PARTY)
    offer = {"offer_kind": "employment", "offer_starts_on": STARTS, "offer_expires_on": STARTS} if is_offered else {}
    common = {"state": "offered" if is_offered else "interested", "sent_on": DAY, **offer}
    rows = _stored(session, Referral, [{"graduate_id": one, "opening_id": job.id, **common} for one, job in pairs])
    said = {"document_id": document.id, "kind": document.kind, "channel": "paper", "given_on": DAY, "recorded_by": "r"}
    ids = [
        {"graduate_id": one, "referral_id": row, "company_id": job.company_id}
        for row, (one, job) in zip(rows, pairs, strict=True)
    ]
    _stored(session, Consent, [{**said, **one} for one in ids])
    stages = (ProvisionStage.BLIND, ProvisionStage.CONTACT)
    _stored(
        session, Provision, [{"stage": each, "items": ["name"], "by": "r", **one} for one in ids for each in stages]
    )
    return [Offer(row, job.id) for row, (_, job) in zip(rows, pairs, strict=True)]


def _stored(session: Session, table: Any, rows: list[dict[str, Any]]) -> list[int]:
    """The numbers of the new rows. A default is asked of one row for all: SQLModel is slow to make one."""
    usual = table().model_dump(exclude={"id", *rows[0]})
    usual = {name: value for name, value in usual.items() if value is not None}
    own = {"code": new_code} if table is Referral else {}
    values = [{**usual, **{name: make() for name, make in own.items()}, **row} for row in rows]
    stored = insert(table).returning(table.id, sort_by_parameter_order=True)
    return list(session.connection().execute(stored, values).scalars())
