"""A partner posts an opening: what is stored and logged, what is refused beside which field."""

from datetime import date

import pytest

from tests.fixtures.pages import PageVisitor
from tests.web.partners.cast import TYPED, Town

RESIDENT_NUMBER = "900101" + "-" + "1234567"


def problems(visitor: PageVisitor) -> list[str]:
    """The lines of the summary of errors."""
    return [
        line.text
        for line in visitor.markup.all("li")
        if any("error-summary" in parent.get("class") for parent in line.parents)
    ]


def send(visitor: PageVisitor, button: str = "공고 게시", status: int = 200, **typed: str) -> PageVisitor:
    visitor.open("/my-openings/new")
    visitor.submit(button, status=status, **{**TYPED, **typed})
    return visitor


def test_publishing_opens_the_opening_logs_it_and_asks_for_its_matching(town: Town, partner: PageVisitor):
    send(partner)
    [opening] = town.openings()
    assert (opening.state, opening.company_id, opening.source) == ("open", town.own.id, "company")
    assert (opening.pay_min, opening.pay_max, opening.seats) == (2_000_000, 2_300_000, 3)
    assert (opening.closes_on, opening.confirmed_on) == (date(2020, 12, 20), date(2020, 12, 1))
    assert town.moves(opening.id) == ["create", "publish"]
    assert town.jobs() == [("rematch_opening", str(opening.id))]
    assert partner.path == f"/my-openings/{opening.id}"
    assert "공고를 게시했습니다." in partner.markup.text_of("main")


def test_a_draft_is_shown_to_nobody_and_matched_with_nobody(town: Town, partner: PageVisitor):
    send(partner, "임시 저장")
    [opening] = town.openings()
    assert opening.state == "draft"
    assert town.moves(opening.id) == ["create"]
    assert town.jobs() == []
    partner.submit("공고 게시")
    assert town.read_opening(opening.id).state == "open"


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ({"title": "   "}, "채용공고명: 필수 항목입니다."),
        ({"title": "가" * 201}, "채용공고명: 채용공고명은 200자까지 적을 수 있습니다."),
        ({"employment_type": ""}, "고용형태: 고용형태를 하나 골라 주십시오."),
        ({"region": ""}, "근무지: 출근하는 일이 있으면 근무지를 적어 주십시오."),
        ({"seats": "0"}, "모집인원: 1명 이상 9,999명 이하로 적어 주십시오."),
        ({"seats": "세 명"}, "모집인원: 숫자로 적어 주십시오."),
        ({"pay_min": "이백"}, "급여 하한: 숫자로 적어 주십시오."),
        ({"pay_min": "NaN"}, "급여 하한: 숫자로 적어 주십시오."),
        ({"pay_max": "190"}, "급여 상한: 급여 상한이 하한보다 작습니다."),
        (
            {"pay_max": "2300000"},
            "급여 상한: 금액이 너무 큽니다. 월급과 연봉은 만원, 시급과 건당은 원 단위로 적어 주십시오.",
        ),
        ({"starts_on": "내일"}, "근무 시작일: 2020-12-01과 같은 날짜로 적어 주십시오."),
        ({"closes_on": "2020-11-30"}, "마감일: 마감일이 오늘보다 앞섭니다."),
        ({"closes_on": ""}, "마감일: 마감일을 적거나 ‘채용시까지’를 골라 주십시오."),
        ({"until_filled": "y"}, "마감일: 마감일과 ‘채용시까지’ 가운데 하나만 골라 주십시오."),
        ({"closes_on": "9999-12-31"}, "마감일: 2020-12-01과 같은 날짜로 적어 주십시오."),
        ({"conversion_seats": "2"}, "전환 예정 인원: 전환을 검토하는 공고에만 전환 예정 인원을 적습니다."),
        (
            {"conversion_intended": "y", "conversion_seats": "4"},
            "전환 예정 인원: 전환 예정 인원이 모집인원보다 많습니다.",
        ),
        ({"requirements-0-skill": "가" * 101}, "1행 기술: 기술 하나는 100자까지 적을 수 있습니다."),
    ],
)
def test_an_odd_value_is_named_beside_its_field_and_nothing_is_stored(
    town: Town, partner: PageVisitor, typed: dict[str, str], line: str
):
    send(partner, status=422, **typed)
    assert problems(partner) == [line]
    assert (town.openings(), town.jobs()) == ([], [])


@pytest.mark.parametrize("field", ["title", "region", "description", "requirements-0-skill"])
def test_a_resident_number_is_refused_in_every_text(town: Town, partner: PageVisitor, field: str):
    send(partner, status=422, **{field: f"문의 {RESIDENT_NUMBER}"})
    [line] = problems(partner)
    assert "주민등록번호는 받지 않으니" in line
    assert town.openings() == []


@pytest.mark.parametrize(
    ("typed", "wage"),
    [
        ({"pay_min": "179.5"}, "2020년 최저임금은 월급 1,795,310원(시급 8,590원)입니다."),
        ({"pay_min": "180", "starts_on": "2021-01-04"}, "2021년 최저임금은 월급 1,822,480원(시급 8,720원)입니다."),
        ({"pay_min": "", "pay_max": "170"}, "2020년 최저임금은 월급 1,795,310원(시급 8,590원)입니다."),
        ({"pay_period": "hour", "pay_min": "8,589", "pay_max": ""}, "2020년 최저임금은 시급 8,590원입니다."),
    ],
)
def test_pay_below_the_minimum_wage_of_the_year_of_the_start_is_refused(
    town: Town, partner: PageVisitor, typed: dict[str, str], wage: str
):
    send(partner, status=422, **typed)
    [line] = problems(partner)
    assert line == f"급여 하한: {wage} 그보다 적게 적혀 있으니 금액과 급여 단위를 확인해 주십시오."
    assert town.openings() == []


@pytest.mark.parametrize(
    ("typed", "won"),
    [
        ({"pay_min": "179.531"}, 1_795_310),
        ({"pay_period": "hour", "pay_min": "8,590", "pay_max": ""}, 8_590),
        ({"pay_period": "piece", "pay_min": "50", "pay_max": "", "employment_type": "freelance"}, 50),
    ],
)
def test_pay_at_the_minimum_or_by_the_piece_is_taken(town: Town, partner: PageVisitor, typed: dict[str, str], won: int):
    send(partner, **typed)
    assert town.openings()[0].pay_min == won


def test_a_part_timers_low_month_is_only_pointed_out(town: Town, partner: PageVisitor):
    send(partner, employment_type="part_time", pay_min="90", pay_max="90")
    assert town.openings()[0].pay_min == 900_000
    assert "근로시간이 짧은 일이면 그대로 두어도 됩니다." in partner.markup.text_of("main")


def test_a_copy_keeps_the_skills_and_leaves_the_days_empty(town: Town, partner: PageVisitor):
    send(partner, starts_on="2021-01-04")
    partner.open(f"/my-openings/new?copy={town.openings()[0].id}")
    typed = {field.get("name"): field.get("value") for field in partner.markup.all("input")}
    assert (typed["title"], typed["pay_min"], typed["requirements-0-skill"]) == (
        "바운딩박스 라벨러",
        "200",
        "바운딩박스",
    )
    assert (typed["starts_on"], typed["closes_on"]) == ("", "")
    partner.submit("공고 게시", closes_on="2021-02-01")
    assert [opening.closes_on for opening in town.openings()] == [date(2020, 12, 20), date(2021, 2, 1)]
