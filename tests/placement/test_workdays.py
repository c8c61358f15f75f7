"""Working days are Monday to Friday without Korea's public holidays, the moving ones and the substitutes too."""

from datetime import date

import pytest

from placement.workdays import is_workday, workdays_since


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2020, 10, 9), "한글날"),
        (date(2021, 2, 11), "설날 연휴"),
        (date(2021, 2, 12), "설날"),
        (date(2020, 10, 1), "추석"),
        (date(2020, 8, 17), "임시공휴일"),
        (date(2021, 10, 11), "한글날 대체공휴일"),
        (date(2020, 12, 25), "성탄절"),
        (date(2020, 12, 5), "토요일"),
        (date(2020, 12, 6), "일요일"),
    ],
)
def test_offices_are_closed(day: date, name: str):
    assert not is_workday(day), name


@pytest.mark.parametrize("day", [date(2020, 12, 1), date(2020, 10, 8), date(2021, 2, 10), date(2021, 2, 15)])
def test_offices_are_open(day: date):
    assert is_workday(day)


@pytest.mark.parametrize(
    ("start", "today", "gone_by"),
    [
        (date(2020, 12, 1), date(2020, 12, 1), 0),
        (date(2020, 12, 1), date(2020, 11, 20), 0),
        (date(2020, 12, 1), date(2020, 12, 2), 1),
        (date(2020, 12, 4), date(2020, 12, 7), 1),
        (date(2020, 10, 8), date(2020, 10, 12), 1),
        (date(2021, 2, 10), date(2021, 2, 15), 1),
        (date(2020, 12, 1), date(2020, 12, 21), 14),
        (date(2020, 9, 28), date(2020, 10, 20), 12),
    ],
)
def test_working_days_are_counted_after_the_first_day_and_with_the_last(start: date, today: date, gone_by: int):
    assert workdays_since(start, today) == gone_by
