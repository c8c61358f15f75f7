"""Decides how Hypothesis walks through all machines at once: who acts next, on what, and how much time passes."""

from collections import Counter
from contextlib import suppress
from itertools import count
from typing import ClassVar

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlmodel import col, func, select

from placement.db import Database
from placement.enums import Side
from placement.models import Event
from placement.states import MACHINES, MoveRefused
from tests.machines.invariants import Checks
from tests.machines.world import ACTORS, Choice, World

STEPS_A_LIFE = 80
LIVES = 6
YOUNG = 4  # every so many worlds are as they were on their first day
DECLARED = {(m.entity, move.name, str(move.target)) for m in MACHINES.values() for move in m.moves}
AMBIGUOUS = {one[:2] for one in DECLARED if len([other for other in DECLARED if other[:2] == one[:2]]) > 1}
# One rule and not several: Hypothesis leaves some rules out of a life, and the long ways would never be gone.
DEEDS = ["move"] * 12 + ["refer"] * 2 + ["wait", "wait", "err", "err", "err", "answer", "draft"]
BUSY = ["counselor", "colleague", "company", "company", "graduate", "manager"]
SHARES = {"referral": 12, "placement": 5, "conversion": 10, "retention_check": 3}


class Walk(RuleBasedStateMachine):
    """One life of a world, which nobody keeps."""

    world: ClassVar[World]
    steps: ClassVar[int] = 0
    made: ClassVar[Counter[Choice]] = Counter()
    wanted: ClassVar[set[Choice]] = set()  # what no life before this world has made

    def __init__(self) -> None:
        super().__init__()
        self.world.begin()
        self.checks = Checks(self.world)
        self.rows = self.checks.rows
        self.tried: set[Choice] = set()  # a life tries every move once before any again

    def teardown(self) -> None:
        try:
            self.made.update(self.moves_made())
        finally:
            self.world.end()

    def moves_made(self) -> Counter[Choice]:
        kinds = (Event.entity, Event.move, Event.to_state)
        lived = select(*kinds, func.count()).where(col(Event.id) > self.world.born_after).group_by(*kinds)
        return Counter({(entity, move, to): n for entity, move, to, n in self.world.session.execute(lived)})

    @rule(data=st.data(), deed=st.sampled_from(DEEDS))
    def something_happens(self, data: st.DataObject, deed: str) -> None:
        with suppress(MoveRefused):
            getattr(self, deed)(data)

    def move(self, data: st.DataObject) -> None:
        actor = ACTORS[data.draw(st.sampled_from(BUSY))]
        choices = self.world.choices(actor, self.rows)
        if choices:
            wanted = {one for one in choices if one in self.wanted}
            entity = self.drawn_entity(data, {entity for entity, _, _ in wanted or choices})
            possible = sorted(one for one in wanted or choices if one[0] == entity)
            untried = [one for one in possible if one not in self.tried]
            chosen = data.draw(st.sampled_from(untried or possible))
            self.tried = (self.tried if untried else self.tried - set(possible)) | {chosen}
            row = self.world.fetched(data.draw(st.sampled_from(choices[chosen])))
            self.world.act(row, chosen[1], actor=actor, to=chosen[2] if chosen[:2] in AMBIGUOUS else None)

    def drawn_entity(self, data: st.DataObject, entities: set[str]) -> str:
        return data.draw(st.sampled_from([one for one in sorted(entities) for _ in range(SHARES.get(one, 1))]))

    def refer(self, data: st.DataObject) -> None:
        self.world.refer(
            data.draw(st.sampled_from(self.world.graduates)), data.draw(st.sampled_from(self.world.openings))
        )

    def err(self, data: st.DataObject) -> None:
        entity = self.drawn_entity(data, {row.entity for row in self.rows})
        row = data.draw(st.sampled_from([row for row in self.rows if row.entity == entity]))
        self.world.undo(self.world.fetched(row))

    def answer(self, data: st.DataObject) -> None:
        checks = [row for row in self.rows if row.entity == "retention_check"]
        if checks:
            side, is_employed = data.draw(st.sampled_from(Side)), data.draw(st.booleans())
            self.world.answer(self.world.fetched(data.draw(st.sampled_from(checks))), side, is_employed)

    def draft(self, data: st.DataObject) -> None:
        interns = self.world.internships()
        if interns:
            with self.world.session.begin_nested():
                self.world.draft(data.draw(st.sampled_from(interns)))

    def wait(self, data: st.DataObject) -> None:
        self.world.wait(data.draw(st.sampled_from([1, 5, 9, 16, 33])))

    @invariant()
    def everything_holds(self) -> None:
        type(self).steps += 1
        self.rows = self.checks.run()


def walk(database: Database, steps: int, *, most: int | None = None, first_seed: int = 1) -> type[Walk]:
    """Walk `steps` steps, and on to `most` while a declared move is not reached; raises what an invariant raises.

    The class tells how many steps were made and how often each move. The same seed walks the same way.
    """
    walked = type("ThisWalk", (Walk,), {"steps": 0, "made": Counter()})
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
            walked.wanted = DECLARED - walked.made.keys() if walked.made else set()
            walked.world = World(session, is_old=number % YOUNG != 0)
            run_state_machine_as_test(seed(number)(walked), settings=settings(**given))
        is_done = walked.made.keys() >= DECLARED or walked.steps >= (most or steps)
        if walked.steps >= steps and is_done:
            break
    return walked
