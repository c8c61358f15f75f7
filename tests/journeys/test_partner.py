"""Decides that a partner company posts and tends its openings in a browser, also by phone, and never learns a name."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from employers.models import Opening
from placement.db import Database
from placement.models import Account
from tests.fixtures.browser import PHONE, Visitor
from tests.journeys.walking import REMATCH_MS, names_of, sign_in, type_skill

TITLE = "의료 영상 바운딩박스 라벨러"


@pytest.fixture
def partner(visitor: Visitor) -> Visitor:
    sign_in(visitor, "partner")
    return visitor


def test_an_opening_is_posted_and_counts_its_people(partner: Visitor):
    page = partner.page
    page.get_by_role("navigation", name="주 메뉴").get_by_role("link", name="공고 등록").click()
    type_opening(page)
    partner.check()
    page.get_by_role("button", name="공고 게시").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_role("status")).to_contain_text("공고를 게시했습니다.")
    wait_for_count(page)
    partner.check()
    assert suggested_count(page) > 0
    page.goto(partner.host + "/my-openings")
    expect(page.get_by_role("rowheader", name=TITLE)).to_be_visible()
    expect(page.get_by_role("row").nth(1)).to_contain_text("모집 중")


def test_skills_are_recognised_while_they_are_typed(partner: Visitor):
    page = partner.page
    page.goto(partner.host + "/my-openings/new")
    expect(type_skill(page, 0, "엑셀", "requirements")).to_contain_text("엑셀 (같은 이름)")
    expect(type_skill(page, 0, "Excel", "requirements")).to_contain_text("엑셀 (다른 이름)")
    near = type_skill(page, 1, "폴리곤라밸링", "requirements")
    near.get_by_label("폴리곤 라벨링", exact=True).check()
    expect(type_skill(page, 2, "우리 회사만의 도구", "requirements")).to_contain_text("적은 그대로 찾습니다.")
    page.get_by_role("button", name="행 추가").click()
    expect(page.locator("#requirements-3-skill")).to_be_focused()
    expect(type_skill(page, 3, "자바", "requirements")).to_contain_text("자바 (같은 이름)")
    partner.check()


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(partner: Visitor):
    page = partner.page
    page.goto(partner.host + "/my-openings/new")
    page.get_by_label("업무 내용").fill("영상에서 장기를 찾아 표시합니다.")
    page.get_by_role("button", name="공고 게시").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("채용공고명: 필수 항목입니다.")
    expect(summary).to_be_focused()
    partner.check()
    summary.get_by_role("link", name="채용공고명").click()
    expect(page.get_by_label("채용공고명")).to_be_focused()
    expect(page.get_by_label("업무 내용")).to_have_value("영상에서 장기를 찾아 표시합니다.")


def test_the_last_opening_is_copied_paused_resumed_and_cancelled(partner: Visitor, database: Database):
    page = partner.page
    last = own_openings(database, "partner")[-1]
    page.goto(partner.host + "/my-openings/new")
    page.get_by_text("지난 공고 복사", exact=True).click()
    page.get_by_role("link", name=last.title, exact=True).first.click()
    expect(page.get_by_label("채용공고명")).to_have_value(last.title)
    page.get_by_label("채용공고명").fill(TITLE)
    page.locator("#closes_on").fill("2020-12-20")
    page.get_by_role("button", name="공고 게시").click()
    for button, state in (("일시 중지", "일시 중지"), ("다시 모집", "모집 중")):
        page.get_by_role("button", name=button).click()
        expect(page.locator(".definitions .badge")).to_have_text(state)
    page.get_by_role("link", name="공고 취소").click()
    partner.check()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="공고 취소").click()
    expect(page.locator(".definitions .badge")).to_have_text("마감")
    partner.check()


def test_the_whole_way_works_on_a_telephone(partner: Visitor):
    page = partner.page
    page.set_viewport_size(PHONE)
    page.get_by_text("메뉴", exact=True).click()
    page.get_by_role("navigation", name="휴대전화 메뉴").get_by_role("link", name="공고 등록").click()
    type_opening(page)
    page.get_by_role("button", name="임시 저장").click()
    expect(page.locator(".definitions .badge")).to_have_text("작성 중")
    page.get_by_role("button", name="공고 게시").click()
    expect(page.locator(".definitions .badge")).to_have_text("모집 중")
    partner.check()


def test_a_rivals_opening_is_not_there(partner: Visitor, database: Database):
    rivals = own_openings(database, "partner2")[0]
    for path in ("", "/edit", "/cancel"):
        partner.page.goto(f"{partner.host}/my-openings/{rivals.id}{path}")
        expect(partner.page.get_by_role("main")).not_to_contain_text(rivals.title)
    partner.open(f"/my-openings/{rivals.id}", status=404)
    partner.open("/today", status=403)


def test_no_page_of_a_partner_holds_the_name_of_a_graduate(partner: Visitor, database: Database):
    names = names_of(database)
    assert len(names) == 148
    own = own_openings(database, "partner")
    paths = [f"/my-openings/{row.id}{part}" for row in own for part in ("", "/edit", "/cancel")]
    for path in ("/my-openings", "/my-openings/new", *paths):
        partner.page.goto(partner.host + path)
        html = partner.page.content()
        assert partner.page.get_by_role("heading", level=1).count() == 1
        assert not [name for name in names if name in html], path


def type_opening(page: Page) -> None:
    page.get_by_label("채용공고명").fill(TITLE)
    page.get_by_label("계약직").check()
    page.locator("#region").fill("서울 서초구")
    page.get_by_label("모집인원").fill("2")
    page.locator("#pay_min").fill("200")
    page.locator("#closes_on").fill("2020-12-20")
    expect(type_skill(page, 0, "바운딩 박스", "requirements")).to_contain_text("바운딩박스")
    page.locator("#requirements-0-kind").select_option(label="필수")
    expect(type_skill(page, 1, "Excel", "requirements")).to_contain_text("엑셀")


def wait_for_count(page: Page) -> None:
    """The page says that it is looking for candidates, and shows by itself what it has found."""
    expect(page.get_by_text("후보를 찾고 있습니다…")).to_have_count(0, timeout=REMATCH_MS)


def suggested_count(page: Page) -> int:
    return int(re.sub(r"\D", "", page.locator(".stat .value").first.inner_text()))


def own_openings(database: Database, who: str) -> list[Opening]:
    """The openings of this log-in's company, oldest first."""
    with database.reading() as session:
        company = select(Account.company_id).where(Account.email == f"{who}@example.com")
        rows = select(Opening).where(col(Opening.company_id).in_(company)).order_by(col(Opening.id))
        return list(session.exec(rows))
