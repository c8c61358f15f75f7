"""`ieum complete` completes a cohort, `ieum move` tells of an external opening; each with the rules of the screens."""

import pytest
from sqlmodel import select

from placement.models import Cohort, Graduate, Guidance, Job, RetentionCheck
from tests.cli.conftest import Terminal
from tests.importing.sheets import csv_text

PEOPLE = csv_text(
    "수료생 ID,성명,연락처,과정,기수,수료(예정)일",
    "A-1,가온,010-0000-0001,라벨링 과정,1기,2020-12-11",
    "A-2,나래,010-0000-0002,라벨링 과정,1기,2020-12-11",
    "A-3,다솜,010-0000-0003,라벨링 과정,1기,2020-11-11",
)
OPENINGS = csv_text(
    "공고 ID,기업명,채용공고명,공고 출처,외부 공고 주소",
    "X-1,누리솔데이터,데이터 라벨러,외부,https://jobs.example.com/1",
    "J-1,누리솔데이터,검수자,,",
)


@pytest.fixture
def initialised_url(initialised_sqlite_url: str) -> str:
    """One kind is enough here: the rules behind the commands have their own tests on both."""
    return initialised_sqlite_url


@pytest.fixture
def office(terminal: Terminal) -> Terminal:
    terminal.bring("graduates", "people.csv", PEOPLE)
    terminal.bring("openings", "openings.csv", OPENINGS)
    return terminal


def rows(office: Terminal, table) -> list:
    with office.database.reading() as session:
        return list(session.exec(select(table).order_by(table.id)))


def states(office: Terminal) -> list[str]:
    return [row.state for row in rows(office, Graduate)]


def cohort_key(office: Terminal) -> str:
    return rows(office, Cohort)[0].key


def test_people_whose_completion_is_to_come_are_in_training(office: Terminal):
    assert states(office) == ["in_training", "in_training", "ready"]


def test_a_cohort_is_completed_but_for_those_who_are_named(office: Terminal):
    done = office.done("complete", cohort_key(office), "--employed", "나래")
    assert (done["completed"], done["left"]) == (1, 1)
    assert states(office) == ["ready", "left_programme", "ready"]
    assert [job.kind for job in rows(office, Job)] == ["match_cohort"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere",), "그런 기수가 없습니다"),
        (("--on", "2020-12-02"), "아직 오지 않은 날짜"),
        (("--dropped", "다솜"), "교육 중인 사람이 아닙니다"),
        (("--dropped", "마루"), "그런 자료가 없습니다"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_nobody_completes(office: Terminal, words: tuple[str, ...], said: str):
    given = words if words[0] == "nowhere" else (cohort_key(office), *words)
    assert said in office.refused("complete", *given)
    assert states(office) == ["in_training", "in_training", "ready"]


def test_an_enrolment_sheet_completes_and_drops_and_asks_for_a_comparison(office: Terminal):
    sheet = csv_text(
        "수료생 ID,성명,과정,기수,상태,수료일",
        "A-1,가온,라벨링 과정,1기,수료,2020-11-30",
        "A-2,나래,라벨링 과정,1기,조기취업,2020-11-20",
    )
    office.bring("enrolments", "enrolments.csv", sheet)
    assert states(office) == ["ready", "left_programme", "ready"]
    assert [(job.kind, job.subject) for job in rows(office, Job)] == [("match_cohort", "1")]
    office.bring("enrolments", "enrolments.csv", sheet)
    assert len(rows(office, Job)) == 1


def test_who_still_attends_another_session_has_not_completed(office: Terminal):
    lines = ("A-1,라벨링 과정,1기,1회차,수료,2020-11-30", "A-1,라벨링 과정,1기,2회차,수강,")
    office.bring("enrolments", "enrolments.csv", csv_text("수료생 ID,과정,기수,회차,상태,수료일", *lines))
    assert states(office)[0] == "in_training"


def test_an_external_opening_is_told_of_and_never_referred(office: Terminal):
    assert "안내만 기록해" in office.refused("move", "referral", "A-1/X-1", "create")
    told = office.done("move", "guidance", "A-1/X-1", "create", "--with", "channel=message")
    assert (told["to_state"], rows(office, Guidance)[0].channel) == ("told", "message")
    office.done("move", "guidance", "A-1/X-1", "apply")
    assert office.done("move", "guidance", "A-1/X-1", "hire")["to_state"] == "hired"
    assert office.done("move", "guidance", "A-1/X-1", "undo")["to_state"] == "applied"
    assert "알선으로 진행해" in office.refused("move", "guidance", "A-1/J-1", "create")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("X-2,누리솔데이터,라벨러,외부,", "필수 항목입니다"),
        ("X-2,누리솔데이터,라벨러,외부,jobs.example.com", "http://"),
    ],
)
def test_an_external_opening_without_its_address_is_no_row(office: Terminal, row: str, said: str):
    file = office.folder / "more.csv"
    file.write_text(csv_text("공고 ID,기업명,채용공고명,공고 출처,외부 공고 주소", row), encoding="utf-8-sig")
    result = office.type("import", "openings", str(file))
    assert (result.exit_code, said in result.stderr) == (1, True)


def test_a_job_goes_through_retention_at_the_terminal(office: Terminal):
    given = ("--with", "kind=employment", "--with", "starts_on=2020-08-01")
    office.done("move", "placement", "A-3/누리솔데이터", "create", *given)
    office.done("move", "placement", "A-3", "start", "--effective-on", "2020-08-01")
    office.done("tick")
    for way in ("phone", "phone", "paper"):
        office.done("move", "retention_check", "A-3/3", "try_reach", "--with", f"channel={way}")
    assert office.done("move", "retention_check", "A-3/3", "give_up")["to_state"] == "unreachable"
    left = ("--reason", "study", "--with", "left_on=2020-11-02", "--with", "left_by=graduate")
    assert "퇴사일을" in office.refused("move", "retention_check", "A-3/3", "record_leaving", "--reason", "study")
    office.done("move", "retention_check", "A-3/3", "record_leaving", *left)
    assert [check.state for check in rows(office, RetentionCheck)] == ["left"] * 3
    office.done("move", "retention_check", "A-3/3", "undo")
    assert [check.state for check in rows(office, RetentionCheck)] == ["unreachable", "due", "due"]


def test_a_sheet_that_tells_of_an_early_end_closes_the_checks_to_come(office: Terminal):
    hired = csv_text("수료생 ID,기업명,취업일", "A-3,누리솔데이터,2020-08-01")
    office.bring("outcomes", "hired.csv", hired)
    office.done("tick")
    office.bring(
        "outcomes", "left.csv", csv_text("수료생 ID,기업명,취업일,퇴사일", "A-3,누리솔데이터,2020-08-01,2020-11-20")
    )
    assert [check.state for check in rows(office, RetentionCheck)] == ["due", "left", "left"]


def test_another_end_in_a_later_sheet_stands_in_the_log(office: Terminal):
    head = "수료생 ID,기업명,인턴 시작일,인턴 종료일"
    office.bring("outcomes", "one.csv", csv_text(head, "A-3,누리솔데이터,2020-11-02,2021-02-01"))
    office.bring("outcomes", "two.csv", csv_text(head, "A-3,누리솔데이터,2020-11-02,2021-02-15"))
    office.bring("outcomes", "two.csv", csv_text(head, "A-3,누리솔데이터,2020-11-02,2021-02-15"))
    event = office.done("move", "placement", "A-3", "undo")
    assert (event["move"], event["to_state"]) == ("undo", "active")
