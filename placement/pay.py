"""Decides what a stated pay is worth a month, so that hourly, yearly and monthly pay compare."""

from employers.enums import PayPeriod
from employers.wages import MONTHLY_HOURS


def monthly_pay(won: int | None, period: str) -> int | None:
    """Won a month; None where nothing is stated or pay is by the piece, which no month can be told from."""
    if won is None or period == PayPeriod.PIECE:
        return None
    if period == PayPeriod.HOUR:
        return won * MONTHLY_HOURS
    return won // 12 if period == PayPeriod.YEAR else won
