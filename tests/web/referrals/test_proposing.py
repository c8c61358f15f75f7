"""Several are proposed at once: each pair stands for itself, consent is heard or asked for, and nothing is half done."""

from placement.models import AnswerLink, Consent, Referral
from tests.fixtures.pages import PageVisitor
from tests.web.referrals.conftest import Case


def address(office: Case, *people: int) -> str:
    pairs = "&".join(f"pair={person}-{office.seat}" for person in people)
    return f"/referrals/propose?{pairs}&next=/openings/{office.seat}"


def test_a_pair_that_may_not_be_proposed_says_why_and_the_other_goes_through(office: Case, counselor: PageVisitor):
    office.send(office.other)
    counselor.open(address(office, office.person, office.other))
    page = counselor.submit("알선하기", note="상담실에서 확인")
    assert "2건 가운데 1건을 알선했습니다." in page.text_of("main")
    assert "같은 공고에 진행 중인 알선이 이미 있습니다." in page.text_of("main")
    assert office.newest(Referral).graduate_id == office.person
    assert office.newest(Consent).channel == "phone"


def test_without_an_agreement_nothing_is_left_behind(office: Case, counselor: PageVisitor):
    assert "협약 없음" in counselor.open(address(office, office.person)).text_of("main")
    page = counselor.submit("알선하기", note="상담실에서 확인")
    assert "유효한 협약이 없는 기업입니다." in page.text_of("main")
    assert office.newest(Referral) is None


def test_consent_that_was_heard_needs_its_note(office: Case, counselor: PageVisitor):
    counselor.open(address(office, office.person))
    assert "어떻게 들었는지" in counselor.submit("알선하기", status=422).text_of("main")
    assert office.newest(Referral) is None


def test_consent_may_be_asked_for_by_a_link_with_words_to_send(office: Case, counselor: PageVisitor):
    office.agree()
    counselor.open(address(office, office.person))
    page = counselor.submit("알선하기", how="ask")
    words = "".join(page.all("textarea")[0].words)
    assert "/answer/" in words
    assert "남궁서윤" in words
    assert office.newest(AnswerLink).purpose == "consent"
    assert office.newest(Referral).state == "awaiting_consent"


def test_pairs_that_are_none_are_refused(counselor: PageVisitor):
    for asked in ("", "?pair=", "?pair=1", "?pair=1-x", "?pair=1-2-3"):
        counselor.open(f"/referrals/propose{asked}", 400)


def test_a_pair_under_way_is_no_longer_offered_on_the_list(office: Case, counselor: PageVisitor):
    office.match()
    before = counselor.open(f"/openings/{office.seat}")
    assert [box.get("value") for box in before.all("input") if box.get("name") == "pair"]
    office.send()
    after = counselor.open(f"/openings/{office.seat}")
    offered = [box.get("value") for box in after.all("input") if box.get("name") == "pair"]
    assert offered == [f"{office.other}-{office.seat}"]
