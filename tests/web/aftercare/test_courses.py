"""A cohort is completed on one page; who did not complete is ticked, and a job is no failure."""

from datetime import timedelta

from placement.models import Event, Graduate, Job, Referral
from placement.moving import advance
from placement.proposing import Consenting, candidates_of, propose
from tests.fixtures.pages import PageVisitor
from tests.web.aftercare.conftest import After
from tests.web.cast import OFFICE, TODAY


def state_of(office: After, *people: int) -> list[str]:
    return [office.read(Graduate, person).state for person in people]


def test_a_manager_completes_a_cohort_from_the_page_of_its_program(office: After, manager: PageVisitor):
    cohort, people = office.trainees("가온", "나래", "다솜")
    assert "기수 수료 처리" in manager.open("/programs/1").text_of("main")
    manager.open(f"/cohorts/{cohort}/completion")
    page = manager.submit("기수 수료 처리", dropped=[str(people[1])], employed=[str(people[2])])
    assert "1명을 수료 처리했습니다" in page.text_of("main")
    assert state_of(office, *people) == ["ready", "left_programme", "left_programme"]
    assert ("match_cohort", str(cohort)) in office.jobs()
    assert office.log("graduate", people[2])[-1].reason == "employed"
    assert "교육 중인 사람이 없습니다" in manager.open(f"/cohorts/{cohort}/completion").text_of("main")


def test_one_person_has_one_reason_and_nobody_completes_tomorrow(office: After, manager: PageVisitor):
    cohort, people = office.trainees("가온")
    manager.open(f"/cohorts/{cohort}/completion")
    both = {"dropped": [str(people[0])], "employed": [str(people[0])]}
    assert "가운데 하나만" in manager.submit("기수 수료 처리", status=422, **both).text_of("main")
    manager.open(f"/cohorts/{cohort}/completion")
    assert "아직 오지 않은 날짜" in manager.submit("기수 수료 처리", status=422, on="2020-12-02").text_of("main")
    manager.open(f"/cohorts/{cohort}/completion")
    manager.submit("기수 수료 처리", status=422, dropped=["999"])
    assert state_of(office, *people) == ["in_training"]
    assert not any(kind == "match_cohort" for kind, _ in office.jobs())


def test_who_leaves_for_a_job_is_withdrawn_everywhere_and_asked_for_the_evidence(office: After, counselor: PageVisitor):
    _, (person,) = office.trainees("가온")
    office.agree()
    with office.database.transaction() as session:
        pairs = candidates_of(session, [(person, office.seat)])
        how = Consenting(channel="phone", note="통화함")
        referral = propose(session, pairs, office.accounts["counselor"], OFFICE, how, today=TODAY)[0].referral.id
    counselor.open(f"/graduates/{person}/course")
    counselor.submit("종료 처리", status=422)
    page = counselor.submit("종료 처리", **{"leave-reason": "employed"})
    assert "조기취업" in page.text_of("main") and "알선 밖의 결과" in page.text_of("main")
    assert office.read(Referral, referral).state == "withdrawn"
    counselor.submit("마지막 처리 되돌리기")
    assert state_of(office, person) == ["in_training"]


def test_the_day_of_a_completion_is_put_right_on_the_same_page(office: After, counselor: PageVisitor):
    _, (person,) = office.trainees("가온")
    yesterday = TODAY - timedelta(days=1)
    office.change(Event, office.log("graduate", person)[0].id, effective_on=yesterday)
    counselor.open(f"/graduates/{person}/course")
    counselor.submit("수료 처리")
    counselor.submit("처리일 고치기", **{"correct-effective_on": str(yesterday)})
    assert office.log("graduate", person)[-1].effective_on == yesterday
    assert state_of(office, person) == ["ready"]


def test_a_graduate_to_be_is_shown_as_such_to_counselor_and_company(office: After, counselor: PageVisitor):
    _, (person,) = office.trainees("가온")
    referral = office.send(person)
    words = "수료예정 2020-12-10"
    assert words in counselor.open(f"/graduates/{person}").text_of("main")
    assert words in counselor.open("/graduates").text_of("main")
    assert words in office.visitor("partner").open(f"/candidates/{referral}").text_of("main")
    with office.database.transaction() as session:
        advance(session, session.get_one(Graduate, person), "complete", OFFICE, effective_on=TODAY)
    assert "수료예정" not in office.visitor("partner").open(f"/candidates/{referral}").text_of("main")
    with office.database.reading() as session:
        assert session.get(Job, 1) is not None
