"""What is said of people without a seat is true: the reason, the seat more that would be theirs, the pair more."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import AssignmentError, Pairing, assign, explain_unplaced
from tests.matching.rounds import SCORES, Round, matches_of, rounds

POLICIES = ["most_placed", "stable"]
PEOPLE = ["a", "b"]


def why(policy, people, seats, scores, **terms):
    answer = assign(matches_of(people, seats, scores), policy, **terms)
    return {leftover.candidate: leftover.why for leftover in explain_unplaced(answer)}


@pytest.mark.parametrize("policy", POLICIES)
def test_why_somebody_has_no_seat_is_said_by_the_first_thing_that_left_nothing(policy):
    scores = {("a", "x"): 9.0, ("b", "x"): 5.0}
    assert why(policy, ["a", "b", "c"], {"x": 1}, scores) == {"b": "outranked", "c": "no_eligible_opening"}
    assert why(policy, PEOPLE, {"x": 1}, scores, forbidden=[("a", "x")]) == {"a": "forbidden"}
    assert why(policy, PEOPLE, {"x": 2}, scores, least_score=6) == {"b": "too_low"}
    assert why(policy, PEOPLE, {"x": 1, "y": 0}, scores, wishes={"a": ["y"]}) == {"a": "own_wishes"}
    assert why(policy, PEOPLE, {"x": 1}, scores, rankings={"x": ["b"]}) == {"a": "not_ranked"}
    assert why(policy, PEOPLE, {"x": 0}, scores) == {"a": "no_seat", "b": "no_seat"}
    assert why(policy, PEOPLE, {"x": 1}, scores, pinned=[("b", "x")]) == {"a": "no_seat"}
    assert why(policy, PEOPLE, {"x": 1}, {("a", "x"): 5.0, ("b", "x"): 5.0}) in ({"a": "by_tie"}, {"b": "by_tie"})


def test_where_the_total_decides_against_an_opening_s_own_ranking_it_is_said():
    scores, rankings = {("a", "x"): 9.0, ("b", "x"): 5.0}, {"x": ["b", "a"]}
    assert why("most_placed", PEOPLE, {"x": 1}, scores, rankings=rankings) == {"b": "by_total"}
    assert why("stable", PEOPLE, {"x": 1}, scores, rankings=rankings) == {"a": "outranked"}


@pytest.mark.parametrize("policy", POLICIES)
def test_a_seat_elsewhere_may_free_the_one_that_somebody_needs(policy):
    scores = {("a", "x"): 9.0, ("a", "y"): 8.0, ("b", "x"): 5.0, ("c", "y"): 9.0}
    answer = assign(matches_of(["a", "b", "c"], {"x": 1, "y": 1}, scores), policy)
    (leftover,) = explain_unplaced(answer)
    assert leftover.candidate == "b"
    assert set(leftover.seats_at) >= {"x"}
    if policy == "most_placed":
        assert leftover.seats_at == ("x", "y")  # a would move to y


@pytest.mark.parametrize("policy", POLICIES)
def test_a_seat_where_somebody_would_rather_be_frees_his_own(policy):
    scores = {("c", "x"): 10.0, ("a", "x"): 9.0, ("a", "y"): 8.0, ("b", "y"): 5.0}
    answer = assign(matches_of(["a", "b", "c"], {"x": 1, "y": 1}, scores), policy)
    (leftover,) = explain_unplaced(answer)
    assert (leftover.candidate, leftover.seats_at) == (
        "b",
        ("y", "x"),
    )  # his own opening first, then the one a would move to


def test_a_pair_more_may_let_somebody_move_up_at_the_cost_of_a_third():
    """b holds x for nothing, since c has y and nothing else; were a allowed at x, b would move to y and c would go."""
    scores = {("b", "x"): 0.0, ("b", "y"): 100.0, ("c", "y"): 10.0}
    answer = assign(matches_of(["a", "b", "c"], {"x": 1, "y": 1}, scores))
    assert answer.unplaced == ("a",)
    (leftover,) = explain_unplaced(answer, [Pairing("a", "x", 5.0)])
    (change,) = leftover.allowed
    assert (change.is_placed, change.instead_of) == (True, "c")


def with_seat(case: Round, post: str) -> Round:
    return replace(case, seats={**case.seats, post: case.seats[post] + 1})


def with_pair(case: Round, pairing: Pairing) -> Round:
    pair = pairing.candidate, pairing.opening
    return replace(
        case, scores={**case.scores, pair: pairing.score}, forbidden=[p for p in case.forbidden if p != pair]
    )


def may_have_a_seat(case: Round, person: str) -> bool:
    """Whether the person has a seat in some allocation of the most people and the best total."""
    best = case.best()
    return any(person in one and (len(one), round(case.fit(one), 8)) == best for one in case.allocations())


@settings(max_examples=60, deadline=None)
@given(rounds())
def test_one_seat_more_gives_a_person_what_is_said_where_the_total_counts(case: Round):
    answer = assign(case.matches, **case.terms)
    for leftover in explain_unplaced(answer):
        for post in case.seats:
            grown = with_seat(case, post)
            if post in leftover.seats_at:
                assert grown.best()[0] == answer.placed + 1
                assert may_have_a_seat(grown, leftover.candidate)
            elif grown.best()[0] > answer.placed:
                others = [one.candidate for one in explain_unplaced(answer) if post in one.seats_at]
                assert len(others) == 1


@settings(max_examples=60, deadline=None)
@given(rounds())
def test_one_seat_more_gives_a_person_what_is_said_where_nobody_may_swap(case: Round):
    answer = assign(case.matches, "stable", **case.terms)
    for leftover in explain_unplaced(answer):
        for post in case.seats:
            grown = assign(with_seat(case, post).matches, "stable", **case.terms)
            assert (leftover.candidate not in grown.unplaced) == (post in leftover.seats_at)


@settings(max_examples=100, deadline=None)
@given(rounds(), st.sampled_from(SCORES), st.sampled_from(POLICIES))
def test_one_pair_more_changes_what_is_said(case: Round, score: float, policy: str):
    answer = assign(case.matches, policy, **case.terms)
    asked = [Pairing(c, o, score) for c in answer.unplaced for o in case.seats if (c, o) not in case.scores]
    said = {one.candidate: one.allowed for one in explain_unplaced(answer, asked)}
    for pairing in asked:
        what = next(one for one in said[pairing.candidate] if one.opening == pairing.opening)
        grown = with_pair(case, pairing)
        if policy == "stable":
            after = assign(grown.matches, policy, **grown.terms)
            lost = set(after.unplaced) - set(answer.unplaced)
            assert what.is_placed == (pairing.candidate not in after.unplaced)
            assert lost == ({what.instead_of} if what.instead_of else set())
            continue
        before, best = case.best(), grown.best()
        assert what.is_placed == (best[0] > before[0] or best[1] > before[1] + 1e-7)
        assert (what.instead_of is None) == (best[0] > before[0] or not what.is_placed)


def test_a_stranger_is_refused():
    answer = assign(matches_of(["a"], {"x": 0}, {}))
    for pairing in (Pairing("z", "x", 1.0), Pairing("a", "z", 1.0)):
        with pytest.raises(AssignmentError, match="not in this run"):
            explain_unplaced(answer, [pairing])
