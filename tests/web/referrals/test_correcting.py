"""A day that was typed wrong is put right on the page where it stands; the trail keeps the first one."""

from datetime import timedelta

from placement.models import Event
from tests.fixtures.pages import PageVisitor
from tests.web.cast import TODAY
from tests.web.referrals.conftest import Case

YESTERDAY = (TODAY - timedelta(days=1)).isoformat()


def interested(office: Case, counselor: PageVisitor) -> int:
    """A referral that was sent three days ago and whose interest was heard today, on its page."""
    referral = office.send()
    for line in office.log("referral", referral):
        office.change(Event, line.id, effective_on=TODAY - timedelta(days=3))
    counselor.open(f"/referrals/{referral}")
    counselor.submit("관심 있음", **{"show_interest-note": "통화"})
    return referral


def days(office: Case, referral: int) -> list[tuple[str, str]]:
    return [(line.move, line.effective_on.isoformat()) for line in office.log("referral", referral)]


def test_the_right_day_stands_in_the_trail_and_the_first_one_too(office: Case, counselor: PageVisitor):
    referral = interested(office, counselor)
    page = counselor.submit("처리일 고치기", **{"correct-effective_on": YESTERDAY})
    assert days(office, referral)[-3:] == [
        ("show_interest", TODAY.isoformat()),
        ("undo", TODAY.isoformat()),
        ("show_interest", YESTERDAY),
    ]
    first, _undo, again = office.log("referral", referral)[-3:]
    assert first.on_behalf_of is not None
    assert again.on_behalf_of == first.on_behalf_of
    assert office.state(referral) == "interested"
    assert page.text_of("main").count("되돌림") == 1
    assert f"처리일 고침 {TODAY} → {YESTERDAY}" in " ".join(page.text_of("main").split())


def test_a_move_taken_back_and_made_again_the_same_day_is_no_correction(office: Case, counselor: PageVisitor):
    interested(office, counselor)
    counselor.submit("마지막 처리 되돌리기")
    page = counselor.submit("관심 있음", **{"show_interest-note": "통화"})
    assert "처리일 고침" not in page.text_of("main")


def test_a_correction_of_a_page_that_is_old_by_now_does_not_touch_the_move_that_came_between(
    office: Case, counselor: PageVisitor, partner: PageVisitor
):
    referral = interested(office, counselor)
    partner.open(f"/candidates/{referral}")
    partner.submit("기업 거절", **{"decline-reason": "seat_filled"})
    for line in office.log("referral", referral)[:-1]:
        office.change(Event, line.id, effective_on=TODAY - timedelta(days=3))
    before = days(office, referral)
    page = counselor.submit("처리일 고치기", 409, **{"correct-effective_on": YESTERDAY})
    assert "다른 사람이" in page.text_of("main")
    assert "다른 곳에서 먼저 바뀌었습니다" in page.text_of("h1")
    assert days(office, referral) == before


def test_an_odd_day_is_one_sentence(office: Case, counselor: PageVisitor):
    referral = interested(office, counselor)
    before = days(office, referral)
    said = {
        TODAY.isoformat(): "이미 그 날짜로 기록되어 있습니다.",
        "": "바른 날짜를 적어 주십시오.",
        "2020-13-01": "바른 날짜를 적어 주십시오.",
        "2020-12-02": "아직 오지 않은 날짜입니다.",
        "2020-11-20": "바로 앞 처리일",
    }
    for typed, sentence in said.items():
        counselor.open(f"/referrals/{referral}")
        page = counselor.submit("처리일 고치기", 409, **{"correct-effective_on": typed})
        assert sentence in page.text_of("main"), typed
        assert page.text_of("h1") == "처리하지 못했습니다"
    assert days(office, referral) == before
