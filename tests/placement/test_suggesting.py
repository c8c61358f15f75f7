"""A run keeps the pairs on the k-best lists of both sides; an edit changes what a whole run would change."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, inspect
from sqlmodel import Session, select

import matching
from employers.models import Opening, OpeningRequirement
from placement import storing
from placement.models import Event, Graduate, GraduateSkill, Placement, Suggestion
from placement.rankings import dismissed_of, ranked_for_graduate, ranked_for_opening
from placement.storing import store
from placement.suggesting import explain_pairs, propose_all
from tests.placement.cast import DAY, add_cohort, count_rows, keep
from tests.placement.market import K, Market

# Whole runs


def test_a_whole_run_keeps_the_lists_of_both_sides_and_nothing_else(session: Session):
    market = Market(session)
    run = market.run()
    scores = {pair: score for pair, (score, _, _) in market.stored().items()}
    assert scores == market.lists_by_hand(market.graduates, market.openings)
    assert run.changed == run.suggestions == len(scores) > 40


def test_a_large_first_run_keeps_the_same_lists_and_its_index(session: Session, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("placement.storing._MANY", 10)
    monkeypatch.setattr("placement.storing._ROWS", 7)
    market = Market(session)
    indexes = inspect(session.connection()).get_indexes("suggestion")
    run = market.run()
    scores = {pair: score for pair, (score, _, _) in market.stored().items()}
    assert scores == market.lists_by_hand(market.graduates, market.openings)
    assert run.changed == len(scores) > 40
    assert inspect(session.connection()).get_indexes("suggestion") == indexes


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
    market.decide(pair, "shortlist")
    market.require(market.opening_of(pair), "사진 보정")
    market.run()
    runs = {row.id: row.run_id for row in market.session.exec(select(Suggestion))}
    market.assert_a_whole_run_would_change_nothing()
    assert {row.id: row.run_id for row in market.session.exec(select(Suggestion))} == runs


def test_what_is_stored_is_read_to_the_last_digit_by_graduate_then_opening(market: Market):
    first = market.session.exec(select(Suggestion).order_by(Suggestion.id)).first()
    first.score = 99.9999999999
    market.decide(pair := market.best_pair(), "shortlist")
    market.session.flush()
    stored = storing.stored_pairs(market.session)
    rows = {row.id: row for row in market.session.exec(select(Suggestion))}
    assert stored.ids.tolist() == sorted(rows, key=lambda row: (rows[row].graduate_id, rows[row].opening_id))
    assert stored.scores.tolist() == [rows[row].score for row in stored.ids.tolist()]
    assert [p[:2] for p in stored.where(stored.is_decided).pairs().rows()] == [pair]
    assert stored.is_eligible.all()


def test_nothing_is_proposed_where_there_is_nobody_or_nothing(session: Session):
    run = store(session, propose_all(session, today=DAY))
    assert (run.candidates, run.openings, run.suggestions) == (0, 0, 0)
    run = Market(session, people=0).run()
    assert (run.openings, run.suggestions) == (18, 0)


@pytest.mark.parametrize("few", [1, 10_000])
def test_who_is_erased_while_a_run_compares_is_not_stored(session: Session, monkeypatch: pytest.MonkeyPatch, few: int):
    monkeypatch.setattr("placement.storing._ROWS", few)
    market = Market(session)
    proposal = propose_all(session, today=DAY, k=K)
    person, offer, _ = next(proposal.listed.rows())
    gone, opening = session.get_one(Graduate, person), session.get_one(Opening, offer)
    session.exec(delete(GraduateSkill).where(GraduateSkill.graduate_id == gone.id))
    session.exec(delete(OpeningRequirement).where(OpeningRequirement.opening_id == opening.id))
    for row in (gone, opening):
        session.delete(row)
    session.flush()
    run = store(session, proposal)
    stored = set(market.stored())
    asked = set(zip(proposal.listed.graduates.tolist(), proposal.listed.openings.tolist(), strict=True))
    assert stored == {(g, o) for g, o in asked if g != gone.id and o != opening.id} < asked
    assert run.changed == len(stored)


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


@pytest.mark.parametrize("state", ["scheduled", "active", "suspended"])
def test_who_is_employed_is_not_proposed(market: Market, state: str):
    graduate = market.graduates[0]
    values = {"graduate_id": graduate.id, "company_id": market.company.id, "kind": "employment", "starts_on": DAY}
    keep(market.session, Placement(state=state, **values))
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
    market.decide(pair, "dismiss")
    for _ in range(2):
        market.run()
        assert market.stored()[pair][2] == "dismissed"
        assert pair[1] not in {row.opening.id for row in ranked_for_graduate(market.session, market.graduate_of(pair))}
    market.decide(pair, "reopen")
    market.run()
    assert market.stored()[pair] == (score, True, "new")
    market.assert_a_whole_run_would_change_nothing()


def test_in_place_of_a_dismissed_pair_the_next_one_moves_up(market: Market):
    pair = market.best_pair()
    market.decide(pair, "dismiss")
    market.run()
    others = [graduate for graduate in market.graduates if graduate.id != pair[0]]
    by_hand = market.lists_by_hand(others, [market.opening_of(pair)])
    column = {g: score for (g, o), score in by_hand.items() if o == pair[1]}
    assert len([g for g, o in market.stored() if o == pair[1] and g in column]) >= K


def test_a_shortlisted_pair_off_the_lists_stays_with_todays_score(market: Market):
    pair = market.best_pair()
    market.decide(pair, "shortlist")
    graduate = market.graduate_of(pair)
    graduate.wanted_titles = ["전혀 다른 일"]
    market.session.flush()
    market.run()
    why = explain_pairs(market.session, [pair])[pair]
    assert market.stored()[pair] == (why.score, why.eligible, "shortlisted")


def test_a_shortlisted_pair_that_fails_a_must_stays_and_says_so(market: Market):
    pair = market.best_pair()
    market.decide(pair, "shortlist")
    market.require(market.opening_of(pair), "용접")
    market.run()
    assert market.stored()[pair] == (0.0, False, "shortlisted")


def test_an_undecided_pair_off_the_lists_goes(market: Market):
    pair = market.best_pair()
    market.require(market.opening_of(pair), "용접")
    market.run()
    assert pair not in market.stored()


# Pages


def test_lists_on_pages_are_ranked_and_cut(market: Market):
    pair = market.best_pair()
    rows = ranked_for_graduate(market.session, market.graduate_of(pair), k=2)
    assert [row.rank for row in rows] == list(range(1, len(rows) + 1))
    assert len(rows) <= 2
    scores = [row.suggestion.score for row in ranked_for_opening(market.session, market.opening_of(pair))]
    assert scores == sorted(scores, reverse=True)
    assert all(row.opening.company_id == row.company.id for row in rows)


def test_a_dismissed_pair_is_listed_for_reopening_on_both_sides(market: Market):
    pair = market.best_pair()
    graduate, opening = market.graduate_of(pair), market.opening_of(pair)
    market.decide(pair, "dismiss")
    assert [row.opening.id for row in dismissed_of(market.session, graduate=graduate)] == [pair[1]]
    assert [row.graduate.id for row in dismissed_of(market.session, opening=opening)] == [pair[0]]
