"""What a counselor changes: a graduate's skills and wishes, and a company's opening taken by phone."""

import pytest

from placement.graduates import skills_of
from placement.jobs.handlers import HANDLERS
from placement.jobs.worker import Worker
from placement.models import Graduate, Opening
from tests.fixtures.pages import PageVisitor
from tests.web.cast import TODAY, Office


def held(office: Office, graduate_id: int) -> list[tuple[str, int | None, str | None]]:
    with office.database.reading() as session:
        return [
            (row.skill, row.level, row.evidence) for row in skills_of(session, session.get_one(Graduate, graduate_id))
        ]


def test_skills_and_wishes_are_stored_and_the_list_is_asked_for_anew(office: Office, counselor: PageVisitor):
    graduate = office.graduate("남궁서윤", "엑셀", phone="010-0000-0001")
    counselor.open(f"/graduates/{graduate}/edit")
    page = counselor.submit(
        "저장",
        **{
            "skills-1-skill": "파이썬",
            "skills-1-level": "2",
            "skills-1-evidence": "portfolio",
            "wanted_titles": "데이터 분석가\n\n데이터 분석가\r\n사무 보조",
            "regions": "서울 서초구",
            "remote": "hybrid",
            "employment_types": ["regular", "intern"],
            "pay_min": "205.5",
            "available_on": "2021-01-04",
        },
    )
    row = office.read(Graduate, graduate)
    assert held(office, graduate) == [("엑셀", 3, None), ("파이썬", 2, "portfolio")]
    assert (row.wanted_titles, row.regions) == (["데이터 분석가", "사무 보조"], ["서울 서초구"])
    assert (row.remote, row.employment_types, row.pay_min) == ("hybrid", ["regular", "intern"], 2_055_000)
    assert (row.available_on.isoformat(), row.name, row.version) == ("2021-01-04", "남궁서윤", 2)
    assert row.phone is not None
    assert ("rematch_graduate", str(graduate)) in office.jobs()
    assert "수정한 내용을 저장했습니다." in page.text_of("main")
    assert "다시 계산 중입니다." in page.text_of("main")


def test_the_new_list_is_there_once_the_worker_has_run(office: Office, counselor: PageVisitor):
    graduate, opening = office.graduate("남궁서윤"), office.opening("사무 보조", "엑셀")
    counselor.open(f"/graduates/{graduate}/edit")
    counselor.submit("저장", **{"skills-0-skill": "엑셀", "skills-0-level": "3"})
    worker = Worker(office.database, HANDLERS, TODAY)
    while worker.work_once():
        pass
    page = counselor.open(f"/graduates/{graduate}")
    assert [head.text for head in page.all("h3")] == ["사무 보조"]
    assert "다시 계산 중입니다." not in page.text_of("main")
    assert office.pair(graduate, opening).score > 50


def test_what_was_not_touched_stays_as_it_was(office: Office, counselor: PageVisitor):
    graduate = office.graduate("남궁서윤", "엑셀", "C++", regions=["서울"], pay_min=1_795_310, wants=["러스트"])
    before = office.read(Graduate, graduate).model_dump(exclude={"version", "updated_at", "pay_min"})
    counselor.open(f"/graduates/{graduate}/edit")
    counselor.submit("저장")
    row = office.read(Graduate, graduate)
    assert row.model_dump(exclude={"version", "updated_at", "pay_min"}) == before
    assert row.pay_min == 1_795_310
    assert held(office, graduate) == [("엑셀", 3, None), ("C++", 3, None)]


def test_a_skill_is_taken_off_by_emptying_its_row(office: Office, counselor: PageVisitor):
    graduate = office.graduate("남궁서윤", "엑셀", "한글")
    counselor.open(f"/graduates/{graduate}/edit")
    counselor.submit("저장", **{"skills-0-skill": " "})
    assert held(office, graduate) == [("한글", 3, None)]


def test_somebody_who_was_slower_keeps_the_words_and_changes_nothing(office: Office, counselor: PageVisitor):
    graduate = office.graduate("남궁서윤", "엑셀")
    counselor.open(f"/graduates/{graduate}/edit")
    colleague = office.visitor("colleague")
    colleague.open(f"/graduates/{graduate}/edit")
    colleague.submit("저장", **{"skills-0-skill": "한글"})
    page = counselor.submit("저장", status=409, **{"skills-0-skill": "파워포인트"})
    assert "그 사이에 다른 사람이 이 수료생을 수정했습니다." in page.text_of("main")
    assert any(field.get("value") == "파워포인트" for field in page.all("input"))
    assert held(office, graduate) == [("한글", 3, None)]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("skills-0-skill", "가" * 101, "기술 하나는 100자까지"),
        ("skills-0-skill", "900101-1234567", "주민등록번호로 보이는 숫자"),
        ("skills-0-level", "9", "보유 기술"),
        ("pay_min", "1795310", "월급을 만원 단위로"),
        ("pay_min", "많이", "숫자로 적어 주십시오."),
        ("available_on", "2021-02-30", "날짜로 적어 주십시오."),
        ("remote", "moon", "근무 방식"),
        ("regions", "가" * 1001, "너무 깁니다."),
        ("regions", "가" * 101, "저장할 수 없습니다."),
    ],
)
def test_a_bad_value_is_named_beside_its_field(
    office: Office, counselor: PageVisitor, field: str, value: str, said: str
):
    graduate = office.graduate("남궁서윤", "엑셀")
    counselor.open(f"/graduates/{graduate}/edit")
    page = counselor.submit("저장", status=422, **{field: value})
    assert said in page.text_of("main")
    assert (held(office, graduate), office.jobs()) == ([("엑셀", 3, None)], [])


def test_a_meddled_version_is_a_conflict(office: Office, counselor: PageVisitor):
    graduate = office.graduate("남궁서윤", "엑셀")
    counselor.open(f"/graduates/{graduate}/edit")
    counselor.submit("저장", status=409, version="²")


def test_one_more_row_comes_without_a_script_and_nothing_typed_is_lost(office: Office, counselor: PageVisitor):
    graduate = office.graduate("남궁서윤", "엑셀")
    rows = len(
        [f for f in counselor.open(f"/graduates/{graduate}/edit").all("input") if f.get("name").endswith("-skill")]
    )
    page = counselor.submit("행 추가", **{"skills-1-skill": "한글"})
    typed = [f.get("value") for f in page.all("input") if f.get("name").endswith("-skill")]
    assert (len(typed), typed[:2]) == (rows + 1, ["엑셀", "한글"])
    assert held(office, graduate) == [("엑셀", 3, None)]


def test_a_graduate_without_a_counselor_is_taken_over(office: Office, counselor: PageVisitor):
    graduate = office.graduate("남궁서윤", "엑셀", counselor_id=None)
    counselor.open(f"/graduates/{graduate}")
    page = counselor.submit("내 담당으로 지정")
    row = office.read(Graduate, graduate)
    assert (row.counselor_id, row.name) == (office.accounts["counselor"].id, "남궁서윤")
    assert held(office, graduate) == [("엑셀", 3, None)]
    assert "내 담당으로 지정" not in page.text_of("main")
    assert [button.text for button in office.visitor("manager").open(f"/graduates/{graduate}").all("button")].count(
        "내 담당으로 지정"
    ) == 0


def choose_company(counselor: PageVisitor, words: str) -> None:
    page = counselor.open(f"/openings/new?q={words}")
    counselor.open(next(link.get("href") for link in page.all("a") if link.text.startswith("공고 작성")))


def test_an_opening_is_taken_by_phone_for_the_company_that_was_chosen(office: Office, counselor: PageVisitor):
    choose_company(counselor, "한빛")
    counselor.submit(
        "공고 게시",
        title="전화로 받은 공고",
        employment_type="regular",
        remote="office",
        region="서울 서초구",
        seats="2",
        pay_min="200",
        pay_max="230",
        closes_on="2020-12-20",
        **{"requirements-0-skill": "엑셀"},
    )
    row = office.newest(Opening)
    assert (row.title, row.company_id, row.source, row.state) == (
        "전화로 받은 공고",
        office.rival.id,
        "counselor",
        "open",
    )
    assert counselor.path == f"/openings/{row.id}"
    assert {line.on_behalf_of for line in office.log("opening", row.id)} == {"한빛마루랩스"}
    assert ("rematch_opening", str(row.id)) in office.jobs()


def test_a_company_that_nobody_knows_is_told(counselor: PageVisitor):
    assert "조건에 맞는 기업이 없습니다." in counselor.open("/openings/new?q=없는기업").text_of("main")


def test_an_opening_is_paused_and_resumed_on_the_companys_behalf(office: Office, counselor: PageVisitor):
    opening = office.opening("사무 보조", "엑셀")
    counselor.open(f"/openings/{opening}")
    page = counselor.submit("일시 중지")
    assert office.read(Opening, opening).state == "paused"
    assert "처리했습니다: 일시 중지" in page.text_of("main")
    counselor.submit("다시 모집")
    assert office.read(Opening, opening).state == "open"


def test_an_opening_is_corrected_by_the_office(office: Office, counselor: PageVisitor):
    opening = office.opening("사무 보조", "엑셀", employment_type="regular", region="서울", until_filled=True)
    counselor.open(f"/openings/{opening}/edit")
    counselor.submit("수정 저장", title="사무 보조(정정)")
    assert office.read(Opening, opening).title == "사무 보조(정정)"


def test_a_full_opening_cannot_be_resumed_and_the_sentence_says_why(office: Office, counselor: PageVisitor):
    opening = office.opening("사무 보조", seats=2)
    counselor.open(f"/openings/{opening}")
    counselor.submit("일시 중지")
    office.change(Opening, opening, seats_taken=2)
    page = counselor.submit("다시 모집", status=409)
    assert "모집인원 2명이 모두 찼습니다." in page.text_of("main")
