"""Which day it is: the demo's own, else a fixed one, else today in Seoul."""

from datetime import UTC, date, datetime

import pytest

from placement import calendars
from placement.calendars import today_of
from placement.models import Setting
from tests.placement.cast import keep

DEMO_DAY, FIXED = date(2020, 12, 1), date(2021, 3, 2)


def stop_clock(monkeypatch, moment: datetime) -> None:
    class Stopped(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment.astimezone(tz)

    monkeypatch.setattr(calendars, "datetime", Stopped)


def test_the_demo_has_its_own_day_whatever_else_is_said(session):
    keep(session, Setting(name="demo", value={"today": DEMO_DAY.isoformat()}))
    assert today_of(session) == today_of(session, FIXED) == DEMO_DAY


def test_without_a_demo_a_fixed_day_counts(session):
    assert today_of(session, FIXED) == FIXED


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2020, 12, 1, 14, 59, 59, tzinfo=UTC), date(2020, 12, 1)),
        (datetime(2020, 12, 1, 15, 0, tzinfo=UTC), date(2020, 12, 2)),
    ],
)
def test_otherwise_it_is_the_day_in_seoul_which_begins_at_fifteen_utc(session, monkeypatch, moment, day):
    stop_clock(monkeypatch, moment)
    assert today_of(session) == day
