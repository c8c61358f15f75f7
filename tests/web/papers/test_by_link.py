"""By link, people without an account sign what they have read, and say how an intern works or what is wrong with that."""

import pytest

from placement.enums import LinkPurpose, Side
from placement.models import AgreementSignature, Assessment, InternshipAgreement
from placement.models.papers import SCALES
from tests.web.answers.cast import NAME, Case

GOOD = {**dict.fromkeys(SCALES, "4"), "conversion_wish": "yes", "comment": "성실합니다.", "answered_by": "한담당"}
WORDS = "맡은 업무가 달랐습니다."


def test_both_sides_sign_the_text_that_they_read(case: Case):
    number = case.agreement()
    guest = case.guest()
    for side, signer in ((Side.GRADUATE, NAME), (Side.COMPANY, "강담당")):
        words = guest.open(case.link(LinkPurpose.SIGNING, number, side)).text_of("main")
        paper = case.office.read(InternshipAgreement, number)
        assert " ".join(paper.text.split()) in " ".join(words.split())
        assert "서명을 저장했습니다" in guest.submit("서명 보내기", signer=signer, agreed="yes").text_of("main")
    assert case.state(InternshipAgreement, number) == "signed"
    row = case.office.newest(AgreementSignature)
    assert (row.signer, row.side, row.channel, row.digest) == ("강담당", "company", "link", paper.digest)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"signer": "", "agreed": "yes"}, "성명을 적어"),
        ({"signer": NAME}, "칸에 표시해"),
        ({"signer": "가" * 101, "agreed": "yes"}, "너무 긴"),
        ({"signer": "900101-1234567", "agreed": "yes"}, "주민등록번호"),
    ],
)
def test_what_is_missing_is_said_and_the_link_stays(case: Case, typed: dict[str, str], sentence: str):
    guest = case.guest()
    guest.open(case.link(LinkPurpose.SIGNING, case.agreement(), Side.GRADUATE))
    assert sentence in guest.submit("서명 보내기", status=422, **typed).text_of("main")
    assert case.unspent() == 1
    assert case.office.newest(AgreementSignature) is None


def test_another_text_is_no_signature(case: Case):
    guest = case.guest()
    guest.open(case.link(LinkPurpose.SIGNING, case.agreement(), Side.GRADUATE))
    page = guest.submit("서명 보내기", status=409, signer=NAME, agreed="yes", shown="0" * 64)
    assert "기록과 다릅니다" in page.text_of("main")
    assert (case.unspent(), case.office.newest(AgreementSignature)) == (1, None)


def test_another_name_is_no_signature_and_is_put_right_on_the_same_page(case: Case):
    guest = case.guest()
    guest.open(case.link(LinkPurpose.SIGNING, case.agreement(), Side.GRADUATE))
    page = guest.submit("서명 보내기", status=422, signer="다른 사람", agreed="yes")
    assert "적힌 성명과 다릅니다" in page.text_of("main")
    assert [each.get("value") for each in page.all("input") if each.get("id") == "signer"] == ["다른 사람"]
    assert (case.unspent(), case.office.newest(AgreementSignature)) == (1, None)
    assert "서명을 저장했습니다" in guest.submit("서명 보내기", signer=NAME, agreed="yes").text_of("main")


def test_a_company_assesses_with_five_scores_and_learns_what_is_missing(case: Case):
    number = case.assessment()
    guest = case.guest()
    guest.open(case.link(LinkPurpose.ASSESSMENT, number, Side.COMPANY))
    page = guest.submit("평가 보내기", status=422, **{**GOOD, "skill": "6"})
    assert "1점부터 5점까지" in page.text_of("main")
    guest.submit("평가 보내기", **GOOD)
    row = case.office.read(Assessment, number)
    assert (row.state, row.skill, row.comment, row.conversion_wish) == ("answered", 4, "성실합니다.", "yes")
    assert (row.answered_by, row.channel) == ("한담당", "link")


@pytest.mark.parametrize(
    ("button", "typed", "state"),
    [("확인했습니다", {}, "accepted"), ("의견 보내기", {"contradiction": WORDS}, "contradicted")],
)
def test_an_intern_sees_the_scores_but_not_the_wish_and_answers(case: Case, button: str, typed: dict, state: str):
    number = case.assessment(is_answered=True)
    guest = case.guest()
    page = guest.open(case.link(LinkPurpose.ASSESSMENT_REPLY, number, Side.GRADUATE)).text_of("main")
    assert "5점 중 4점" in page
    assert "성실합니다." in page
    assert "전환" not in page
    guest.submit(button, **typed)
    assert case.state(Assessment, number) == state
    assert case.office.read(Assessment, number).contradiction == typed.get("contradiction")


def test_a_contradiction_has_words(case: Case):
    guest = case.guest()
    guest.open(case.link(LinkPurpose.ASSESSMENT_REPLY, case.assessment(is_answered=True), Side.GRADUATE))
    assert "내용을 적어" in guest.submit("의견 보내기", status=422, contradiction=" ").text_of("main")
    assert case.unspent() == 1
