"""What a counselor reads: the day, the lists with their filters, and one of each with its ranking and its reasons."""

from datetime import timedelta

import pytest

from placement.models import Graduate, Opening, Placement, Suggestion
from placement.queue import enqueue
from tests.fixtures.markup import Markup
from tests.fixtures.pages import PageVisitor
from tests.web.cast import TODAY, Office


def tiles(page: Markup) -> dict[str, str]:
    """The numbers at the top of the day's page, by their words."""
    found = [element for element in page.all("li") if element.get("class").startswith("stat")]
    return {page.inside(tile, "span")[0].text: page.inside(tile, "a")[0].text.split()[0] for tile in found}


def names(page: Markup) -> list[str]:
    """The row heads of the page's tables."""
    return [element.text for element in page.all("th") if element.get("scope") == "row"]


def link_of(page: Markup, words: str) -> str:
    return next(link.get("href") for link in page.all("a") if words in link.text)


def test_the_day_counts_what_waits_and_each_number_leads_to_its_list(office: Office, counselor: PageVisitor):
    office.opening("사무 보조", "엑셀", closes_on=TODAY + timedelta(days=3))
    office.opening("나중 공고", "용접", closes_on=TODAY + timedelta(days=30))
    office.graduate("남궁서윤", "엑셀")
    office.graduate("황보담", "엑셀", counselor_id=None)
    office.graduate("선우결", "엑셀", counselor_id=office.accounts["colleague"].id)
    office.graduate("독고린", "도예", remote="remote")
    office.match()
    day = counselor.open("/today")
    assert tiles(day) == {
        "결정을 기다리는 내 수료생": "1명",
        "적합도 80 이상 새 추천": "1명",
        "7일 안에 마감되는 공고": "1건",
        "담당 상담사가 없는 수료생": "1명",
        "추천이 없는 수료생": "1명",
    }
    lists = {}
    for words in tiles(day):
        lists[words] = names(counselor.open(link_of(day, words)))
    assert list(lists.values()) == [["남궁서윤"], ["남궁서윤"], ["사무 보조"], ["황보담"], ["독고린"]]


def test_a_day_without_work_says_so(counselor: PageVisitor):
    shown = counselor.open("/today").text_of("main")
    assert "결정을 기다리는 수료생이 없습니다." in shown
    assert "곧 마감되는 공고가 없습니다." in shown


def test_who_has_a_job_is_not_asked_for_other_skills(office: Office, counselor: PageVisitor):
    looking, placed = office.graduate("남궁서윤"), office.graduate("황보담")
    with office.database.transaction() as session:
        job = {"kind": "employment", "state": "active", "starts_on": TODAY}
        session.add(Placement(graduate_id=placed, company_id=office.company.id, **job))
    assert "기술과 희망 조건을 확인해 주십시오." in counselor.open(f"/graduates/{looking}").text_of("main")
    shown = counselor.open(f"/graduates/{placed}").text_of("main")
    assert "이미 취업한 분이라 공고를 추천하지 않습니다." in shown and "확인해 주십시오" not in shown


def test_a_decided_graduate_waits_no_longer(office: Office, counselor: PageVisitor):
    graduate, opening = office.graduate("남궁서윤", "엑셀"), office.opening("사무 보조", "엑셀")
    office.match()
    office.change(Suggestion, office.pair(graduate, opening).id, state="shortlisted")
    assert tiles(counselor.open("/today"))["결정을 기다리는 내 수료생"] == "0명"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["남궁서윤", "선우결", "황보담"]),
        ("q=서윤", ["남궁서윤"]),
        ("q=%25", []),
        ("state=paused", ["선우결"]),
        ("counselor=mine", ["남궁서윤", "황보담"]),
        ("counselor=none", ["선우결"]),
        ("counselor=none&q=서윤", []),
        ("cohort=77", []),
        ("cohort=x&page=x&suggestions=x", ["남궁서윤", "선우결", "황보담"]),
        ("page=99", ["남궁서윤", "선우결", "황보담"]),
    ],
)
def test_the_list_of_graduates_keeps_to_its_filter(
    office: Office, counselor: PageVisitor, query: str, found: list[str]
):
    office.graduate("남궁서윤")
    office.graduate("황보담")
    office.change(Graduate, office.graduate("선우결", counselor_id=None), state="paused")
    page = counselor.open(f"/graduates?{query}")
    assert names(page) == found


def test_the_filter_stays_as_it_was_asked(counselor: PageVisitor):
    page = counselor.open("/graduates?q=서윤&counselor=mine")
    assert next(field.get("value") for field in page.all("input") if field.get("name") == "q") == "서윤"
    assert [o.get("value") for o in page.all("option") if "selected" in o.attributes] == ["mine"]


def test_long_lists_come_in_pages_that_keep_the_filter(office: Office, counselor: PageVisitor):
    for number in range(52):
        office.graduate(f"구직자{number:02}")
    office.graduate("남궁서윤")
    first = counselor.open("/graduates?q=구직자")
    assert (len(names(first)), "전체 52건" in first.text_of("main")) == (50, True)
    counselor.open(link_of(first, "다음"))
    assert counselor.path.endswith("page=2")
    assert names(counselor.markup) == ["구직자50", "구직자51"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["개발자", "사무 보조"]),
        ("q=사무", ["사무 보조"]),
        ("q=누리솔", ["개발자", "사무 보조"]),
        ("state=closed", []),
        ("company=2", []),
    ],
)
def test_the_list_of_openings_keeps_to_its_filter(office: Office, counselor: PageVisitor, query: str, found: list[str]):
    office.opening("사무 보조", closes_on=TODAY + timedelta(days=30))
    office.opening("개발자", closes_on=TODAY + timedelta(days=3))
    assert names(counselor.open(f"/openings?{query}")) == found


def test_a_graduates_page_ranks_openings_with_the_reason_of_each(office: Office, counselor: PageVisitor):
    graduate = office.graduate("남궁서윤", "엑셀", "파이썬", wanted_titles=["사무 보조"], phone="010-0000-0001")
    office.opening("데이터 분석", "파이썬", "SQL", pay_min=2_000_000, pay_max=2_300_000)
    office.opening("사무 보조", "엑셀", closes_on=TODAY + timedelta(days=3))
    office.match()
    page = counselor.open(f"/graduates/{graduate}")
    assert [head.text for head in page.all("h3")] == ["사무 보조", "데이터 분석"]
    shown = page.text_of("main")
    for words in (
        "월급 200만원 ~ 230만원",
        "마감 2020-12-04",
        "누리솔데이터",
        "010-0000-0001",
        "SQL 미충족",
        "가장 가까운 변화",
    ):
        assert words in shown
    assert len(page.all("details")) >= 2


def test_somebody_in_training_is_shown_as_about_to_complete(office: Office, counselor: PageVisitor):
    graduate = office.graduate("남궁서윤", completion_on=TODAY + timedelta(days=10))
    office.change(Graduate, graduate, state="in_training")
    shown = counselor.open(f"/graduates/{graduate}").text_of("main")
    assert "수료예정일" in shown
    assert "2020-12-11" in shown


def test_an_openings_page_ranks_graduates(office: Office, counselor: PageVisitor):
    opening = office.opening("사무 보조", "엑셀", "한글")
    office.graduate("황보담", "엑셀")
    office.graduate("남궁서윤", "엑셀", "한글")
    office.match()
    page = counselor.open(f"/openings/{opening}")
    assert [head.text for head in page.all("h3")] == ["남궁서윤", "황보담"]


def test_nobody_without_a_name_is_shown_without_a_word(office: Office, counselor: PageVisitor):
    graduate = office.graduate("남궁서윤")
    office.change(Graduate, graduate, name=None)
    assert counselor.open(f"/graduates/{graduate}").text_of("h1").startswith("G")


@pytest.mark.parametrize(
    "path",
    [
        "/graduates/99",
        "/openings/99",
        "/graduates/99999999999999999999",
        "/openings/2147483648",
        "/graduates/99/edit",
        "/openings/99/edit",
        "/openings/new/99",
    ],
)
def test_what_is_not_there_is_not_found(counselor: PageVisitor, path: str):
    counselor.open(path, status=404)


def test_while_a_list_is_computed_the_page_says_so_and_looks_again(office: Office, counselor: PageVisitor):
    graduate = office.graduate("남궁서윤")
    with office.database.transaction() as session:
        enqueue(session, "rematch_graduate", str(graduate))
    page = counselor.open(f"/graduates/{graduate}")
    assert "다시 계산 중입니다." in page.text_of("main")
    again = [meta.get("content") for meta in page.all("meta") if meta.get("http-equiv") == "refresh"]
    assert [words.partition("; url=/graduates/")[:2] for words in again] == [("2", "; url=/graduates/")]


def test_a_manager_reads_the_same_but_decides_nothing(office: Office):
    graduate, _opening = office.graduate("남궁서윤", "엑셀"), office.opening("사무 보조", "엑셀")
    office.match()
    page = office.visitor("manager").open(f"/graduates/{graduate}")
    assert [head.text for head in page.all("h3")] == ["사무 보조"]
    assert "후보로 올리기" not in page.text_of("main")


def test_words_of_people_are_shown_as_words(office: Office, counselor: PageVisitor):
    graduate = office.graduate("<script>alert(1)</script>", "<b>엑셀</b>")
    opening = office.opening("<img src=x onerror=alert(1)>", "<b>엑셀</b>")
    office.match()
    for path in (f"/graduates/{graduate}", f"/openings/{opening}", "/graduates", "/openings", "/today"):
        page = counselor.open(path)
        assert not [image for image in page.all("img", "b") if image.text == "엑셀" or image.get("src") == "x"]


def test_an_opening_closed_meanwhile_stays_readable(office: Office, counselor: PageVisitor):
    opening = office.opening("사무 보조")
    office.change(Opening, opening, state="closed", until_filled=True)
    assert "마감" in counselor.open(f"/openings/{opening}").text_of("main")
