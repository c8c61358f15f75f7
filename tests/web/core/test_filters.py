"""How stored values look on a page."""

from datetime import UTC, datetime

import pytest

from employers.models import Opening
from placement.texts import speaking
from placement.web.addresses import address_with
from placement.web.filters import describe_closing, describe_moment, describe_pay, describe_phone, describe_place


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ({}, "급여 협의"),
        ({"pay_min": 2_000_000, "pay_max": 2_300_000}, "월급 200만원 ~ 230만원"),
        ({"pay_min": 2_000_000, "pay_max": 2_000_000}, "월급 200만원"),
        ({"pay_max": 28_000_000, "pay_period": "year"}, "연봉 2,800만원"),
        ({"pay_min": 8_720, "pay_period": "hour"}, "시급 8,720원"),
        ({"pay_min": 40, "pay_max": 100, "pay_period": "piece"}, "건당 40원 ~ 100원"),
    ],
)
def test_pay_is_said_in_the_unit_of_its_period(stored, shown):
    assert describe_pay(Opening(**stored)) == shown


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ({}, "Pay to be agreed"),
        ({"pay_min": 2_000_000, "pay_max": 2_300_000}, "₩2,000,000 to ₩2,300,000 a month"),
        ({"pay_min": 1_851_234, "pay_max": 1_851_234}, "₩1,851,234 a month"),
        ({"pay_max": 28_000_000, "pay_period": "year"}, "₩28,000,000 a year"),
        ({"pay_min": 8_720, "pay_period": "hour"}, "₩8,720 an hour"),
        ({"pay_min": 40, "pay_max": 100, "pay_period": "piece"}, "₩40 to ₩100 a piece"),
    ],
)
def test_pay_is_said_in_won_in_english(stored, shown):
    with speaking("en"):
        assert describe_pay(Opening(**stored)) == shown


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ({"region": "서울 서초구", "remote": "office"}, "서울 서초구 (출근)"),
        ({"region": "서울 서초구", "remote": "remote"}, "재택"),
        ({"region": None, "remote": "hybrid"}, "출근·재택 혼합"),
    ],
)
def test_a_place_is_said_with_its_mode_and_remote_work_has_none(stored, shown):
    assert describe_place(Opening(**stored)) == shown


def test_until_filled_is_said_instead_of_a_day():
    assert describe_closing(Opening(until_filled=True)) == "채용시까지"
    assert describe_closing(Opening()) == ""
    with speaking("en"):
        assert describe_closing(Opening(until_filled=True)) == "Until filled"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("01000000001", "010-0000-0001"),
        ("0200000001", "02-0000-0001"),
        ("020000001", "02-000-0001"),
        ("0310000001", "031-000-0001"),
        ("+82 10", "+82 10"),
        ("", "-"),
        (None, "-"),
    ],
)
def test_a_phone_number_is_parted_where_people_part_it(stored, shown):
    assert describe_phone(stored) == shown


def test_a_moment_is_shown_in_seoul():
    assert describe_moment(datetime(2020, 12, 1, 16, 30, tzinfo=UTC)) == "2020-12-02 01:30"


def test_a_value_is_set_in_an_address_and_the_others_stay(app):
    with app.test_request_context():
        assert address_with("/graduates?q=a&page=2", "row", page="3") == "/graduates?q=a&page=3#row"
