"""The quality bench computes what it says, and the engine reaches its bar."""

import json

import pytest

from bench.quality import main
from bench.quality_graded import (
    Figure,
    GradedLine,
    GradedSet,
    judge,
    measure_graded_korean,
    ndcg_at,
    rank_by_text,
    read_graded,
)


def line(*, passed: bool) -> GradedLine:
    return GradedLine("example", "bar", passed, (Figure("ours", 0.5, (("G01", "O02"),), {"G01": 0.5}),))


def test_ndcg_equals_an_example_computed_by_hand():
    # 7/1 + 3/1.58496 + 0/2 + 1/2.32193 = 9.32346; in the best order 7/1 + 3/1.58496 + 1/2 = 9.39279
    assert ndcg_at(5, [3, 2, 0, 1], [0, 1, 2, 3]) == pytest.approx(9.32346 / 9.39279, abs=1e-5)


def test_ndcg_is_one_for_the_best_order_and_zero_for_an_empty_list():
    assert ndcg_at(5, [3, 3, 1], [1, 3, 3, 0]) == 1.0
    assert ndcg_at(5, [], [1, 3, 3, 0]) == 0.0


def test_ndcg_looks_no_further_than_its_depth():
    assert ndcg_at(1, [0, 3], [0, 3]) == 0.0


def test_ndcg_without_anything_relevant_is_refused():
    with pytest.raises(ValueError, match="nothing relevant"):
        ndcg_at(5, [0], [0, 0])


def test_an_opening_that_is_not_listed_counts_as_not_retrieved():
    graded = small_set()
    assert judge("all", {"G01": ["O01", "O02"]}, graded).ndcg == 1.0
    assert judge("half", {"G01": ["O01"]}, graded).ndcg == pytest.approx(7 / (7 + 1 / 1.58496), abs=1e-5)


def test_a_trap_counts_in_the_top_five_only():
    graded = small_set()
    assert judge("ours", {"G01": ["O01", "O02", "O03", "O04", "O05", "O06"]}, graded).traps == ()
    assert judge("ours", {"G01": ["O06", "O01"]}, graded).traps == (("G01", "O06"),)


def test_a_text_baseline_ranks_every_opening_or_only_those_it_is_given():
    graded = read_graded()
    everything = rank_by_text(graded, lambda left, right: 0.0)
    assert all(listed == [opening.key for opening in graded.openings] for listed in everything.values())
    only = {candidate.key: ["O03", "O01"] for candidate in graded.candidates}
    assert set(map(tuple, rank_by_text(graded, lambda left, right: 0.0, only).values())) == {("O01", "O03")}


@pytest.mark.parametrize(("passed", "status"), [(True, 0), (False, 1)])
def test_a_missed_bar_ends_with_status_one(passed, status, capsys):
    assert main([], [lambda: line(passed=True), lambda: line(passed=passed)]) == status
    assert ("MISSED" in capsys.readouterr().out) is not passed


def test_json_is_one_document_with_every_line(capsys):
    main(["--json"], [lambda: line(passed=True)])
    document = json.loads(capsys.readouterr().out)
    assert document["lines"][0]["figures"][0]["traps"] == [["G01", "O02"]]


def test_the_text_names_every_trap(capsys):
    main([], [lambda: line(passed=False)])
    assert "trap of ours: G01-O02" in capsys.readouterr().out


def test_the_engine_reaches_the_bar_and_beats_every_baseline():
    measured = measure_graded_korean()
    ours, *baselines = measured.figures
    assert ours.traps == ()
    assert ours.ndcg >= 0.90
    assert measured.passed
    assert all(ours.ndcg > baseline.ndcg for baseline in baselines)


def small_set() -> GradedSet:
    full = read_graded()
    grades = {("G01", opening.key): 0 for opening in full.openings}
    grades |= {("G01", "O01"): 3, ("G01", "O02"): 1}
    return GradedSet(full.candidates[:1], full.openings, grades, frozenset({("G01", "O06")}))
