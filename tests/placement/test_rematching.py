"""After one edit the table is what a whole run would make of it, and what people decide meanwhile is kept."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from placement import storing
from placement.db import Database
from placement.models import Suggestion
from placement.pairs import Pair
from placement.states import move
from placement.storing import store
from placement.suggesting import propose_all, propose_graduate, propose_opening
from tests.placement.cast import DAY, OFFICE
from tests.placement.market import K, Market


def edit_graduate(market: Market) -> None:
    graduate = market.random.choice(market.graduates)
    market.teach(graduate)
    graduate.pay_min = market.random.choice([None, 2_200_000])
    market.session.flush()
    market.rematch_graduate(graduate)


def edit_opening(market: Market) -> None:
    opening = market.random.choice(market.openings)
    market.ask(opening)
    opening.remote = market.random.choice(["office", "remote"])
    market.session.flush()
    market.rematch_opening(opening)


def add_one_graduate(market: Market) -> None:
    market.graduates.append(market.graduate())
    market.rematch_graduate(market.graduates[-1])


def add_one_opening(market: Market) -> None:
    market.openings.append(market.opening())
    market.rematch_opening(market.openings[-1])


def lose_a_graduate(market: Market) -> None:
    graduate = market.random.choice([one for one in market.graduates if one.state == "ready"])
    market.leave(graduate)
    market.rematch_graduate(graduate)


def close_an_opening(market: Market) -> None:
    opening = market.random.choice([one for one in market.openings if one.state == "open"])
    market.close(opening)
    market.rematch_opening(opening)


def reopen_an_opening(market: Market) -> None:
    while not any(one.state == "closed" and one.seats_taken < one.seats for one in market.openings):
        close_an_opening(market)
    opening = next(one for one in market.openings if one.state == "closed" and one.seats_taken < one.seats)
    move(market.session, opening, "reopen", OFFICE, effective_on=DAY)
    market.rematch_opening(opening)


def fill_an_opening(market: Market) -> None:
    opening = market.random.choice(market.openings)
    opening.seats_taken = opening.seats
    market.session.flush()
    market.rematch_opening(opening)


EDITS: list[Callable[[Market], None]] = [
    edit_graduate,
    edit_opening,
    add_one_graduate,
    add_one_opening,
    lose_a_graduate,
    close_an_opening,
    reopen_an_opening,
    fill_an_opening,
]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_after_one_edit_the_table_is_what_a_whole_run_would_make_of_it(market: Market, edit):
    edit(market)
    market.assert_a_whole_run_would_change_nothing()


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_so_it_is_after_many_edits_with_people_deciding_in_between(session: Session, seed: int):
    market = Market(session, seed=seed, people=14, offers=10)
    market.run()
    for number in range(12):
        if number % 3 == 0:
            pair = market.random.choice(sorted(pair for pair, kept in market.stored().items() if kept[2] == "new"))
            market.decide(pair, market.random.choice(["shortlist", "shortlist", "dismiss"]))
            market.run()
        market.random.choice(EDITS)(market)
        market.assert_a_whole_run_would_change_nothing()


def test_a_shortlisted_pair_of_a_closed_opening_takes_nobodys_place(session: Session):
    market = Market(session, seed=5, people=6, offers=K + 3)
    market.run()
    graduate = max(market.graduates, key=lambda one: sum(pair[0] == one.id for pair in market.stored()))
    mine = [pair for pair in market.stored() if pair[0] == graduate.id]
    best_of_mine = max(mine, key=lambda pair: market.stored()[pair][0])
    market.decide(best_of_mine, "shortlist")
    close_this = market.opening_of(best_of_mine)
    market.close(close_this)
    market.rematch_opening(close_this)
    for opening in market.openings:
        if opening is not close_this:
            market.ask(opening)
            market.rematch_opening(opening)
            market.assert_a_whole_run_would_change_nothing()


def test_a_rematch_says_for_whom_it_was(market: Market):
    graduate, opening = market.graduates[0], market.openings[0]
    run = market.rematch_graduate(graduate)
    assert (run.scope, run.subject, run.candidates, run.openings) == ("graduate", str(graduate.id), 1, 18)
    run = market.rematch_opening(opening)
    assert (run.scope, run.subject, run.candidates, run.openings) == ("opening", str(opening.id), 24, 1)


def test_a_rematch_of_somebody_unknown_changes_nothing(market: Market):
    before = market.stored()
    store(market.session, propose_graduate(market.session, 999_999, today=DAY, k=K))
    store(market.session, propose_opening(market.session, 999_999, today=DAY, k=K))
    assert market.stored() == before


def test_who_dismisses_a_pair_while_a_run_computes_is_heard(market: Market):
    pair = market.best_pair()
    proposal = propose_all(market.session, today=DAY, k=K)
    market.decide(pair, "dismiss")
    store(market.session, proposal)
    assert market.stored()[pair][2] == "dismissed"


def test_who_shortlists_a_pair_while_a_run_computes_keeps_it(market: Market):
    pair = market.best_pair()
    market.require(market.opening_of(pair), "용접")
    proposal = propose_all(market.session, today=DAY, k=K)
    market.decide(pair, "shortlist")
    store(market.session, proposal)
    assert market.stored()[pair][2] == "shortlisted"


def test_who_shortlists_a_pair_while_a_run_writes_keeps_it_too(postgres_url: str, monkeypatch):
    database = Database(postgres_url)
    with database.transaction() as session:
        market = Market(session, people=6, offers=4)
        market.run()
        pair = market.best_pair()
        market.require(market.opening_of(pair), "용접")
    with database.reading() as session:
        proposal = propose_all(session, today=DAY, k=K)
    assert pair in proposal.gone
    shortlist_after_the_last_look(database, pair, monkeypatch)
    with database.transaction() as session:
        store(session, proposal)
    with database.reading() as session:
        assert suggestion_of(session, pair).state == "shortlisted"
    database.close()


def suggestion_of(session: Session, pair: Pair) -> Suggestion:
    same = (Suggestion.graduate_id == pair[0], Suggestion.opening_id == pair[1])
    return session.exec(select(Suggestion).where(*same)).one()


def shortlist_after_the_last_look(database: Database, pair: Pair, monkeypatch) -> None:
    """Between the run's reading of the stored pairs and its delete, somebody else commits a decision."""
    look = storing.stored_pairs

    def look_then_wait(session: Session):
        seen = look(session)
        with database.transaction() as other:
            move(other, suggestion_of(other, pair), "shortlist", OFFICE, effective_on=DAY)
        return seen

    monkeypatch.setattr(storing, "stored_pairs", look_then_wait)
