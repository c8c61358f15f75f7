"""Cells are read as an office writes them: days, pay, skills with levels, closed lists."""

from datetime import date

import pytest

from employers.enums import PayPeriod
from placement.importing.cells import read_day, read_text, read_whole, read_yes
from placement.importing.lists import read_skills, split_places, split_titles
from placement.importing.pay import Pay, read_monthly_won, read_pay
from placement.importing.problems import CellRefused


@pytest.mark.parametrize(
    "written",
    [
        "2020-10-08",
        "2020.10.8",
        "2020. 10. 8.(목)",
        "2020. 10. 8 (목)",
        "2020/10/8",
        "20201008",
        20201008,
        "20-10-08",
        "201008",
        "2020년 10월 8일(목)",
        "2020-10-08 00:00:00",
        44112,
        44112.0,
        date(2020, 10, 8),
    ],
)
def test_a_day_is_read_in_every_office_form(written):
    assert read_day(written) == date(2020, 10, 8)


@pytest.mark.parametrize(
    ("written", "code"),
    [("2020-02-30", "date_impossible"), ("내일", "date_shape"), (True, "date_shape"), (3, "date_shape")],
)
def test_what_is_no_day_is_refused(written, code: str):
    with pytest.raises(CellRefused, match=code):
        read_day(written)


@pytest.mark.parametrize(
    ("written", "pay"),
    [
        ("월 220~250만원", Pay(PayPeriod.MONTH, 2_200_000, 2_500_000)),
        ("연봉 3,000만원", Pay(PayPeriod.YEAR, 30_000_000, 30_000_000)),
        ("시급 8,590원", Pay(PayPeriod.HOUR, 8_590, 8_590)),
        ("건당 100원", Pay(PayPeriod.PIECE, 100, 100)),
        ("250", Pay(None, 2_500_000, 2_500_000)),
        (2_500_000.0, Pay(None, 2_500_000, 2_500_000)),
        ("월 220만원 이상", Pay(PayPeriod.MONTH, 2_200_000, None)),
        ("회사내규에 따름", None),
    ],
)
def test_pay_is_kept_in_won(written, pay):
    assert read_pay(written) == pay


def test_a_years_wish_becomes_a_month():
    assert read_monthly_won("연봉 3,000만원") == 2_500_000


@pytest.mark.parametrize("written", ["많이", "-250만원", "1~2~3만원"])
def test_what_is_no_pay_is_refused(written: str):
    with pytest.raises(CellRefused, match="money_shape"):
        read_pay(written)


def test_skills_come_apart_and_tell_their_level():
    assert read_skills("엑셀 중급, Python(고급); 폴리곤 라벨링:3 | 한글 등") == [
        {"skill": "엑셀", "level": 3},
        {"skill": "Python", "level": 4},
        {"skill": "폴리곤 라벨링", "level": 3},
        {"skill": "한글"},
    ]


@pytest.mark.parametrize(
    "whole",
    ["HTML/CSS", "C/C++", "Bash/Shell/PowerShell", "컴활 1급", "ISO 27001:2013", "Python 3", "블록체인 기초", "C#"],
)
def test_a_skill_with_signs_or_numbers_stays_whole(whole: str):
    assert read_skills(whole) == [{"skill": whole}]


def test_a_comma_inside_brackets_separates_nothing():
    assert [skill["skill"] for skill in read_skills("Python(중급, 2년), 엑셀 / 워드")] == [
        "Python(중급, 2년)",
        "엑셀",
        "워드",
    ]


@pytest.mark.parametrize("written", ["엑셀:9", "엑셀(0)", "엑셀 레벨 5"])
def test_a_level_outside_one_to_four_is_refused(written: str):
    with pytest.raises(CellRefused, match="level_out_of_range"):
        read_skills(written)


def test_places_part_at_slashes_but_titles_keep_them():
    assert split_places("서울 서초구/강남구") == ["서울 서초구", "강남구"]
    assert split_titles("SW/HW 개발, 라벨러") == ["SW/HW 개발", " 라벨러"]


def test_numbers_take_their_counters():
    assert [read_whole(cell) for cell in ("제2기", "1차", "3회차", "1,000명", 3.0)] == [2, 1, 3, 1000, 3]


def test_yes_and_no_in_office_words():
    assert [read_yes(cell) for cell in ("예", "O", "y", True, "아니오", "X", "불가", 0)] == [True] * 4 + [False] * 4


def test_a_formula_left_as_text_is_refused_and_a_guarding_apostrophe_taken_off():
    with pytest.raises(CellRefused, match="formula"):
        read_text("=HYPERLINK(A1)")
    assert read_text("'=합") == "=합"
