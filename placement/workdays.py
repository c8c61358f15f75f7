"""Decides which days are working days in Korea: Monday to Friday without public holidays."""

from datetime import date, timedelta
from functools import cache

import holidays


@cache
def _holidays_of(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("KR", years=year))


def is_workday(day: date) -> bool:
    """Whether offices are open."""
    return day.weekday() < 5 and day not in _holidays_of(day.year)


def workdays_since(start: date, today: date) -> int:
    """How many working days have gone by after `start`, up to and with `today`; 0 when today is not later."""
    days = (start + timedelta(days=n) for n in range(1, (today - start).days + 1))
    return sum(map(is_workday, days))


def workday_after(start: date, workdays: int) -> date:
    """The day on which that many working days have gone by after `start`."""
    day = start
    while workdays > 0:
        day += timedelta(days=1)
        workdays -= is_workday(day)
    return day
