"""What waits for a manager, and the pages of companies and programs."""

from datetime import date, timedelta

import pytest

from employers.models import Agreement
from placement.models import Application, Cohort, CourseSession, Program
from placement.settings import Settings
from tests.figures.cast import Office
from tests.fixtures.pages import PageVisitor
from tests.fixtures.service import TEST_KEY
from tests.web.partners.cast import TODAY, Town


@pytest.fixture
def settings(database_url: str) -> Settings:
    """On SQLite and on PostgreSQL: these pages count in the database."""
    return Settings(database_url=database_url, secret_key=TEST_KEY, today=TODAY)


def agree(town: Town, *, days: int, state: str = "in_force") -> None:
    with town.database.transaction() as session:
        end = TODAY + timedelta(days=days)
        session.add(
            Agreement(company_id=town.own.id, kind="demand", state=state, signed_on=date(2020, 1, 2), valid_until=end)
        )


@pytest.mark.parametrize(
    ("days", "state", "is_due"),
    [
        (60, "in_force", True),
        (61, "in_force", False),
        (-3, "in_force", True),
        (10, "ended", False),
        (10, "draft", False),
    ],
)
def test_an_agreement_is_due_from_sixty_days_before_its_end(
    town: Town, manager: PageVisitor, days: int, state: str, is_due: bool
):
    agree(town, days=days, state=state)
    for page in ("/overview", "/duties"):
        assert ("누리솔데이터" in manager.open(page).text_of("main")) is is_due


def test_an_intern_whose_conversion_waits_is_named_until_somebody_decides(town: Town, manager: PageVisitor):
    with town.database.transaction() as session:
        office = Office(session)
        office.article()
        waiting = office.intern()
        assert office.session.get_one(type(waiting), waiting.id).state == "pending"
    assert "가나17" in manager.open("/duties").text_of("main")
    assert "가나1 " not in manager.markup.text_of("main")


def test_an_open_opening_that_asks_for_nothing_is_shown(town: Town, manager: PageVisitor):
    town.opening(title="기술 없는 공고", requirements=[])
    town.opening(title="기술 있는 공고")
    town.opening(title="쓰던 공고", requirements=[], publish=False)
    words = manager.open("/duties").text_of("main")
    assert "기술 없는 공고" in words
    assert "기술 있는 공고" not in words
    assert "쓰던 공고" not in words


def test_the_companies_stand_with_agreement_openings_seats_interns_and_hires(town: Town, manager: PageVisitor):
    agree(town, days=30)
    town.opening(seats=2)
    town.opening(seats=3)
    town.opening(seats=9, publish=False)
    with town.database.transaction() as session:
        Office(session).article()
    page = manager.open("/companies")
    rows = {
        page.inside(row, "th")[0].text: [cell.text for cell in page.inside(row, "td")] for row in page.all("tr")[1:]
    }
    assert rows["누리솔데이터"] == ["수요기업", "2020-12-31 30일 남음", "2", "5", "0", "0"]
    assert rows["누리솔"] == ["-", "-", "0", "0", "16", "6"]


def test_companies_are_found_by_a_part_of_the_name_and_by_agreement(town: Town, manager: PageVisitor):
    agree(town, days=30)
    assert "한빛마루랩스" not in manager.open("/companies?q=누리").text_of("tbody")
    assert "누리솔데이터" in manager.open("/companies?kind=demand").text_of("tbody")
    assert manager.open("/companies?kind=internship").text_of("tbody") == ""


def test_applicants_who_were_not_taken_are_counted_beside_the_list(town: Town, manager: PageVisitor):
    with town.database.transaction() as session:
        office = Office(session)
        cohort, taken = office.cohorts["labeling"], office.graduate("labeling")
        office.keep(Application(cohort_id=cohort.id, applicant="가나1", graduate_id=taken.id, state="selected"))
        office.keep(Application(cohort_id=cohort.id, applicant="다라2", state="ineligible"))
    page = manager.open("/people?stage=applied&program=labeling")
    assert len(page.inside(page.all("tbody")[0], "tr")) == 1
    assert "선발되지 않은 지원자 1명" in page.text_of("main")


def test_a_companys_page_shows_its_agreements_and_openings(town: Town, manager: PageVisitor):
    agree(town, days=30)
    town.opening(title="검수 담당")
    words = manager.open(f"/companies/{town.own.id}").text_of("main")
    assert "검수 담당" in words
    assert "2020-12-31" in words


def test_a_programs_page_shows_whom_it_takes_what_it_plans_and_its_sessions(town: Town, manager: PageVisitor):
    with town.database.transaction() as session:
        program = Program(
            key="labeling",
            name="라벨링 과정",
            eligibility=[{"field": "has_pc", "operator": "is", "value": True, "message": "컴퓨터가 있어야 합니다."}],
            roadmap=[{"year": 2021, "text": "의료 데이터로 넓힙니다."}],
        )
        session.add(program)
        session.flush()
        cohort = Cohort(key="l-1", program_id=program.id, number=1)
        session.add(cohort)
        session.flush()
        session.add(CourseSession(cohort_id=cohort.id, number=1, venue="여성인력개발센터", delivery_mode="online"))
    words = manager.open(f"/programs/{program.id}").text_of("main")
    for text in ("컴퓨터가 있어야 합니다.", "2021 의료 데이터로 넓힙니다.", "여성인력개발센터", "온라인"):
        assert text in words
