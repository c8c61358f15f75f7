"""Decides how Hypothesis walks through all machines at once: who acts next, on what, and how much time passes."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from random import Random
from typing import ClassVar

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from placement.db import Database
from placement.enums import Side
from placement.states import MACHINES, MoveRefused
from tests.machines.invariants import Checks, Line
from tests.machines.world import ACTORS, Choice, Row, World

STEPS_A_LIFE = 80
LIVES = 6
YOUNG = 4  # every so many worlds are as they were on their first day
DECLARED = {(m.entity, move.name, str(move.target)) for m in MACHINES.values() for move in m.moves}
AMBIGUOUS = {one[:2] for one in DECLARED if len([other for other in DECLARED if other[:2] == one[:2]]) > 1}
# What nobody takes back, and what leads back instead.
STAYS: dict[Choice, str] = {
    ("account", "change_password", "active"): "nobody knows the password before; another one is set",
    ("account", "new_password", "active"): "nobody knows the password before; another one is set",
    ("account", "sign_out_everywhere", "active"): "who was signed out signs in again",
    ("opening", "fill", "closed"): "a full opening is not open; the seat that is freed reopens it",
}
# One rule and not several: Hypothesis leaves some rules out of a life, and the long ways would never be gone.
DEEDS = ["move"] * 12 + ["refer"] * 2 + ["wait", "wait", "err", "err", "err", "answer", "draft"]
BUSY = ["counselor", "colleague", "company", "company", "graduate", "manager"]
EAGER = 0.85  # how often a move that none has made yet is preferred
SHARES = {"referral": 12, "placement": 5, "conversion": 10, "retention_check": 3}


class Walk(RuleBasedStateMachine):
    """One life of a world, which nobody keeps. Hypothesis draws a number a step, and all chances of it follow from that:
    so the walk may go where none has been yet.
    """

    world: ClassVar[World]
    steps: ClassVar[int] = 0
    made: ClassVar[Counter[Choice]] = Counter()
    damage: ClassVar[Exception | None] = None
    keen_on: ClassVar[str] = ""  # a move that is preferred, as one that none has made yet
    taken_back: ClassVar[set[Choice]] = set()
    refused: ClassVar[dict[Choice, str]] = {}  # why a move was not taken back when that was last tried

    def __init__(self) -> None:
        super().__init__()
        self.world.begin()
        self.checks = Checks(self.world)
        self.rows = self.checks.rows
        self.tried: set[Choice] = set()  # a life tries every move once before any again
        self.age = 0

    def teardown(self) -> None:
        try:
            if self.damage is None:
                with self.kept():
                    self.checks.run_all()
        finally:
            self.world.end()

    @contextmanager
    def kept(self) -> Iterator[None]:
        """What is found first is what the walk tells: the same numbers lead elsewhere in a walk that has seen more."""
        try:
            yield
        except Exception as error:
            type(self).damage = self.damage or error
            raise

    @rule(number=st.integers(0, 2**32 - 1))
    def something_happens(self, number: int) -> None:
        self.age += 1
        self.chance = Random(f"{number} {self.age}")
        with self.kept(), suppress(MoveRefused):
            getattr(self, self.chance.choice(DEEDS))()

    def move(self) -> None:
        actor = ACTORS[self.chance.choice(BUSY)]
        choices = self.world.choices(actor, self.rows)
        new = {one for one in choices if not self.made[one] or one[1] == self.keen_on}
        possible = new if new and self.chance.random() < EAGER else set(choices)
        if possible:
            entity = self.some_entity({one[0] for one in possible})
            mine = {one for one in possible if one[0] == entity}
            self.tried -= {one for one in mine if one[1] == self.keen_on}
            self.tried -= mine if mine <= self.tried else set()
            chosen = self.chance.choice(sorted(mine - self.tried))
            self.tried.add(chosen)
            row = self.world.fetched(self.chance.choice(choices[chosen]))
            self.world.act(row, chosen[1], actor=actor, to=chosen[2] if chosen[:2] in AMBIGUOUS else None)

    def some_entity(self, entities: set[str]) -> str:
        return self.chance.choice([one for one in sorted(entities) for _ in range(SHARES.get(one, 1))])

    def refer(self) -> None:
        self.world.refer(self.chance.choice(self.world.graduates), self.chance.choice(self.world.openings))

    def err(self) -> None:
        entity = self.some_entity({row.entity for row in self.rows})
        row = self.chance.choice([row for row in self.rows if row.entity == entity])
        self.world.undo(self.world.fetched(row))

    def answer(self) -> None:
        checks = [row for row in self.rows if row.entity == "retention_check"]
        if checks:
            side, is_employed = self.chance.choice(list(Side)), self.chance.random() < 0.5
            self.world.answer(self.world.fetched(self.chance.choice(checks)), side, is_employed)

    def draft(self) -> None:
        interns = self.world.internships()
        if interns:
            with self.world.session.begin_nested():
                self.world.draft(self.chance.choice(interns))

    def wait(self) -> None:
        self.world.wait(self.chance.choice([1, 5, 9, 16, 33]))

    @invariant()
    def everything_holds(self) -> None:
        type(self).steps += 1
        with self.kept():
            self.rows = self.checks.run()
            self.made.update(line.choice for line in self.checks.log.news)
            self.taken_back.update(self.checks.log.undone)
            for line in self.checks.log.news:
                if line.undo_of is None and line.from_state is not None and line.choice not in self.taken_back:
                    self.take_back(line)

    def take_back(self, line: Line) -> None:
        """See that what has just happened can be taken back, and the trail tells both; then it happened nevertheless."""
        row = Row(line.entity, line.entity_id, line.to_state)
        if row not in self.rows or self.checks.log.standing[line.entity, line.entity_id][-1] != line:
            return
        for_now = self.world.session.begin_nested()
        try:
            self.world.undo(self.world.fetched(row))
            assert self.world.fetched(row).state == line.from_state, "an undo leads somewhere else than back"
            assert self.world.trail(row)[-2:] == [line.move, "undo"], "the trail does not show both"
            self.taken_back.add(line.choice)
        except MoveRefused as refused:
            self.refused[line.choice] = refused.refusal.code
        finally:
            for_now.rollback()
            self.world.session.expire_all()


def walk(
    database: Database, steps: int, *, most: int | None = None, first_seed: int = 1, keen_on: str = ""
) -> type[Walk]:
    """Walk `steps` steps, and on to `most` while a declared move is not reached or not taken back.

    The class tells how many steps were made, how often each move, and what was taken back. The same seed walks the same
    way. Raises what an invariant raises.
    """
    fresh = {"damage": None, "keen_on": keen_on, "steps": 0, "made": Counter(), "taken_back": set(), "refused": {}}
    walked = type("ThisWalk", (Walk,), fresh)
    given = {
        "max_examples": LIVES,
        "stateful_step_count": STEPS_A_LIFE,
        "deadline": None,
        "database": None,
        "suppress_health_check": list(HealthCheck),
        "print_blob": False,
        "phases": (Phase.generate,),
    }
    for number in count(first_seed):
        with database.reading() as session:
            walked.world = World(session, is_old=number % YOUNG != 0)
            try:
                run_state_machine_as_test(seed(number)(walked), settings=settings(**given))
            except Exception as error:
                raise walked.damage or error from None
        is_whole = walked.made.keys() >= DECLARED and walked.taken_back >= DECLARED - STAYS.keys()
        is_done = is_whole or walked.steps >= (most or steps)
        if walked.steps >= steps and is_done:
            break
    return walked
