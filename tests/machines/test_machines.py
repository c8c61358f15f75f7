"""Whatever two counselors, a company, a graduate, a manager and time do in whatever order, nothing is ever broken."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from random import SystemRandom

import pytest
from sqlalchemy import event, update
from sqlmodel import Session, col

from employers.models import Opening
from placement import placements, referrals, seats, states
from placement.db import Database
from placement.models import Graduate
from placement.states import MACHINES, SYSTEM
from tests.machines.walking import DECLARED, STAYS, Walk, walk
from tests.machines.world import ACTORS, World

IS_FUZZ = bool(os.environ.get("FUZZ"))
STEPS = 10_000 if IS_FUZZ else 1000
SEED = SystemRandom().randrange(10**6) if IS_FUZZ else 21


def told(walked: type[Walk]) -> str:
    """How often each move was made, the rare ones first; then what was made besides."""
    lines = [
        f"{walked.made[move]:>6}  {' '.join(move)}" for move in sorted(DECLARED, key=lambda m: (walked.made[m], m))
    ]
    others = Counter(move[1] for move in walked.made.elements() if move not in DECLARED)
    reached = len(DECLARED & walked.made.keys())
    head = f"seed {SEED}: {walked.steps} steps, {reached} of {len(DECLARED)} moves; also {dict(others)}"
    return "\n".join(["", head, *lines])


def test_in_an_old_world_there_is_a_row_of_every_machine(sqlite_database: Database):
    """Whoever declares a machine puts a row of it into the world, so that it is walked."""
    with sqlite_database.reading() as session:
        assert {row.entity for row in World(session, is_old=True).rows()} == set(MACHINES)


def test_for_every_move_there_is_somebody_in_the_world_who_may_make_it():
    may = {SYSTEM}.union(*(actor.permissions for actor in ACTORS.values()))
    assert {move.permission for machine in MACHINES.values() for move in machine.moves} <= may


def test_nothing_breaks_and_every_declared_move_is_reached(sqlite_database: Database):
    """A thousand steps reach nearly every move; `make fuzz` walks on until each is made and taken back."""
    walked = walk(sqlite_database, STEPS, most=4 * STEPS if IS_FUZZ else None, first_seed=SEED)
    print(told(walked))
    assert walked.steps >= STEPS
    unreached = sorted(" ".join(move) for move in DECLARED - walked.made.keys())
    assert len(unreached) <= (0 if IS_FUZZ else len(DECLARED) // 4), unreached
    never = {" ".join(move): walked.refused.get(move) for move in DECLARED - walked.taken_back - STAYS.keys()}
    assert not IS_FUZZ or never == {}, "a move that is done is done for ever"


@pytest.mark.postgres
def test_nothing_breaks_on_postgresql(postgres_database: Database):
    steps = STEPS if IS_FUZZ else 200
    walked = walk(postgres_database, steps, most=4 * STEPS if IS_FUZZ else None, first_seed=SEED)
    print(told(walked))
    assert walked.steps >= steps
    assert not IS_FUZZ or walked.made.keys() >= DECLARED


def shift_without_counting(session: Session, opening_id: int, held: int, taken: int) -> None:
    o = Opening
    values = {"seats_held": o.seats_held + held, "seats_taken": o.seats_taken + taken}
    session.connection().execute(update(o).where(col(o.id) == opening_id).values(**values))


def engage_whomever(session: Session, graduate_id: int, referral_id: int) -> None:
    bound = update(Graduate).where(col(Graduate.id) == graduate_id).values(engaged_by=referral_id)
    session.connection().execute(bound)


LOGGED = states._logged


def log_another_state(session: Session, row: object, actor: object, **line: object) -> object:
    other = {"to_state": "ready"} if line["move"] == "pause" else {}
    return LOGGED(session, row, actor, **line, **other)


GUARDS: dict[str, tuple[list[object], str, Callable[..., object], str, str]] = {
    "the seat condition": ([seats], "_shift", shift_without_counting, "offer", "oversold"),
    "the engagement": (
        [referrals, placements],
        "engage",
        engage_whomever,
        "accept",
        "placed twice|engagement is not true",
    ),
    "the guards of states": (
        [states],
        "_ask_guards",
        lambda *_: None,
        "resume",
        "a guard was passed by|a full opening",
    ),
    "the state in the log": ([states], "_logged", log_another_state, "pause", "the log does not"),
    "the full opening's close": ([seats], "_follow", lambda *_: None, "accept", "a full opening is open"),
    "the consent": ([referrals], "_show", lambda *_: None, "consent", "without consent|without a trace"),
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
    rooms, name, careless, keen_on, damage = GUARDS[guard]
    for room in rooms:
        monkeypatch.setattr(room, name, careless)
    with pytest.raises(AssertionError, match=damage):
        walk(careless_database, 4000, first_seed=SEED, keen_on=keen_on)
