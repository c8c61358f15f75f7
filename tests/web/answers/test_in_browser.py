"""On a phone: two taps for an answer, nothing cut off, nothing that axe objects to."""

import pytest

from placement.enums import LinkPurpose, Side
from placement.models import Conversion, Referral, RetentionCheck
from tests.fixtures.browser import PHONE, Visitor
from tests.web.answers.cast import NAME, Case

THUMB_PX = 44


@pytest.fixture
def phone(visitor: Visitor) -> Visitor:
    visitor.page.set_viewport_size(PHONE)
    return visitor


def tap(phone: Visitor, words: str, role: str = "button") -> None:
    """A thumb on the one thing of these words, which must be big enough."""
    phone.page.set_viewport_size(PHONE)
    target = phone.page.get_by_role(role, name=words, exact=True)
    assert target.bounding_box()["height"] >= THUMB_PX
    target.click()


def unfold(phone: Visitor, words: str) -> None:
    phone.page.set_viewport_size(PHONE)
    phone.page.locator("summary", has_text=words).last.click()


def test_a_company_shows_interest_with_one_tap(case: Case, phone: Visitor):
    number = case.referral("sent")
    phone.open(case.link(LinkPurpose.COMPANY_ANSWER, number, Side.COMPANY))
    tap(phone, "관심 있음")
    assert NAME in phone.check().locator("main").inner_text()
    assert case.state(Referral, number) == "interested"


def test_a_company_declines_with_two_taps(case: Case, phone: Visitor):
    number = case.referral("sent")
    phone.open(case.link(LinkPurpose.COMPANY_ANSWER, number, Side.COMPANY))
    unfold(phone, "거절")
    tap(phone, "희망 조건이 다름")
    assert "답변을 받았습니다" in phone.check().locator("h1").inner_text()
    assert case.state(Referral, number) == "declined"


def test_a_company_waits_with_two_taps(case: Case, phone: Visitor):
    number = case.referral("sent")
    phone.open(case.link(LinkPurpose.COMPANY_ANSWER, number, Side.COMPANY))
    unfold(phone, "보류")
    tap(phone, "2주 뒤 2020-12-15까지")
    phone.check()
    assert case.state(Referral, number) == "on_hold"


def test_every_page_of_a_graduate_fits_a_phone(case: Case, phone: Visitor):
    conversion = case.conversion()
    phone.open(case.link(LinkPurpose.CONVERSION_ANSWER, conversion, Side.GRADUATE))
    tap(phone, "수락")
    phone.check()
    check = case.check()
    phone.open(case.link(LinkPurpose.RETENTION, check, Side.GRADUATE))
    tap(phone, "재직 중")
    phone.check()
    assert (case.state(Conversion, conversion), case.state(RetentionCheck, check)) == ("accepted", "confirmed")
    other = case.office.graduate("배나래", "엑셀")
    asked = case.referral("awaiting_consent", graduate_id=other)
    phone.open(case.link(LinkPurpose.CONSENT, asked, Side.GRADUATE))
    tap(phone, "동의")
    phone.check()
    phone.open("/answer/nothing", status=404)


def test_the_words_to_send_are_copied_with_one_press(case: Case, phone: Visitor):
    number = case.referral("sent")
    page = phone.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    account = case.office.accounts["counselor"]
    client = case.office.visitor("counselor").client
    client.get("/today")
    cookie = client.get_cookie("ieum")
    page.context.add_cookies([{"name": "ieum", "value": cookie.value, "url": phone.host}])
    phone.open(f"/referrals/{number}")
    phone.click("기업 답변 링크 만들기")
    phone.click("글 복사 (카카오톡)") if page.get_by_text("글 복사").is_visible() else pytest.fail("no copy button")
    page.get_by_text("복사했습니다").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("[이음] ")
    assert "/answer/" in copied
    assert account.name in copied
