"""A pair that is put off leaves the list, says until when, and comes back by a click or by time."""

from datetime import timedelta

import pytest

from placement.models import Suggestion
from placement.ticking import run_due
from tests.fixtures.pages import PageVisitor
from tests.web.cast import TODAY, Office

WEEK = (TODAY + timedelta(days=7)).isoformat()


@pytest.fixture
def pair(office: Office) -> Suggestion:
    graduate, opening = office.graduate("남궁서윤", "엑셀"), office.opening("사무 보조", "엑셀")
    office.match()
    return office.pair(graduate, opening)


def now(office: Office, pair: Suggestion) -> Suggestion:
    return office.read(Suggestion, pair.id)


def pages_of(pair: Suggestion) -> dict[str, str]:
    return {"사무 보조": f"/graduates/{pair.graduate_id}", "남궁서윤": f"/openings/{pair.opening_id}"}


@pytest.mark.parametrize("name", ["사무 보조", "남궁서윤"])
def test_a_week_is_offered_and_the_pair_is_folded_away(
    office: Office, counselor: PageVisitor, pair: Suggestion, name: str
):
    path = pages_of(pair)[name]
    counselor.open(path)
    page = counselor.submit(f"이날까지 미루기 {name}")
    assert f"{WEEK}까지 미루었습니다." in page.text_of("main")
    assert (now(office, pair).state, str(now(office, pair).snoozed_until)) == ("snoozed", WEEK)
    later = counselor.open(path)
    assert [head.text for head in later.all("h3")] == []
    folded = later.text_of("details.folded") if later.all("details") else ""
    assert f"{WEEK}까지" in (folded or later.text_of("main"))
    counselor.submit(f"되돌리기 {name}")
    assert now(office, pair).state == "new"


def test_the_click_is_taken_back_at_once(office: Office, counselor: PageVisitor, pair: Suggestion):
    counselor.open(pages_of(pair)["사무 보조"])
    counselor.submit("이날까지 미루기 사무 보조", until="2020-12-24")
    assert str(now(office, pair).snoozed_until) == "2020-12-24"
    page = counselor.submit("방금 처리 취소 사무 보조")
    assert (now(office, pair).state, now(office, pair).snoozed_until) == ("new", None)
    assert "되돌렸습니다." in page.text_of("main")


@pytest.mark.parametrize(
    ("until", "status"), [("2020-12-01", 409), ("2020-11-30", 409), ("soon", 422), ("9999-01-01", 422)]
)
def test_an_odd_day_is_told_and_changes_nothing(
    office: Office, counselor: PageVisitor, pair: Suggestion, until: str, status: int
):
    counselor.open(pages_of(pair)["사무 보조"])
    counselor.submit("이날까지 미루기 사무 보조", status=status, until=until)
    assert now(office, pair).state == "new"


def test_on_its_day_the_pair_comes_up_again(office: Office, counselor: PageVisitor, pair: Suggestion):
    counselor.open(pages_of(pair)["사무 보조"])
    counselor.submit("이날까지 미루기 사무 보조")
    for days, state in ((6, "snoozed"), (7, "new")):
        with office.database.transaction() as session:
            run_due(session, today=TODAY + timedelta(days=days))
        assert now(office, pair).state == state


def test_a_manager_may_look_and_not_put_off(office: Office, pair: Suggestion):
    assert "미루기" not in office.visitor("manager").open(pages_of(pair)["사무 보조"]).text_of("main")
