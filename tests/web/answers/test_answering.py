"""Through a link, people without an account answer with two taps; every answer is a move in the log."""

from datetime import date, timedelta

import pytest

from placement.enums import LinkPurpose, Side
from placement.models import Consent, Conversion, Graduate, Placement, Referral, RetentionAnswer, RetentionCheck
from tests.web.answers.cast import EMAIL, NAME, PHONE, Case
from tests.web.cast import TODAY

A_WEEK_ON = TODAY + timedelta(days=7)


def test_a_graduate_reads_the_text_and_agrees(case: Case):
    number = case.referral("awaiting_consent")
    guest = case.guest()
    page = guest.open(case.link(LinkPurpose.CONSENT, number, Side.GRADUATE)).text_of("main")
    for words in ("제3자 제공", "누리솔데이터", "라벨링 검수", "180일", "동의하지 않을 수 있습니다"):
        assert words in page
    assert "언제든 철회할 수" in guest.submit("동의").text_of("main")
    consent = case.office.newest(Consent)
    assert (consent.referral_id, consent.channel, consent.recorded_by) == (number, "link", "link:graduate")
    event = case.last_event()
    assert (event.move, event.actor, event.on_behalf_of) == ("consent", "link:graduate", NAME)
    assert case.state(Referral, number) == "sent"


def test_a_graduate_does_not_agree(case: Case):
    number = case.referral("awaiting_consent")
    guest = case.guest()
    guest.open(case.link(LinkPurpose.CONSENT, number, Side.GRADUATE))
    assert "다른 불이익은 없으며" in guest.submit("동의하지 않음").text_of("main")
    assert case.state(Referral, number) == "withdrawn"


def test_interest_opens_name_and_contact_and_says_what_comes_next(case: Case):
    number = case.referral("sent")
    guest = case.guest()
    blind = guest.open(case.link(LinkPurpose.COMPANY_ANSWER, number, Side.COMPANY)).text_of("html")
    assert "엑셀" in blind
    shown = guest.submit("관심 있음").text_of("main")
    for words in (NAME, "010-0000-0077", EMAIL, "다음은 이렇게", "counselor 담당", "02-0000-0001", "180일"):
        assert words in shown
    assert case.state(Referral, number) == "interested"
    assert NAME in guest.open(guest.path).text_of("main"), "looking again is allowed"


@pytest.mark.parametrize(
    ("button", "fields", "state"),
    [
        ("필요한 기술이 부족함", {}, "declined"),
        (A_WEEK_ON.isoformat(), {}, "on_hold"),
        ("이날까지 보류", {"until": "2020-12-24"}, "on_hold"),
    ],
)
def test_a_company_declines_or_waits_without_learning_who_it_is(case: Case, button: str, fields, state: str):
    number = case.referral("sent")
    guest = case.guest()
    guest.open(case.link(LinkPurpose.COMPANY_ANSWER, number, Side.COMPANY))
    after = guest.submit(button, **fields).text_of("html")
    assert NAME not in after
    row = case.referral_row(number)
    assert row.state == state
    if state == "on_hold":
        assert row.on_hold_until == date.fromisoformat(fields.get("until", A_WEEK_ON.isoformat()))
    else:
        assert case.last_event().reason == "skill_short"


def test_two_interview_times_come_to_the_counselor_as_a_note(case: Case):
    number = case.referral("sent")
    guest = case.guest()
    guest.open(case.link(LinkPurpose.COMPANY_ANSWER, number, Side.COMPANY))
    times = {"first_time": "2020-12-03T14:00", "second_time": "2020-12-04T10:30"}
    assert NAME in guest.submit("관심 있음, 이 시간에 면접 가능", **times).text_of("main")
    with case.database.reading() as session:
        (event,) = [one for one in case.office.log("referral", number) if one.move == "show_interest"]
    assert event.note == "면접 가능 시간: 2020-12-03 14:00, 2020-12-04 10:30"
    assert session is not None


@pytest.mark.parametrize(("button", "state"), [("수락", "accepted"), ("급여가 맞지 않음", "refused")])
def test_a_graduate_answers_an_offer(case: Case, button: str, state: str):
    number = case.referral("offered")
    guest = case.guest()
    page = guest.open(case.link(LinkPurpose.OFFER_ANSWER, number, Side.GRADUATE)).text_of("main")
    assert "240만원" in page
    guest.submit(button)
    assert case.state(Referral, number) == state
    assert (case.office.newest(Placement) is not None) == (state == "accepted")
    assert (case.office.read(Graduate, case.graduate_id).engaged_by == number) == (state == "accepted")


@pytest.mark.parametrize(("button", "state"), [("수락", "accepted"), ("진학·학업", "declined")])
def test_a_graduate_answers_an_offer_to_stay(case: Case, button: str, state: str):
    number = case.conversion()
    guest = case.guest()
    page = guest.open(case.link(LinkPurpose.CONVERSION_ANSWER, number, Side.GRADUATE)).text_of("main")
    assert "월 250만원" in page
    guest.submit(button)
    assert case.state(Conversion, number) == state


GONE = {"left_on": "2020-11-20", "left_by": "company"}


@pytest.mark.parametrize(
    ("side", "button", "fields", "said"),
    [
        (Side.GRADUATE, "재직 중", {}, ("confirmed", True, True, None, None)),
        (Side.COMPANY, "재직 중", {}, ("confirmed", True, True, None, None)),
        (Side.GRADUATE, "다른 곳에서 일함", {}, ("confirmed", True, False, None, None)),
        (Side.GRADUATE, "회사 사정", GONE, ("left", False, None, date(2020, 11, 20), "company_situation")),
        (Side.COMPANY, "회사 사정", GONE, ("left", False, None, date(2020, 11, 20), "company_situation")),
    ],
)
def test_either_side_says_whether_somebody_still_works_there(case: Case, side: Side, button: str, fields, said):
    number = case.check()
    guest = case.guest()
    guest.open(case.link(LinkPurpose.RETENTION, number, side))
    guest.submit(button, **fields)
    answer = case.office.newest(RetentionAnswer)
    told = (answer.is_employed, answer.is_same_employer, answer.left_on, answer.reason)
    assert (case.state(RetentionCheck, number), *told) == said
    assert (answer.side, answer.channel, answer.recorded_by) == (side, "link", f"link:{side}")
    assert answer.evidence == ("employer" if side == Side.COMPANY else "self_report")


def test_a_company_is_not_asked_where_somebody_works_now(case: Case):
    guest = case.guest()
    guest.open(case.link(LinkPurpose.RETENTION, case.check(), Side.COMPANY))
    assert "다른 곳에서 일함" not in guest.markup.text_of("main")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({**GONE, "left_on": ""}, "그만둔 날을"),
        ({**GONE, "left_on": "2020-12-02"}, "그만둔 날을"),
        ({"left_on": "2020-11-20"}, "누구의 뜻"),
    ],
)
def test_a_leaving_without_its_day_or_side_is_asked_for_on_the_same_page(case: Case, fields, sentence: str):
    number = case.check()
    guest = case.guest()
    guest.open(case.link(LinkPurpose.RETENTION, number, Side.GRADUATE))
    assert sentence in guest.submit("회사 사정", status=422, **fields).text_of("main")
    assert (case.state(RetentionCheck, number), case.unspent()) == ("due", 1)


def test_a_leaving_before_the_job_began_is_refused_in_one_sentence(case: Case):
    number = case.check()
    guest = case.guest()
    guest.open(case.link(LinkPurpose.RETENTION, number, Side.GRADUATE))
    page = guest.submit("회사 사정", status=422, **{**GONE, "left_on": "2020-01-01"})
    assert "퇴사일을 근무 시작일" in page.text_of("main")
    assert case.unspent() == 1


def test_two_sides_that_differ_are_a_conflict(case: Case):
    number = case.check()
    paths = {side: case.link(LinkPurpose.RETENTION, number, side) for side in Side}
    guest = case.guest()
    guest.open(paths[Side.GRADUATE])
    guest.submit("재직 중")
    guest.open(paths[Side.COMPANY])
    guest.submit("회사 사정", **GONE)
    assert case.state(RetentionCheck, number) == "conflict"


@pytest.mark.parametrize("state", ["pending", "unknown"])
def test_the_company_offers_a_regular_job_with_its_terms_also_when_nobody_expected_it_any_more(case: Case, state: str):
    number = case.pending_conversion(state)
    guest = case.guest()
    guest.open(case.link(LinkPurpose.CONVERSION_OFFER, number, Side.COMPANY))
    assert "정규직 조건을 적어" in guest.submit("이 조건으로 제의", status=422, terms=" ").text_of("main")
    guest.submit("이 조건으로 제의", terms="월 240만원, 3월 2일부터", expires_on="2020-12-20")
    row = case.office.read(Conversion, number)
    assert (row.state, row.terms, row.offer_expires_on) == ("offered", "월 240만원, 3월 2일부터", date(2020, 12, 20))
    assert case.last_event().actor == "link:company"


def test_the_company_says_why_it_makes_no_offer(case: Case):
    number = case.pending_conversion("pending")
    guest = case.guest()
    guest.open(case.link(LinkPurpose.CONVERSION_OFFER, number, Side.COMPANY))
    guest.submit("정원·예산이 없음")
    assert (case.state(Conversion, number), case.last_event().reason) == ("not_offered", "no_vacancy")


def test_a_resident_number_in_the_terms_is_refused(case: Case):
    number = case.pending_conversion("pending")
    guest = case.guest()
    guest.open(case.link(LinkPurpose.CONVERSION_OFFER, number, Side.COMPANY))
    guest.submit("이 조건으로 제의", status=422, terms="900101-1234567")
    assert (case.state(Conversion, number), case.unspent()) == ("pending", 1)


def test_who_declines_to_stay_may_say_what_comes_next(case: Case):
    number = case.conversion()
    guest = case.guest()
    guest.open(case.link(LinkPurpose.CONVERSION_ANSWER, number, Side.GRADUATE))
    guest.submit("조건이 맞지 않음", next_step="training")
    row = case.office.read(Conversion, number)
    assert (row.state, row.next_step) == ("declined", "training")


@pytest.mark.parametrize(
    ("button", "fields", "sentence"),
    [
        ("이날까지 보류", {"until": "2020-12-01"}, "오늘보다 뒤의"),
        ("이날까지 보류", {"until": "soon"}, "오늘보다 뒤의"),
        ("관심 있음, 이 시간에 면접 가능", {}, "내일부터의"),
        ("관심 있음, 이 시간에 면접 가능", {"first_time": "2020-11-30T10:00"}, "내일부터의"),
    ],
)
def test_what_is_missing_is_said_on_the_same_page_and_the_link_stays(case: Case, button: str, fields, sentence: str):
    number = case.referral("sent")
    guest = case.guest()
    guest.open(case.link(LinkPurpose.COMPANY_ANSWER, number, Side.COMPANY))
    assert sentence in guest.submit(button, status=422, **fields).text_of("main")
    assert (case.state(Referral, number), case.unspent()) == ("sent", 1)
    assert PHONE not in guest.markup.text_of("html")


def test_consent_to_a_text_that_was_replaced_meanwhile_is_asked_for_anew(case: Case):
    number = case.referral("awaiting_consent")
    guest = case.guest()
    guest.open(case.link(LinkPurpose.CONSENT, number, Side.GRADUATE))
    assert "문안이 바뀌었습니다" in guest.submit("동의", status=422, document="999").text_of("main")
    assert case.state(Referral, number) == "awaiting_consent"
