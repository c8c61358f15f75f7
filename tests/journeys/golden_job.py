"""Decides how the golden day comes to a job: an opening told by phone, five proposals, answers, an interview, an offer."""

import re
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.fixtures.browser import PHONE, Visitor, visiting
from tests.journeys.golden_sheets import HOST, TODAY

START = TODAY + timedelta(days=3)
LAST_DAY = START + timedelta(days=91)
REMATCH_MS = 30_000


def post_by_phone(counselor: Visitor) -> str:
    """The address of an internship for two that the company told by phone."""
    page = counselor.page
    page.goto(counselor.host + "/openings/new")
    page.get_by_label("기업명 또는 사업자등록번호").fill(HOST)
    page.get_by_role("button", name="조회").click()
    page.get_by_role("link", name=f"공고 작성 {HOST}").click()
    counselor.fill(채용공고명="라벨링 검수 인턴")
    page.locator("#region").fill("서울 서초구")
    page.get_by_label("인턴", exact=True).check()
    page.get_by_label("채용시까지").check()
    page.locator("#seats").fill("2")
    page.locator("#requirements-0-skill").fill("바운딩박스")
    page.get_by_role("button", name="공고 게시").click()
    expect(page.locator("#ranking")).not_to_contain_text("다시 계산 중입니다", timeout=REMATCH_MS)
    counselor.check()
    return page.url


def propose_five(counselor: Visitor, opening: str) -> list[str]:
    """The names of the five best, sent with consent heard in person."""
    page = counselor.page
    page.goto(opening)
    cards = page.locator("#ranking article.suggestion")
    expect(cards).to_have_count(20)
    people = [cards.nth(n).get_by_role("heading").inner_text() for n in range(5)]
    for number in range(5):
        cards.nth(number).get_by_label(re.compile("알선에 넣기")).check()
    counselor.click("고른 것 알선하기")
    page.get_by_label("동의를 들은 방법").select_option(label="대면")
    page.get_by_label(re.compile("^동의 메모")).fill("상담실에서 확인")
    counselor.click("알선하기")
    expect(page.get_by_text("5건 가운데 5건을 알선했습니다.")).to_be_visible()
    counselor.click("목록으로 돌아가기", role="link")
    expect(page).to_have_url(opening)
    return people


def link_for_the_company(counselor: Visitor, name: str) -> str:
    """The path of a new link, taken from the words that are sent to the company."""
    page = counselor.page
    page.goto(counselor.host + "/referrals?waits=company")
    page.get_by_role("link", name=name, exact=True).click()
    counselor.click("기업 답변 링크 만들기")
    return re.search(r"/answer/\S+", page.get_by_label("보낼 글").input_value())[0]


def answer_on_a_phone(browser: Browser, host: str, address: str, people: list[str]) -> None:
    """Without an account: opening the link shows nobody's name, one press shows it."""
    with visiting(browser, host) as company:
        company.page.set_viewport_size(PHONE)
        company.page.goto(host + address)
        assert not any(name in company.page.content() for name in people), "a name is seen before interest"
        company.page.get_by_role("button", name="관심 있음", exact=True).click()
        expect(company.page.locator("main")).to_contain_text(people[0])
        company.check()
        company.open(address, status=410)


def answer_at_the_desk(partner: Visitor, people: list[str]) -> None:
    """With an account: the next one is declined, and no other name is seen."""
    page = partner.page
    expect(page.get_by_role("heading", level=1)).to_have_text("추천받은 인재")
    expect(page.get_by_role("rowheader")).to_have_count(5)
    assert not any(name in page.content() for name in people[1:])
    page.get_by_role("rowheader").filter(has_not_text=people[0]).first.get_by_role("link").click()
    press_move(page, "기업 거절", 사유="자리가 찼음")
    partner.check()
    assert not any(name in page.content() for name in people[1:]), "a name is seen after a refusal"


def press_move(page: Page, words: str, **choices: str) -> None:
    """Unfolds a move, chooses and types what it asks, and sends it."""
    move = page.locator("details.move").filter(has=page.locator("summary", has_text=re.compile(f"^{words}$")))
    move.locator("summary").click()
    for name, value in choices.items():
        field = move.get_by_label(re.compile(f"^{name.replace('_', ' ')}"))
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
    move.get_by_role("button", name=words, exact=True).click()
    expect(page.get_by_text("처리했습니다:")).to_be_visible()


def interview_offer_accept(counselor: Visitor, name: str) -> None:
    page = counselor.page
    page.goto(counselor.host + "/referrals?waits=company")
    page.get_by_role("link", name=name, exact=True).click()
    counselor.check()
    press_move(page, "면접 잡기", 날짜=TODAY.isoformat(), 시각="23:59", 장소="회의실", 메모="담당자와 통화")
    with page.expect_download() as download:
        page.get_by_role("link", name="달력 파일(.ics)").click()
    text = Path(download.value.path()).read_bytes()
    assert b"BEGIN:VEVENT\r\n" in text
    assert f"DTSTART:{TODAY:%Y%m%d}T145900Z".encode() in text
    press_move(page, "면접 결과 기록", 메모="면접함")
    press_move(page, "채용 제의", 시작일=START.isoformat(), 종료일=LAST_DAY.isoformat(), 메모="담당자와 통화")
    press_move(page, "제의 수락", 메모="본인과 통화")
    expect(page.locator(".page-head .badge")).to_have_text("수락")
    counselor.check()
