"""A counselor works a referral: what is said for somebody has its note, every move is undone in the log, late forms lose."""

from placement.models import Conversion, Interview, Outcome, Placement, Referral
from placement.retention import open_checks
from placement.ticking import run_due
from tests.fixtures.pages import PageVisitor
from tests.web.cast import OFFICE, TODAY
from tests.web.referrals.conftest import Case


def test_what_is_said_for_the_company_needs_a_note_and_names_the_company(office: Case, counselor: PageVisitor):
    referral = office.send()
    counselor.open(f"/referrals/{referral}")
    counselor.submit("관심 있음", 422)
    counselor.submit("관심 있음", **{"show_interest-note": "담당자와 통화"})
    last = office.log("referral", referral)[-1]
    assert (last.move, last.on_behalf_of, last.note) == ("show_interest", "누리솔데이터", "전화: 담당자와 통화")


def test_an_undo_stands_beside_what_it_undid(office: Case, counselor: PageVisitor):
    referral = office.send()
    counselor.open(f"/referrals/{referral}")
    counselor.submit("기업 거절", **{"decline-note": "통화", "decline-reason": "skill_short"})
    page = counselor.submit("마지막 처리 되돌리기")
    assert office.state(referral) == "sent"
    assert "되돌림" in page.text_of("main")
    assert "필요한 기술이 부족함" in page.text_of("main")


def test_a_move_that_is_too_late_is_one_sentence(office: Case, counselor: PageVisitor, partner: PageVisitor):
    referral = office.send()
    counselor.open(f"/referrals/{referral}")
    partner.open(f"/candidates/{referral}")
    partner.submit("기업 거절", **{"decline-reason": "seat_filled"})
    page = counselor.submit("보류", 409, **{"hold-note": "통화", "hold-until": "2020-12-20"})
    assert "지금 상태에서는 할 수 없는 처리입니다." in page.text_of("main")
    assert office.state(referral) == "declined"


def test_a_day_to_come_is_no_day_of_a_move(office: Case, counselor: PageVisitor):
    counselor.open(f"/referrals/{office.send()}")
    values = {"show_interest-note": "통화", "show_interest-effective_on": "2020-12-02"}
    assert "아직 오지 않은 날짜입니다." in counselor.submit("관심 있음", 422, **values).text_of("main")


def test_a_moved_interview_needs_its_new_time(office: Case, counselor: PageVisitor):
    referral = office.send()
    counselor.open(f"/referrals/{referral}")
    counselor.submit("관심 있음", **{"show_interest-note": "통화"})
    plan = {"on_day": "2020-12-03", "at_time": "10:00", "note": "통화", "is_accompanied": "y"}
    counselor.submit("면접 잡기", **{f"plan_interview-{name}": value for name, value in plan.items()})
    assert office.newest(Interview).is_accompanied
    moved = {"record_interview-result": "moved", "record_interview-note": "통화"}
    counselor.submit("면접 결과 기록", 422, **moved)
    assert office.state(referral) == "interview_planned"
    counselor.submit(
        "면접 결과 기록", **moved, **{"record_interview-on_day": "2020-12-04", "record_interview-at_time": "14:00"}
    )
    assert office.newest(Interview).at.day == 4


def accepted(office: Case, counselor: PageVisitor) -> int:
    """The id of a placement from an accepted offer."""
    counselor.open(f"/referrals/{office.send()}")
    counselor.submit("관심 있음", **{"show_interest-note": "통화"})
    counselor.submit(
        "채용 제의", **{"offer-note": "통화", "offer-starts_on": "2020-12-01", "offer-ends_on": "2020-12-01"}
    )
    counselor.submit("제의 수락", **{"accept-note": "통화"})
    return office.newest(Placement).id


def test_an_offer_shows_three_months_less_a_day_before_anything_is_typed(office: Case, counselor: PageVisitor):
    counselor.open(f"/referrals/{office.send()}")
    page = counselor.submit("관심 있음", **{"show_interest-note": "통화"})
    shown = {box.get("name"): box.get("value") for box in page.all("input")}
    assert (shown["offer-starts_on"], shown["offer-ends_on"]) == ("2020-12-08", "2021-03-07")


def test_a_placement_ends_early_with_day_side_and_reason(office: Case, counselor: PageVisitor):
    placement = accepted(office, counselor)
    counselor.open(f"/placements/{placement}")
    counselor.submit("근무 시작")
    values = {
        "end_early-ended_by": "company",
        "end_early-reason": "company_situation",
        "end_early-last_day": "2020-12-01",
    }
    counselor.submit("조기 종료", **values)
    row = office.read(Placement, placement)
    assert (row.state, row.ended_by, row.last_day) == ("ended_early", "company", TODAY)
    counselor.submit("마지막 처리 되돌리기")
    assert office.read(Placement, placement).state == "active"


def test_a_conversion_is_offered_declined_with_what_comes_next_and_taken_back(office: Case, counselor: PageVisitor):
    placement = accepted(office, counselor)
    with office.database.transaction() as session:
        run_due(session, today=TODAY)
    counselor.open(f"/placements/{placement}")
    counselor.submit("전환 제의", **{"offer-terms": "월 230만원"})
    counselor.submit("전환 거절", **{"decline-reason": "conditions_differ", "decline-next_step": "study"})
    assert (office.newest(Conversion).state, office.newest(Conversion).next_step) == ("declined", "study")
    assert "진학·학업" in counselor.open(f"/placements/{placement}").text_of("main")


def test_two_sides_that_differ_are_settled_by_the_counselor(office: Case, counselor: PageVisitor):
    with office.database.transaction() as session:
        job = Placement(
            graduate_id=office.person, company_id=office.company.id, kind="employment", state="active", starts_on=TODAY
        )
        session.add(job)
        session.flush()
        check = open_checks(session, OFFICE, today=TODAY)[0].id
    left = {"employed": "no", "left_on": TODAY.isoformat(), "left_by": "company", "reason": "agreed"}
    for side, words in (("graduate", {"employed": "same"}), ("company", left)):
        counselor.open(f"/aftercare/{check}")
        page = counselor.submit("답변 기록", side=side, **words)
    assert "두 쪽의 답이 다릅니다." in page.text_of("main")
    page = counselor.submit("재직 확인", **{"confirm-evidence": "document", "confirm-note": "고용보험 이력"})
    assert "재직 확인" in page.text_of("h1")
    assert [line.move for line in office.log("retention_check", check)][-2:] == ["dispute", "confirm"]


def test_an_outcome_outside_is_recorded_and_taken_back_with_a_reason(office: Case, counselor: PageVisitor):
    counselor.open(f"/graduates/{office.person}/outcomes")
    page = counselor.submit("기록", kind="military", happened_on="2020-11-30", evidence="입영통지서", recognised="yes")
    row = office.newest(Outcome).id
    assert "군입대" in page.text_of("main")
    page = counselor.submit("기록 취소", **{f"outcome-{row}-take_back-reason": "잘못 적음"})
    assert "취소한 기록" in page.text_of("main")
    assert "잘못 적음" in page.text_of("main")


def test_the_list_says_who_waits_for_whom(office: Case, counselor: PageVisitor):
    office.send()
    assert "남궁서윤" in counselor.open("/referrals?waits=company").text_of("main")
    assert "남궁서윤" not in counselor.open("/referrals?waits=graduate").text_of("main")
    assert "남궁서윤" not in counselor.open("/referrals?q=없는 이름").text_of("main")
    assert office.newest(Referral).state == "sent"


def test_a_note_with_a_day_stands_on_the_page_of_that_day(office: Case, counselor: PageVisitor):
    counselor.open(f"/graduates/{office.person}/contacts")
    counselor.submit("기록", content="이력서를 함께 고침", next_action="전화", next_on="2020-12-01")
    assert "다음에 할 일" in counselor.open("/today").text_of("main")
    assert "이력서를 함께 고침" in counselor.open(f"/graduates/{office.person}/contacts").text_of("main")
