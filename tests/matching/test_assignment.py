"""What whole-cohort allocation promises: seats kept, most people placed at the best fit, or nobody who would rather swap."""

import pickle
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import AssignmentError, CandidateProfile, OpeningProfile, Pairing, assign, compare_policies, match
from tests.matching.rounds import Round, matches_of, rounds
from tests.matching.strategies import VOCABULARY, cohorts

POLICIES = ["most_placed", "stable"]


def small_round():
    people = [CandidateProfile("a", ["엑셀", "파이썬"]), CandidateProfile("b", ["엑셀"]), CandidateProfile("c", [])]
    posts = [OpeningProfile("x", "", ["엑셀"]), OpeningProfile("y", "", ["엑셀", "파이썬"])]
    return match(people, posts)


def seated(answer):
    return {pairing.candidate: pairing.opening for pairing in answer.pairs}


def test_most_people_are_placed_before_the_fit_counts():
    answer = assign(small_round())
    assert answer.pairs == (Pairing("a", "y", 100.0), Pairing("b", "x", 100.0))
    assert (answer.unplaced, answer.total_score, answer.placed) == (("c",), 200.0, 2)
    poor = matches_of(["a", "b"], {"x": 1, "y": 1}, {("a", "x"): 100.0, ("a", "y"): 1.0, ("b", "x"): 1.0})
    assert seated(assign(poor)) == {"a": "y", "b": "x"}


def test_pinned_and_forbidden_pairs_hold():
    answer = assign(small_round(), pinned=[("c", "x")], forbidden=[("a", "y")])
    assert seated(answer) == {"c": "x", "b": "y"}
    for terms in ({"pinned": [("c", "x"), ("b", "x")]}, {"pinned": [("a", "x")], "forbidden": [("a", "x")]}, {"pinned": [("z", "x")]}, {"pinned": [("a", "x"), ("a", "y")]}, {"seats": {"q": 1}}, {"seats": {"x": -1}}):  # fmt: skip
        with pytest.raises(AssignmentError):
            assign(small_round(), **terms)


def test_a_pinned_person_takes_one_of_the_seats():
    run = matches_of(["a", "b", "c"], {"x": 2}, {("a", "x"): 9.0, ("b", "x"): 8.0, ("c", "x"): 7.0})
    for policy in POLICIES:
        assert seated(assign(run, policy, pinned=[("c", "x")])) == {"a": "x", "c": "x"}


def test_pairs_that_fit_less_than_asked_are_left_out():
    run = matches_of(["a", "b"], {"x": 1, "y": 1}, {("a", "x"): 50.0, ("b", "y"): 49.9})
    for policy in POLICIES:
        assert assign(run, policy, least_score=50).unplaced == ("b",)
    with pytest.raises(AssignmentError, match="least_score"):
        assign(run, least_score="50")


def test_a_pinned_pair_has_its_score_where_it_is_listed_and_none_elsewhere():
    run = matches_of(["a", "b"], {"x": 2, "y": 1}, {("a", "x"): 30.0})
    answer = assign(run, pinned=[("a", "x"), ("b", "y")])
    assert answer.pairs == (Pairing("a", "x", 30.0), Pairing("b", "y", 0.0))


def test_wishes_and_rankings_come_before_scores():
    answer = assign(small_round(), "stable", wishes={"a": ["x"], "b": ["x", "y"]}, rankings={"x": ["b", "a"]})
    assert seated(answer) == {"b": "x", "c": "y"}


def test_an_unknown_policy_is_refused():
    with pytest.raises(AssignmentError, match="policy"):
        assign(match([], []), policy="fair")


@pytest.mark.parametrize("policy", POLICIES)
def test_a_round_of_nobody_or_of_no_seat_is_empty(policy):
    assert assign(match([], []), policy).pairs == ()
    answer = assign(small_round(), policy, seats={"x": 0, "y": 0})
    assert (answer.pairs, answer.unplaced) == ((), ("a", "b", "c"))
    answer.check()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"pairs": (Pairing("a", "y", 100.0), Pairing("b", "x", 100.0), Pairing("c", "x", 0.0)), "unplaced": ()}, "more people than seats"),
        ({"pairs": (Pairing("a", "y", 100.0), Pairing("a", "x", 100.0))}, "one seat or be unplaced"),
        ({"pairs": (Pairing("a", "y", 100.0),)}, "one seat or be unplaced"),
        ({"pairs": (Pairing("a", "x", 100.0),), "unplaced": ("b", "c")}, "more people could be placed"),
        ({"pairs": (Pairing("a", "x", 100.0), Pairing("b", "y", 50.0))}, "not the best"),
        ({"policy": "stable", "pairs": (Pairing("a", "x", 100.0),), "unplaced": ("b", "c")}, "blocking"),
    ],
)  # fmt: skip
def test_an_answer_that_breaks_its_promise_is_found_out(change, said):
    answer = assign(small_round())
    answer.check()
    with pytest.raises(AssignmentError, match=said):
        replace(answer, **change).check()


def test_a_lost_pin_and_a_forbidden_pair_are_found_out():
    answer = assign(small_round(), pinned=[("c", "x")], forbidden=[("a", "x")])
    assert seated(answer) == {"c": "x", "a": "y"}
    with pytest.raises(AssignmentError, match="pinned pair is lost"):
        replace(answer, pairs=(Pairing("a", "y", 100.0),), unplaced=("b", "c")).check()
    with pytest.raises(AssignmentError, match="may not be paired"):
        replace(answer, pairs=(Pairing("a", "x", 100.0),), unplaced=("b", "c")).check()


@settings(max_examples=100, deadline=None)
@given(rounds())
def test_most_placed_is_as_good_as_trying_everything(case: Round):
    answer = assign(case.matches, **case.terms)
    count, total = case.best()
    assert answer.placed == count
    assert answer.total_score == pytest.approx(total, abs=1e-6)
    assert answer.total_score == pytest.approx(case.fit(seated(answer)), abs=1e-9)
    assert set(answer.blocking_pairs) == case.would_swap(seated(answer))
    answer.check()


@settings(max_examples=100, deadline=None)
@given(rounds())
def test_nobody_would_rather_swap_under_stable_and_no_stable_way_is_better_for_anybody(case: Round):
    answer = assign(case.matches, "stable", **case.terms)
    mine = seated(answer)
    assert case.would_swap(mine) == set() == set(answer.blocking_pairs)
    for other in case.allocations():
        if not case.would_swap(other, by_key=True):
            assert other.keys() == mine.keys()
            assert all(other[c] == mine[c] or case.wish(c, mine[c]) >= case.wish(c, other[c]) for c in mine if c not in dict(case.pinned))  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(rounds(people=3, posts=2))
def test_the_proof_holds_for_the_best_allocations_and_for_no_other(case: Round):
    answer = assign(case.matches, **case.terms)
    best = case.best()
    for other in case.allocations():
        pairs = tuple(Pairing(c, o, case.scores.get((c, o), 0.0)) for c, o in other.items())
        rival = replace(answer, pairs=pairs, unplaced=tuple(c for c in case.people if c not in other))
        if (len(other), round(case.fit(other), 8)) == best:
            rival.check()
        else:
            with pytest.raises(AssignmentError, match=r"could be placed|not the best"):
                rival.check()


@settings(max_examples=60, deadline=None)
@given(rounds(), st.randoms(), st.sampled_from(POLICIES))
def test_the_order_in_which_the_two_sides_are_given_changes_nothing(case: Round, random, policy):
    before = assign(case.matches, policy, **case.terms)
    random.shuffle(case.people)
    case.seats = dict(random.sample(list(case.seats.items()), len(case.seats)))
    after = assign(case.matches, policy, **case.terms)
    assert seated(before) == seated(after)
    assert before.ties == after.ties
    assert [pairing.candidate for pairing in after.pairs] == [c for c in case.people if c in seated(after)]


@settings(max_examples=60, deadline=None)
@given(rounds(), st.sampled_from(POLICIES))
def test_who_lost_by_a_tie_alone_is_said(case: Round, policy):
    answer = assign(case.matches, policy, **case.terms)
    mine, fixed = seated(answer), dict(case.pinned)
    expected = set()
    for c, o in case.scores:
        inside = [other for other, post in mine.items() if post == o and other not in fixed]
        is_full = len(inside) + sum(post == o for post in fixed.values()) == case.seats[o]
        if c in fixed or not case.is_acceptable((c, o)) or not is_full or not inside or mine.get(c) == o:
            continue
        would_come = c not in mine or case.wish(c, o) > case.wish(c, mine[c])
        if would_come and case.rank(o, c) == min(case.rank(o, other) for other in inside):
            expected.add((c, o))
    assert set(answer.lost_by_tie) == expected


def test_ties_are_counted_on_the_lists_of_both_sides():
    run = matches_of(
        ["a", "b", "c"], {"x": 1, "y": 1}, {("a", "x"): 5.0, ("a", "y"): 5.0, ("b", "x"): 5.0, ("c", "x"): 4.0}
    )
    answer = assign(run, "stable")
    assert answer.ties == 2  # x and y for a; a and b for x
    assert seated(answer) == {"a": "x"}
    assert answer.lost_by_tie == (("b", "x"),)
    assert assign(run, "stable", wishes={"a": ["y", "x"]}, rankings={"x": ["b", "a"]}).ties == 0


def test_both_policies_beside_each_other_have_their_price():
    scores = {("a", "x"): 100.0, ("a", "y"): 1.0, ("b", "x"): 1.0}
    both = compare_policies(matches_of(["a", "b"], {"x": 1, "y": 1}, scores))
    assert (both.people, both.fit, both.unrest) == (1, -98.0, 1)
    assert both.stable.policy == "stable"
    assert both.most_placed.blocking_pairs == (("a", "x"),)
    assert both.most_placed.lost_by_tie == ()  # x likes a better than b


@settings(max_examples=60, deadline=None)
@given(rounds())
def test_stable_never_places_more_people(case: Round):
    both = compare_policies(case.matches, **case.terms)
    assert both.people >= 0
    assert both.most_placed == assign(case.matches, **case.terms)
    assert both.stable == assign(case.matches, "stable", **case.terms)


@settings(max_examples=30, deadline=None)
@given(cohorts(people=4, posts=3), st.integers(1, 3))
def test_a_round_over_the_lists_of_a_real_run_is_the_best_over_these_lists(cohort, k):
    people, posts = cohort
    run = match(people, posts, VOCABULARY, k=k)
    scores = {(p.candidate, p.opening): p.score for p in run.pairings()}
    case = Round(scores, {p.key: p.seats for p in posts}, [p.key for p in people])
    answer = assign(run)
    assert (answer.placed, pytest.approx(answer.total_score, abs=1e-6)) == case.best()


def test_an_answer_is_picklable():
    answer = assign(small_round(), "stable")
    copy = pickle.loads(pickle.dumps(answer))
    assert copy == answer
    copy.check()
