"""However many want it at once: a seat has one owner, a person one employer, a referral one next state. `make races` runs more."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import event, update
from sqlmodel import Session, col

from bench.http_races import Service, race_of_links, race_over_http
from bench.races import IN_PROCESSES, ONE_WINS, race_for_seats
from bench.racing import Processes, Tally, with_threads
from employers.models import Opening
from placement import seats
from placement.db import Database
from placement.models import Program
from tests.placement.cast import keep

ROUNDS = 2
seats_of = pytest.mark.parametrize("capacity", [1, 3])


def assert_clean(tally: Tally, rounds: int) -> None:
    assert not tally.errors
    assert (tally.right, tally.rounds) == (rounds, rounds)


@seats_of
def test_of_32_threads_as_many_get_a_seat_as_there_are(database: Database, capacity: int):
    tally = Tally()
    for _ in range(ROUNDS):
        race_for_seats(database, capacity, lambda claims: with_threads(database, claims), tally)
    assert_clean(tally, ROUNDS)
    assert tally.refusals == {"no_seat_left": ROUNDS * (32 - capacity)}


@seats_of
def test_of_4_processes_as_many_get_a_seat_as_there_are(
    database: Database, database_url: str, processes: Processes, capacity: int
):
    tally = Tally()
    for _ in range(ROUNDS):
        race_for_seats(database, capacity, lambda claims: processes.run(database_url, claims), tally, IN_PROCESSES)
    assert_clean(tally, ROUNDS)
    assert tally.refusals == {"no_seat_left": ROUNDS * (IN_PROCESSES - capacity)}


@pytest.mark.parametrize("race", ONE_WINS.values(), ids=list(ONE_WINS))
def test_of_moves_that_exclude_each_other_one_is_made(database: Database, race: Callable[..., None]):
    tally = Tally()
    for _ in range(2 * ROUNDS):
        race(database, lambda claims: with_threads(database, claims), tally)
    assert_clean(tally, 2 * ROUNDS)


def test_at_a_living_server_whoever_comes_too_late_is_refused_by_a_page(database: Database, service: Service):
    """The company offers from its own pages, people accept by links: 303 and 200, or 409 with a page; never a 5xx."""
    for capacity in (1, 3):
        tally = Tally()
        race_over_http(database, service, capacity, tally)
        assert_clean(tally, 1)
        assert tally.refusals == {"409": 32 - capacity}
    pressed = Tally()
    race_of_links(database, service, pressed)
    assert_clean(pressed, 1)
    assert pressed.refusals.total() == 31


def shift_without_counting(session: Session, opening_id: int, held: int, taken: int) -> None:
    o = Opening
    values = {"seats_held": o.seats_held + held, "seats_taken": o.seats_taken + taken}
    session.connection().execute(update(o).where(col(o.id) == opening_id).values(**values))


def forget_the_check(database: Database) -> None:
    """Only the rules shall stand between 32 people and one seat."""
    if database.is_sqlite:
        event.listen(database.engine, "connect", lambda line, _: line.execute("PRAGMA ignore_check_constraints=1"))
    else:
        with database.transaction() as session:
            session.connection().exec_driver_sql("ALTER TABLE opening DROP CONSTRAINT ck_opening_seats_not_oversold")


def test_without_the_seat_condition_the_race_oversells(database: Database, monkeypatch):
    forget_the_check(database)
    monkeypatch.setattr(seats, "_shift", shift_without_counting)
    tally = Tally()
    race_for_seats(database, 1, lambda claims: with_threads(database, claims), tally)
    assert (tally.right, tally.refusals) == (0, {})


def test_two_who_wait_for_each_other_both_come_through(database: Database):
    """They take two rows in opposite order: PostgreSQL ends one of them, and the door tries it again."""
    with database.transaction() as session:
        ids = [keep(session, Program(key=key, name=key, fiscal_year=0)).id for key in ("a", "b")]
    meeting, tries = Barrier(2), []

    def count_up(order: list[int]) -> None:
        def work(session: Session) -> None:
            tries.append(order)
            for number, program_id in enumerate(order):
                chosen = update(Program).where(col(Program.id) == program_id)
                session.connection().execute(chosen.values(fiscal_year=Program.fiscal_year + 1))
                if number == 0 and len(tries) <= 2 and not database.is_sqlite:
                    meeting.wait(10)

        database.attempt(work)

    run_together([lambda: count_up(ids), lambda: count_up(ids[::-1])])
    with database.reading() as session:
        assert [session.get_one(Program, one).fiscal_year for one in ids] == [2, 2]
    assert len(tries) == 2 if database.is_sqlite else len(tries) > 2


def run_together(works: list[Callable[[], None]]) -> None:
    with ThreadPoolExecutor(len(works)) as threads:
        for done in [threads.submit(work) for work in works]:
            done.result()
