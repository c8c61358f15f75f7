"""A counselor's morning in a real browser: every page is checked at both widths, and a change is there in two seconds."""

import threading
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from placement.jobs.handlers import HANDLERS
from placement.jobs.worker import Worker
from placement.models import Suggestion
from tests.fixtures.browser import Visitor, visiting
from tests.web.cast import TODAY, Office

PAGES = ["/today", "/graduates", "/graduates/1", "/graduates/1/edit", "/openings", "/openings/1", "/openings/new"]


@pytest.fixture
def at_desk(office: Office, live_server: str, browser: Browser) -> Iterator[Visitor]:
    """A counselor who is signed in, with two people and two openings on the lists."""
    office.graduate("남궁서윤", "엑셀", "한글", wanted_titles=["사무 보조"], regions=["서울"])
    office.graduate("황보담", "파이썬")
    office.opening("사무 보조", "엑셀", "한글", region="서울 서초구", pay_min=2_000_000, pay_max=2_300_000)
    office.opening("데이터 분석", "파이썬", "SQL", remote="remote")
    office.match()
    cookie = office.visitor("counselor").client.get_cookie("ieum")
    with visiting(browser, live_server) as visitor:
        visitor.page.context.add_cookies([{"name": "ieum", "value": cookie.value, "url": live_server}])
        yield visitor


@pytest.fixture
def worker(office: Office) -> Iterator[None]:
    stopping = threading.Event()
    thread = threading.Thread(target=Worker(office.database, HANDLERS, TODAY).run, args=(stopping,))
    thread.start()
    yield
    stopping.set()
    thread.join()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_clean_at_both_widths(at_desk: Visitor, page: str):
    at_desk.open(page)


@pytest.mark.parametrize("page", ["/sign-in", "/help", "/privacy", "/accessibility", "/no-such-page"])
def test_every_open_page_is_clean_at_both_widths(visitor: Visitor, page: str):
    visitor.open(page, status=404 if page == "/no-such-page" else 200)


def test_the_reasons_unfold_and_a_dismissal_is_taken_back_in_its_place(office: Office, at_desk: Visitor):
    page = at_desk.open("/graduates/1")
    page.get_by_text("추천 사유").first.click()
    expect(page.get_by_text("점수 구성").first).to_be_visible()
    page.locator("summary", has_text="제외하기").first.click()
    page.get_by_label("제외 사유").first.select_option(label="통근이 어려움")
    at_desk.click("제외하기 사무 보조")
    said = page.get_by_role("status").filter(has_text="사유: 통근이 어려움")
    expect(said).to_be_visible()
    assert office.pair(1, 1).state == "dismissed"
    with page.expect_response("**/graduates/1?decided=*"):
        pass  # the list looks again by itself while it is computed anew
    expect(said).to_be_visible()
    at_desk.click("방금 처리 취소 사무 보조")
    assert office.read(Suggestion, office.pair(1, 1).id).state == "new"


def test_a_changed_skill_brings_a_new_list_within_two_seconds(at_desk: Visitor, worker: None):
    page = at_desk.open("/graduates/2/edit")
    page.get_by_label("기술").nth(1).fill("SQL")
    expect(page.locator("#skills-1-resolved")).to_contain_text("적은 그대로 찾습니다.")
    page.get_by_role("button", name="저장").click()
    started = time.monotonic()
    expect(page.get_by_text("SQL 충족")).to_be_visible(timeout=5000)
    assert time.monotonic() - started < 2
    at_desk.check()


def test_one_press_ticks_nobody_and_another_one_everybody_for_a_hand_over(at_desk: Visitor):
    page = at_desk.open("/caseload/hand-over")
    boxes = page.get_by_role("checkbox")
    expect(boxes.and_(page.locator(":checked"))).to_have_count(2)
    at_desk.click("모두 풀기")
    expect(boxes.and_(page.locator(":checked"))).to_have_count(0)
    boxes.first.check()
    at_desk.click("모두 고르기")
    expect(boxes.and_(page.locator(":checked"))).to_have_count(2)
