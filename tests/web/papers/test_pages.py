"""The office writes, issues, confirms and prints; a company sees its own interns' papers and nobody else's."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlmodel import col, select

from placement.enums import LinkPurpose, Side
from placement.models import Assessment, Event, InternshipAgreement, Placement
from placement.models.papers import SCALES
from tests.web.answers.cast import NAME, Case
from tests.web.cast import TODAY

WORDS = "맡은 업무가 달랐습니다."


def internship(case: Case) -> int:
    with case.database.transaction() as session:
        return case._internship(session).id or 0


def sign(case: Case, number: int, side: Side, signer: str) -> None:
    guest = case.guest()
    guest.open(case.link(LinkPurpose.SIGNING, number, side))
    guest.submit("서명 보내기", signer=signer, agreed="yes")


def test_a_counselor_writes_issues_records_a_paper_and_confirms(case: Case):
    desk = case.office.visitor("counselor")
    desk.open(f"/placements/{internship(case)}")
    assert "제1판을 만들었습니다" in desk.submit("협약서 만들기").text_of("main")
    desk.submit("내용 적기", **{"fill-hours": "9시부터 18시까지", "fill-allowance": "월 200만원"})
    assert "9시부터 18시까지" in desk.submit("협약서 발행").text_of("main")
    paper = {"sign-seat": "company", "sign-signer": "강담당", "sign-position": "팀장"}
    assert "적어 주십시오" in desk.submit("서명 기록", status=422, **paper).text_of("main")
    desk.submit("서명 기록", **paper, **{"sign-note": "원본 캐비닛 3"})
    sign(case, 1, Side.GRADUATE, NAME)
    desk.open("/internship-agreements/1")
    words = desk.submit("운영기관 확인").text_of("main")
    assert "확인 마침" in words
    assert "본문과 서명이 발행한 그대로입니다." in words
    assert words.count("✓") == 3


def test_the_day_of_an_issue_or_an_assessment_is_put_right_on_its_page(case: Case):
    desk = case.office.visitor("counselor")
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    agreement, assessment = case.agreement(), case.assessment(is_answered=True)
    with case.database.transaction() as session:
        for line in session.exec(select(Event).where(col(Event.move).not_in(("issue", "answer")))):
            line.effective_on = TODAY - timedelta(days=5)
    for page in (f"/internship-agreements/{agreement}", f"/assessments/{assessment}"):
        desk.open(page)
        words = desk.submit("처리일 고치기", **{"correct-effective_on": yesterday}).text_of("main")
        assert f"처리일 고침 {TODAY} → {yesterday}" in " ".join(words.split())
    assert str(case.office.read(InternshipAgreement, agreement).issued_on) == yesterday


def test_the_sheet_shows_who_signed_and_a_changed_text_at_once(case: Case):
    number = case.agreement()
    sign(case, number, Side.GRADUATE, NAME)
    desk = case.office.visitor("counselor")
    sheet = desk.open(f"/internship-agreements/{number}/print").text_of("main")
    paper = case.office.read(InternshipAgreement, number)
    assert NAME in sheet
    assert paper.digest in sheet
    assert paper.digest[:12] in sheet
    assert "✗" not in sheet
    case.office.change(InternshipAgreement, number, text=paper.text + " ")
    assert "✗ 본문이나 서명이" in desk.open(f"/internship-agreements/{number}/print").text_of("main")


def test_an_extension_says_on_the_placement_that_the_signatures_hold_no_longer(case: Case):
    number = case.agreement()
    sign(case, number, Side.GRADUATE, NAME)
    placement = case.office.read(InternshipAgreement, number).placement_id
    desk = case.office.visitor("counselor")
    desk.open(f"/placements/{placement}")
    given = {"extend-ends_on": (TODAY + timedelta(days=60)).isoformat(), "extend-reason": "agreed"}
    words = desk.submit("연장", **given).text_of("main")
    assert "이 판의 서명 1건은 세지 않습니다" in words
    assert "앞 판과 그 서명은 모두 무효" in desk.submit("협약서 만들기").text_of("main")
    assert case.state(InternshipAgreement, number) == "voided"
    assert case.office.newest(InternshipAgreement).edition == 2


def test_a_company_sees_its_own_interns_papers_once_they_are_issued(case: Case):
    number = case.agreement()
    own, rival = case.office.visitor("partner"), case.office.visitor("rival")
    assert NAME in own.open("/my-interns").text_of("main")
    assert NAME in own.open(f"/internship-agreements/{number}/print").text_of("main")
    assert NAME not in rival.open("/my-interns").text_of("html")
    rival.open(f"/internship-agreements/{number}/print", status=404)
    case.office.change(InternshipAgreement, number, state="draft")
    own.open(f"/internship-agreements/{number}/print", status=404)


def test_a_company_answers_on_its_page_and_reads_a_contradiction_only_once_it_was_given(case: Case):
    number = case.assessment()
    own, rival = case.office.visitor("partner"), case.office.visitor("rival")
    rival.open(f"/assessments/{number}", status=404)
    own.open(f"/assessments/{number}")
    said = {f"answer-{scale}": "3" for scale in SCALES} | {"answer-conversion_wish": "no"}
    words = own.submit("기업 평가 기록", **said).text_of("main")
    assert "5점 중 3점" in words
    assert "인턴의 의견" not in words
    assert case.office.read(Assessment, number).answered_by == "partner 담당"
    guest = case.guest()
    guest.open(case.link(LinkPurpose.ASSESSMENT_REPLY, number, Side.GRADUATE))
    guest.submit("의견 보내기", contradiction=WORDS)
    for who in ("partner", "counselor", "manager"):
        assert WORDS in case.office.visitor(who).open(f"/assessments/{number}").text_of("main")


def test_a_company_cannot_speak_for_the_intern(case: Case, app: Flask):
    number = case.assessment(is_answered=True)
    app.config["WTF_CSRF_ENABLED"] = False
    for move in ("accept", "contradict", "drop"):
        form = {"move": move, "contradict-contradiction": WORDS, "drop-reason": "other"}
        assert case.office.visitor("partner").client.post(f"/assessments/{number}/moves", data=form).status_code == 403
    assert case.state(Assessment, number) == "answered"


def test_the_office_writes_down_what_a_company_said_with_how_it_was_heard(case: Case):
    number = case.assessment()
    desk = case.office.visitor("counselor")
    desk.open(f"/assessments/{number}")
    said = {f"answer-{scale}": "5" for scale in SCALES} | {"answer-answered_by": "한담당", "answer-channel": "phone"}
    assert "들었는지" in desk.submit("기업 평가 기록", status=422, **said).text_of("main")
    desk.submit("기업 평가 기록", **said, **{"answer-note": "통화"})
    row = case.office.read(Assessment, number)
    assert (row.state, row.channel, row.answered_by) == ("answered", "phone", "한담당")


@pytest.mark.parametrize(("days", "is_shown"), [(7, False), (8, True)])
def test_an_overdue_assessment_stands_on_the_managers_pages(case: Case, days: int, is_shown: bool):
    number = case.assessment()
    case.office.change(Assessment, number, due_on=TODAY - timedelta(days=days))
    for page in ("/overview", "/duties"):
        assert (NAME in case.office.visitor("manager").open(page).text_of("main")) is is_shown
    assert "인턴 평가 받기" in case.office.visitor("counselor").open("/today").text_of("main")


def test_an_agreement_that_all_have_signed_waits_for_the_counselor(case: Case):
    number = case.agreement()
    sign(case, number, Side.GRADUATE, NAME)
    assert "인턴 협약서 확인" not in case.office.visitor("counselor").open("/today").text_of("main")
    sign(case, number, Side.COMPANY, "강담당")
    assert "인턴 협약서 확인" in case.office.visitor("counselor").open("/today").text_of("main")


def test_employment_has_no_such_papers(case: Case):
    with case.database.transaction() as session:
        number = case._placement(session, "employment").id
    words = case.office.visitor("counselor").open(f"/placements/{number}").text_of("main")
    assert "인턴 협약서" not in words
    assert case.office.read(Placement, number).kind == "employment"
