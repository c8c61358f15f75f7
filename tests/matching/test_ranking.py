"""How lists are cut and folded: the k best, ties by the lower number."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.ranking import OpeningLists, best_of_rows

tables = st.lists(
    st.lists(st.sampled_from([-1.0, 0.0, 10.0, 10.0, 55.5, 100.0]), min_size=6, max_size=6), min_size=1, max_size=12
)


def best_by_sorting(cells, k):
    return sorted(((-score, place) for place, score in enumerate(cells) if score >= 0))[:k]


@given(tables, st.integers(1, 7))
def test_the_best_of_a_row_are_those_that_sorting_gives(rows, k):
    found = best_of_rows(np.array(rows), k)
    for row, cells in enumerate(rows):
        mine = [(-s, c) for r, c, s in zip(*(column.tolist() for column in found), strict=True) if r == row]
        assert mine == best_by_sorting(cells, k)


@settings(max_examples=200)
@given(tables, st.integers(1, 3), st.randoms())
def test_lists_of_openings_do_not_depend_on_the_order_of_blocks(people, k, random):
    """Blocks of one person each, in any order: folds happen in between, ties still go to the lower rank."""
    openings = np.arange(6)
    lists = OpeningLists(6, k)
    lists._limit = 1
    for rank in random.sample(range(len(people)), len(people)):
        lists.add(openings, np.array([rank]), np.array(people[rank])[:, None])
    found = lists.result()
    for opening in range(6):
        mine = [(-s, c) for r, c, s in zip(*(column.tolist() for column in found), strict=True) if r == opening]
        assert mine == best_by_sorting([person[opening] for person in people], k)


def test_an_equal_score_with_a_lower_key_still_enters_a_full_list():
    lists = OpeningLists(1, 1)
    for rank in (9, 8, 7, 6, 5, 0):
        lists.add(np.array([0]), np.array([rank]), np.array([[50.0]]))
    assert lists.result().columns.tolist() == [0]


@pytest.mark.parametrize("shape", [(0, 3), (3, 0)])
def test_empty_tables_have_no_best(shape):
    assert len(best_of_rows(np.zeros(shape), 3).rows) == 0
