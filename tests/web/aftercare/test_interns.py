"""A company sees its own people by referral, answers about their conversion, and nothing of anybody else."""

from sqlmodel import select

from placement import moving
from placement.access import visible_conversions, visible_placements
from placement.models import Consent, Conversion, Placement, Referral
from tests.fixtures.pages import PageVisitor
from tests.web.aftercare.conftest import After
from tests.web.cast import OFFICE, TODAY


def conversion(office: After) -> Conversion:
    with office.database.reading() as session:
        return session.exec(select(Conversion)).one()


def test_the_page_says_who_works_here_and_what_is_to_be_answered_until_when(office: After, partner: PageVisitor):
    office.intern()
    office.job()  # found alone: the company was never shown the person
    page = partner.open("/my-placements").text_of("main")
    assert "남궁서윤" in page and "황보라온" not in page
    assert "전환 제의 여부 2020-12-21까지" in page


def test_a_company_offers_a_regular_job_and_takes_its_offer_back(office: After, partner: PageVisitor):
    placement = office.intern()
    partner.open(f"/my-placements/{placement}")
    page = partner.submit("전환 제의", **{"offer-terms": "월 240만원", "offer-expires_on": "2020-12-20"})
    assert (conversion(office).state, conversion(office).terms) == ("offered", "월 240만원")
    assert "2020-12-20까지 본인의 답을 기다림" in page.text_of("main")
    assert "우리가 답한 기록" in page.text_of("main")
    partner.submit("마지막 처리 되돌리기")
    assert conversion(office).state == "pending"


def test_a_company_decides_nothing_for_the_graduate(office: After, partner: PageVisitor):
    placement = office.intern()
    partner.open(f"/my-placements/{placement}")
    partner.submit("전환 제의", **{"offer-terms": "월 240만원"})
    words = partner.markup.text_of("main")
    assert "전환 수락" not in words and "전환 거절" not in words
    token = partner.markup.one("input[name=csrf_token]") if hasattr(partner.markup, "one") else None
    assert token is None or conversion(office).state == "offered"


def test_no_company_sees_the_people_of_another(office: After):
    placement = office.intern()
    rival = office.visitor("rival")
    assert "남궁서윤" not in rival.open("/my-placements").text_of("main")
    rival.open(f"/my-placements/{placement}", status=404)


def test_an_employer_keeps_name_and_days_when_the_consent_is_taken_back_and_nothing_else(
    office: After, partner: PageVisitor
):
    placement = office.intern()
    with office.database.transaction() as session:
        consent = session.exec(select(Consent).where(Consent.kind == "third_party")).one()
        heard = {"effective_on": TODAY, "channel": "phone", "note": "전화로 거둠"}
        moving.advance(session, consent, "withdraw", OFFICE, **heard)
        referral = session.exec(select(Referral)).one().id
    pages = [partner.open(path) for path in ("/my-placements", f"/my-placements/{placement}", "/my-interns")]
    assert all("남궁서윤" in page.text_of("main") for page in pages)
    seen = [*pages, *(partner.open(path) for path in ("/candidates?show=answered", f"/candidates/{referral}"))]
    for hidden in ("010-0000-0001", "01000000001", "seoyun@example.com", "엑셀"):
        assert not any(hidden in page.text_of("html") for page in seen), hidden
    assert not any("남궁서윤" in page.text_of("html") for page in seen[len(pages) :]), "as a candidate nobody knows who"
    partner.open(f"/my-placements/{placement}")
    partner.submit("전환 제의", **{"offer-terms": "월 240만원"})
    assert conversion(office).state == "offered"


def test_whose_acceptance_was_taken_back_is_seen_no_more(office: After, partner: PageVisitor):
    placement = office.intern()
    with office.database.transaction() as session:
        session.exec(select(Referral)).one().state = "withdrawn"
    partner.open(f"/my-placements/{placement}", status=404)
    with office.database.reading() as session:
        account = office.accounts["partner"]
        assert session.exec(visible_placements(account)).all() == []
        assert session.exec(visible_conversions(account)).all() == []


def test_the_office_still_sees_everybody(office: After):
    office.intern()
    office.job()
    with office.database.reading() as session:
        for who in ("counselor", "manager"):
            assert len(session.exec(visible_placements(office.accounts[who])).all()) == 2
        assert session.exec(select(Placement).where(Placement.starts_on > TODAY)).all() == []
