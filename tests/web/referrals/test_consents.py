"""A person's consents stand on one page; taken back, no door of the company shows anything of the person any more."""

from pathlib import Path

import pytest
from icalendar import Calendar
from sqlmodel import Session

from placement import links
from placement.consents import standing_consent
from placement.enums import LinkPurpose, Side
from placement.models import Consent, Graduate, Interview, Referral
from placement.moving import advance
from placement.web.languages import COOKIE
from tests.fixtures.pages import PageVisitor
from tests.importing.sheets import bring, csv_text
from tests.placement.desk import PATHS, Desk
from tests.web.cast import OFFICE, TODAY
from tests.web.referrals.conftest import Case

SECRETS = ("남궁서윤", "010-0000-0001", "01000000001", "seoyun@example.com", "엑셀")
SENT = 2
CONSENTED = [state for state in PATHS if len(PATHS[state]) >= SENT and state != "withdrawn"]


def brought(office: Case, state: str) -> tuple[int, str]:
    """A referral in this state, and the address of a profile page that the company was given on the way."""
    number = office.send()
    with office.database.transaction() as session:
        referral = session.get_one(Referral, number)
        Desk(session).act(referral, *PATHS[state][SENT:], on=TODAY)
        made = links.make_link(session, LinkPurpose.PROFILE, referral, Side.COMPANY, OFFICE, today=TODAY)
    return number, f"/answer/{made[1]}"


def seen_by_company(office: Case, number: int, link: str) -> str:
    """Everything that the company's account and the holder of its link can open."""
    partner, stranger = office.visitor("partner").client, office.app.test_client()
    pages = ("/candidates", "/candidates?show=answered", f"/candidates/{number}", f"/candidates/{number}/interview.ics")
    found = [partner.get(path, follow_redirects=True).text for path in (*pages, "/", "/my-openings")]
    return "".join([*found, stranger.get(link).text])


@pytest.mark.parametrize("state", CONSENTED)
def test_one_second_after_the_withdrawal_a_company_sees_nothing_of_the_person(office: Case, state: str):
    number, link = brought(office, state)
    page = office.visitor("counselor")
    page.open(f"/graduates/{office.person}/consents")
    consent = office.newest(Consent)
    page.submit("동의 철회", **{f"{consent.id}-note": "전화로 거둠", f"{consent.id}-channel": "phone"})
    shown = seen_by_company(office, number, link)
    assert [secret for secret in SECRETS if secret in shown] == []
    assert office.newest(Consent).state == "withdrawn"


@pytest.mark.parametrize("state", ["sent", "interested", "interview_planned", "offered", "accepted"])
def test_as_long_as_it_stands_the_company_sees_the_person(office: Case, state: str):
    shown = seen_by_company(office, *brought(office, state))
    assert "엑셀" in shown
    assert ("남궁서윤" in shown) == (state != "sent")


def test_a_company_sees_nothing_of_a_person_whose_work_goes_on(office: Case):
    number, link = brought(office, "accepted")
    with office.database.transaction() as session:
        desk = Desk(session)
        referral = session.get_one(Referral, number)
        desk.act(desk.placement(referral), "start", on=TODAY)
        desk.act(desk.consent(referral), "withdraw", on=TODAY)
    shown = seen_by_company(office, number, link)
    assert [secret for secret in SECRETS if secret in shown] == []
    assert office.state(number) == "accepted"


def test_both_kinds_stand_on_the_page_with_text_channel_day_company_and_typist(office: Case, counselor: PageVisitor):
    office.send()
    page = counselor.open(f"/graduates/{office.person}/consents")
    words = page.text_of("main")
    assert "문안 1판" in words
    assert "누리솔데이터" in words
    page = counselor.submit("동의 기록", **{"record-channel": "paper", "record-note": "신청서에 서명"})
    words = page.text_of("main")
    for said in ("제3자 제공 동의", "수집·이용 동의", "2020-12-01 서면", "신청서에 서명", "counselor 담당"):
        assert said in words
    assert "2020-12-01, 서면 (1판)" in counselor.open(f"/graduates/{office.person}").text_of("main")


def test_who_writes_a_consent_down_says_how_it_was_heard(office: Case, counselor: PageVisitor):
    counselor.open(f"/graduates/{office.person}/consents")
    page = counselor.submit("동의 기록", 422)
    assert "대신 기록할 때는" in page.text_of("main")
    assert office.newest(Consent) is None


def test_without_the_consent_to_collect_the_person_leaves_and_the_mistake_is_taken_back(
    office: Case, counselor: PageVisitor
):
    number = office.send()
    counselor.open(f"/graduates/{office.person}/consents")
    counselor.submit("동의 기록", **{"record-note": "통화"})
    consent = office.newest(Consent)
    with office.database.transaction() as session:
        withdraw(session, session.get_one(Consent, consent.id))
    assert (office.read(Graduate, office.person).state, office.state(number)) == ("left_programme", "withdrawn")
    counselor.open(f"/graduates/{office.person}/consents")
    page = counselor.submit("마지막 처리 되돌리기")
    assert (office.read(Graduate, office.person).state, office.state(number)) == ("ready", "sent")
    assert "닫힌 채로" not in page.text_of("body")


def withdraw(session: Session, consent: Consent) -> None:
    advance(session, consent, "withdraw", OFFICE, effective_on=TODAY, channel="phone", note="통화")


def test_a_withdrawal_without_a_note_is_refused_on_its_own_line(office: Case, counselor: PageVisitor):
    number = office.send()
    counselor.open(f"/graduates/{office.person}/consents")
    page = counselor.submit("동의 철회", 422)
    assert "대신 기록할 때는" in page.text_of("main")
    with office.database.reading() as session:
        assert standing_consent(session, number) is not None


@pytest.mark.parametrize(
    ("language", "collected", "said"),
    [
        (
            "ko",
            "2020-09-14, 서면 (1판)",
            ("2020-09-14 서면", "수료생 명단으로 등록한 서면 동의서", "기록: 파일 가져오기"),
        ),
        (
            "en",
            "2020-09-14, On paper (edition 1)",
            ("Signed paper, recorded with the graduates' sheet", "Recorded by file import"),
        ),
    ],
)
def test_a_paper_that_came_in_with_the_list_stands_on_the_persons_pages(
    office: Case, counselor: PageVisitor, tmp_path: Path, language: str, collected: str, said: tuple[str, ...]
):
    key = office.read(Graduate, office.person).key
    bring(office.database, tmp_path, "graduates", "명단.csv", csv_text("id,성명,동의일", f"{key},남궁서윤,2020-09-14"))
    counselor.client.set_cookie(COOKIE, language)
    assert collected in counselor.open(f"/graduates/{office.person}").text_of("main")
    page = counselor.open(f"/graduates/{office.person}/consents").text_of("main")
    assert [words for words in said if words not in page] == []


def test_a_consent_is_found_under_its_own_person_only(office: Case, counselor: PageVisitor):
    office.send()
    number = office.newest(Consent).id
    counselor.open(f"/graduates/{office.person}/consents")
    office.app.config["WTF_CSRF_ENABLED"] = False
    answer = counselor.client.post(f"/graduates/{office.other}/consents/{number}/moves", data={"move": "undo"})
    assert answer.status_code == 404


def test_the_undo_of_an_acceptance_tells_what_stays_closed(office: Case, counselor: PageVisitor):
    number = office.send()
    with office.database.transaction() as session:
        desk = Desk(session)
        person = session.get_one(Graduate, office.person)
        full = desk.opening(seats=1)
        desk.refer(full, person, "offered")
        desk.act(session.get_one(Referral, number), "show_interest", "offer", "accept", on=TODAY)
        desk.refer(full, state="offered")
    counselor.open(f"/referrals/{number}")
    page = counselor.submit("마지막 처리 되돌리기")
    assert "함께 닫혔던 알선 1건은 자리나 동의가 없어져 닫힌 채로 두었습니다." in page.text_of("body")


def test_a_company_finds_no_button_for_what_the_office_typed(office: Case, partner: PageVisitor):
    number = office.send()
    with office.database.transaction() as session:
        Desk(session).act(session.get_one(Referral, number), "withdraw", on=TODAY)
    page = partner.open(f"/candidates/{number}")
    assert not {"다시 열기", "마지막 처리 되돌리기"} & {button.text for button in page.all("button")}
    office.app.config["WTF_CSRF_ENABLED"] = False
    answer = partner.client.post(f"/candidates/{number}/moves", data={"move": "reopen"})
    assert answer.status_code == 409
    assert "지금은 다시 열 수 없는 추천입니다." in answer.text


def test_an_interview_is_not_planned_for_yesterday(office: Case, partner: PageVisitor):
    partner.open(f"/candidates/{office.send()}")
    partner.submit("관심 있음")
    given = {"plan_interview-on_day": "2020-11-30", "plan_interview-at_time": "10:00"}
    assert "이미 지난 시각입니다." in partner.submit("면접 잡기", 422, **given).text_of("main")
    assert office.newest(Interview) is None


def test_a_cancelled_interview_leaves_every_calendar_under_the_same_name(office: Case, partner: PageVisitor):
    number, _link = brought(office, "interview_planned")
    path = f"/candidates/{number}/interview.ics"
    planned = Calendar.from_ical(partner.client.get(path).data)
    partner.open(f"/candidates/{number}")
    partner.submit("기업 거절", **{"decline-reason": "seat_filled"})
    cancelled = Calendar.from_ical(partner.client.get(path).data)
    before, after = planned.walk("VEVENT")[0], cancelled.walk("VEVENT")[0]
    assert (planned["method"], before["status"]) == ("PUBLISH", "CONFIRMED")
    assert (cancelled["method"], after["status"]) == ("CANCEL", "CANCELLED")
    assert before["uid"] == after["uid"] == f"{office.read(Referral, number).code}-1@ieum"
    assert after["sequence"] > before["sequence"]
    assert "면접 취소 달력 파일(.ics)" in partner.open(f"/candidates/{number}").text_of("main")


def test_no_name_that_a_company_reads_is_one_of_our_numbers(office: Case, partner: PageVisitor):
    number = office.send()
    title = partner.open(f"/candidates/{number}").text_of("h1")
    assert title == f"수료생 {office.read(Referral, number).code[:5]}호"
