"""A run keeps the pairs on the k-best lists of both sides; an edit changes what a whole run would change."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, select

import matching
from placement import suggesting
from placement.db import Database
from placement.models import Event, MatchRun, Suggestion
from placement.states import move
from placement.suggesting import (
    dismissed_of,
    explain_pairs,
    propose_all,
    propose_graduate,
    propose_opening,
    ranked_for_graduate,
    ranked_for_opening,
    store,
)
from tests.placement.cast import DAY, OFFICE, add_cohort, count_rows
from tests.placement.market import K, Market


@pytest.fixture
def market(session: Session) -> Market:
    market = Market(session)
    market.run()
    return market


def decide(market: Market, pair, name: str) -> None:
    move(market.session, market.suggestion(pair), name, OFFICE, effective_on=DAY, reason="other")


def leave(market: Market, graduate) -> None:
    move(market.session, graduate, "leave", OFFICE, effective_on=DAY, reason="other")


def close(market: Market, opening) -> None:
    move(market.session, opening, "cancel", OFFICE, effective_on=DAY, reason="other")


def rematch_graduate(market: Market, graduate) -> MatchRun:
    return store(market.session, propose_graduate(market.session, graduate.id, today=DAY, k=K))


def rematch_opening(market: Market, opening) -> MatchRun:
    return store(market.session, propose_opening(market.session, opening.id, today=DAY, k=K))


def assert_a_whole_run_would_change_nothing(market: Market) -> None:
    before = market.stored()
    run = market.run()
    assert market.stored() == before
    assert run.changed == 0


# Whole runs


def test_a_whole_run_keeps_the_lists_of_both_sides_and_nothing_else(session: Session):
    market = Market(session)
    run = market.run()
    scores = {pair: score for pair, (score, _, _) in market.stored().items()}
    assert scores == market.lists_by_hand(market.graduates, market.openings)
    assert run.changed == run.suggestions == len(scores) > 40


def test_the_stored_score_is_the_explained_one(market: Market):
    explained = explain_pairs(market.session, market.stored())
    assert {pair: (why.score, why.eligible, "new") for pair, why in explained.items()} == market.stored()


def test_a_run_says_what_it_read_with_which_engine_and_how_long_it_took(session: Session):
    run = Market(session).run()
    assert (run.scope, run.candidates, run.openings, run.pairs) == ("all", 24, 18, 24 * 18)
    assert run.engine == matching.ENGINE_VERSION
    assert set(run.weights) == {"skills", "title", "remote"}
    assert set(run.seconds) == {"read", "match", "write"}
    assert all(seconds >= 0 for seconds in run.seconds.values())
    assert run.finished_at is not None


def test_a_second_run_changes_nothing_not_even_the_run_of_a_pair(market: Market):
    pair = market.best_pair()
    decide(market, pair, "shortlist")
    market.require(market_opening(market, pair), "사진 보정")
    market.run()
    runs = {row.id: row.run_id for row in market.session.exec(select(Suggestion))}
    assert_a_whole_run_would_change_nothing(market)
    assert {row.id: row.run_id for row in market.session.exec(select(Suggestion))} == runs


def market_opening(market: Market, pair):
    return next(opening for opening in market.openings if opening.id == pair[1])


def market_graduate(market: Market, pair):
    return next(graduate for graduate in market.graduates if graduate.id == pair[0])


def test_nothing_is_proposed_where_there_is_nobody_or_nothing(session: Session):
    run = store(session, propose_all(session, today=DAY))
    assert (run.candidates, run.openings, run.suggestions) == (0, 0, 0)
    run = Market(session, people=0).run()
    assert (run.openings, run.suggestions) == (18, 0)


def test_a_run_writes_no_line_into_the_log(market: Market):
    assert count_rows(market.session, Event) == 0


@pytest.mark.parametrize(
    "values",
    [
        {"state": "draft"},
        {"state": "paused"},
        {"state": "closed"},
        {"closes_on": DAY - timedelta(days=1)},
        {"seats": 1, "seats_taken": 1},
    ],
)
def test_an_opening_that_nobody_can_take_is_not_proposed(market: Market, values):
    opening = market.opening(**values)
    market.run()
    assert opening.id not in {o for _, o in market.stored()}


@pytest.mark.parametrize("values", [{"closes_on": DAY}, {"closes_on": DAY - timedelta(days=1), "until_filled": True}])
def test_an_opening_is_proposed_on_its_last_day_and_until_filled_beyond(market: Market, values):
    opening = market.opening(title="데이터 라벨러", region=None, remote="remote", pay_max=None, **values)
    market.run()
    assert opening.id in {o for _, o in market.stored()}


@pytest.mark.parametrize("state", ["paused", "left_programme"])
def test_who_does_not_look_for_work_is_not_proposed(market: Market, state: str):
    graduate = market.graduate(state=state)
    market.run()
    assert graduate.id not in {g for g, _ in market.stored()}


def test_who_is_still_in_training_is_proposed(market: Market):
    graduate = market.graduate(state="in_training", regions=[], remote="any", pay_min=None)
    market.run()
    assert graduate.id in {g for g, _ in market.stored()}


def test_a_run_for_one_cohort_touches_nobody_else(market: Market):
    cohort = add_cohort(market.session)
    newcomers = [market.graduate(cohort_id=cohort.id, regions=[], remote="any", pay_min=None) for _ in range(3)]
    before = market.stored()
    run = market.run(cohort_id=cohort.id)
    mine = {graduate.id for graduate in newcomers}
    assert (run.scope, run.subject, run.candidates) == ("cohort", str(cohort.id), 3)
    assert {pair: kept for pair, kept in market.stored().items() if pair[0] not in mine} == before
    assert {pair[0] for pair in market.stored()} >= mine


# What a person decided


def test_a_dismissed_pair_stays_out_of_two_runs_and_comes_back_when_reopened(market: Market):
    pair = market.best_pair()
    score = market.stored()[pair][0]
    decide(market, pair, "dismiss")
    for _ in range(2):
        market.run()
        assert market.stored()[pair][2] == "dismissed"
        assert pair[1] not in {
            row.opening.id for row in ranked_for_graduate(market.session, market_graduate(market, pair))
        }
    decide(market, pair, "reopen")
    market.run()
    assert market.stored()[pair] == (score, True, "new")
    assert_a_whole_run_would_change_nothing(market)


def test_in_place_of_a_dismissed_pair_the_next_one_moves_up(market: Market):
    pair = market.best_pair()
    decide(market, pair, "dismiss")
    market.run()
    others = [graduate for graduate in market.graduates if graduate.id != pair[0]]
    by_hand = market.lists_by_hand(others, [market_opening(market, pair)])
    column = {g: score for (g, o), score in by_hand.items() if o == pair[1]}
    assert len([g for g, o in market.stored() if o == pair[1] and g in column]) >= K


def test_a_shortlisted_pair_off_the_lists_stays_with_todays_score(market: Market):
    pair = market.best_pair()
    decide(market, pair, "shortlist")
    graduate = market_graduate(market, pair)
    graduate.wanted_titles = ["전혀 다른 일"]
    market.session.flush()
    market.run()
    why = explain_pairs(market.session, [pair])[pair]
    assert market.stored()[pair] == (why.score, why.eligible, "shortlisted")


def test_a_shortlisted_pair_that_fails_a_must_stays_and_says_so(market: Market):
    pair = market.best_pair()
    decide(market, pair, "shortlist")
    market.require(market_opening(market, pair), "용접")
    market.run()
    assert market.stored()[pair] == (0.0, False, "shortlisted")


def test_an_undecided_pair_off_the_lists_goes(market: Market):
    pair = market.best_pair()
    market.require(market_opening(market, pair), "용접")
    market.run()
    assert pair not in market.stored()


# One edit


def edit_graduate(market: Market) -> None:
    graduate = market.random.choice(market.graduates)
    market.teach(graduate)
    graduate.pay_min = market.random.choice([None, 2_200_000])
    market.session.flush()
    rematch_graduate(market, graduate)


def edit_opening(market: Market) -> None:
    opening = market.random.choice(market.openings)
    market.ask(opening)
    opening.remote = market.random.choice(["office", "remote"])
    market.session.flush()
    rematch_opening(market, opening)


def add_one_graduate(market: Market) -> None:
    market.graduates.append(market.graduate())
    rematch_graduate(market, market.graduates[-1])


def add_one_opening(market: Market) -> None:
    market.openings.append(market.opening())
    rematch_opening(market, market.openings[-1])


def lose_a_graduate(market: Market) -> None:
    graduate = market.random.choice([one for one in market.graduates if one.state == "ready"])
    leave(market, graduate)
    rematch_graduate(market, graduate)


def close_an_opening(market: Market) -> None:
    opening = market.random.choice([one for one in market.openings if one.state == "open"])
    close(market, opening)
    rematch_opening(market, opening)


def reopen_an_opening(market: Market) -> None:
    while not any(one.state == "closed" and one.seats_taken < one.seats for one in market.openings):
        close_an_opening(market)
    opening = next(one for one in market.openings if one.state == "closed" and one.seats_taken < one.seats)
    move(market.session, opening, "reopen", OFFICE, effective_on=DAY)
    rematch_opening(market, opening)


def fill_an_opening(market: Market) -> None:
    opening = market.random.choice(market.openings)
    opening.seats_taken = opening.seats
    market.session.flush()
    rematch_opening(market, opening)


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
    assert_a_whole_run_would_change_nothing(market)


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_so_it_is_after_many_edits_with_people_deciding_in_between(session: Session, seed: int):
    market = Market(session, seed=seed, people=14, offers=10)
    market.run()
    for number in range(12):
        if number % 3 == 0:
            pair = market.random.choice(sorted(pair for pair, kept in market.stored().items() if kept[2] == "new"))
            decide(market, pair, market.random.choice(["shortlist", "shortlist", "dismiss"]))
            market.run()
        market.random.choice(EDITS)(market)
        assert_a_whole_run_would_change_nothing(market)


def test_a_shortlisted_pair_of_a_closed_opening_takes_nobodys_place(session: Session):
    market = Market(session, seed=5, people=6, offers=K + 3)
    market.run()
    graduate = max(market.graduates, key=lambda one: sum(pair[0] == one.id for pair in market.stored()))
    mine = [pair for pair in market.stored() if pair[0] == graduate.id]
    best_of_mine = max(mine, key=lambda pair: market.stored()[pair][0])
    decide(market, best_of_mine, "shortlist")
    close_this = market_opening(market, best_of_mine)
    close(market, close_this)
    rematch_opening(market, close_this)
    for opening in market.openings:
        if opening is not close_this:
            market.ask(opening)
            rematch_opening(market, opening)
            assert_a_whole_run_would_change_nothing(market)


def test_a_rematch_says_for_whom_it_was(market: Market):
    graduate, opening = market.graduates[0], market.openings[0]
    run = rematch_graduate(market, graduate)
    assert (run.scope, run.subject, run.candidates, run.openings) == ("graduate", str(graduate.id), 1, 18)
    run = rematch_opening(market, opening)
    assert (run.scope, run.subject, run.candidates, run.openings) == ("opening", str(opening.id), 24, 1)


def test_a_rematch_of_somebody_unknown_changes_nothing(market: Market):
    before = market.stored()
    store(market.session, propose_graduate(market.session, 999_999, today=DAY, k=K))
    store(market.session, propose_opening(market.session, 999_999, today=DAY, k=K))
    assert market.stored() == before


# Between computing and writing


def test_who_dismisses_a_pair_while_a_run_computes_is_heard(market: Market):
    pair = market.best_pair()
    proposal = propose_all(market.session, today=DAY, k=K)
    decide(market, pair, "dismiss")
    store(market.session, proposal)
    assert market.stored()[pair][2] == "dismissed"


def test_who_shortlists_a_pair_while_a_run_computes_keeps_it(market: Market):
    pair = market.best_pair()
    market.require(market_opening(market, pair), "용접")
    proposal = propose_all(market.session, today=DAY, k=K)
    decide(market, pair, "shortlist")
    store(market.session, proposal)
    assert market.stored()[pair][2] == "shortlisted"


def test_who_shortlists_a_pair_while_a_run_writes_keeps_it_too(postgres_url: str, monkeypatch):
    database = Database(postgres_url)
    with database.transaction() as session:
        market = Market(session, people=6, offers=4)
        market.run()
        pair = market.best_pair()
        market.require(market_opening(market, pair), "용접")
    with database.reading() as session:
        proposal = propose_all(session, today=DAY, k=K)
    assert pair in proposal.gone
    shortlist_after_the_last_look(database, pair, monkeypatch)
    with database.transaction() as session:
        store(session, proposal)
    with database.reading() as session:
        assert (
            session.exec(
                select(Suggestion.state).where(Suggestion.graduate_id == pair[0], Suggestion.opening_id == pair[1])
            ).one()
            == "shortlisted"
        )
    database.close()


def shortlist_after_the_last_look(database: Database, pair, monkeypatch) -> None:
    """Between the run's reading of the stored pairs and its delete, somebody else commits a decision."""
    look = suggesting.stored_pairs

    def look_then_wait(session: Session):
        seen = look(session)
        with database.transaction() as other:
            market = Market.__new__(Market)
            market.session = other
            decide(market, pair, "shortlist")
        return seen

    monkeypatch.setattr(suggesting, "stored_pairs", look_then_wait)


# Pages


def test_lists_on_pages_are_ranked_and_cut(market: Market):
    pair = market.best_pair()
    rows = ranked_for_graduate(market.session, market_graduate(market, pair), k=2)
    assert [row.rank for row in rows] == list(range(1, len(rows) + 1))
    assert len(rows) <= 2
    scores = [row.suggestion.score for row in ranked_for_opening(market.session, market_opening(market, pair))]
    assert scores == sorted(scores, reverse=True)
    assert all(row.opening.company_id == row.company.id for row in rows)


def test_a_dismissed_pair_is_listed_for_reopening_on_both_sides(market: Market):
    pair = market.best_pair()
    graduate, opening = market_graduate(market, pair), market_opening(market, pair)
    decide(market, pair, "dismiss")
    assert [row.opening.id for row in dismissed_of(market.session, graduate=graduate)] == [pair[1]]
    assert [row.graduate.id for row in dismissed_of(market.session, opening=opening)] == [pair[0]]
