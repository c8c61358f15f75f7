"""Decides that each reader's main way works in a browser that runs no scripts."""

import re

from playwright.sync_api import expect

from placement.db import Database
from tests.fixtures.browser import Visitor
from tests.journeys.walking import card_of, cards_of, go_to_person, pairs_of, sign_in, wait_for_ranking


def test_a_counselor_decides_and_edits_without_scripts(visitor_without_scripts: Visitor, database: Database):
    visitor, page = visitor_without_scripts, visitor_without_scripts.page
    sign_in(visitor, "counselor")
    visitor.check()
    go_to_person(visitor, database, "L1-030")
    first, second, *_ = pairs_of(page)
    reasons = card_of(page, first).get_by_role("table", name="요건별 충족 여부")
    card_of(page, first).get_by_text("추천 사유", exact=True).click()
    expect(reasons).to_be_visible()
    card_of(page, first).get_by_role("button", name="후보로 올리기").click()
    expect(card_of(page, first).get_by_role("status")).to_contain_text("후보로 올렸습니다.")
    card_of(page, second).locator(".dismissing summary").click()
    card_of(page, second).get_by_label("제외 사유").select_option(label="기타")
    card_of(page, second).locator(".dismissing").get_by_role("button").click()
    expect(card_of(page, second).get_by_role("status")).to_contain_text("추천에서 제외했습니다.")
    wait_for_ranking(page)
    visitor.check()
    page.get_by_role("link", name="기술·희망 조건 수정").click()
    rows = page.locator(".row-held").count()
    page.get_by_role("button", name="행 추가").click()
    expect(page.locator(".row-held")).to_have_count(rows + 1)
    visitor.check()
    page.locator(f"#skills-{rows}-skill").fill("의학 용어")
    page.get_by_role("button", name="저장", exact=True).click()
    expect(page.get_by_role("table", name="보유 기술")).to_contain_text("의학 용어")
    wait_for_ranking(page)
    visitor.check()


def test_a_partner_posts_an_opening_without_scripts(visitor_without_scripts: Visitor):
    visitor, page = visitor_without_scripts, visitor_without_scripts.page
    sign_in(visitor, "partner")
    visitor.check()
    visitor.open("/my-openings")
    page.get_by_role("main").get_by_role("link", name="공고 등록").first.click()
    page.get_by_label("채용공고명").fill("라벨링 검수 담당")
    page.get_by_label("정규직", exact=True).check()
    page.locator("#region").fill("서울 서초구")
    page.get_by_label("채용시까지").check()
    page.locator("#requirements-0-skill").fill("폴리곤 라밸링")
    page.get_by_role("button", name="행 추가").click()
    expect(page.locator("#requirements-0-resolved")).to_contain_text("비슷한 이름입니다.")
    page.locator("#requirements-0-resolved").get_by_label("폴리곤 라벨링", exact=True).check()
    visitor.check()
    page.get_by_role("button", name="공고 게시").click()
    expect(page.get_by_role("status")).to_contain_text("공고를 게시했습니다.")
    expect(page.get_by_role("rowheader").filter(has_text="폴리곤 라밸링")).to_contain_text("→ 폴리곤 라벨링")
    visitor.check()


def test_a_manager_reads_the_figures_of_another_day_without_scripts(visitor_without_scripts: Visitor):
    visitor, page = visitor_without_scripts, visitor_without_scripts.page
    sign_in(visitor, "manager")
    expect(page.get_by_role("main")).to_contain_text("6/16")
    page.get_by_label("기준일", exact=True).fill("2020-05-31")
    page.get_by_role("button", name="다시 계산").click()
    expect(page.get_by_role("main")).not_to_contain_text("6/16")
    visitor.check()
    page.get_by_role("table", name=re.compile("^단계별 인원과")).get_by_role("link", name="16 합계 인턴").click()
    expect(page.get_by_role("rowheader")).to_have_count(16)
    visitor.check()


def test_a_list_of_people_is_ranked_without_scripts(visitor_without_scripts: Visitor):
    page = visitor_without_scripts.page
    sign_in(visitor_without_scripts, "counselor")
    page.goto(visitor_without_scripts.host + "/openings")
    page.get_by_role("rowheader").first.get_by_role("link").click()
    expect(cards_of(page).first).to_be_visible()
    visitor_without_scripts.check()
