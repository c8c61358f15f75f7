"""Decides how a share is written down: its 95 % interval and its percent text, rounded the Korean way."""

from decimal import ROUND_HALF_UP, Decimal
from math import sqrt

Z_95 = 1.959963984540054  # the 97.5 % point of the normal distribution
NOTHING = "-"


def wilson_interval(numerator: int, denominator: int) -> tuple[float, float] | None:
    """The 95 % score interval of a share, 0 <= low <= share <= high <= 1; None without a denominator.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927): without
    continuity correction. It stays inside 0..1 and is of use from a handful of cases on.
    """
    if denominator == 0:
        return None
    share = numerator / denominator
    stretch = Z_95**2 / denominator
    middle = (share + stretch / 2) / (1 + stretch)
    half = Z_95 * sqrt(share * (1 - share) / denominator + stretch / denominator / 4) / (1 + stretch)
    return min(max(middle - half, 0.0), share), max(min(middle + half, 1.0), share)


def percent_text(numerator: int, denominator: int) -> str:
    """The share in percent with one decimal, halves up ("31.3" for 5/16, where round() says 31.2); "-" for 0/0."""
    if denominator == 0:
        return NOTHING
    return _tenth(Decimal(numerator * 100) / Decimal(denominator))


def percent_of(rate: float | None) -> str:
    """A rate 0..1 as percent text, for the ends of an interval; "-" where there is none."""
    return NOTHING if rate is None else _tenth(Decimal(str(rate)) * 100)


def _tenth(value: Decimal) -> str:
    return str(value.quantize(Decimal("0.1"), ROUND_HALF_UP))
