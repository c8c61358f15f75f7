"""Decides that a program manager reads the tracks, the funnel and the rates in a browser, as picture and as table."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.fixtures.browser import Visitor
from tests.journeys.walking import sign_in

LABELING, BLOCKCHAIN, INTERNS = "AI 데이터라벨링 전문인력 양성과정", "블록체인 칼리지", "AI칼리지 청년인턴"
# Rate, counted, percent and 95 % interval (Wilson 1927) of the 16 interns of the published program.
RATES = (
    ("전환 제의율", "12/16", "75.0", "50.5–89.8"),
    ("제의 대비 전환율", "6/12", "50.0", "25.4–74.6"),
    ("정규직 전환율", "6/16", "37.5", "18.5–61.4"),
)


@pytest.fixture
def manager(visitor: Visitor) -> Visitor:
    sign_in(visitor, "manager")
    return visitor


def track_of(page: Page, name: str) -> Locator:
    """The part of the page that tells of one track."""
    return page.get_by_role("region", name=name, exact=True)


def rates_of(track: Locator) -> Locator:
    return track.get_by_role("table", name=re.compile("정규직 전환"))


def test_the_three_rates_stand_as_picture_and_as_table_with_their_intervals(manager: Visitor):
    page = manager.check()
    expect(page).to_have_url(re.compile("/overview$"))
    interns = track_of(page, INTERNS)
    said = interns.get_by_role("img", name=re.compile("^정규직 전환 ")).text_content()
    for label, counted, percent, interval in RATES:
        row = rates_of(interns).get_by_role("row", name=re.compile(f"^{label}"))
        cells = [cell.strip() for cell in row.get_by_role("cell").all_inner_texts()]
        assert cells == [counted, "0", f"{percent} %", interval]
        assert f"{label} {counted} = {percent} %, {interval}" in said


def test_a_track_without_a_result_shows_a_dash_and_never_zero_percent(manager: Visitor):
    page = manager.page
    for name in (LABELING, BLOCKCHAIN):
        track = track_of(page, name)
        for label, *_ in RATES:
            row = rates_of(track).get_by_role("row", name=re.compile(f"^{label}"))
            assert row.get_by_role("cell").all_inner_texts() == ["0/0", "0", "-", "-"]
        expect(track.get_by_text("아직 결과가 없습니다. 비율은 -로 나타냅니다.")).to_be_visible()
    assert not re.search(r"(?<![\d.])0(\.0)? ?%", page.get_by_role("main").inner_text())


def test_the_tracks_stand_side_by_side(manager: Visitor):
    page = manager.page
    table = page.get_by_role("table", name=re.compile("^단계별 인원과 전환율"))
    expect(table).to_be_visible()
    heads = table.get_by_role("columnheader").all_inner_texts()
    assert [word for word in (LABELING, BLOCKCHAIN, INTERNS) if word in heads] == [LABELING, BLOCKCHAIN, INTERNS]
    rate = table.get_by_role("row", name=re.compile("^정규직 전환율"))
    expect(rate).to_contain_text("37.5 %")
    expect(rate).to_contain_text("6/16")


def test_another_day_gives_the_figures_of_that_day(manager: Visitor):
    page = manager.page
    page.get_by_label("기준일", exact=True).fill("2020-05-31")
    page.get_by_role("button", name="다시 계산").click()
    expect(page).to_have_url(re.compile("as_of=2020-05-31"))
    rates = rates_of(track_of(page, INTERNS))
    expect(rates.get_by_role("row", name=re.compile("^전환 제의율"))).to_contain_text("7/7")
    undecided = rates.get_by_role("row", name=re.compile("^전환 제의율")).get_by_role("cell").nth(1)
    expect(undecided).to_have_text("9")
    manager.check()
    page.get_by_role("link", name="오늘 기준").click()
    expect(rates.get_by_role("row", name=re.compile("^전환 제의율"))).to_contain_text("12/16")


def test_a_number_opens_the_people_whom_it_counts(manager: Visitor):
    page = manager.page
    funnel = track_of(page, INTERNS).get_by_role("table", name=re.compile("단계별 인원"))
    funnel.get_by_role("row", name=re.compile("^전환 제의")).get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("전환 제의 명단")
    assert page.get_by_role("rowheader").count() == 12
    manager.check()
    name = page.get_by_role("rowheader").first.inner_text()
    page.get_by_role("rowheader").first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    assert page.get_by_role("button", name="후보로 올리기").count() == 0


def test_companies_stand_with_agreement_openings_and_hires(manager: Visitor):
    page = manager.page
    page.get_by_role("navigation", name="주 메뉴").get_by_role("link", name="협약기업").click()
    expect(page.locator(".pager")).to_contain_text("전체 59건")
    page.get_by_label("협약", exact=True).select_option(label="인턴 참여기업")
    page.get_by_role("button", name="조회").click()
    expect(page.locator(".pager")).to_contain_text("전체 12건")
    interns = page.locator("tbody tr").all()
    manager.check()
    assert sum(int(row.get_by_role("cell").nth(4).inner_text()) for row in interns) == 16
    name = page.get_by_role("rowheader").first.inner_text()
    page.get_by_role("rowheader").first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    manager.check()


def test_a_track_tells_whom_it_takes_and_what_it_teaches(manager: Visitor):
    page = manager.page
    track_of(page, LABELING).get_by_role("link", name="과정 안내").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(LABELING)
    expect(page.get_by_text("개인 PC가 있어야 합니다.")).to_be_visible()
    expect(page.get_by_text("바운딩박스").first).to_be_visible()
    manager.check()


def test_what_is_due_is_listed_in_full(manager: Visitor):
    page = manager.page
    due = page.get_by_role("region", name="오늘 할 일", exact=True)
    promised = due.locator(".count").first.inner_text()
    due.get_by_role("link", name="모두 보기").click()
    rows = page.get_by_role("table", name="곧 끝나는 협약").get_by_role("rowheader")
    assert rows.count() == int(promised)
    manager.check()
