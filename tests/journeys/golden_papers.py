"""Decides how the golden day goes on from a job: the papers on a phone, the conversion, a day put right, who has stayed."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from playwright.sync_api import Browser, Locator, Page, expect

from placement.models.papers import SCALES
from placement.paper_texts import describe
from tests.fixtures.browser import PHONE, Visitor, visiting
from tests.journeys.golden_job import LAST_DAY, START, press_move
from tests.journeys.golden_sheets import HOST

SIGNER = "이담당"
TERMS = "정규직, 월 230만원, 라벨링 검수"
THANKS = "답변을 받았습니다"


@contextmanager
def on_a_phone(browser: Browser, counselor: Visitor, button: str) -> Iterator[Visitor]:
    """Whoever opens on a phone the link that this button makes; the counselor goes back to the page of the button."""
    counselor.click(button)
    address = re.search(r"/answer/\S+", counselor.page.get_by_label("보낼 글").input_value())[0]
    counselor.click("보던 화면으로 돌아가기", role="link")
    with visiting(browser, counselor.host) as phone:
        phone.open(address)
        phone.page.set_viewport_size(PHONE)
        yield phone
        expect(phone.page.get_by_role("heading", level=1)).to_have_text(THANKS)
        phone.check()
        phone.open(address, status=410)
    counselor.page.reload()


def open_due(counselor: Visitor, words: str) -> Page:
    """To the page behind a line of the counselor's day."""
    counselor.page.goto(counselor.host + "/today")
    counselor.page.get_by_role("table", name="알선과 사후관리").get_by_role("link", name=words).click()
    return counselor.check()


def badge_of(page: Page) -> Locator:
    return page.locator(".page-head .badge").first


def write_agreement(counselor: Visitor, placement: Page, name: str) -> None:
    """The record fills it; what the record does not know is typed."""
    counselor.click("협약서 만들기")
    paper = placement.get_by_role("region", name="협약서 전문")
    for words in (name, HOST, "라벨링 검수 인턴", "서울 서초구", f"{describe(START)}부터 {describe(LAST_DAY)}까지"):
        expect(paper).to_contain_text(words)
    press_move(placement, "내용 적기", 근무_시간="09:00~18:00 (휴게 1시간)", 담당_멘토=SIGNER)
    press_move(placement, "협약서 발행")
    expect(paper).to_contain_text("09:00~18:00 (휴게 1시간)")
    counselor.check()


def sign_agreement(browser: Browser, counselor: Visitor, name: str) -> None:
    """Graduate and company sign on a phone, each by a link; then the office confirms what the day says is signed."""
    for button, signer in (("인턴 본인 서명 링크", name), ("기업 서명 링크", SIGNER)):
        with on_a_phone(browser, counselor, button) as phone:
            phone.page.get_by_label("성명", exact=True).fill(signer)
            phone.page.get_by_label("위 협약서를 읽었고 그대로 서명합니다.").check()
            phone.page.get_by_role("button", name="서명 보내기").click()
    page = open_due(counselor, "인턴 협약서 확인")
    expect(page.get_by_role("table", name="서명").get_by_role("rowheader")).to_have_text(["인턴 본인", "기업"])
    press_move(page, "운영기관 확인")
    expect(badge_of(page)).to_have_text("확인 마침")
    counselor.click("인쇄용 화면", role="link")
    expect(page.locator("main")).to_contain_text("본문과 서명이 발행한 그대로입니다.")


def assess(browser: Browser, counselor: Visitor, score: int) -> None:
    """The company gives its five scores on a phone."""
    with on_a_phone(browser, counselor, "기업에 묻는 링크") as phone:
        for scale in SCALES:
            phone.page.locator(f"label[for={scale}-{score}]").click()
        phone.page.get_by_label("답하시는 분의 성명").fill(SIGNER)
        phone.page.get_by_role("button", name="평가 보내기").click()
    expect(badge_of(counselor.page)).to_have_text("인턴 확인 대기")


def check_at_half_time(browser: Browser, counselor: Visitor) -> None:
    """The intern has another opinion than the company, and both stay."""
    page = open_due(counselor, "인턴 평가 받기")
    assess(browser, counselor, 2)
    with on_a_phone(browser, counselor, "인턴이 확인하는 링크") as phone:
        phone.page.get_by_text("다른 의견이 있습니다", exact=True).click()
        phone.page.get_by_label("인턴의 의견").fill("검수 기준을 처음 들었습니다.")
        phone.page.get_by_role("button", name="의견 보내기").click()
    expect(badge_of(page)).to_have_text("인턴 이견")
    expect(page.locator("main")).to_contain_text("검수 기준을 처음 들었습니다.")


def check_at_the_end(browser: Browser, counselor: Visitor) -> None:
    page = open_due(counselor, "인턴 평가 받기")
    assess(browser, counselor, 4)
    with on_a_phone(browser, counselor, "인턴이 확인하는 링크") as phone:
        phone.page.get_by_role("button", name="확인했습니다").click()
    expect(badge_of(page)).to_have_text("인턴 확인")


def convert(browser: Browser, counselor: Visitor) -> None:
    """The company makes its offer by link, the graduate accepts it by link."""
    page = open_due(counselor, "정규직 전환 결정")
    with on_a_phone(browser, counselor, "기업에 묻는 링크 만들기") as phone:
        phone.page.get_by_label("정규직 조건").fill(TERMS)
        phone.page.get_by_role("button", name="이 조건으로 제의").click()
    with on_a_phone(browser, counselor, "전환 답변 링크 만들기") as phone:
        expect(phone.page.locator("main")).to_contain_text(TERMS)
        phone.page.get_by_role("button", name="수락", exact=True).click()
    expect(page.get_by_role("region", name="정규직 전환").locator(".badge").first).to_have_text("수락")


def start_regular_job(counselor: Visitor, name: str, typed: date, right: date) -> None:
    """Started on a day that was typed wrong and is put right; the log shows both."""
    page = counselor.page
    page.goto(counselor.host + "/placements?show=conversion")
    page.get_by_role("link", name=name, exact=True).click()
    expect(badge_of(page)).to_have_text("마침")
    press_move(page, "정규직 시작", 정규직_시작일=typed.isoformat(), 처리일=typed.isoformat())
    conversion = page.get_by_role("region", name="정규직 전환")
    conversion.get_by_text("처리일 고치기", exact=True).first.click()
    conversion.get_by_label("실제로 일어난 날").fill(right.isoformat())
    conversion.get_by_role("button", name="처리일 고치기").click()
    counselor.check()
    expect(conversion).to_contain_text(f"정규직 시작 {right}")
    lines = conversion.get_by_role("listitem")
    expect(lines.filter(has_text=f"정규직 시작 {right}")).to_have_count(1)
    expect(lines.filter(has_text=f"정규직 시작 되돌림 {typed}")).to_have_count(1)


def ask_who_stayed(browser: Browser, counselor: Visitor, name: str) -> None:
    """Three months later it is due; both sides say by link that the person is there."""
    page = open_due(counselor, "재직 확인")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{name} 재직 확인 3개월")
    for button in ("수료생에게 묻는 링크", "기업에 묻는 링크"):
        with on_a_phone(browser, counselor, button) as phone:
            phone.page.get_by_role("button", name="재직 중", exact=True).click()
    expect(badge_of(page)).to_have_text("재직 확인")
    counselor.page.get_by_role("navigation", name="주 메뉴").get_by_role("link", name="사후관리").click()
    three = page.get_by_role("table", name="확인일이 온 사람의 유지 현황").get_by_role("row", name=re.compile("^3개월"))
    expect(three).to_contain_text("1/1")
