"""A partner changes, pauses, cancels and reopens an opening; two people do not overwrite one another."""

from datetime import date

import pytest

from tests.fixtures.pages import PageVisitor
from tests.web.partners.cast import Town
from tests.web.partners.test_posting import problems


def test_a_change_is_stored_and_matched_anew_and_keeps_what_no_form_shows(town: Town, partner: PageVisitor):
    opening = town.opening(until_filled=True, occupation_code="029501", employment_type="contract", region="서울")
    partner.open(f"/my-openings/{opening}/edit")
    partner.submit("수정 저장", title="검수 책임", seats="4")
    row = town.read_opening(opening)
    assert (row.title, row.seats, row.state, row.occupation_code) == ("검수 책임", 4, "open", "029501")
    assert town.jobs()[-1] == ("rematch_opening", str(opening))
    assert [asked.skill for asked in town.asked(opening)] == ["데이터 검수"]


def test_a_stale_form_is_refused_with_what_to_do_and_keeps_the_typed_text(town: Town, partner: PageVisitor):
    opening = town.opening(until_filled=True, employment_type="contract", region="서울")
    colleague = town.visitor("partner")
    partner.open(f"/my-openings/{opening}/edit")
    colleague.open(f"/my-openings/{opening}/edit")
    colleague.submit("수정 저장", title="먼저 고침")
    partner.submit("수정 저장", status=409, title="늦게 고침")
    assert town.read_opening(opening).title == "먼저 고침"
    assert "저장된 공고를 열어 바뀐 내용을 확인한 뒤 다시 고쳐 주십시오." in partner.markup.text_of("main")
    assert "늦게 고침" in [field.get("value") for field in partner.markup.all("input")]


@pytest.mark.parametrize("version", ["0", "", "99", "abc"])
def test_a_form_without_a_true_version_changes_nothing(town: Town, partner: PageVisitor, version: str):
    opening = town.opening(until_filled=True, employment_type="contract", region="서울")
    partner.open(f"/my-openings/{opening}/edit")
    partner.submit("수정 저장", status=409, title="고침", version=version)
    assert town.read_opening(opening).title == "검수 담당"


def test_fewer_seats_than_are_taken_is_said_beside_the_seats(town: Town, partner: PageVisitor):
    opening = town.opening(until_filled=True, employment_type="contract", region="서울")
    town.change(opening, seats_taken=2)
    partner.open(f"/my-openings/{opening}/edit")
    partner.submit("수정 저장", status=422, seats="1")
    assert problems(partner) == ["모집인원: 이미 2명이 채용되어 그보다 적게 고칠 수 없습니다."]


def test_pause_and_resume_go_through_the_log_and_ask_for_matching(town: Town, partner: PageVisitor):
    opening = town.opening()
    partner.open(f"/my-openings/{opening}")
    partner.submit("일시 중지")
    assert town.read_opening(opening).state == "paused"
    partner.submit("다시 모집")
    assert town.read_opening(opening).state == "open"
    assert town.moves(opening) == ["create", "publish", "pause", "resume"]
    assert town.jobs().count(("rematch_opening", str(opening))) == 3


def test_cancelling_needs_a_reason_from_the_list(town: Town, partner: PageVisitor):
    opening = town.opening()
    partner.open(f"/my-openings/{opening}/cancel")
    partner.submit("공고 취소", status=422)
    assert town.read_opening(opening).state == "open"
    partner.open(f"/my-openings/{opening}/cancel")
    partner.submit("공고 취소", status=422, reason="그냥")
    assert town.read_opening(opening).state == "open"
    partner.open(f"/my-openings/{opening}/cancel")
    partner.submit("공고 취소", reason="hired_elsewhere")
    assert town.read_opening(opening).state == "closed"
    partner.submit("다시 열기")
    assert town.read_opening(opening).state == "open"


def test_an_opening_whose_last_day_is_past_is_not_opened_again_before_the_day_is_mended(
    town: Town, partner: PageVisitor
):
    opening = town.opening(closes_on=date(2020, 12, 31))
    partner.open(f"/my-openings/{opening}")
    partner.submit("일시 중지")
    town.change(opening, closes_on=date(2020, 11, 30))
    partner.submit("다시 모집", status=409)
    assert "마감일(2020-11-30)이 지났습니다." in partner.markup.text_of("main")
    assert town.read_opening(opening).state == "paused"


@pytest.mark.parametrize("move", ["fill", "expire", "publish", "explode", ""])
def test_a_move_that_is_not_the_partners_is_refused(town: Town, partner: PageVisitor, move: str):
    opening = town.opening()
    partner.open(f"/my-openings/{opening}")
    partner.submit("일시 중지", status=403 if move in ("fill", "expire") else 409, move=move)
    assert town.read_opening(opening).state == "open"


def test_the_first_page_says_what_waits_most_urgent_first(town: Town, partner: PageVisitor):
    town.opening(title="먼 공고", closes_on=date(2021, 3, 1))
    town.opening(title="쓰던 공고", publish=False)
    town.opening(title="곧 닫힘", closes_on=date(2020, 12, 5))
    late = town.opening(title="지난 공고", closes_on=date(2020, 12, 5))
    town.change(late, closes_on=date(2020, 11, 28))
    page = partner.open("/my-openings")
    waiting = next(part for part in page.all("section") if part.get("aria-labelledby") == "waiting")
    titles = [link.text for link in page.inside(waiting, "a")]
    assert titles == ["지난 공고", "곧 닫힘", "쓰던 공고"]
    assert "4일 남음" in waiting.text
