"""The speed bench measures what it says: its loops score as told, its figures are sums over its steps."""

import pytest

from bench import speed, workload


def test_a_loop_scores_the_best_similar_skill_by_level_and_weight():
    held = [[("python", 2), ("sql", 4)]]
    asked = [[("python", 3, 0.75), ("sql", 1, 0.25)], [("rust", 1, 1.0)]]
    exact = speed.score_by_loop(held, asked, lambda one, other: 100.0 if one == other else 10.0)
    assert exact == [[pytest.approx(0.75 * 70 + 0.25 * 100), 0.0]]


def test_a_likeness_below_the_cut_gives_nothing():
    assert speed.score_by_loop([[("a", 1)]], [[("b", 1, 1.0)]], lambda one, other: 79.9) == [[0.0]]
    assert speed.score_by_loop([[("a", 1)]], [[("b", 1, 1.0)]], lambda one, other: 80.0) == [[80.0]]


def test_a_rate_is_pairs_over_the_seconds_of_its_steps():
    figure = speed.Figure("case", 10, 20, {"prepare": 1.5, "match": 0.5}, 200, 1.0)
    assert figure.rate("match") == 400 and figure.rate("prepare", "match") == 100


def test_a_size_is_people_and_openings_in_thousands():
    assert speed._size("100k,5k") == (100_000, 5_000) and speed._size("30,4") == (30, 4)


@pytest.mark.parametrize("measure", [speed.measure_tables, speed.measure_open, speed.measure_profiles])
def test_every_case_runs_and_says_its_steps(measure):
    figure = measure(40, 10, 2)
    assert figure.pairs == 400 and figure.seconds["match"] > 0 and figure.megabytes > 10
    assert set(figure.ratios) == set(speed.LOOPS) and min(figure.ratios.values()) > 0


def test_single_openings_and_people_are_measured_when_all_else_is_ready():
    seconds = speed.measure_market(60, 30, 15).seconds
    for name in ("new opening", "new person", "edited person"):
        assert 0 < seconds.pop(f"{name} median") <= seconds.pop(f"{name} late")
    assert not seconds


def test_a_list_is_explained_at_once_and_pair_by_pair():
    assert set(speed.measure_explaining(40, 30, 1).seconds) == {"at once", "pair by pair"}


def test_the_loops_take_a_sample_of_the_same_pairs():
    loops, clock = speed.Loops(workload.make(40, 10)), speed.Clock()
    loops.run(clock)
    assert (len(loops.held), len(loops.asked), loops.pairs) == (30, 10, 300)
    assert set(clock.seconds) == set(speed.LOOPS)


def test_a_ratio_compares_each_run_with_the_loops_of_its_minute():
    clock = speed.Clock()
    clock.seconds = {name: [2.0, 4.0, 9.0] for name in speed.LOOPS} | {"match": [1.0, 4.0, 3.0]}
    assert clock.ratios(10.0) == dict.fromkeys(speed.LOOPS, 20.0)
