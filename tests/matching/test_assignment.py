"""What whole-cohort allocation promises: seats kept, most placed, stable, and answers known elsewhere."""

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import (
    AssignmentError,
    CandidateProfile,
    OpeningProfile,
    Pairing,
    assign,
    deferred_acceptance,
    match,
)
from tests.matching.strategies import VOCABULARY, cohorts

INSTANCES = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "stable_instances.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("instance", INSTANCES, ids=lambda instance: instance["id"])
@pytest.mark.parametrize("side", ["candidates", "openings"])
def test_deferred_acceptance_gives_the_known_answer(instance, side):
    rankings = {key: opening["ranking"] for key, opening in instance["openings"].items()}
    seats = {key: opening["capacity"] for key, opening in instance["openings"].items()}
    answer = {"candidates": "applicant_optimal", "openings": "opening_optimal"}[side]
    assert deferred_acceptance(instance["applicants"], rankings, seats, propose=side) == instance[answer]


def test_wishes_of_one_side_only_are_ignored():
    assert deferred_acceptance({"a": ["x", "y"], "b": []}, {"x": ["b"], "y": ["a"]}, {"x": 1, "y": 1}) == {
        "a": "y",
        "b": None,
    }
    assert deferred_acceptance({"a": ["gone"]}, {}, {}) == {"a": None}
    assert deferred_acceptance({"a": ["x"]}, {"x": ["a"]}, {"x": 0}) == {"a": None}


def test_wrong_terms_are_refused():
    with pytest.raises(AssignmentError, match="propose"):
        deferred_acceptance({}, {}, {}, propose="nobody")
    with pytest.raises(AssignmentError, match="seats"):
        deferred_acceptance({"a": ["x"]}, {"x": ["a"]}, {"x": -1})
    with pytest.raises(AssignmentError, match="policy"):
        assign(match([], []), policy="fair")


def small_round():
    people = [CandidateProfile("a", ["엑셀", "파이썬"]), CandidateProfile("b", ["엑셀"]), CandidateProfile("c", [])]
    posts = [OpeningProfile("x", "", ["엑셀"]), OpeningProfile("y", "", ["엑셀", "파이썬"])]
    return match(people, posts)


def test_most_people_are_placed_before_the_fit_counts():
    answer = assign(small_round())
    assert answer.pairs == (Pairing("a", "y", 100.0), Pairing("b", "x", 100.0))
    assert (answer.unplaced, answer.total_score, answer.placed) == (("c",), 200.0, 2)


def test_pinned_and_forbidden_pairs_hold():
    answer = assign(small_round(), pinned=[("c", "x")], forbidden=[("a", "y")])
    assert {(p.candidate, p.opening) for p in answer.pairs} == {("c", "x"), ("b", "y")}
    for terms in ({"pinned": [("c", "x"), ("b", "x")]}, {"pinned": [("a", "x")], "forbidden": [("a", "x")]}, {"pinned": [("z", "x")]}, {"seats": {"q": 1}}, {"seats": {"x": -1}}):  # fmt: skip
        with pytest.raises(AssignmentError):
            assign(small_round(), **terms)


def test_wishes_and_rankings_come_before_scores():
    answer = assign(small_round(), "stable", wishes={"a": ["x"], "b": ["x", "y"]}, rankings={"x": ["b", "a"]})
    assert {(p.candidate, p.opening) for p in answer.pairs} == {("b", "x"), ("c", "y")}


def test_an_answer_that_breaks_its_terms_is_found_out():
    answer = assign(small_round())
    stolen = type(answer)(
        answer.policy, (*answer.pairs, Pairing("c", "x", 0.0)), (), (), answer.total_score, answer.terms
    )
    with pytest.raises(AssignmentError, match="more people than seats"):
        stolen.check()


def best_by_trying(scores, people, seats):
    """Every allocation of a small cohort: the most people, then the highest total."""
    best = (0, 0.0)
    for choice in itertools.product([None, *seats], repeat=len(people)):
        pairs = [(c, o) for c, o in zip(people, choice, strict=True) if o is not None]
        fits = all(pair in scores for pair in pairs) and all(choice.count(o) <= n for o, n in seats.items())
        if fits:
            best = max(best, (len(pairs), sum(scores[pair] for pair in pairs)))
    return best


@settings(max_examples=60, deadline=None)
@given(cohorts(people=4, posts=3), st.integers(1, 3))
def test_most_placed_is_as_good_as_trying_everything(cohort, k):
    people, posts = cohort
    matches = match(people, posts, VOCABULARY, k=k)
    scores = {(p.candidate, p.opening): p.score for p in matches.pairings()}
    answer = assign(matches)
    count, total = best_by_trying(scores, [p.key for p in people], {p.key: p.seats for p in posts})
    assert answer.placed == count
    assert answer.total_score == pytest.approx(total, abs=1e-6)


@settings(max_examples=100, deadline=None)
@given(cohorts(), st.randoms())
def test_a_stable_answer_has_no_pair_that_would_both_rather_swap(cohort, random):
    people, posts = cohort
    keys, openings = [p.key for p in people], [p.key for p in posts]
    wishes = {key: random.sample(openings, len(openings)) for key in keys[::2]}
    rankings = {key: random.sample(keys, len(keys)) for key in openings[::2]}
    answer = assign(match(people, posts, VOCABULARY), "stable", wishes=wishes, rankings=rankings)
    assert answer.blocking_pairs == ()
    placed = {p.candidate: p.opening for p in answer.pairs}
    for person, opening in answer.terms.scores:
        now = placed.get(person)
        likes = answer.terms.candidate_likes
        if now == opening or (now is not None and likes[person, opening] <= likes[person, now]):
            continue
        inside = [p.candidate for p in answer.pairs if p.opening == opening]
        assert len(inside) == answer.terms.seats[opening]
        mine = answer.terms.opening_likes[person, opening]
        assert all(answer.terms.opening_likes[other, opening] >= mine for other in inside)
