"""An external opening is shown, told of and followed up on its own pages; nobody can refer to it, not even by address."""

from datetime import timedelta

import pytest
from sqlmodel import select

from employers.models import Opening
from placement.models import Event, Guidance, Referral
from tests.fixtures.pages import PageVisitor
from tests.web.aftercare.conftest import After
from tests.web.cast import TODAY

YESTERDAY = TODAY - timedelta(days=1)


def rows(office: After, table) -> list:
    with office.database.reading() as session:
        return list(session.exec(select(table)))


def test_an_external_opening_stands_among_the_suggestions_for_telling_only(office: After, counselor: PageVisitor):
    number = office.external()
    office.match()
    page = counselor.open(f"/graduates/{office.person}")
    assert "외부 공고 · 안내만" in page.text_of("main")
    counselor.open(f"/guidances/new?graduate={office.person}&opening={number}")
    page = counselor.submit("안내 기록", channel="message", told_on="2020-11-30")
    row = office.newest(Guidance)
    assert (row.state, row.channel, str(row.told_on)) == ("told", "message", "2020-11-30")
    assert rows(office, Referral) == []


def test_what_came_of_it_is_recorded_and_counted_apart(office: After, counselor: PageVisitor):
    number = office.external()
    counselor.open(f"/guidances/new?graduate={office.person}&opening={number}")
    counselor.submit("안내 기록")
    for button in ("지원함", "채용됨"):
        page = counselor.submit(button)
    assert "본인취업으로 남깁니다" in page.text_of("main")
    words = counselor.open("/guidances?show=finished").text_of("main")
    assert "남궁서윤" in words
    counselor.open(f"/guidances/{office.newest(Guidance).id}")
    counselor.submit("마지막 처리 되돌리기")
    assert office.newest(Guidance).state == "applied"
    for line in office.log("guidance", office.newest(Guidance).id)[:1]:
        office.change(Event, line.id, effective_on=YESTERDAY)
    counselor.submit("처리일 고치기", **{"correct-effective_on": str(YESTERDAY)})
    assert office.log("guidance", office.newest(Guidance).id)[-1].effective_on == YESTERDAY
    assert "남궁서윤" not in counselor.open("/referrals").text_of("main")


def test_telling_of_our_own_opening_is_refused_in_one_sentence(office: After, counselor: PageVisitor):
    counselor.open(f"/guidances/new?graduate={office.person}&opening={office.seat}")
    assert "알선으로 진행해 주십시오" in counselor.submit("안내 기록", status=409).text_of("main")
    assert rows(office, Guidance) == []


def test_nobody_is_referred_to_it_on_the_page_of_proposals(office: After, counselor: PageVisitor):
    number = office.external()
    page = counselor.open(f"/referrals/propose?pair={office.person}-{number}")
    assert "외부 공고 · 안내만" in page.text_of("main")
    page = counselor.submit("알선하기", pair=f"{office.person}-{number}", how="draft")
    assert "안내만 기록해 주십시오" in page.text_of("main")
    assert rows(office, Referral) == []


def test_the_office_says_that_an_opening_is_external_and_takes_it_back(office: After, counselor: PageVisitor):
    counselor.open(f"/openings/{office.seat}/external")
    assert "http://" in counselor.submit("저장", status=422, url="jobs.example.com").text_of("main")
    counselor.submit("저장", url="https://jobs.example.com/9")
    assert "외부 공고 · 안내만" in counselor.markup.text_of("main")
    counselor.open(f"/openings/{office.seat}/external")
    counselor.submit("저장", url="")
    row = office.read(Opening, office.seat)
    assert (row.source, row.posting_url) == ("counselor", None)


@pytest.mark.parametrize("address", ["/guidances/new", "/guidances/new?graduate=x&opening=1", "/guidances/9"])
def test_a_page_of_nobody_is_not_found(counselor: PageVisitor, address: str):
    counselor.open(address, status=404)
