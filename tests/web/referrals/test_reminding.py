"""A counselor sends the reminder that time has written: ready words, a fresh link, and the note that it was sent."""

from datetime import timedelta

import pytest
from sqlmodel import select

from employers.models import Contact
from placement.calendars import moment_on
from placement.models import AnswerLink, Notice, Referral
from placement.ticking import run_due
from tests.fixtures.pages import PageVisitor
from tests.web.cast import TODAY
from tests.web.referrals.conftest import Case


@pytest.fixture
def silent(office: Case) -> int:
    """A referral that the company has left without a word for five days, three of them working days."""
    referral = office.send()
    office.change(Referral, referral, waiting_since=moment_on(TODAY - timedelta(days=5)))
    with office.database.transaction() as session:
        company = office.company.id
        session.add(Contact(company_id=company, name="한담당", phone="01000000055", email="han@example.com"))
        session.add(Contact(company_id=company, name="두담당"))
        run_due(session, today=TODAY)
    return referral


def notice(office: Case) -> Notice:
    with office.database.reading() as session:
        return session.exec(select(Notice)).one()


def row_of(page, words: str) -> str:
    return next(row.text for row in page.all("tr") if words in row.text)


def test_the_reminder_is_written_sent_and_dated(office: Case, counselor: PageVisitor, silent: int):
    page = counselor.open("/today")
    assert "기업 답변 독촉 (1차)" in row_of(page, "누리솔데이터")
    assert "기업 답 없음" not in page.text_of("main"), "once is enough"
    page = counselor.submit("보낼 글 만들기 기업 답변 독촉 (1차)")
    words = page.text_of("textarea")
    assert "/answer/" in words
    assert "2020-11-26" in words
    assert office.name() not in words
    addresses = [link.get("href") for link in page.all("a")]
    assert any(one.startswith("sms:01000000055?") for one in addresses)
    (mail,) = [one for one in addresses if one.startswith("mailto:")]
    assert mail.startswith("mailto:han@example.com?subject=")
    assert "%0D%0A" in mail
    page = counselor.submit("보냈습니다", channel="sms")
    assert "보낼 연락이 없습니다" in page.text_of("main")
    assert "마지막 독촉: 2020-12-01 (1차)" in row_of(counselor.open("/referrals"), "누리솔데이터")
    words = counselor.open(f"/referrals/{silent}").text_of("main")
    assert "마지막 독촉: 2020-12-01 (1차)" in words
    assert "2020-11-26부터" in words, "a reminder does not move since when the company is waited for"
    assert (notice(office).channel, notice(office).told_by) == ("sms", "counselor@example.com")


def test_a_press_by_mistake_is_taken_back_and_a_second_one_is_told_so(
    office: Case, counselor: PageVisitor, silent: int
):
    counselor.open(f"/referrals/{silent}")
    counselor.submit("보낼 글 만들기")
    form = next(each for each in counselor.markup.all("form") if each.get("action").endswith("/told"))
    values = {each.get("name"): each.get("value") for each in counselor.markup.inside(form, "input")}
    answers = [
        counselor.client.post(form.get("action"), data={**values, "channel": "phone"}).status_code for _ in range(2)
    ]
    assert answers == [303, 409]
    counselor.open(f"/referrals/{silent}")
    page = counselor.submit("보내지 않음으로 되돌리기")
    assert "보낼 차례입니다" in page.text_of("main")
    assert notice(office).told_at is None


def test_an_odd_channel_and_a_foreign_way_back_lead_nowhere(office: Case, counselor: PageVisitor, silent: int):
    counselor.open(f"/referrals/{silent}")
    counselor.submit("보낼 글 만들기", next="https://evil.example")
    counselor.submit("보냈습니다", status=400, channel="pigeon")
    assert notice(office).told_at is None
    counselor.open(f"/referrals/{silent}")
    counselor.submit("보낼 글 만들기", next="https://evil.example")
    counselor.submit("보냈습니다")
    assert counselor.path == "/today"


def test_a_reminder_that_lapsed_makes_no_link(office: Case, counselor: PageVisitor, silent: int):
    counselor.open(f"/referrals/{silent}")
    with office.database.reading() as session:
        links = len(session.exec(select(AnswerLink)).all())
    office.change(Referral, silent, state="interested")
    assert "보내지 않아도 되는" in counselor.submit("보낼 글 만들기", 409).text_of("main")
    with office.database.reading() as session:
        assert len(session.exec(select(AnswerLink)).all()) == links


def test_a_partner_and_a_manager_send_no_reminder_of_a_referral(office: Case, silent: int):
    number = notice(office).id
    for who, status in (("partner", 403), ("manager", 404)):
        visitor = office.visitor(who)
        visitor.open("/help")
        visitor.client.get("/help")
        token = next(e.get("value") for e in visitor.markup.all("input") if e.get("name") == "csrf_token")
        for act in ("message", "told", "untold"):
            values = {"csrf_token": token, "channel": "sms", "next": "/"}
            assert visitor.client.post(f"/reminders/{number}/{act}", data=values).status_code == status, (who, act)
    words = office.visitor("manager").open(f"/referrals/{silent}").text_of("main")
    assert "보낼 글 만들기" not in words
