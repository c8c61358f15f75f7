"""After every word of a counselor, and the re-matches that it asks for, the lists are those of a whole run."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, col, select

from placement.decisions import UNDO, decide
from placement.models import Job
from placement.pairs import Pair
from tests.placement.cast import DAY, OFFICE
from tests.placement.market import Market

REMATCHES = ["rematch_graduate", "rematch_opening"]


def say(market: Market, pair: Pair, *names: str) -> None:
    """The counselor's words one after the other, each followed by the work that it asks for."""
    for name in names:
        reason = "pay" if name == "dismiss" else None
        decide(market.session, market.suggestion(pair), name, OFFICE, today=DAY, reason=reason)
        work_off(market)


def asked_for(session: Session) -> list[Job]:
    return list(session.exec(select(Job).where(Job.state == "queued").order_by(col(Job.id))))


def work_off(market: Market) -> None:
    by_kind: dict[str, Callable[[int], object]] = {
        "rematch_graduate": lambda row: market.rematch_graduate(next(g for g in market.graduates if g.id == row)),
        "rematch_opening": lambda row: market.rematch_opening(next(o for o in market.openings if o.id == row)),
    }
    for job in asked_for(market.session):
        by_kind[job.kind](int(job.subject))
        market.session.delete(job)


@pytest.mark.parametrize(
    "words",
    [
        ("dismiss",),
        ("dismiss", UNDO),
        ("dismiss", "reopen"),
        ("dismiss", "reopen", UNDO),
        ("shortlist",),
        ("shortlist", "dismiss", UNDO),
        ("shortlist", "reopen"),
        ("snooze", UNDO),
    ],
    ids=" ".join,
)
def test_after_these_words_a_whole_run_would_change_nothing(market: Market, words: tuple[str, ...]):
    say(market, market.best_pair(), *words)
    market.assert_a_whole_run_would_change_nothing()


def test_a_dismissed_pair_stays_out_and_the_next_best_come_up(market: Market):
    pair = market.best_pair()
    before = market.stored()
    say(market, pair, "dismiss")
    after = market.stored()
    assert after[pair][2] == "dismissed"
    assert after.keys() - before.keys(), "nobody came up"


def test_a_dismissal_asks_for_both_sides_at_once(market: Market):
    pair = market.best_pair()
    decide(market.session, market.suggestion(pair), "dismiss", OFFICE, today=DAY, reason="pay")
    asked = [(job.kind, job.subject) for job in asked_for(market.session)]
    assert asked == list(zip(REMATCHES, map(str, pair), strict=True))


def test_a_pair_that_stays_on_the_lists_asks_for_nothing(market: Market):
    for name in ("snooze", "shortlist"):
        decide(market.session, market.suggestion(market.best_pair()), name, OFFICE, today=DAY)
    assert asked_for(market.session) == []


def test_taking_a_reopening_back_brings_the_reason_back(market: Market):
    pair = market.best_pair()
    say(market, pair, "dismiss", "reopen")
    assert market.suggestion(pair).reason is None
    say(market, pair, UNDO)
    assert (market.suggestion(pair).state, market.suggestion(pair).reason) == ("dismissed", "pay")
