"""Names compared by the pieces of their words."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.grams import GramIndex, cut_letters, cut_word

NAMES = ["data labeling", "labeling data", "data analysis", "데이터 라벨링", "라벨링 검수"]
INDEX = GramIndex([name.split() for name in NAMES])
texts = st.lists(st.sampled_from(["data", "labeling", "analysis", "데이터", "라벨링", "검수", "zzz"]), max_size=4)


def test_pieces_are_cut_within_the_word_and_its_borders():
    assert cut_word("ab", 2, 3) == [" a", "ab", "b ", " ab", "ab "]
    assert cut_word("", 3, 4) == ["  "]
    assert " ㄹㅏ" in cut_letters("라벨링")


def test_the_order_of_words_does_not_count():
    table = INDEX.similarities([["labeling", "data"]])
    assert table[0, 0] == pytest.approx(1.0) and table[0, 1] == pytest.approx(1.0)
    assert table[0, 2] < 0.6


def test_the_cosine_equals_one_computed_by_hand():
    # Two names, words of one letter: pieces " a", "a " are in both, the rest in one; weights 1 and 1 + ln(3/2).
    index = GramIndex([["a"], ["a", "b"]], cut=lambda word: cut_word(word, 2, 2), beginning=1.0)
    rare = 1 + np.log(3 / 2)
    assert index.similarities([["a"]])[0, 1] == pytest.approx(np.sqrt(2) / np.sqrt(2 + 2 * rare**2))


@settings(deadline=None)
@given(st.lists(texts, min_size=1, max_size=5))
def test_a_row_depends_on_its_text_only(asked):
    together = INDEX.similarities(asked)
    alone = np.vstack([INDEX.similarities([text]) for text in asked])
    assert np.array_equal(together, alone)
    assert together.min() >= 0 and together.max() <= 1


def test_a_text_without_known_pieces_is_like_nothing():
    assert not INDEX.similarities([["123"], []]).any()
