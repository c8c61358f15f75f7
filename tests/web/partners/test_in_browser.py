"""The partner's pages in a real browser, wide and narrow: skills are read back while they are typed."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from placement.settings import Settings
from tests.fixtures.browser import Visitor
from tests.web.partners.cast import Town


@pytest.fixture
def settings(settings: Settings, initialised_sqlite_url: str) -> Settings:
    """The vocabulary that ships is there."""
    return replace(settings, database_url=initialised_sqlite_url)


@pytest.fixture
def partner(town: Town, visitor: Visitor) -> Visitor:
    return town.let_in(visitor, "partner")


def test_every_page_of_the_partner_holds_at_both_widths(town: Town, partner: Visitor):
    opening = town.opening(
        title="자율주행 2D·3D 라이다 데이터 라벨링 검수 담당자(재택 병행, 정규직 전환 검토)", until_filled=True
    )
    town.opening(publish=False)
    for page in (
        "",
        "?state=closed",
        "/new",
        f"/new?copy={opening}",
        f"/{opening}",
        f"/{opening}/edit",
        f"/{opening}/cancel",
    ):
        partner.open(f"/my-openings{page}")


def test_an_opening_is_posted_with_skills_that_are_read_back_while_typing(town: Town, partner: Visitor):
    page = partner.open("/my-openings/new")
    page.get_by_label("채용공고명").fill("폴리곤 라벨러")
    page.get_by_label("계약직").check()
    page.get_by_label("근무지").fill("서울 서초구")
    page.get_by_label("급여 하한").fill("200")
    page.get_by_label("채용시까지").check()
    skills = page.locator('[name$="-skill"]')
    skills.nth(0).fill("polygon annotation")
    expect(page.locator("#requirements-0-resolved")).to_contain_text("→ 폴리곤 라벨링")
    skills.nth(1).fill("바운딩 빡스")
    page.get_by_label("바운딩박스", exact=True).check()
    rows = skills.count()
    page.get_by_role("button", name="행 추가").click()
    expect(skills).to_have_count(rows + 1)
    skills.nth(rows).fill("엑셀")
    expect(page.locator(f"#requirements-{rows}-resolved")).to_contain_text("→ 엑셀")
    partner.check()
    partner.click("공고 게시")
    [opening] = town.openings()
    keys = [(row.skill, row.skill_key) for row in town.asked(opening.id)]
    assert keys == [("polygon annotation", "lbl-polygon"), ("바운딩 빡스", "lbl-bbox"), ("엑셀", "oa-excel")]
    assert opening.state == "open"


def test_the_summary_of_errors_takes_the_focus_and_leads_to_the_field(partner: Visitor):
    page = partner.open("/my-openings/new")
    partner.click("공고 게시")
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="채용공고명: 필수 항목입니다.").click()
    expect(page.get_by_label("채용공고명")).to_be_focused()


def test_the_enter_key_saves_a_draft_and_publishes_nothing(town: Town, partner: Visitor):
    page = partner.open("/my-openings/new")
    page.get_by_label("정규직", exact=True).check()
    page.get_by_label("근무지").fill("서울")
    page.get_by_label("채용시까지").check()
    page.get_by_label("채용공고명").fill("기획자")
    page.get_by_label("채용공고명").press("Enter")
    page.wait_for_url("**/my-openings/1")
    assert [opening.state for opening in town.openings()] == ["draft"]
