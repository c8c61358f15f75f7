"""Pay of every period compares as won a month."""

import pytest

from placement.pay import monthly_pay


@pytest.mark.parametrize(
    ("won", "period", "monthly"),
    [
        (8590, "hour", 1_795_310),
        (1_795_310, "month", 1_795_310),
        (24_000_000, "year", 2_000_000),
        (0, "hour", 0),
    ],
)
def test_a_stated_pay_is_told_by_the_month(won: int, period: str, monthly: int):
    assert monthly_pay(won, period) == monthly


@pytest.mark.parametrize(("won", "period"), [(None, "month"), (None, "piece"), (500, "piece")])
def test_no_month_is_told_where_nothing_is_stated_or_pay_is_by_the_piece(won: int | None, period: str):
    assert monthly_pay(won, period) is None
