"""Who was heard within half a minute is alive."""

from datetime import timedelta

from employers.columns import now
from placement.heartbeats import beat, is_alive
from placement.models import Heartbeat
from tests.placement.cast import count_rows, keep


def test_nobody_is_alive_before_the_first_beat(session):
    assert not is_alive(session, "clock")


def test_a_beat_says_who_is_alive_and_a_second_one_adds_no_row(session):
    beat(session, "clock")
    session.flush()
    beat(session, "clock")
    session.flush()
    assert is_alive(session, "clock")
    assert not is_alive(session, "worker")
    assert count_rows(session, Heartbeat) == 1


def test_after_half_a_minute_of_silence_nobody_counts_as_alive(session):
    keep(session, Heartbeat(name="clock", at=now() - timedelta(seconds=31)))
    keep(session, Heartbeat(name="worker", at=now() - timedelta(seconds=25)))
    assert not is_alive(session, "clock")
    assert is_alive(session, "worker")
