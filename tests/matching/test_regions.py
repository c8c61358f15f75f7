"""Which place lies in which."""

import pytest

from matching.regions import contains, covers


@pytest.mark.parametrize(
    ("wished", "offered"),
    [
        ("서울", "서초구"),
        ("서울", "서울특별시 서초구 양재동"),
        ("서초구", "양재동"),
        ("서초", "서울 서초구 강남대로 12"),
        ("서울특별시 서초구", "양재역"),
        ("성남시 분당구", "판교"),
        ("경기", "판교"),
        ("수도권", "인천 연수구"),
        ("경기도 광주", "경기 광주시"),
        ("서울, 경기", "성남시"),
        ("Seoul", "강남구"),
        ("전국", "제주"),
        ("서초구", "재택"),
        ("서울", "서울/판교"),
        ("알 수 없는 곳", "알 수 없는 곳 2층"),
        ("판교", "성남시 분당구 삼평동"),
        ("판교", "경기도 성남시 분당구 판교로 235"),
        ("판교동", "판교역"),
        ("양재동", "서울시 서초구 양재2동"),
        ("서초구", "서울특별시 서초구 반포대로 58, 3층"),
        ("마포구", "홍대입구역"),
        ("구로구", "구로디지털단지역"),
        ("부산", "추후 협의"),
        ("미정", "부산"),
        ("서울 외 지역", "부산"),
    ],
)
def test_a_wider_region_holds_its_parts(wished, offered):
    assert contains(wished, offered)


@pytest.mark.parametrize(
    ("wished", "offered"),
    [
        ("서초구", "서울"),
        ("서초구", "강남구"),
        ("서울", "판교"),
        ("광주", "경기 광주시"),
        ("서울 중구", "부산 중구"),
        ("강서구", "부산 강서구"),
        ("수도권", "부산"),
        ("알 수 없는 곳", "다른 곳"),
        ("분당구", "수원시 영통구"),
        ("3층", "서울 서초구, 3층"),
    ],
)
def test_no_other_region_is_held(wished, offered):
    assert not contains(wished, offered)


def test_working_from_home_names_no_place_beside_a_real_one():
    assert covers(("재택",), "부산")
    assert not covers(("재택", "서울"), "부산")
    assert covers(("부산", "서울"), "해운대")
