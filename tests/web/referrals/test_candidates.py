"""A company sees its own people only, without a name until it shows interest, and nothing once consent is gone."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from placement.models import Provision, Referral
from placement.ticking import SILENT_WORKDAYS
from placement.workdays import workday_after
from tests.fixtures.pages import PageVisitor
from tests.placement.desk import Desk
from tests.web.cast import TODAY
from tests.web.referrals.conftest import Case

SECRETS = ("남궁서윤", "010-0000-0001", "01000000001", "seoyun@example.com")


def everything(visitor: PageVisitor) -> str:
    assert visitor.response is not None
    return visitor.response.get_data(as_text=True)


def test_before_interest_no_page_holds_name_or_contact(office: Case, partner: PageVisitor):
    referral = office.send()
    for path in ("/candidates", f"/candidates/{referral}"):
        partner.open(path)
        assert not [secret for secret in SECRETS if secret in everything(partner)]
    assert "엑셀" in everything(partner)


def test_interest_shows_name_and_contact_and_is_logged(office: Case, partner: PageVisitor):
    partner.open(f"/candidates/{office.send()}")
    page = partner.submit("관심 있음")
    assert "남궁서윤" in page.text_of("h1")
    assert "010-0000-0001" in page.text_of("main")
    assert office.newest(Provision).stage == "contact"


def test_a_rival_does_not_find_it(office: Case):
    rival, referral = office.visitor("rival"), office.send()
    rival.open(f"/candidates/{referral}", 404)
    assert "답을 기다리는 사람이 없습니다." in rival.open("/candidates").text_of("main")


def test_a_draft_is_nobodys_to_see(office: Case, partner: PageVisitor):
    referral = office.send()
    office.visitor("counselor").open(f"/referrals/{referral}")
    counselor = office.visitor("counselor")
    counselor.open(f"/referrals/{referral}")
    counselor.submit("마지막 처리 되돌리기")
    assert office.state(referral) == "awaiting_consent"
    partner.open(f"/candidates/{referral}", 404)


def test_a_withdrawn_consent_shows_nothing_at_once(office: Case, partner: PageVisitor, counselor: PageVisitor):
    referral = office.send()
    partner.open(f"/candidates/{referral}")
    partner.submit("관심 있음")
    counselor.open(f"/referrals/{referral}")
    counselor.submit("알선 취소", **{"withdraw-reason": "other_job"})
    partner.open(f"/candidates/{referral}")
    assert not [secret for secret in SECRETS if secret in everything(partner)]
    assert "더 보여 드릴 내용이 없습니다." in everything(partner)


def test_the_page_of_somebody_refused_does_not_tell_of_a_consent_withdrawn_since(office: Case, partner: PageVisitor):
    referral = office.send()
    partner.open(f"/candidates/{referral}")
    partner.submit("기업 거절", **{"decline-reason": "seat_filled"})
    before = partner.open(f"/candidates/{referral}").text_of("main")
    assert "우리가 답한 기록" in before
    with office.database.transaction() as session:
        desk = Desk(session)
        desk.act(desk.consent(session.get_one(Referral, referral)), "withdraw", on=TODAY)
    assert partner.open(f"/candidates/{referral}").text_of("main") == before
    assert "지금은 다시 열 수 없는 추천입니다." in partner.submit("다시 열기", 409).text_of("main")


@pytest.mark.parametrize(("reason", "status"), [("", 422), ("seat_filled", 200)])
def test_a_refusal_names_a_reason_of_the_list(office: Case, partner: PageVisitor, reason: str, status: int):
    referral = office.send()
    partner.open(f"/candidates/{referral}")
    partner.submit("기업 거절", status, **{"decline-reason": reason})
    assert office.state(referral) == ("declined" if reason else "sent")


def test_an_interview_becomes_a_calendar_file(office: Case, partner: PageVisitor):
    referral = office.send()
    partner.open(f"/candidates/{referral}")
    partner.submit("관심 있음")
    given = {
        "on_day": TODAY.isoformat(),
        "at_time": "10:30",
        "place": "3층; 회의실, 서초구 " + "가" * 80,
        "minutes": "45",
    }
    partner.submit("면접 잡기", **{f"plan_interview-{name}": value for name, value in given.items()})
    first, second = (partner.client.get(f"/candidates/{referral}/interview.ics").data for _ in range(2))
    event = Calendar.from_ical(first).walk("VEVENT")[0]
    begins = datetime(2020, 12, 1, 1, 30, tzinfo=UTC)
    assert (event["dtstart"].dt, event["dtend"].dt) == (begins, begins + timedelta(minutes=45))
    assert event["location"] == given["place"]
    assert event["uid"] == Calendar.from_ical(second).walk("VEVENT")[0]["uid"]
    assert b"\n" not in first.replace(b"\r\n", b"")
    assert max(map(len, first.split(b"\r\n"))) <= 75


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_outside_every_calendar_is_refused_in_words(office: Case, partner: PageVisitor, day: str):
    referral = office.send()
    partner.open(f"/candidates/{referral}")
    partner.submit("관심 있음")
    page = partner.submit("면접 잡기", 422, **{"plan_interview-on_day": day, "plan_interview-at_time": "00:10"})
    assert "2020-12-01과 같은 날짜로 적어 주십시오." in page.text_of("main")
    assert office.state(referral) == "interested"


def test_an_offer_does_not_lapse_before_it_is_made(office: Case, partner: PageVisitor):
    referral = office.send()
    partner.open(f"/candidates/{referral}")
    partner.submit("관심 있음")
    partner.submit("채용 제의", 422, **{"offer-expires_on": (TODAY - timedelta(days=1)).isoformat()})
    assert office.state(referral) == "interested"


def test_a_sign_that_no_database_stores_is_refused(office: Case, partner: PageVisitor):
    referral = office.send()
    partner.open(f"/candidates/{referral}")
    partner.submit("관심 있음", 400, **{"show_interest-note": "가\0나"})
    assert office.state(referral) == "sent"


def test_every_case_says_what_comes_next_and_when_it_ends(office: Case, partner: PageVisitor):
    path = f"/candidates/{office.send()}"
    last = workday_after(TODAY, SILENT_WORKDAYS).isoformat()
    assert f"{last}까지 답이 없으면 이 건은 저절로 닫힙니다." in partner.open(path).text_of("main")
    assert "귀사 차례입니다." in partner.submit("관심 있음").text_of("main")
    partner.submit("기업 거절", **{"decline-reason": "other"})
    assert "끝난 건입니다." in partner.open(path).text_of("main")
