"""Decides that a counselor gets the day's work done in a browser: people, decisions, edits, and a call from a company."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlmodel import col, select

from placement.db import Database
from placement.enums import JobState
from placement.models import Graduate, Job
from tests.fixtures.browser import Visitor
from tests.journeys.walking import (
    card_of,
    cards_of,
    go_to_person,
    pairs_of,
    press,
    score_of,
    sign_in,
    type_skill,
    wait_for_ranking,
)

DESK_CLERK = "데이터 구축 프로젝트 사무 보조"
LONGEST_WAIT = timedelta(seconds=10)


@pytest.fixture
def counselor(visitor: Visitor) -> Visitor:
    sign_in(visitor, "counselor")
    return visitor


def test_the_day_begins_with_people_who_wait_and_each_pair_says_why(counselor: Visitor):
    page = counselor.check()
    expect(page).to_have_url(re.compile("/today$"))
    waiting = page.get_by_role("table", name="결정을 기다리는 내 수료생").get_by_role("link").first
    name = waiting.inner_text()
    press(counselor, waiting)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    best = cards_of(page).first
    requirements = best.get_by_role("table", name="요건별 충족 여부")
    expect(requirements).not_to_be_visible()
    press(counselor, best.get_by_text("추천 사유", exact=True))
    expect(requirements).to_be_visible()
    expect(best.get_by_role("heading", name="점수 구성")).to_be_visible()


def test_every_number_of_the_day_opens_a_list_of_that_length(counselor: Visitor):
    numbers = counselor.page.locator(".stat a")
    assert numbers.count() == 5
    for place in range(numbers.count()):
        counselor.page.goto(counselor.host + "/today")
        promised = re.match(r"\d+", numbers.nth(place).inner_text())
        numbers.nth(place).click()
        expect(counselor.page.locator(".pager")).to_contain_text(f"전체 {promised[0]}건")
    counselor.check()


def test_a_pair_is_shortlisted_another_dismissed_and_both_can_be_taken_back(counselor: Visitor, database: Database):
    page = go_to_person(counselor, database, "L1-030")
    first, second, *_ = before = pairs_of(page)
    card_of(page, first).get_by_role("button", name="후보로 올리기").click()
    expect(card_of(page, first).get_by_role("status")).to_contain_text("후보로 올렸습니다.")
    dismiss(counselor, second, "통근이 어려움")
    expect(card_of(page, second).get_by_role("status")).to_contain_text("사유: 통근이 어려움")
    wait_for_ranking(page)
    counselor.check()
    card_of(page, second).get_by_role("button", name="방금 처리 취소").click()
    expect(card_of(page, second).get_by_role("status")).to_contain_text("되돌렸습니다.")
    wait_for_ranking(page)
    assert pairs_of(page) == before
    dismiss(counselor, second, "통근이 어려움")
    expect(card_of(page, second).get_by_role("status")).to_contain_text("사유: 통근이 어려움")
    go_to_person(counselor, database, "L1-030")
    wait_for_ranking(page)
    assert pairs_of(page) == [pair for pair in before if pair != second]
    expect(card_of(page, first).locator(".badge").first).to_have_text("후보")
    page.locator("#ranking .plain-rows").get_by_role("button", name="되돌리기").click()
    expect(card_of(page, second).get_by_role("status")).to_contain_text("되돌렸습니다.")
    wait_for_ranking(page)
    assert pairs_of(page) == before


def test_a_dismissal_without_a_reason_is_refused_in_one_sentence(counselor: Visitor, database: Database):
    page = go_to_person(counselor, database, "L1-030")
    before, name = pairs_of(page), page.get_by_role("heading", level=1).inner_text()
    dismiss(counselor, before[0], "사유 선택")
    expect(page.get_by_text("사유를 선택해 주십시오.")).to_be_visible()
    counselor.check()
    page.get_by_role("link", name="돌아가기").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    assert pairs_of(page) == before


def test_a_filter_is_still_there_on_the_way_back(counselor: Visitor):
    page = counselor.page
    page.goto(counselor.host + "/graduates")
    everybody = page.get_by_role("rowheader").count()
    page.get_by_label("상태", exact=True).select_option(label="교육 중")
    page.get_by_label("추천", exact=True).select_option(label="적합도 80 이상")
    counselor.click("조회")
    found = page.get_by_role("rowheader").all_inner_texts()
    assert 0 < len(found) < everybody
    page.get_by_role("rowheader").first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(found[0])
    page.go_back()
    expect(page.get_by_label("추천", exact=True)).to_have_value("strong")
    assert page.get_by_role("rowheader").all_inner_texts() == found


def test_an_opening_ranks_its_people_and_they_lead_to_their_page(counselor: Visitor):
    page = counselor.page
    page.goto(counselor.host + "/openings")
    press(counselor, page.get_by_role("rowheader").first.get_by_role("link"))
    scores = [score_of(card) for card in cards_of(page).all()]
    assert len(scores) > 1
    assert scores == sorted(scores, reverse=True)
    best = cards_of(page).first.get_by_role("heading")
    name = best.inner_text()
    best.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_a_new_skill_changes_the_list_while_the_counselor_looks(
    counselor: Visitor, database: Database, record_property
):
    page = go_to_person(counselor, database, "L1-030")
    clerk = page.locator("article.suggestion", has_text=DESK_CLERK)
    before = score_of(clerk)
    page.get_by_role("link", name="기술·희망 조건 수정").click()
    last = page.locator(".row-held").count() - 1
    expect(type_skill(page, last, "일정 관리", "skills")).to_contain_text("일정·마감 관리")
    page.locator(f"#skills-{last}-level").select_option(label="중급")
    counselor.check()
    page.get_by_role("button", name="저장", exact=True).click()
    wait_for_ranking(page)
    assert score_of(clerk) > before
    counselor.check()
    with database.reading() as session:
        person = session.exec(select(Graduate).where(Graduate.key == "L1-030")).one()
        mine = select(Job).where(Job.kind == "rematch_graduate", Job.subject == str(person.id))
        job = session.exec(mine.order_by(col(Job.id).desc())).first()
    assert job.state == JobState.DONE
    took = job.finished_at - job.due_at
    record_property("seconds_to_rematch", took.total_seconds())
    assert took < LONGEST_WAIT


def test_an_opening_taken_by_phone_is_ranked_at_once(counselor: Visitor):
    page = counselor.page
    page.get_by_role("link", name="공고 등록").click()
    company = page.get_by_role("rowheader").first.inner_text()
    page.get_by_label("기업명 또는 사업자등록번호").fill(company)
    page.get_by_role("button", name="조회").click()
    expect(page.get_by_role("rowheader")).to_have_text(company)
    counselor.check()
    page.get_by_role("link", name=f"공고 작성 {company}").click()
    counselor.fill(채용공고명="전화로 받은 라벨링 검수")
    page.locator("#region").fill("서울 서초구")
    page.get_by_label("계약직").check()
    page.get_by_label("채용시까지").check()
    expect(type_skill(page, 0, "바운딩 박스", "requirements")).to_contain_text("바운딩박스")
    near = type_skill(page, 1, "폴리곤 라밸링", "requirements")
    near.get_by_label("폴리곤 라벨링", exact=True).check()
    expect(type_skill(page, 2, "우리 회사만의 도구", "requirements")).to_contain_text("적은 그대로 찾습니다.")
    counselor.check()
    page.get_by_role("button", name="공고 게시").click()
    wait_for_ranking(page)
    counselor.check()
    expect(page.get_by_text("공고를 게시했습니다.")).to_be_visible()
    assert cards_of(page).count() == 20
    expect(cards_of(page).first.locator(".chip").first).to_contain_text("충족")


def dismiss(visitor: Visitor, pair: str, reason: str) -> None:
    card = card_of(visitor.page, pair)
    card.locator(".dismissing summary").click()
    card.get_by_label("제외 사유").select_option(label=reason)
    card.locator(".dismissing").get_by_role("button").click()
