"""Deferred acceptance: answers known elsewhere, the best for the side that asks, and odd lists."""

import gzip
import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import AssignmentError, deferred_acceptance

DATA = Path(__file__).parent.parent / "data" / "stable_instances.jsonl.gz"
INSTANCES = [json.loads(line) for line in gzip.decompress(DATA.read_bytes()).splitlines()]


@pytest.mark.parametrize("instance", INSTANCES, ids=lambda instance: instance["id"])
@pytest.mark.parametrize("side", ["candidates", "openings"])
def test_deferred_acceptance_gives_the_known_answer(instance, side):
    rankings = {key: opening["ranking"] for key, opening in instance["openings"].items()}
    seats = {key: opening["capacity"] for key, opening in instance["openings"].items()}
    answer = {"candidates": "applicant_optimal", "openings": "opening_optimal"}[side]
    assert deferred_acceptance(instance["applicants"], rankings, seats, propose=side) == instance[answer]


def test_the_side_that_asks_makes_a_difference_in_one_of_them():
    differing = [one["id"] for one in INSTANCES if one["applicant_optimal"] != one["opening_optimal"]]
    assert len(INSTANCES) == 11
    assert differing == ["dev-05"]


def test_wishes_of_one_side_only_are_ignored():
    assert deferred_acceptance({"a": ["x", "y"], "b": []}, {"x": ["b"], "y": ["a"]}, {"x": 1, "y": 1}) == {
        "a": "y",
        "b": None,
    }
    assert deferred_acceptance({"a": ["gone"]}, {}, {}) == {"a": None}
    assert deferred_acceptance({"a": ["x"]}, {"x": ["a"]}, {"x": 0}) == {"a": None}
    assert deferred_acceptance({"a": ["x"]}, {"x": ["a", "nobody"]}, {}) == {"a": "x"}


def test_what_is_named_twice_stands_where_it_was_named_first():
    wishes, rankings = {"a": ["x", "y", "x"], "b": ["x", "y"]}, {"x": ["a", "b", "a"], "y": ["b", "a", "b"]}
    for side in ("candidates", "openings"):
        assert deferred_acceptance(wishes, rankings, {}, propose=side) == {"a": "x", "b": "y"}


def test_wrong_terms_are_refused():
    with pytest.raises(AssignmentError, match="propose"):
        deferred_acceptance({}, {}, {}, propose="nobody")
    with pytest.raises(AssignmentError, match="seats"):
        deferred_acceptance({"a": ["x"]}, {"x": ["a"]}, {"x": -1})


@st.composite
def markets(draw):
    people, posts = ["a", "b", "c", "d"][: draw(st.integers(1, 4))], ["x", "y", "z"][: draw(st.integers(1, 3))]
    wishes = {c: draw(st.lists(st.sampled_from(posts), unique=True)) for c in people}
    rankings = {o: draw(st.lists(st.sampled_from(people), unique=True)) for o in posts}
    return wishes, rankings, {o: draw(st.integers(0, 2)) for o in posts}


def stable_answers(wishes, rankings, seats):
    """Every stable matching, by trying everything."""
    both = {c: [o for o in list_ if c in rankings[o]] for c, list_ in wishes.items()}
    for choice in itertools.product(*([None, *list_] for list_ in both.values())):
        answer = dict(zip(wishes, choice, strict=True))
        inside = {o: [c for c in answer if answer[c] == o] for o in rankings}
        if any(len(people) > seats[o] for o, people in inside.items()):
            continue
        wanted = ((c, o) for c, list_ in both.items() for o in list_[: list_.index(answer[c]) if answer[c] else None])
        if not any(
            len(inside[o]) < seats[o] or any(rankings[o].index(c) < rankings[o].index(other) for other in inside[o])
            for c, o in wanted
        ):
            yield answer


@settings(max_examples=150, deadline=None)
@given(markets())
def test_the_answer_is_stable_and_best_for_the_side_that_asks(market):
    wishes, rankings, seats = market
    answers = list(stable_answers(wishes, rankings, seats))
    mine = deferred_acceptance(wishes, rankings, seats)
    theirs = deferred_acceptance(wishes, rankings, seats, propose="openings")
    assert mine in answers
    assert theirs in answers
    for other in answers:
        for c in wishes:
            if other[c] is not None:
                place = wishes[c].index
                assert place(mine[c]) <= place(other[c]) <= place(theirs[c])
