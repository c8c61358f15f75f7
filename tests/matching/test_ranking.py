"""How lists are kept: the k best, ties by the lower place, whatever the order in which entries come."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.lists import EMPTY, PLACES, BestLists, as_entries, places_of, quantise, scores_of

scores = st.sampled_from([0.0, 10.0, 10.0, 55.5, 100.0, 100 / 3]) | st.floats(0, 100)
cells = st.lists(st.lists(scores, min_size=6, max_size=6), min_size=1, max_size=12)


def best_by_sorting(row, k):
    return sorted(((-quantise(score), place) for place, score in enumerate(row)))[:k]


def read(row):
    kept = row[row != EMPTY]
    return list(zip((-scores_of(kept)).tolist(), places_of(kept).tolist(), strict=True))


@settings(max_examples=200)
@given(cells, st.integers(1, 7), st.integers(1, 9), st.sampled_from([1, 2, 44]), st.randoms())
def test_lists_hold_the_best_in_whatever_order_and_portions_entries_come(rows, k, portion, room, random):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matching.lists._LEAST_ROOM", room)
        lists = BestLists(len(rows), k)
    entries = [(row, score, place) for row, cells in enumerate(rows) for place, score in enumerate(cells)]
    random.shuffle(entries)
    for start in range(0, len(entries), portion):
        numbers, values, places = (np.array(column) for column in zip(*entries[start : start + portion], strict=True))
        lists.add(numbers, as_entries(values, places))
    for row, cells in enumerate(rows):
        assert read(lists.best()[row]) == best_by_sorting(cells, k)


@given(scores, st.integers(0, PLACES - 1), scores, st.integers(0, PLACES - 1))
def test_of_two_entries_the_higher_score_is_greater_and_of_equal_ones_the_lower_place(one, place, other, elsewhere):
    a, b = as_entries(np.array([one, other]), np.array([place, elsewhere]))
    assert (a > b) == ((-quantise(one), place) < (-quantise(other), elsewhere))
    assert scores_of(a) == quantise(one) and places_of(a) == place and a >= 0


def test_the_floor_of_a_list_is_its_worst_entry_once_it_is_full():
    lists = BestLists(2, 2)
    lists.add(np.array([0, 0, 1]), as_entries(np.array([5.0, 7.0, 9.0]), np.array([1, 2, 3])))
    lists.settle()
    assert lists.floors.tolist() == [as_entries(np.array([5.0]), np.array([1]))[0], EMPTY]


@pytest.mark.parametrize("shape", [(0, 3), (3, 1)])
def test_lists_that_nothing_came_for_are_empty(shape):
    lists = BestLists(*shape)
    assert lists.best().shape == shape and (lists.best() == EMPTY).all()
