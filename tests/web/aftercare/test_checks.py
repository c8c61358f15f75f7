"""On screen a check says how often somebody was tried, asks what a leaving needs, and shows what followed by itself."""

from sqlmodel import select

from placement.models import Placement, RetentionAnswer, RetentionCheck
from tests.fixtures.markup import Markup
from tests.fixtures.pages import PageVisitor
from tests.web.aftercare.conftest import After


def checks(office: After) -> list[RetentionCheck]:
    with office.database.reading() as session:
        return list(session.exec(select(RetentionCheck).order_by(RetentionCheck.months)))


def test_giving_up_is_offered_after_three_attempts_in_two_ways(office: After, counselor: PageVisitor):
    office.job()
    first = checks(office)[0]
    counselor.open(f"/aftercare/{first.id}")
    page = counselor.submit("연락 안 됨", status=409)
    assert "세 번 이상, 두 가지 이상의 방법" in page.text_of("main")
    for way in ("phone", "message", "phone"):
        counselor.open(f"/aftercare/{first.id}")
        page = counselor.submit("연락 시도 기록", **{"try_reach-tried_by": way})
    assert "연락 시도 3/3번, 방법 2/2가지" in page.text_of("main")
    counselor.submit("연락 안 됨")
    assert checks(office)[0].state == "unreachable"
    assert "연락 시도 3/3번" in counselor.open("/aftercare").text_of("main")


def test_an_answer_that_somebody_left_says_when_whose_and_why(office: After, counselor: PageVisitor):
    office.job()
    first = checks(office)[0]
    counselor.open(f"/aftercare/{first.id}")
    said = {"side": "company", "employed": "no", "channel": "phone"}
    page = counselor.submit("답변 기록", status=422, **said, left_on="2020-11-20")
    assert page.text_of("main").count("필수 항목입니다.") >= 2
    counselor.submit("답변 기록", **said, left_on="2020-11-20", left_by="company", reason="company_situation")
    assert [check.state for check in checks(office)] == ["left"] * 3
    assert office.newest(RetentionAnswer).reason == "company_situation"


def test_whose_word_it_is_proves_it_and_a_paper_proves_it_better(office: After, counselor: PageVisitor):
    office.job()
    for side, evidence, proved in (
        ("graduate", "word", "self_report"),
        ("company", "word", "employer"),
        ("company", "document", "document"),
    ):
        counselor.open(f"/aftercare/{checks(office)[0].id}")
        counselor.submit("답변 기록", side=side, employed="same", evidence=evidence)
        assert (office.newest(RetentionAnswer).evidence, checks(office)[0].evidence) == (proved, proved)


def asks(page: Markup) -> list[bool]:
    """Whether the page offers a link to ask the graduate, and one to ask the company."""
    return [words in page.text_of("main") for words in ("수료생에게 묻는 링크", "기업에 묻는 링크")]


def test_after_one_sides_answer_the_other_side_can_still_be_asked(office: After, counselor: PageVisitor):
    office.job()
    assert asks(counselor.open(f"/aftercare/{checks(office)[0].id}")) == [True, True]
    assert asks(counselor.submit("답변 기록", side="graduate", employed="same")) == [False, True]
    assert asks(counselor.submit("답변 기록", side="company", employed="same")) == [False, False]


def test_a_check_whose_time_has_not_come_is_not_called_due(office: After, counselor: PageVisitor):
    placement = office.job()  # 100 days ago: the first check is due, the others are still to come
    page = counselor.open(f"/placements/{placement}").text_of("main")
    assert (page.count("확인할 차례"), page.count("확인 예정")) == (1, 2)


def test_a_conflict_is_settled_with_a_note_and_never_without(office: After, counselor: PageVisitor):
    office.job()
    first = checks(office)[0]
    for side, employed in (("graduate", "same"), ("company", "no")):
        counselor.open(f"/aftercare/{first.id}")
        left = {"left_on": "2020-11-20", "left_by": "company", "reason": "other"} if employed == "no" else {}
        counselor.submit("답변 기록", side=side, employed=employed, **left)
    assert "두 쪽의 답이 다릅니다" in counselor.markup.text_of("main")
    assert "무엇을 보고 정했는지" in counselor.submit("재직 확인", status=409).text_of("main")
    counselor.open(f"/aftercare/{first.id}")
    counselor.submit("재직 확인", **{"confirm-note": "고용보험 이력을 확인함"})
    assert checks(office)[0].state == "confirmed"


def test_the_page_counts_who_stayed_and_who_was_not_reached_apart(office: After, counselor: PageVisitor):
    office.job()
    counselor.open(f"/aftercare/{checks(office)[0].id}")
    counselor.submit("재직 확인")
    assert "100.0 % 1/1" in counselor.open("/aftercare").text_of("main")


def test_an_early_end_asks_for_all_three_and_closes_what_is_to_come(office: After, counselor: PageVisitor):
    placement = office.job()
    counselor.open(f"/placements/{placement}")
    counselor.submit("조기 종료", status=422, **{"end_early-last_day": "2020-11-20"})
    said = {"last_day": "2020-11-20", "ended_by": "graduate", "reason": "study"}
    counselor.open(f"/placements/{placement}")
    counselor.submit("조기 종료", **{f"end_early-{name}": value for name, value in said.items()})
    assert office.read(Placement, placement).state == "ended_early"
    assert [check.state for check in checks(office)] == ["left"] * 3
    counselor.submit("마지막 처리 되돌리기")
    assert [check.state for check in checks(office)] == ["due"] * 3


def test_a_suspension_says_what_becomes_of_the_end(office: After, counselor: PageVisitor):
    placement = office.intern()
    ends_on = office.read(Placement, placement).ends_on
    counselor.open(f"/placements/{placement}")
    page = counselor.submit("근무 중단", **{"suspend-reason": "health_or_family", "suspend-effective_on": "2020-11-21"})
    assert "종료일은 저절로 늦춰지지 않습니다" in page.text_of("main")
    assert "2020-12-31" in page.text_of("main")  # ten days later than the end
    counselor.submit("다시 근무")
    assert office.read(Placement, placement).ends_on == ends_on


def test_days_are_changed_with_a_reason(office: After, counselor: PageVisitor):
    placement = office.intern()
    counselor.open(f"/placements/{placement}")
    counselor.submit("날짜 변경", **{"change_days-ends_on": "2020-12-31", "change_days-reason": "agreed"})
    assert str(office.read(Placement, placement).ends_on) == "2020-12-31"
    assert office.log("placement", placement)[-1].changed == {"ends_on": ["2020-12-21", "2020-12-31"]}
