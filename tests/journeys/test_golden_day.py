"""Decides that the whole road is walked in a browser from an empty database: sheets, a call, five proposals, a job."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from placement.access import office_actor
from placement.accounts import create_account
from placement.app import create_app
from placement.calendars import SEOUL
from placement.consents import load_consent_documents
from placement.db import Database
from placement.jobs.handlers import HANDLERS
from placement.jobs.worker import Worker
from placement.people import hash_password
from placement.settings import Settings
from placement.skills import load_shipped_vocabulary
from placement.ticking import run_due
from tests.fixtures.browser import PHONE, Visitor, serving, visiting
from tests.fixtures.service import TEST_KEY
from tests.importing.sheets import workbook

TODAY = datetime.now(SEOUL).date()
START = TODAY + timedelta(days=3)
LAST_DAY = START + timedelta(days=91)
PASSWORD = "golden-day-password"
PROGRAM = "AI칼리지 청년인턴"
HOST = "누리솔데이터"
COURSES = {
    "데이터 라벨링": ["바운딩박스", "폴리곤 라벨링", "엑셀"],
    "개발": ["Python", "SQL", "Git"],
    "문서": ["한글", "엑셀", "일정 관리"],
}
SURNAMES, GIVEN = (
    "김이박최정강조윤장임",
    ("가온", "누리", "다온", "라온", "마루", "바름", "새봄", "아라", "차오", "하람", "도담", "여울"),
)
REMATCH_MS = 30_000


def trainees() -> bytes:
    """120 people of three kinds."""
    rows = [
        [
            "성명",
            "연락처",
            "과정",
            "기수",
            "수료일",
            "담당 상담사",
            "보유기술",
            "희망지역",
            "희망고용형태",
            "근무가능일",
        ]
    ]
    for number in range(120):
        skills = list(COURSES.values())[number % 3]
        rows.append(
            [
                SURNAMES[number % 10] + GIVEN[number // 10],
                f"010-0000-{number:04d}",
                PROGRAM,
                1,
                (TODAY - timedelta(days=10)).isoformat(),
                "한상담",
                ", ".join(f"{skill} 중급" for skill in skills),
                "서울",
                "인턴, 정규직",
                TODAY.isoformat(),
            ]
        )
    return workbook(rows)


def companies() -> bytes:
    """Twelve companies, each with somebody to call."""
    names = [
        HOST,
        *(
            f"{word}테크"
            for word in ("한빛", "새길", "온누리", "가람", "도래", "미르", "아토", "여명", "자올", "초롱", "피움")
        ),
    ]
    return workbook(
        [
            ["기업명", "소재지", "담당자", "담당자 연락처"],
            *([name, "서울 서초구", "이담당", f"02-000-{n:04d}"] for n, name in enumerate(names, 1)),
        ]
    )


def agreements() -> bytes:
    until = TODAY + timedelta(days=365)
    return workbook(
        [
            ["기업명", "협약유형", "협약일", "만료일", "협약인원", "과정"],
            [HOST, "인턴 참여기업", TODAY.isoformat(), until.isoformat(), 3, PROGRAM],
        ]
    )


@contextmanager
def office_on(url: str, day: date) -> Iterator[str]:
    """The service as it runs on a day: what the clock makes due is done, then pages and worker."""
    app = create_app(Settings(database_url=url, secret_key=TEST_KEY, today=day))
    database: Database = app.extensions["ieum_database"]
    with database.transaction() as session:
        run_due(session, today=day)
    stopping = threading.Event()
    worker = threading.Thread(target=Worker(database, HANDLERS, day).run, args=(stopping,), name="worker")
    worker.start()
    try:
        with serving(app) as host:
            yield host
    finally:
        stopping.set()
        worker.join()
        database.close()


@contextmanager
def signed_in(browser: Browser, host: str, who: str) -> Iterator[Visitor]:
    with visiting(browser, host) as visitor:
        visitor.page.goto(host + "/sign-in")
        visitor.fill(이메일=f"{who}@example.com", 비밀번호=PASSWORD)
        visitor.page.get_by_role("button", name="로그인", exact=True).click()
        visitor.check()
        yield visitor


@pytest.fixture
def empty_office(sqlite_url: str) -> str:
    """A migrated database with the shipped texts and one account: the program manager's."""
    database = Database(sqlite_url)
    with database.transaction() as session:
        load_shipped_vocabulary(session)
        load_consent_documents(session)
        known = {"name": "총괄", "role": "manager", "password_hash": hash_password(PASSWORD), "today": TODAY}
        create_account(session, office_actor("office"), email="manager@example.com", **known)
    database.close()
    return sqlite_url


def test_the_golden_day(browser: Browser, empty_office: str, tmp_path: Path):
    with office_on(empty_office, TODAY) as host:
        with signed_in(browser, host, "manager") as manager:
            make_account(manager, "한상담", "counselor", "상담사")
        with signed_in(browser, host, "counselor") as counselor:
            upload_sheets(counselor, tmp_path)
            opening = post_by_phone(counselor)
            people = propose_five(counselor, opening)
            address = link_for_the_company(counselor, people[0])
        answer_on_a_phone(browser, host, address, people)
        with signed_in(browser, host, "manager") as manager:
            make_account(manager, "이담당", "partner", "협약기업", company=HOST)
        with signed_in(browser, host, "partner") as partner:
            answer_at_the_desk(partner, people)
        with signed_in(browser, host, "counselor") as counselor:
            interview_offer_accept(counselor, people[0])
    with office_on(empty_office, START) as host, signed_in(browser, host, "counselor") as counselor:
        page = open_placement(counselor, people[0])
        expect(page.locator(".page-head .badge")).to_have_text("근무 중")
    with office_on(empty_office, LAST_DAY + timedelta(days=3)) as host:
        with signed_in(browser, host, "counselor") as counselor:
            convert(counselor, people[0])
        with signed_in(browser, host, "manager") as manager:
            expect_rates(manager)


def make_account(manager: Visitor, name: str, email: str, role: str, company: str = "") -> None:
    page = manager.page
    page.goto(manager.host + "/accounts")
    manager.fill(이름=name)
    page.locator("#email").fill(f"{email}@example.com")
    page.locator("#phone").fill("02-0000-0001")
    page.locator("#role").select_option(label=role)
    if company:
        page.locator("#company_id").select_option(label=company)
    page.locator("#password").fill(PASSWORD)
    manager.click("계정 만들기")
    expect(page.get_by_text("계정을 만들었습니다")).to_be_visible()


def upload_sheets(counselor: Visitor, folder: Path) -> None:
    for kind, words, content in (
        ("graduates", "수료생·교육생 명단", trainees()),
        ("companies", "기업 명단", companies()),
        ("agreements", "협약 명단", agreements()),
    ):
        file = folder / f"{kind}.xlsx"
        file.write_bytes(content)
        for button in ("검증만", "저장"):
            counselor.page.goto(counselor.host + "/sheets")
            counselor.page.locator("#kind").select_option(label=words)
            counselor.page.locator("#file").set_input_files(file)
            counselor.click(button)
            expect(counselor.page.locator(".notice-bad")).to_have_count(0)
        expect(counselor.page.locator(".notice-good")).to_contain_text("저장했습니다.")
    counselor.page.goto(counselor.host + "/graduates")
    expect(counselor.page.locator(".pager")).to_contain_text("전체 120건")


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


def open_placement(counselor: Visitor, name: str) -> Page:
    page = counselor.page
    page.goto(counselor.host + "/placements")
    page.get_by_role("link", name=name, exact=True).click()
    return counselor.check()


def convert(counselor: Visitor, name: str) -> None:
    page = counselor.page
    page.goto(counselor.host + "/placements?show=conversion")
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.locator(".page-head .badge")).to_have_text("마침")
    press_move(page, "전환 제의", 조건="정규직, 월 230만원")
    press_move(page, "전환 수락")
    press_move(page, "정규직 시작", 정규직_시작일=(LAST_DAY + timedelta(days=3)).isoformat())
    counselor.check()
    expect(page.get_by_text("정규직 전환", exact=True).first).to_be_visible()


def expect_rates(manager: Visitor) -> None:
    """One intern, one offer, one conversion: 1/1 each."""
    page = manager.page
    expect(page).to_have_url(re.compile("/overview|/manager|/$"))
    table = page.get_by_role("table").filter(has_text="정규직 전환율").first
    expect(table.get_by_role("row", name=re.compile("정규직 전환율"))).to_contain_text("1/1")
    expect(table.get_by_role("row", name=re.compile("전환 제의율"))).to_contain_text("1/1")
