"""What a counselor decides of a pair: the row, the log, the way back, and what may not be done."""

import pytest
from werkzeug.test import TestResponse

from placement.models import Suggestion
from tests.fixtures.pages import PageVisitor
from tests.web.cast import Office


@pytest.fixture
def pair(office: Office) -> Suggestion:
    graduate, opening = office.graduate("남궁서윤", "엑셀"), office.opening("사무 보조", "엑셀")
    office.match()
    return office.pair(graduate, opening)


def now(office: Office, pair: Suggestion) -> Suggestion:
    return office.read(Suggestion, pair.id)


def post(visitor: PageVisitor, pair: Suggestion, **fields: str) -> TestResponse:
    page = visitor.open("/help")
    token = next(field.get("value") for field in page.all("input") if field.get("name") == "csrf_token")
    return visitor.client.post(f"/suggestions/{pair.id}/moves", data={"csrf_token": token, **fields})


def test_a_pair_is_shortlisted_and_the_reader_comes_back_to_it(
    office: Office, counselor: PageVisitor, pair: Suggestion
):
    counselor.open(f"/graduates/{pair.graduate_id}")
    page = counselor.submit("후보로 올리기 사무 보조")
    assert now(office, pair).state == "shortlisted"
    assert counselor.path == f"/graduates/{pair.graduate_id}?decided={pair.id}"
    assert "후보로 올렸습니다." in page.text_of("main")
    assert any(element.get("id") == f"pair-{pair.id}" for element in page.elements)
    (line,) = office.log("suggestion", pair.id)
    assert (line.move, line.actor, line.effective_on.isoformat()) == (
        "shortlist",
        "counselor@example.com",
        "2020-12-01",
    )


def test_a_dismissal_keeps_its_reason_and_the_pair_goes_below(office: Office, counselor: PageVisitor, pair: Suggestion):
    counselor.open(f"/openings/{pair.opening_id}")
    page = counselor.submit("제외하기 남궁서윤", reason="commute")
    assert (now(office, pair).state, now(office, pair).reason) == ("dismissed", "commute")
    assert office.log("suggestion", pair.id)[-1].reason == "commute"
    assert "추천에서 제외했습니다. 사유: 통근이 어려움" in page.text_of("main")
    later = counselor.open(f"/openings/{pair.opening_id}")
    assert [head.text for head in later.all("h3")] == []
    assert "남궁서윤" in later.text_of("main")


@pytest.mark.parametrize(
    ("button", "fields"), [("후보로 올리기 사무 보조", {}), ("제외하기 사무 보조", {"reason": "pay"})]
)
def test_the_last_click_is_taken_back(
    office: Office, counselor: PageVisitor, pair: Suggestion, button: str, fields: dict[str, str]
):
    counselor.open(f"/graduates/{pair.graduate_id}")
    counselor.submit(button, **fields)
    page = counselor.submit("방금 처리 취소 사무 보조")
    assert (now(office, pair).state, now(office, pair).reason) == ("new", None)
    assert "되돌렸습니다." in page.text_of("main")
    assert [line.move for line in office.log("suggestion", pair.id)][-1] == "undo"


def test_a_dismissed_pair_is_reopened_any_day_later(office: Office, counselor: PageVisitor, pair: Suggestion):
    post(counselor, pair, move="dismiss", reason="other")
    counselor.open(f"/graduates/{pair.graduate_id}")
    counselor.submit("되돌리기 사무 보조")
    assert now(office, pair).state == "new"


def test_a_dismissal_without_a_reason_is_told_and_changes_nothing(
    office: Office, counselor: PageVisitor, pair: Suggestion
):
    counselor.open(f"/graduates/{pair.graduate_id}")
    page = counselor.submit("제외하기 사무 보조", status=422)
    assert "사유를 선택해 주십시오." in page.text_of("main")
    assert next(link.get("href") for link in page.all("a") if link.text == "돌아가기").startswith("/graduates/")
    assert (now(office, pair).state, office.log("suggestion", pair.id)) == ("new", [])


@pytest.mark.parametrize(
    ("before", "move", "sentence"),
    [
        ("shortlisted", "shortlist", "지금 상태에서는 할 수 없는 처리입니다."),
        ("new", "reopen", "지금 상태에서는 할 수 없는 처리입니다."),
        ("new", "undo", "되돌릴 처리가 없습니다."),
        ("new", "fly", "없는 처리입니다."),
        ("new", "", "없는 처리입니다."),
    ],
)
def test_a_move_that_may_not_happen_is_a_conflict_in_one_sentence(
    office: Office, counselor: PageVisitor, pair: Suggestion, before: str, move: str, sentence: str
):
    office.change(Suggestion, pair.id, state=before)
    answer = post(counselor, pair, move=move)
    assert answer.status_code == 409
    assert sentence in answer.text
    assert now(office, pair).state == before


def test_an_invented_reason_is_refused(office: Office, counselor: PageVisitor, pair: Suggestion):
    assert post(counselor, pair, move="dismiss", reason="her age").status_code == 400
    assert now(office, pair).state == "new"


@pytest.mark.parametrize("who", ["manager", "partner"])
def test_only_counselors_decide(office: Office, pair: Suggestion, who: str):
    assert post(office.visitor(who), pair, move="shortlist").status_code == 403
    assert now(office, pair).state == "new"


def test_a_pair_that_is_not_there_is_not_found(office: Office, counselor: PageVisitor, pair: Suggestion):
    pair.id = 4711
    assert post(counselor, pair, move="shortlist").status_code == 404


@pytest.mark.parametrize("wished", ["https://evil.example/x", "//evil.example", ""])
def test_the_way_back_never_leaves_the_house(counselor: PageVisitor, pair: Suggestion, wished: str):
    answer = post(counselor, pair, move="shortlist", next=wished)
    assert answer.headers["Location"] == f"/?decided={pair.id}#pair-{pair.id}"


def test_filters_and_page_are_kept_on_the_way_back(counselor: PageVisitor, pair: Suggestion):
    answer = post(counselor, pair, move="shortlist", next="/graduates/1?x=가&decided=9")
    assert answer.headers["Location"] == f"/graduates/1?x=%EA%B0%80&decided={pair.id}#pair-{pair.id}"


def test_a_chosen_pair_that_fell_out_of_the_limits_says_so(office: Office, counselor: PageVisitor, pair: Suggestion):
    office.change(Suggestion, pair.id, state="shortlisted", is_eligible=False, score=0)
    assert "조건에서 벗어남" in counselor.open(f"/graduates/{pair.graduate_id}").text_of("main")
