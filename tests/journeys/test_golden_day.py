"""Decides that the whole road is walked in a browser from an empty database: sheets, a call, a job, its papers, who stays."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from jinja2 import BytecodeCache
from playwright.sync_api import Browser, Page, expect

from placement.access import office_actor
from placement.accounts import create_account
from placement.app import create_app
from placement.consents import load_consent_documents
from placement.db import Database
from placement.people import hash_password
from placement.placements import months_later
from placement.settings import Settings
from placement.skills import load_shipped_vocabulary
from placement.ticking import run_due
from tests.fixtures.browser import Visitor, visiting
from tests.fixtures.databases import SqliteFiles, borrowed
from tests.fixtures.service import TEST_KEY
from tests.journeys import golden_papers as papers
from tests.journeys.golden_job import (
    LAST_DAY,
    START,
    answer_at_the_desk,
    answer_on_a_phone,
    interview_offer_accept,
    link_for_the_company,
    post_by_phone,
    propose_five,
)
from tests.journeys.golden_sheets import HOST, TODAY, upload_sheets
from tests.journeys.walking import at_work

PASSWORD = "golden-day-password"
HALF_TIME = START + (LAST_DAY - START) / 2
LAST_WEEK = LAST_DAY - timedelta(days=6)
REGULAR_START = LAST_DAY + timedelta(days=1)
REGULAR_TYPED = LAST_DAY + timedelta(days=3)
ASKED_AGAIN = months_later(REGULAR_START, 3)


@contextmanager
def signed_in(browser: Browser, host: str, who: str) -> Iterator[Visitor]:
    with visiting(browser, host) as visitor:
        visitor.page.goto(host + "/sign-in")
        visitor.fill(이메일=f"{who}@example.com", 비밀번호=PASSWORD)
        visitor.page.get_by_role("button", name="로그인", exact=True).click()
        visitor.check()
        yield visitor


class GoldenDay:
    """The one day that the tests of this file live through; each sees to it that what comes before it has happened."""

    def __init__(self, browser: Browser, url: str, folder: Path, compiled_templates: BytecodeCache) -> None:
        self.browser, self.url, self.folder = browser, url, folder
        self.compiled_templates = compiled_templates
        self.people: list[str] = []
        self._happened: set[str] = set()

    def live_until(self, stage: str) -> None:
        """Every stage up to this one that has not happened yet, in order; raises what fails in one."""
        for name, happens in STAGES.items():
            if name not in self._happened:
                happens(self)
                self._happened.add(name)
            if name == stage:
                return

    @contextmanager
    def office_on(self, day: date) -> Iterator[str]:
        """The service as it runs on a day: what the clock makes due is done, then pages and worker."""
        app = create_app(Settings(database_url=self.url, secret_key=TEST_KEY, today=day))
        app.jinja_env.bytecode_cache = self.compiled_templates
        database: Database = app.extensions["ieum_database"]
        with database.transaction() as session:
            run_due(session, today=day)
        with closing(database), at_work(app, day) as host:
            yield host

    @property
    def hired(self) -> str:
        """The name of whoever comes to the job."""
        return self.people[0]


@pytest.fixture(scope="module")
def day(
    browser: Browser,
    sqlite_files: SqliteFiles,
    compiled_templates: BytecodeCache,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[GoldenDay]:
    """Begins with a migrated database, the shipped texts and one account: the program manager's."""
    with borrowed(sqlite_files) as url:
        database = Database(url)
        with database.transaction() as session:
            load_shipped_vocabulary(session)
            load_consent_documents(session)
            known = {"name": "총괄", "role": "manager", "password_hash": hash_password(PASSWORD), "today": TODAY}
            create_account(session, office_actor("office"), email="manager@example.com", **known)
        database.close()
        yield GoldenDay(browser, url, tmp_path_factory.mktemp("sheets"), compiled_templates)


def test_sheets_a_call_and_five_proposals_come_to_a_job(day: GoldenDay):
    day.live_until("accepted")


def test_the_agreement_is_signed_on_a_phone_by_both_and_confirmed(day: GoldenDay):
    day.live_until("signed")


def test_the_intern_begins_by_itself_and_is_assessed_at_half_time(day: GoldenDay):
    day.live_until("half time")


def test_the_last_week_brings_the_assessment_and_a_conversion_by_link(day: GoldenDay):
    day.live_until("last week")


def test_a_day_is_put_right_and_the_rates_are_there(day: GoldenDay):
    day.live_until("regular")


def test_three_months_later_both_sides_say_who_has_stayed(day: GoldenDay):
    day.live_until("stayed")


def come_to_a_job(day: GoldenDay) -> None:
    with day.office_on(TODAY) as host:
        with signed_in(day.browser, host, "manager") as manager:
            make_account(manager, "한상담", "counselor", "상담사")
        with signed_in(day.browser, host, "counselor") as counselor:
            upload_sheets(counselor, day.folder)
            opening = post_by_phone(counselor)
            day.people = propose_five(counselor, opening)
            address = link_for_the_company(counselor, day.hired)
        answer_on_a_phone(day.browser, host, address, day.people)
        with signed_in(day.browser, host, "manager") as manager:
            make_account(manager, "이담당", "partner", "협약기업", company=HOST)
        with signed_in(day.browser, host, "partner") as partner:
            answer_at_the_desk(partner, day.people)
        with signed_in(day.browser, host, "counselor") as counselor:
            interview_offer_accept(counselor, day.hired)


def sign_on_a_phone(day: GoldenDay) -> None:
    with day.office_on(TODAY) as host, signed_in(day.browser, host, "counselor") as counselor:
        papers.write_agreement(counselor, open_placement(counselor, day.hired), day.hired)
        papers.sign_agreement(day.browser, counselor, day.hired)


def come_to_half_time(day: GoldenDay) -> None:
    with day.office_on(START) as host, signed_in(day.browser, host, "counselor") as counselor:
        expect(papers.badge_of(open_placement(counselor, day.hired))).to_have_text("근무 중")
    with day.office_on(HALF_TIME) as host, signed_in(day.browser, host, "counselor") as counselor:
        papers.check_at_half_time(day.browser, counselor)


def live_the_last_week(day: GoldenDay) -> None:
    with day.office_on(LAST_WEEK) as host, signed_in(day.browser, host, "counselor") as counselor:
        papers.check_at_the_end(day.browser, counselor)
        papers.convert(day.browser, counselor)


def start_regularly(day: GoldenDay) -> None:
    with day.office_on(REGULAR_TYPED) as host:
        with signed_in(day.browser, host, "counselor") as counselor:
            papers.start_regular_job(counselor, day.hired, REGULAR_TYPED, REGULAR_START)
        with signed_in(day.browser, host, "manager") as manager:
            expect_rates(manager)


def stay(day: GoldenDay) -> None:
    with day.office_on(ASKED_AGAIN) as host, signed_in(day.browser, host, "counselor") as counselor:
        papers.ask_who_stayed(day.browser, counselor, day.hired)


STAGES: dict[str, Callable[[GoldenDay], None]] = {
    "accepted": come_to_a_job,
    "signed": sign_on_a_phone,
    "half time": come_to_half_time,
    "last week": live_the_last_week,
    "regular": start_regularly,
    "stayed": stay,
}


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


def open_placement(counselor: Visitor, name: str) -> Page:
    page = counselor.page
    page.goto(counselor.host + "/placements")
    page.get_by_role("link", name=name, exact=True).click()
    return counselor.check()


def expect_rates(manager: Visitor) -> None:
    """One intern, one offer, one conversion: 1/1 each."""
    page = manager.page
    expect(page).to_have_url(re.compile("/overview|/manager|/$"))
    table = page.get_by_role("table").filter(has_text="정규직 전환율").first
    expect(table.get_by_role("row", name=re.compile("정규직 전환율"))).to_contain_text("1/1")
    expect(table.get_by_role("row", name=re.compile("전환 제의율"))).to_contain_text("1/1")
