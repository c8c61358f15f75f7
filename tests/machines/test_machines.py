"""Whatever two counselors, a company, a graduate, a manager and time do in whatever order, nothing is ever broken."""

import os
from collections.abc import Callable, Iterator
from random import SystemRandom

import pytest
from sqlalchemy import event, update
from sqlmodel import Session, col

from employers.models import Opening
from placement import placements, referrals, seats
from placement.db import Database
from placement.models import Graduate
from tests.machines.walking import DECLARED, walk

IS_FUZZ = bool(os.environ.get("FUZZ"))
STEPS = 10_000 if IS_FUZZ else 1000
SEED = SystemRandom().randrange(10**6) if IS_FUZZ else 20


def test_nothing_breaks_and_every_declared_move_is_reached(sqlite_database: Database):
    walked = walk(sqlite_database, STEPS, most=4 * STEPS, first_seed=SEED)
    missing = sorted(" ".join(move) for move in DECLARED - walked.reached)
    print(
        f"\nseed {SEED}: {walked.steps} steps, {len(walked.reached)} of {len(DECLARED)} moves; not reached: {missing}"
    )
    assert walked.steps >= STEPS
    assert missing == []


@pytest.mark.postgres
def test_nothing_breaks_on_postgresql(postgres_database: Database):
    steps = STEPS if IS_FUZZ else 200
    assert walk(postgres_database, steps, first_seed=SEED).steps >= steps


def shift_without_counting(session: Session, opening_id: int, held: int, taken: int) -> None:
    o = Opening
    values = {"seats_held": o.seats_held + held, "seats_taken": o.seats_taken + taken}
    session.connection().execute(update(o).where(col(o.id) == opening_id).values(**values))


def engage_whomever(session: Session, graduate_id: int, referral_id: int) -> None:
    bound = update(Graduate).where(col(Graduate.id) == graduate_id).values(engaged_by=referral_id)
    session.connection().execute(bound)


GUARDS: dict[str, tuple[list[object], str, Callable[..., None], str]] = {
    "the seat condition": ([seats], "_shift", shift_without_counting, "oversold"),
    "the engagement": ([referrals, placements], "engage", engage_whomever, "placed twice|engagement is not true"),
    "the consent": ([referrals], "_show", lambda *_: None, "without consent|without a trace"),
}


@pytest.fixture
def careless_database(sqlite_url: str) -> Iterator[Database]:
    """A database that checks nothing by itself, so that only the rules stand between a mistake and the table."""
    database = Database(sqlite_url)
    event.listen(
        database.engine, "connect", lambda connection, _: connection.execute("PRAGMA ignore_check_constraints=1")
    )
    yield database
    database.close()


@pytest.mark.parametrize("guard", GUARDS)
def test_without_a_guard_the_walk_finds_the_damage(careless_database: Database, monkeypatch, guard: str):
    rooms, name, careless, damage = GUARDS[guard]
    for room in rooms:
        monkeypatch.setattr(room, name, careless)
    with pytest.raises(AssertionError, match=damage):
        walk(careless_database, 4000, first_seed=SEED)
