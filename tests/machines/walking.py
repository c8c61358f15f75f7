"""Decides how Hypothesis walks through all machines at once: who acts next, on what, and how much time passes."""

from contextlib import ExitStack, suppress
from itertools import count
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlmodel import select

from placement.db import Database
from placement.enums import Side
from placement.models import Event
from placement.states import MACHINES, MoveRefused
from tests.machines.invariants import check_everything
from tests.machines.world import ACTORS, Choice, World

STEPS_A_LIFE = 120
LIVES = 6
DECLARED = {(m.entity, move.name, str(move.target)) for m in MACHINES.values() for move in m.moves}
AMBIGUOUS = {one[:2] for one in DECLARED if len([other for other in DECLARED if other[:2] == one[:2]]) > 1}
# One rule and not several: Hypothesis leaves some rules out of a life, and the long ways would never be gone.
DEEDS = ["move"] * 12 + ["refer"] * 2 + ["wait", "wait", "err", "err", "err", "answer"]
BUSY = ["counselor", "colleague", "company", "company", "graduate", "manager"]
SHARES = {"referral": 12, "placement": 5, "conversion": 10, "retention_check": 3}


class Walk(RuleBasedStateMachine):
    """One life of a world, in a transaction that nobody keeps."""

    database: ClassVar[Database]
    steps: ClassVar[int] = 0
    reached: ClassVar[set[Choice]] = set()

    def __init__(self) -> None:
        super().__init__()
        self.life = ExitStack()

    @initialize(is_old=st.sampled_from([True, True, True, False]))
    def begin(self, is_old: bool) -> None:
        self.world = World(self.life.enter_context(self.database.reading()), is_old=is_old)
        self.rows: list[Any] = self.world.rows()
        self.states = states_of(self.rows)
        self.tried: set[Choice] = set()  # a life tries every move once before any again

    def teardown(self) -> None:
        with self.life:
            self.reached.update(self.moves_made())

    def moves_made(self) -> set[Choice]:
        lines = self.world.session.exec(select(Event.entity, Event.move, Event.to_state).distinct())
        return {tuple(line) for line in lines} & DECLARED

    @rule(data=st.data(), deed=st.sampled_from(DEEDS))
    def something_happens(self, data: st.DataObject, deed: str) -> None:
        with suppress(MoveRefused):
            getattr(self, deed)(data)

    def move(self, data: st.DataObject) -> None:
        actor = ACTORS[data.draw(st.sampled_from(BUSY))]
        choices = self.world.choices(actor, self.rows)
        if choices:
            entity = self.drawn_entity(data, {entity for entity, _, _ in choices})
            possible = sorted(one for one in choices if one[0] == entity)
            untried = [one for one in possible if one not in self.tried]
            chosen = data.draw(st.sampled_from(untried or possible))
            self.tried = (self.tried if untried else self.tried - set(possible)) | {chosen}
            row = data.draw(st.sampled_from(choices[chosen]))
            self.world.act(row, chosen[1], actor=actor, to=chosen[2] if chosen[:2] in AMBIGUOUS else None)

    def drawn_entity(self, data: st.DataObject, entities: set[str]) -> str:
        return data.draw(st.sampled_from([one for one in sorted(entities) for _ in range(SHARES.get(one, 1))]))

    def refer(self, data: st.DataObject) -> None:
        self.world.refer(
            data.draw(st.sampled_from(self.world.graduates)), data.draw(st.sampled_from(self.world.openings))
        )

    def err(self, data: st.DataObject) -> None:
        entity = self.drawn_entity(data, {row.__tablename__ for row in self.rows})
        self.world.undo(data.draw(st.sampled_from([row for row in self.rows if row.__tablename__ == entity])))

    def answer(self, data: st.DataObject) -> None:
        checks = [row for row in self.rows if row.__tablename__ == "retention_check"]
        if checks:
            side, is_employed = data.draw(st.sampled_from(Side)), data.draw(st.booleans())
            self.world.answer(data.draw(st.sampled_from(checks)), side, is_employed)

    def wait(self, data: st.DataObject) -> None:
        self.world.wait(data.draw(st.sampled_from([1, 5, 9, 16, 33])))

    @invariant()
    def everything_holds(self) -> None:
        type(self).steps += 1
        self.rows = self.world.rows()
        states = states_of(self.rows)
        arrived = [row for row in self.rows if self.states.get(key_of(row)) != row.state]
        self.states = states
        check_everything(self.world, self.rows, arrived)


def key_of(row: Any) -> tuple[str, int]:
    return row.__tablename__, row.id


def states_of(rows: list[Any]) -> dict[tuple[str, int], str]:
    return {key_of(row): row.state for row in rows}


def walk(database: Database, steps: int, *, most: int | None = None, first_seed: int = 1) -> type[Walk]:
    """Walk `steps` steps, and on to `most` while a declared move is not reached; raises what an invariant raises.

    The class tells how many steps were made and what was reached. The same seed walks the same way.
    """
    walked = type("ThisWalk", (Walk,), {"database": database, "steps": 0, "reached": set()})
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
        run_state_machine_as_test(seed(number)(walked), settings=settings(**given))
        is_done = walked.reached == DECLARED or walked.steps >= (most or steps)
        if walked.steps >= steps and is_done:
            break
    return walked
