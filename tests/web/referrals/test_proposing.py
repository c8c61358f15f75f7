"""Several are proposed at once: each pair stands for itself, consent is heard or asked for, and nothing is half done."""

import re

from flask import Flask

from employers.models import Contact, Opening
from placement.models import AnswerLink, Consent, Referral
from tests.fixtures.markup import Markup
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


def ask_companies(office: Case, counselor: PageVisitor, *people: int) -> Markup:
    """The page after proposing these people with consent heard, and after the one press below it."""
    counselor.open(address(office, *people))
    counselor.submit("알선하기", note="상담실에서 확인")
    return counselor.submit("기업 답변 링크 모두 만들기")


def test_one_press_puts_the_links_of_all_into_one_message_to_the_company(
    office: Case, counselor: PageVisitor, app: Flask
):
    office.agree()
    page = ask_companies(office, counselor, office.person, office.other)
    (words,) = ("".join(box.words) for box in page.all("textarea"))
    addresses = re.findall(r"/answer/\S+", words)
    assert len(set(addresses)) == 2
    assert "수료생 2명을 추천드립니다" in words
    assert office.company.name in words
    assert not any(name in words for name in ("남궁서윤", "황보라온"))
    for where in addresses:
        assert "사무 보조 인턴" in PageVisitor(app.test_client()).open(where).text_of("main")


def test_a_company_that_is_asked_about_one_person_is_asked_in_the_usual_words(office: Case, counselor: PageVisitor):
    office.agree()
    words = "".join(ask_companies(office, counselor, office.person).all("textarea")[0].words)
    assert "수료생을 추천드립니다" in words
    assert words.count("/answer/") == 1


def test_each_company_has_a_message_of_its_own_and_whom_there_to_send_it_to(office: Case, counselor: PageVisitor):
    office.agree()
    elsewhere = office.opening("자료 입력", "엑셀")
    office.change(Opening, elsewhere, company_id=office.rival.id, is_approved=True)
    with office.database.transaction() as session:
        session.add(Contact(company_id=office.rival.id, name="강담당", phone="0200000009"))
    counselor.open(f"{address(office, office.person)}&pair={office.other}-{elsewhere}")
    counselor.submit("알선하기", note="상담실에서 확인")
    page = counselor.submit("기업 답변 링크 모두 만들기")
    ours, theirs = ("".join(box.words) for box in page.all("textarea"))
    assert "사무 보조 인턴" in ours
    assert "자료 입력" not in ours
    assert (ours.count("/answer/"), theirs.count("/answer/")) == (1, 1)
    assert [link.get("href")[:14] for link in page.all("a") if "sms:" in link.get("href")] == ["sms:0200000009"]


def test_who_has_been_answered_meanwhile_is_left_out_and_older_links_open_nothing(
    office: Case, counselor: PageVisitor, app: Flask
):
    office.agree()
    counselor.open(address(office, office.person, office.other))
    counselor.submit("알선하기", note="상담실에서 확인")
    result = counselor.markup
    first = "".join(counselor.submit("기업 답변 링크 모두 만들기").all("textarea")[0].words)
    office.change(Referral, office.newest(Referral).id, state="declined")
    counselor.markup = result
    page = counselor.submit("기업 답변 링크 모두 만들기")
    assert "1건은 지금 기업이 답할 수 없어 뺐습니다." in page.text_of("main")
    assert "".join(page.all("textarea")[0].words).count("/answer/") == 1
    for where in re.findall(r"/answer/\S+", first):
        PageVisitor(app.test_client()).open(where, 410)


def test_links_of_no_referral_or_an_odd_one_are_refused(office: Case, counselor: PageVisitor):
    office.agree()
    for asked in ([], ["x"], [""], ["9" * 12]):
        counselor.open(address(office, office.person))
        if office.newest(Referral) is None:
            counselor.submit("알선하기", note="상담실에서 확인")
            result = counselor.markup
        counselor.markup = result
        counselor.submit("기업 답변 링크 모두 만들기", status=400, referral=asked)


def test_where_consent_is_still_to_come_no_company_can_be_asked(office: Case, counselor: PageVisitor):
    office.agree()
    counselor.open(address(office, office.person))
    assert "기업 답변 링크 모두 만들기" not in counselor.submit("알선하기", how="ask").text_of("main")
