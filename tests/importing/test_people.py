"""A graduates sheet becomes people, once; what is wrong is said by row and column, and nothing is half-written."""

import io
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from sqlmodel import select

from placement.db import Database
from placement.importing import describe_problem
from placement.models import Account, Cohort, Event, Graduate, GraduateSkill, Program
from tests.importing.sheets import TODAY, bring, csv_text, everything, json_lines, row_counts, workbook

HEADER = [
    "연번",
    "성명",
    "연락처",
    "이메일",
    "과정",
    "기수",
    "수료(예정)일",
    "담당 상담사",
    "보유기술",
    "희망직종",
    "희망지역",
    "재택근무",
    "희망고용형태",
    "희망급여",
]
FIRST = [
    1,
    "가온",
    "010-0000-0001",
    "gaon@example.com",
    "AI 데이터라벨링",
    "1차",
    date(2020, 11, 16),
    "하람",
    "엑셀 중급, 폴리곤 라벨링:3",
    "데이터 라벨러",
    "서울 서초구, 강남구",
    "재택",
    "계약직/인턴",
    "200만원",
]
SECOND = [2, "나린", "010-0000-0002", "", "AI 데이터라벨링", "1차", 44151, "", "HTML/CSS", "", "전국", "무관", "", ""]
TOTAL = ["합계", "2명", *[""] * 12]


def people(database: Database) -> list[Graduate]:
    with database.reading() as session:
        return everything(session, Graduate)


def codes(problems) -> list[tuple[str, int | None, str | None]]:
    return [(problem.code, problem.row, problem.column) for problem in problems]


@pytest.fixture
def counselor(database: Database) -> None:
    with database.transaction() as session:
        session.add(
            Account(email="haram@example.com", name="하람", role="counselor", password_hash="-", session_stamp="-")
        )


def test_the_offices_own_sheet_becomes_people_with_skills_and_wishes(tmp_path: Path, database: Database, counselor):
    sheet = workbook([HEADER, FIRST, SECOND, TOTAL], titles=["2020년 수료생 명단", "(단위: 명)"])
    report = bring(database, tmp_path, "graduates", "명단.xlsx", sheet)
    assert (report.read, report.created, report.errors) == (2, 2, [])
    assert [problem.code for problem in report.warnings] == ["program_created", "cohort_created"]
    first, second = people(database)
    assert (first.name, first.phone, first.regions, first.remote) == (
        "가온",
        "01000000001",
        ["서울 서초구", "강남구"],
        "remote",
    )
    assert (first.employment_types, first.pay_min, first.completion_on) == (
        ["contract", "intern"],
        2_000_000,
        date(2020, 11, 16),
    )
    assert (first.wanted_titles, first.counselor_id is not None, second.counselor_id) == (["데이터 라벨러"], True, None)
    assert (second.regions, second.remote, second.completion_on) == ([], "any", date(2020, 11, 16))
    with database.reading() as session:
        skills = session.exec(select(GraduateSkill.skill, GraduateSkill.level).order_by(GraduateSkill.id)).all()
        (program,), (cohort,) = everything(session, Program), everything(session, Cohort)
        births = [(e.move, e.to_state, e.actor, e.effective_on) for e in everything(session, Event)]
    assert skills == [("엑셀", 3), ("폴리곤 라벨링", 3), ("HTML/CSS", None)]
    assert (program.name, cohort.program_id, cohort.number, first.cohort_id) == (
        "AI 데이터라벨링",
        program.id,
        1,
        cohort.id,
    )
    assert births == [("create", "ready", "import", TODAY)] * 2


def test_the_second_identical_import_changes_nothing(tmp_path: Path, database: Database):
    sheet = workbook([HEADER, FIRST, SECOND])
    bring(database, tmp_path, "graduates", "a.xlsx", sheet)
    before, stamps = row_counts(database), [(g.version, g.updated_at) for g in people(database)]
    again = bring(database, tmp_path, "graduates", "a.xlsx", sheet)
    assert (again.created, again.changed, again.unchanged) == (0, 0, 2)
    assert row_counts(database) == before
    assert [(g.version, g.updated_at) for g in people(database)] == stamps


def test_only_the_given_columns_change_and_the_version_counts(tmp_path: Path, database: Database):
    bring(database, tmp_path, "graduates", "a.xlsx", workbook([HEADER, FIRST, SECOND]))
    report = bring(
        database,
        tmp_path,
        "graduates",
        "b.csv",
        csv_text("이름,휴대폰,기술,희망지역", "가온,01000000001,엑셀(고급),", "나린,01000000002,,"),
    )
    assert (report.changed, report.unchanged) == (1, 1)
    first = people(database)[0]
    assert (first.version, first.remote, first.regions) == (2, "remote", ["서울 서초구", "강남구"])
    with database.reading() as session:
        held = session.exec(
            select(GraduateSkill.skill, GraduateSkill.level).where(GraduateSkill.graduate_id == first.id)
        ).all()
    assert held == [("엑셀", 4)]


def test_survey_people_keep_their_id_skills_and_wants(tmp_path: Path, database: Database):
    lines = json_lines([{"id": "C00000", "skills": ["C#", "HTML/CSS"], "wants": ["WebAssembly"]}])
    bring(database, tmp_path, "graduates", "a.jsonl", lines)
    assert [(g.key, g.name, g.wants) for g in people(database)] == [("C00000", None, ["WebAssembly"])]


def test_a_dry_run_says_what_would_be_and_writes_nothing(tmp_path: Path, database: Database):
    before = row_counts(database)
    report = bring(database, tmp_path, "graduates", "a.xlsx", workbook([HEADER, FIRST, SECOND]), dry_run=True)
    assert (report.created, report.stored) == (2, False)
    assert row_counts(database) == before


BAD = csv_text(
    "id,성명,연락처,보유기술,수료일,비고",
    "A1,가온,010-0000-0001,엑셀:9,2020-11-16,",
    "A2,나린,12,엑셀,2020-02-30,",
    "A3,다솜,010-0000-0003,엑셀,2020-11-16,",
    "A3,라온,010-0000-0004,엑셀,2020-11-16,",
    f"A5,마루,010-0000-0005,{'가' * 500},2020-11-16,",
    "A6,바다,010-0000-0006,엑셀,2020-11-16,900101-2345678",
    ",,010-0000-0007,엑셀,2020-11-16,",
)
ERRORS = [
    ("level_out_of_range", 2, "보유기술"),
    ("date_impossible", 3, "수료일"),
    ("id_twice", 5, "id"),
    ("too_long", 6, "보유기술"),
    ("resident_number", 7, "비고"),
    ("value_missing", 8, "성명"),
]


def test_every_error_names_row_and_column_and_nothing_is_stored(tmp_path: Path, database: Database):
    before = row_counts(database)
    report = bring(database, tmp_path, "graduates", "a.csv", BAD)
    assert (codes(report.errors), report.refused, report.stored) == (ERRORS, 6, False)
    assert row_counts(database) == before


def test_errors_say_what_would_be_right_and_never_repeat_a_resident_number(tmp_path: Path, database: Database):
    report = bring(database, tmp_path, "graduates", "a.csv", BAD)
    said = [describe_problem(problem) for problem in report.errors]
    assert (
        said[0]
        == "2행 [보유기술] 숙련도 9은(는) 쓸 수 없습니다. 1(입문), 2(초급), 3(중급), 4(고급) 중에서 적어 주십시오."
    )
    assert said[2] == "5행 [id] 같은 ID(A3)가 4행에도 있습니다. 한 행만 남겨 주십시오."
    assert not any("2345678" in sentence or "900101" in sentence for sentence in said)


def test_keep_good_stores_the_rows_without_errors(tmp_path: Path, database: Database):
    report = bring(database, tmp_path, "graduates", "a.csv", BAD, keep_good=True)
    assert (report.created, report.refused, report.stored) == (1, 6, True)
    assert [g.name for g in people(database)] == ["다솜"]


def test_a_telephone_that_is_none_is_an_error(tmp_path: Path, database: Database):
    report = bring(database, tmp_path, "graduates", "a.csv", csv_text("성명,연락처", "가온,12"))
    assert codes(report.errors) == [("phone_shape", 2, "연락처")]


def test_the_same_person_under_another_id_is_reported_and_never_merged(tmp_path: Path, database: Database):
    bring(database, tmp_path, "graduates", "a.csv", csv_text("id,성명,연락처", "A1,가온,010-0000-0001"))
    report = bring(database, tmp_path, "graduates", "b.csv", csv_text("id,성명,연락처", "B7,가 온,+82 10 0000 0001"))
    assert (report.created, codes(report.warnings)) == (1, [("possible_duplicate_person", 2, "성명")])
    assert [g.key for g in people(database)] == ["A1", "B7"]


def test_a_person_without_id_is_found_by_name_and_contact_only(tmp_path: Path, database: Database):
    bring(database, tmp_path, "graduates", "a.csv", csv_text("성명,연락처", "가온,010-0000-0001"))
    report = bring(
        database, tmp_path, "graduates", "b.csv", csv_text("성명,연락처", "가온,010-0000-0001", "가온,010-0000-0009")
    )
    assert (report.unchanged, report.created) == (1, 1)


def test_the_same_person_twice_in_a_sheet_is_an_error_that_names_both_rows(tmp_path: Path, database: Database):
    report = bring(
        database, tmp_path, "graduates", "a.csv", csv_text("성명,연락처", "가온,010-0000-0001", "가온,010 0000 0001")
    )
    assert codes(report.errors) == [("person_twice", 3, "성명")]
    assert report.errors[0].values["other"] == 2


def test_a_program_that_may_be_a_slip_is_asked_about(tmp_path: Path, database: Database):
    bring(database, tmp_path, "programs", "p.csv", csv_text("과정명,시작일", "블록체인 칼리지,2020-09-14"))
    report = bring(
        database, tmp_path, "graduates", "a.csv", csv_text("성명,연락처,과정", "가온,010-0000-0001,블록체인 칼리쥐")
    )
    assert codes(report.errors) == [("program_alike", 2, "과정")]
    assert "혹시 ‘블록체인 칼리지’입니까?" in describe_problem(report.errors[0])


def test_columns_that_nobody_asked_for_are_named_and_dropped(tmp_path: Path, database: Database):
    report = bring(
        database,
        tmp_path,
        "graduates",
        "a.csv",
        csv_text("순번,성명,연락처,생년월일,성별", "1,가온,010-0000-0001,2000-01-01,여"),
    )
    assert codes(report.warnings) == [("column_dropped", 1, "생년월일"), ("column_dropped", 1, "성별")]


def test_an_unknown_counselor_is_said_once_and_left_empty(tmp_path: Path, database: Database):
    lines = csv_text("성명,연락처,상담사", "가온,010-0000-0001,하람", "나린,010-0000-0002,하람")
    report = bring(database, tmp_path, "graduates", "a.csv", lines)
    assert codes(report.warnings) == [("counselor_unknown", 2, "상담사")]


def test_a_course_written_once_beside_all_its_people_counts_for_each(tmp_path: Path, database: Database):
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["과정", "성명", "연락처"])
        sheet.merge_range("A2:A4", "블록체인 칼리지")
        for number, name in enumerate(["가온", "나린", "다솜"], start=1):
            sheet.write_row(number, 1, [name, f"010-0000-000{number}"])
    bring(database, tmp_path, "graduates", "a.xlsx", data.getvalue())
    assert len({g.cohort_id for g in people(database)} - {None}) == 1
    assert all(g.cohort_id for g in people(database))


def test_formula_cells_are_read_by_their_value(tmp_path: Path, database: Database):
    sheet = workbook([["성명", "연락처"], ["", "010-0000-0001"]], formulas={"A2": ('=CONCATENATE("가","온")', "가온")})
    bring(database, tmp_path, "graduates", "a.xlsx", sheet)
    assert [g.name for g in people(database)] == ["가온"]


def test_a_number_that_lost_its_zero_is_seen_as_a_resident_number(tmp_path: Path, database: Database):
    report = bring(database, tmp_path, "graduates", "a.xlsx", workbook([["성명", "식별"], ["가온", 501013345678]]))
    assert codes(report.errors) == [("resident_number", 2, "식별")]


def test_enrolments_put_known_people_into_sessions(tmp_path: Path, database: Database):
    bring(database, tmp_path, "graduates", "a.csv", csv_text("성명,연락처", "가온,010-0000-0001", "나린,010-0000-0002"))
    lines = csv_text(
        "성명,과정,기수,회차,상태,수료일", "가온,AI 데이터라벨링,1,2,수료,2020-11-16", "나린,AI 데이터라벨링,1,2,수강,"
    )
    report = bring(database, tmp_path, "enrolments", "e.csv", lines)
    assert (report.created, report.errors, report.beside) == (2, [], {"program": 1, "cohort": 1, "session": 1})
    assert bring(database, tmp_path, "enrolments", "e.csv", lines).unchanged == 2
    assert all(g.cohort_id for g in people(database))


def test_programs_and_cohorts_are_found_again_by_name_and_number(tmp_path: Path, database: Database):
    programs = csv_text("과정명,운영기관,사업연도,시작일", "블록체인 칼리지,서초구청,2020,2020-09-14")
    cohorts = csv_text(
        "과정,기수,모집인원,교육기관,개강일,수료예정일", "블록체인 칼리지,1기,32,한빛교육원,2020-09-14,2020-12-11"
    )
    for kind, lines in (("programs", programs), ("cohorts", cohorts)):
        assert bring(database, tmp_path, kind, "a.csv", lines).created == 1
        assert bring(database, tmp_path, kind, "a.csv", lines).unchanged == 1
    changed = bring(database, tmp_path, "cohorts", "a.csv", cohorts.replace(",32,", ",40,"))
    with database.reading() as session:
        assert [(c.capacity, c.number) for c in everything(session, Cohort)] == [(40, 1)]
    assert changed.changed == 1
