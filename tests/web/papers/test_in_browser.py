"""On a phone: a name, a tick and one tap sign an agreement; six taps and a name assess an intern; nothing is cut off."""

import pytest

from placement.enums import LinkPurpose, Side
from placement.models import Assessment, InternshipAgreement
from placement.models.papers import SCALES
from tests.fixtures.browser import PHONE, Visitor
from tests.web.answers.cast import NAME, Case


@pytest.fixture
def phone(visitor: Visitor) -> Visitor:
    visitor.page.set_viewport_size(PHONE)
    return visitor


def sign_in(case: Case, visitor: Visitor, who: str) -> None:
    client = case.office.visitor(who).client
    client.get("/")
    cookie = client.get_cookie("ieum")
    visitor.page.context.add_cookies([{"name": "ieum", "value": cookie.value, "url": visitor.host}])


def test_a_graduate_signs_with_a_name_and_two_taps(case: Case, phone: Visitor):
    number = case.agreement()
    phone.open(case.link(LinkPurpose.SIGNING, number, Side.GRADUATE))
    phone.page.get_by_label("성명").fill(NAME)
    phone.page.get_by_label("위 협약서를 읽었고").check()
    phone.page.get_by_role("button", name="서명 보내기").click()
    assert "답변을 받았습니다" in phone.check().locator("h1").inner_text()
    assert case.office.read(InternshipAgreement, number).awaits == ["company"]


def test_a_company_assesses_with_its_thumb(case: Case, phone: Visitor):
    number = case.assessment()
    phone.open(case.link(LinkPurpose.ASSESSMENT, number, Side.COMPANY))
    for scale in SCALES:
        phone.page.locator(f"label[for={scale}-5]").click()
    phone.page.get_by_label("답하시는 분의 성명").fill("한담당")
    phone.page.get_by_role("button", name="평가 보내기").click()
    phone.check()
    assert case.state(Assessment, number) == "answered"
    phone.open(case.link(LinkPurpose.ASSESSMENT_REPLY, number, Side.GRADUATE))
    phone.page.get_by_role("button", name="확인했습니다").click()
    phone.check()
    assert case.state(Assessment, number) == "accepted"


def test_the_office_and_the_company_read_the_papers_at_any_width(case: Case, visitor: Visitor):
    number, check = case.agreement(cosigner="한대표"), case.assessment(is_answered=True)
    placement = case.office.read(InternshipAgreement, number).placement_id
    paper = f"/internship-agreements/{number}"
    for who, pages in (
        ("counselor", (f"/placements/{placement}", paper, f"{paper}/print", f"/assessments/{check}")),
        ("partner", ("/my-interns", f"/assessments/{check}")),
    ):
        sign_in(case, visitor, who)
        for page in pages:
            visitor.open(page)
