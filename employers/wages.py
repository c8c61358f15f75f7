"""Decides what the law lets a company pay at least: the minimum wage of the year in which the work starts."""

from datetime import date
from typing import NamedTuple

from employers.enums import EmploymentType, PayPeriod

MONTHLY_HOURS = 209  # (40 + 8 paid hours of weekly rest) x 4.345 weeks
HOURS = {PayPeriod.HOUR: 1, PayPeriod.MONTH: MONTHLY_HOURS, PayPeriod.YEAR: 12 * MONTHLY_HOURS}


class MinimumWage(NamedTuple):
    """최저임금: won an hour, in force from the first to the last day."""

    valid_from: date
    valid_until: date
    hourly: int


class UnderPay(NamedTuple):
    """A stated pay below the least one of its period. `is_certain`: no number of hours could make it lawful."""

    wage: MinimumWage
    period: str
    least: int
    is_certain: bool


def wage_on(wages: list[MinimumWage], day: date) -> MinimumWage:
    """The wage in force on that day; outside the table, the nearest one we know. `wages` is sorted and not empty."""
    return next((wage for wage in reversed(wages) if wage.valid_from <= day), wages[0])


def find_under_pay(
    wages: list[MinimumWage], *, pay: int | None, period: str, employment_type: str | None, starts_on: date
) -> UnderPay | None:
    """How `pay` (won a period) falls short of the minimum wage of the day the work starts, or None.

    Piece work and freelance work know no hours. A part-timer's month may be short, so there it is not certain.
    """
    hours = HOURS.get(PayPeriod(period))
    if pay is None or hours is None or employment_type == EmploymentType.FREELANCE:
        return None
    wage = wage_on(wages, starts_on)
    least = wage.hourly * hours
    if pay >= least:
        return None
    return UnderPay(wage, period, least, employment_type != EmploymentType.PART_TIME or period == PayPeriod.HOUR)
