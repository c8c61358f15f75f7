"""Checks how shares are written down: golden values, and what holds for every share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.figures.intervals import percent_of, percent_text, wilson_interval


@st.composite
def shares(draw) -> tuple[int, int]:
    denominator = draw(st.integers(1, 10_000))
    return draw(st.integers(0, denominator)), denominator


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [(12, 16, "50.5", "89.8"), (6, 12, "25.4", "74.6"), (6, 16, "18.5", "61.4")],
)
def test_the_intervals_of_the_article_are_the_published_ones(numerator, denominator, low, high):
    assert tuple(map(percent_of, wilson_interval(numerator, denominator))) == (low, high)


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (12, 16, "75.0"),
        (6, 12, "50.0"),
        (6, 16, "37.5"),
        (5, 16, "31.3"),
        (1, 16, "6.3"),
        (9, 16, "56.3"),
        (13, 16, "81.3"),
        (1, 3, "33.3"),
        (2, 3, "66.7"),
        (0, 7, "0.0"),
        (7, 7, "100.0"),
    ],
)
def test_a_percentage_rounds_halves_up(numerator, denominator, text):
    assert percent_text(numerator, denominator) == text


def test_nothing_out_of_nothing_is_a_dash_and_has_no_interval():
    assert percent_text(0, 0) == "-"
    assert percent_of(None) == "-"
    assert wilson_interval(0, 0) is None


@given(shares())
def test_the_interval_lies_within_0_and_1_and_contains_the_rate(share):
    numerator, denominator = share
    low, high = wilson_interval(numerator, denominator)
    assert 0 <= low <= numerator / denominator <= high <= 1


@given(shares(), st.integers(2, 50))
def test_more_cases_with_the_same_rate_never_widen_the_interval(share, times):
    few, many = wilson_interval(*share), wilson_interval(*(times * part for part in share))
    assert many[1] - many[0] < few[1] - few[0]


@given(shares())
def test_the_interval_of_the_rest_is_the_mirror_image(share):
    numerator, denominator = share
    low, high = wilson_interval(numerator, denominator)
    assert wilson_interval(denominator - numerator, denominator) == pytest.approx((1 - high, 1 - low), abs=1e-9)
