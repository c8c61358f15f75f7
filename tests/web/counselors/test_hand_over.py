"""A counselor hands the own caseload over in two clicks, sees the numbers first, and takes it back in one."""

import pytest
from werkzeug.test import TestResponse

from placement.models import Graduate, HandOver
from tests.fixtures.pages import PageVisitor
from tests.web.cast import Office

CHOOSE = "/caseload/hand-over"


@pytest.fixture
def people(office: Office) -> list[int]:
    return [office.graduate(name, "엑셀") for name in ("남궁서윤", "제갈하늘")]


def owner(office: Office, graduate_id: int) -> str | None:
    number = office.read(Graduate, graduate_id).counselor_id
    return next((who for who, account in office.accounts.items() if account.id == number), None)


def receiver(office: Office, who: str = "colleague") -> str:
    return str(office.accounts[who].id)


def post(visitor: PageVisitor, path: str, **fields) -> TestResponse:
    page = visitor.open("/help")
    token = next(field.get("value") for field in page.all("input") if field.get("name") == "csrf_token")
    return visitor.client.post(path, data={"csrf_token": token, **fields})


def test_the_preview_says_the_numbers_and_moves_nobody(office: Office, counselor: PageVisitor, people: list[int]):
    counselor.open(CHOOSE)
    page = counselor.submit("인계 내용 확인", receiver=receiver(office), note="육아휴직")
    said = page.text_of("main")
    assert "아직 아무것도 바뀌지 않았습니다." in said
    assert "담당 수료생 2명" in said
    assert "육아휴직" in said
    assert {owner(office, row) for row in people} == {"counselor"}


def test_a_part_is_handed_over_the_receiver_is_told_and_it_comes_back(
    office: Office, counselor: PageVisitor, people: list[int]
):
    counselor.open(CHOOSE)
    counselor.submit("인계 내용 확인", receiver=receiver(office), person=[str(people[0])], note="분담")
    page = counselor.submit("1명 인계")
    assert "1명을 colleague 담당 님에게 인계했습니다." in page.text_of("main")
    assert "분담" in page.text_of("main")
    assert [owner(office, row) for row in people] == ["colleague", "counselor"]
    colleague = office.visitor("colleague")
    assert "인수인계로 받은 사람 1명" in colleague.open("/today").text_of("main")
    assert "남궁서윤" in colleague.open("/caseload/received").text_of("main")
    counselor.submit("인수인계 되돌리기")
    assert [owner(office, row) for row in people] == ["counselor", "counselor"]
    assert "인수인계로 받은 사람" not in colleague.open("/today").text_of("main")
    counselor.submit("다시 인계")
    assert owner(office, people[0]) == "colleague"


def test_the_way_back_from_the_preview_keeps_what_was_typed(office: Office, counselor: PageVisitor, people: list[int]):
    counselor.open(CHOOSE)
    counselor.submit("인계 내용 확인", receiver=receiver(office), person=[str(people[1])], note="분담")
    page = counselor.submit("고치기")
    ticked = [f.get("value") for f in page.all("input") if f.get("name") == "person" and "checked" in f.attributes]
    assert ticked == [str(people[1])]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"receiver": ""}, "받을 상담사를 골라"),
        ({"receiver": "999999"}, "받을 상담사를 골라"),
        ({"receiver": "x"}, "받을 상담사를 골라"),
        ({"person": []}, "한 명 이상"),
        ({"person": ["999999"]}, "담당이 바뀐 사람"),
        ({"note": "900101-1234567"}, "주민등록번호"),
    ],
)
@pytest.mark.parametrize("step", ["preview", "do"])
def test_what_is_missing_is_told_in_one_sentence(
    office: Office, counselor: PageVisitor, people: list[int], step: str, typed: dict, said: str
):
    fields = {"receiver": receiver(office), "person": [str(row) for row in people], "step": step, **typed}
    answer = post(counselor, CHOOSE, **fields)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    assert office.newest(HandOver) is None


def test_a_counselor_gives_nobody_elses_caseload(office: Office, people: list[int]):
    colleague = office.visitor("colleague")
    given = {"giver": receiver(office, "counselor"), "receiver": receiver(office, "colleague"), "step": "do"}
    assert post(colleague, CHOOSE, person=[str(people[0])], **given).status_code == 422
    assert "남궁서윤" not in colleague.open(f"{CHOOSE}?giver={given['giver']}").text_of("main")
    assert owner(office, people[0]) == "counselor"


def test_a_manager_gives_anybodys_and_a_stopped_ones(office: Office, people: list[int]):
    manager = office.visitor("manager")
    manager.open(f"/accounts/{receiver(office, 'counselor')}")
    manager.submit("사용 중지")
    manager.open(f"{CHOOSE}?giver={receiver(office, 'counselor')}")
    manager.submit("인계 내용 확인", receiver=receiver(office))
    manager.submit("2명 인계")
    assert {owner(office, row) for row in people} == {"colleague"}
    assert "counselor 담당 (중지됨)" in manager.open(CHOOSE).text_of("main")


def test_a_hand_over_is_no_strangers_and_the_receiver_cannot_give_it_back_in_the_givers_name(
    office: Office, counselor: PageVisitor, people: list[int]
):
    counselor.open(CHOOSE)
    counselor.submit("인계 내용 확인", receiver=receiver(office))
    counselor.submit("2명 인계")
    act = office.newest(HandOver)
    colleague = office.visitor("colleague")
    assert "인수인계 되돌리기" not in colleague.open(f"{CHOOSE}/{act.id}").text_of("main").replace(
        "인수인계 되돌리기.", ""
    )
    assert post(colleague, f"{CHOOSE}/{act.id}/moves", move="take_back").status_code == 403
    office.change(HandOver, act.id, giver_id=office.accounts["manager"].id, receiver_id=office.accounts["counselor"].id)
    colleague.open(f"{CHOOSE}/{act.id}", status=404)


def test_an_unknown_giver_and_hand_over_are_not_found(office: Office):
    manager = office.visitor("manager")
    manager.open(f"{CHOOSE}?giver=999999", status=404)
    manager.open(f"{CHOOSE}/999999", status=404)
    assert "담당 보기" in manager.open(f"{CHOOSE}?giver=x").text_of("main")


def test_people_nobody_proposes_are_listed_for_every_counselor(
    office: Office, counselor: PageVisitor, people: list[int]
):
    assert "한 번도 알선하지 않은 내 수료생 2명" in counselor.open("/today").text_of("main")
    office.change(Graduate, people[0], counselor_id=office.accounts["colleague"].id)
    path = "/graduates?referrals=none&counselor="
    shown = {who: counselor.open(path + receiver(office, who)).text_of("table") for who in ("counselor", "colleague")}
    assert "남궁서윤" in shown["colleague"]
    assert "남궁서윤" not in shown["counselor"]
    assert "colleague 담당" in counselor.open("/graduates").text_of("form") + counselor.markup.text_of("main")
