"""A whole-cohort round on the screen: the slate and its reasons, and the way of what is ticked into the proposing form."""

import pytest

from placement.consents import load_consent_documents
from placement.models import Referral
from placement.web import allocations
from tests.fixtures.markup import Markup
from tests.fixtures.pages import PageVisitor
from tests.web.cast import Office


@pytest.fixture
def round_of_three(office: Office) -> Office:
    """Two seats for three people: 남궁서윤 fits both openings, 선우결 the first, 황보담 neither for want of one skill."""
    office.seoyun = office.graduate("남궁서윤", "엑셀", "파이썬")
    office.graduate("선우결", "엑셀")
    office.graduate("황보담", "도예")
    office.sheets = post(office, "자료 정리", "엑셀", "파이썬")
    office.scripts = post(office, "자동화 개발", "파이썬", "자바")
    return office


def post(office: Office, title: str, must: str, wished: str) -> int:
    """The id of an open opening with one must-have."""
    number = office.opening(title, must, wished, seats=1)
    with office.database.transaction() as session:
        session.connection().exec_driver_sql(
            "UPDATE opening_requirement SET must = true WHERE opening_id = ? AND skill = ?", (number, must)
        )
    return number


def ticked(page: Markup) -> list[str]:
    boxes = [box for box in page.all("input") if box.get("name") == "pair"]
    return [box.get("value") for box in boxes if "checked" in box.attributes]


def test_the_slate_stands_with_its_figures_and_everything_ticked(round_of_three: Office, counselor: PageVisitor):
    page = counselor.open("/allocation")
    said = page.text_of("main")
    assert "3명 중 2명" in said
    assert "안정 배정으로 하면 1명이 덜 배정됩니다(1명)." in said
    assert len(ticked(page)) == 2
    assert f"{round_of_three.seoyun}-{round_of_three.scripts}" in ticked(page)
    assert round_of_three.newest(Referral) is None


def test_the_other_policy_and_the_least_fit_may_be_asked_for(round_of_three: Office, counselor: PageVisitor):
    page = counselor.open("/allocation?policy=stable")
    assert ticked(page) == [f"{round_of_three.seoyun}-{round_of_three.sheets}"]
    assert ticked(counselor.open("/allocation?least=99")) == [f"{round_of_three.seoyun}-{round_of_three.sheets}"]


def test_who_has_no_seat_stands_with_the_reason_and_what_would_change_it(
    round_of_three: Office, counselor: PageVisitor
):
    said = counselor.open("/allocation?show=waiting").text_of("main")
    assert "황보담" in said and "남궁서윤" not in said
    assert "조건이 모두 맞는 공고가 없습니다." in said
    said = counselor.open("/allocation?show=waiting&policy=stable").text_of("main")
    assert "맞는 공고의 자리는 모두 적합도가 더 높은 사람에게 돌아갔습니다." in said
    assert "‘자료 정리’(누리솔데이터)에 한 자리가 더 있으면 배정됩니다." in said


def test_what_is_ticked_goes_to_the_proposing_form_and_nothing_by_itself(
    round_of_three: Office, counselor: PageVisitor
):
    with round_of_three.database.transaction() as session:
        load_consent_documents(session)
    counselor.open("/allocation?policy=stable")
    form = counselor.submit("고른 것 알선하기")
    assert form.text_of("h1") == "알선하기"
    assert ticked(form) == [f"{round_of_three.seoyun}-{round_of_three.sheets}"]
    assert round_of_three.newest(Referral) is None
    assert "/allocation?policy=stable" in [box.get("value") for box in form.all("input") if box.get("name") == "next"]
    counselor.submit("알선하기", how="ask")
    assert round_of_three.newest(Referral).graduate_id == round_of_three.seoyun


def test_after_proposing_the_person_and_the_seat_are_out_of_the_next_slate(
    round_of_three: Office, counselor: PageVisitor
):
    with round_of_three.database.transaction() as session:
        load_consent_documents(session)
    counselor.open("/allocation?policy=stable")
    counselor.submit("고른 것 알선하기")
    counselor.submit("알선하기", how="ask")
    page = counselor.open("/allocation")
    assert "알선이 진행 중인 1명과 그 자리는 뺐습니다." in page.text_of("main")
    assert ticked(page) == []
    page = counselor.open("/allocation?referred=with")
    assert f"{round_of_three.seoyun}-{round_of_three.sheets}" not in ticked(page)
    assert len(ticked(page)) == 2


def test_a_manager_reads_the_slate_and_may_not_propose(round_of_three: Office):
    page = round_of_three.visitor("manager").open("/allocation")
    assert "남궁서윤" in page.text_of("main")
    assert ticked(page) == []
    assert "고른 것 알선하기" not in page.text_of("main")


def test_a_long_slate_comes_in_pages_that_one_form_can_take(office: Office, counselor: PageVisitor):
    for number in range(52):
        office.graduate(f"사람{number:02}", "엑셀")
    office.opening("자료 정리", "엑셀", seats=60)
    assert len(ticked(counselor.open("/allocation"))) == 50
    assert len(ticked(counselor.open("/allocation?page=2"))) == 2
    assert len(ticked(counselor.open("/allocation?page=9"))) == 2


def test_a_round_too_large_for_a_screen_is_not_computed_there(
    round_of_three: Office, counselor: PageVisitor, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(allocations, "MOST_ON_SCREEN", 5)
    page = counselor.open("/allocation")
    assert "한 화면에서 계산하기에는 너무 많습니다(3명, 공고 2건)." in page.text_of("main")
    assert ticked(page) == []


@pytest.mark.parametrize("odd", ["policy=fair", "least=-5", "least=x", "cohort=x", "page=0", "referred=1"])
def test_an_odd_wish_is_as_if_it_had_not_been_said(round_of_three: Office, counselor: PageVisitor, odd: str):
    assert len(ticked(counselor.open(f"/allocation?{odd}"))) == 2


def test_an_office_without_anybody_has_an_empty_slate(counselor: PageVisitor):
    assert "배정할 수 있는 사람이 없습니다." in counselor.open("/allocation").text_of("main")


def test_the_menu_leads_there(counselor: PageVisitor):
    links = {link.text: link.get("href") for link in counselor.open("/today").all("a")}
    assert links["배정안"] == "/allocation"
