"""The minimum wage: which year's counts, for whom, and when a shortfall is certain."""

from datetime import date
from itertools import pairwise

import pytest

from employers.wages import find_under_pay, wage_on
from placement.openings import minimum_wages

WAGES = minimum_wages()
NEW_YEAR = date(2021, 1, 1)


def short(pay: int | None, period: str = "month", kind: str | None = "contract", on: date = date(2020, 12, 1)):
    return find_under_pay(WAGES, pay=pay, period=period, employment_type=kind, starts_on=on)


@pytest.mark.parametrize(("year", "hourly"), [(2020, 8590), (2021, 8720), (2025, 10030), (2026, 10320), (2027, 10700)])
def test_each_year_has_its_wage_from_its_first_to_its_last_day(year: int, hourly: int):
    assert [wage_on(WAGES, date(year, *day)).hourly for day in ((1, 1), (12, 31))] == [hourly, hourly]


def test_the_table_has_no_gap_and_no_overlap():
    ends_and_starts = pairwise(WAGES)
    assert all((after.valid_from - before.valid_until).days == 1 for before, after in ends_and_starts)


def test_outside_the_table_the_nearest_wage_counts():
    assert wage_on(WAGES, date(1999, 5, 1)) == WAGES[0]
    assert wage_on(WAGES, date(2099, 5, 1)) == WAGES[-1]


@pytest.mark.parametrize(("period", "least"), [("hour", 8590), ("month", 1_795_310), ("year", 12 * 1_795_310)])
def test_the_least_pay_of_a_period_is_enough_and_one_won_less_is_not(period: str, least: int):
    assert short(least, period) is None
    assert short(least - 1, period).least == least


def test_the_year_of_the_start_decides():
    assert short(1_800_000) is None
    assert short(1_800_000, on=NEW_YEAR).least == 1_822_480


def test_a_part_timers_month_may_be_short_but_the_hour_may_not():
    assert short(900_000, kind="part_time").is_certain is False
    assert short(8_000, "hour", "part_time").is_certain is True


@pytest.mark.parametrize(
    ("pay", "period", "kind"), [(None, "month", "regular"), (50, "piece", "regular"), (1, "hour", "freelance")]
)
def test_unstated_pay_piece_work_and_freelance_are_not_measured(pay: int | None, period: str, kind: str):
    assert short(pay, period, kind) is None
