"""What is typed after midnight in Seoul happened on that day, though it is the day before in UTC."""

from datetime import UTC, date, datetime

import pytest

from placement import calendars, states
from placement.settings import Settings
from tests.fixtures.service import TEST_KEY
from tests.web.cast import Office


@pytest.fixture
def settings(sqlite_url: str) -> Settings:
    """The day is not fixed here."""
    return Settings(database_url=sqlite_url, secret_key=TEST_KEY)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2020, 12, 1, 14, 30, tzinfo=UTC), date(2020, 12, 1)),  # 23:30 in Seoul
        (datetime(2020, 12, 1, 15, 30, tzinfo=UTC), date(2020, 12, 2)),  # 00:30 in Seoul
    ],
)
def test_a_move_has_the_day_of_seoul(office: Office, monkeypatch, moment: datetime, day: date):
    class Stopped(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment.astimezone(tz)

    number = office.opening("라벨링 검수", "엑셀")
    partner = office.visitor("partner")
    monkeypatch.setattr(calendars, "datetime", Stopped)
    monkeypatch.setattr(states, "now", lambda: moment)
    partner.open(f"/my-openings/{number}")
    partner.submit("일시 중지")
    line = office.log("opening", number)[-1]
    assert (line.move, line.effective_on) == ("pause", day)
    assert line.at.replace(tzinfo=UTC) == moment
