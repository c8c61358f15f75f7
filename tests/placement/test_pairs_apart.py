"""A pair that a counselor dismissed, or that one of the two refused, stays gone through every night until it is reopened."""

from typing import Any

import pytest
from sqlmodel import Session, select

from employers.models import Opening
from placement import moving, queue
from placement.consents import load_consent_documents
from placement.db import Database
from placement.jobs.handlers import HANDLERS
from placement.jobs.worker import Worker
from placement.models import Graduate, Job, Referral, Suggestion
from placement.rankings import ranked_for_graduate, ranked_for_opening
from placement.referrals import create_referral
from placement.storing import refused_pairs
from tests.placement.cast import DAY, OFFICE, trail
from tests.placement.desk import GIVEN, PATHS
from tests.placement.market import Market

UNWILLING = ("ask_consent", "refuse_consent")
noes = pytest.mark.parametrize("way", [PATHS["declined"], PATHS["refused"], UNWILLING], ids=lambda way: way[-1])


def advance(session: Session, row: Any, *names: str) -> None:
    for name in names:
        given = {"reason": "other", "note": "전화", **GIVEN.get(name, {})}
        moving.advance(session, row, name, OFFICE, effective_on=DAY, **given)


class Nights:
    """A small market, its nights by the worker, and its best pair."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.transaction() as session:
            load_consent_documents(session)
            for opening in Market(session, people=8, offers=5).openings:
                opening.is_approved = True
        self.pass_by(1)
        with database.reading() as session:
            best = max(session.exec(select(Suggestion)), key=lambda one: (one.score, one.graduate_id, one.opening_id))
        self.pair = best.graduate_id, best.opening_id

    def pass_by(self, nights: int) -> None:
        """Nightly runs, and whatever else was asked for meanwhile."""
        for _ in range(nights):
            with self.database.transaction() as session:
                queue.enqueue(session, "nightly_run", "")
            self.work()

    def work(self) -> None:
        worker = Worker(self.database, HANDLERS, fixed_today=DAY)
        while worker.work_once():
            pass
        with self.database.reading() as session:
            assert session.exec(select(Job.error).where(Job.state != "done")).all() == []

    def both(self, session: Session) -> tuple[Graduate, Opening]:
        return session.get_one(Graduate, self.pair[0]), session.get_one(Opening, self.pair[1])

    def refer(self, way: tuple[str, ...]) -> None:
        with self.database.transaction() as session:
            advance(session, create_referral(session, *self.both(session), OFFICE, today=DAY), *way)

    def decide(self, table: type[Any], name: str) -> None:
        """One move of the pair's suggestion or referral; `undo` takes the last one back."""
        with self.database.transaction() as session:
            row = session.exec(
                select(table).where(table.graduate_id == self.pair[0], table.opening_id == self.pair[1])
            ).one()
            if name == "undo":
                moving.take_back(session, row, OFFICE, effective_on=DAY)
            else:
                advance(session, row, name)

    def is_listed(self) -> bool:
        """Whether the pair is on the person's list and on the opening's; it is on both or on none."""
        with self.database.reading() as session:
            person, opening = self.both(session)
            mine = self.pair[1] in {row.opening.id for row in ranked_for_graduate(session, person)}
            theirs = self.pair[0] in {row.graduate.id for row in ranked_for_opening(session, opening)}
        assert mine == theirs
        return mine


@pytest.fixture
def nights(database: Database) -> Nights:
    nights = Nights(database)
    assert nights.is_listed()
    return nights


def test_a_dismissed_pair_stays_gone_through_two_nights_and_comes_back_when_reopened(nights: Nights):
    nights.decide(Suggestion, "dismiss")
    for _ in range(2):
        nights.pass_by(1)
        assert not nights.is_listed()
    nights.decide(Suggestion, "reopen")
    nights.pass_by(1)
    assert nights.is_listed()
    with nights.database.reading() as session:
        row = session.exec(
            select(Suggestion).where(Suggestion.graduate_id == nights.pair[0], Suggestion.opening_id == nights.pair[1])
        ).one()
        assert [line.move for line in trail(session, row)] == ["dismiss", "reopen"]


@noes
def test_a_refused_pair_is_gone_at_once_and_through_two_nights(nights: Nights, way: tuple[str, ...]):
    nights.refer(way)
    assert not nights.is_listed()
    for _ in range(2):
        nights.pass_by(1)
        assert not nights.is_listed()


@noes
@pytest.mark.parametrize("back", ["reopen", "undo"])
def test_a_refusal_that_is_taken_back_brings_the_pair_back(nights: Nights, way: tuple[str, ...], back: str):
    nights.refer(way)
    nights.pass_by(1)
    nights.decide(Referral, back)
    nights.work()
    assert nights.is_listed()
    with nights.database.reading() as session:
        assert refused_pairs(session) == frozenset()


def test_a_shortlisted_pair_keeps_its_trail_while_it_is_refused(nights: Nights):
    nights.decide(Suggestion, "shortlist")
    nights.refer(PATHS["declined"])
    nights.pass_by(2)
    assert not nights.is_listed()
    nights.decide(Referral, "reopen")
    nights.work()
    assert nights.is_listed()


def test_a_pair_that_ended_without_a_no_is_proposed_again(nights: Nights):
    nights.refer(PATHS["no_response"])
    nights.pass_by(1)
    assert nights.is_listed()


def test_after_a_refusal_a_rematch_leaves_what_a_whole_run_would(nights: Nights):
    nights.refer(PATHS["declined"])
    nights.work()
    with nights.database.reading() as session:
        before = {(s.graduate_id, s.opening_id): (s.score, s.state) for s in session.exec(select(Suggestion))}
    nights.pass_by(1)
    with nights.database.reading() as session:
        assert {(s.graduate_id, s.opening_id): (s.score, s.state) for s in session.exec(select(Suggestion))} == before
