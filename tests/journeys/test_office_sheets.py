"""Decides that the office's own workbooks give the published figures, and that odd input ends in one sentence."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from employers.companies import check_digit

IEUM = Path(sys.executable).with_name("ieum")
STARTED, ENDED = date(2020, 3, 2), date(2020, 6, 1)
OFFERED, CONTRACT = date(2020, 5, 18), date(2020, 7, 1)
ANSWERS = ("전환",) * 6 + ("거절",) * 3 + ("기한 만료",) * 2 + ("철회",) + ("미제의",) * 4
COMPANIES = ["기업명", "사업자등록번호", "소재지", "담당자", "담당자 연락처"]
GRADUATES = ["성명", "연락처", "과정", "기수", "수료(예정)일", "보유기술", "희망직종", "희망지역", "재택근무"]
OUTCOMES = [
    "성명",
    "연락처",
    "기업명",
    "인턴 시작일",
    "인턴 종료일",
    "전환 제의일",
    "전환 결과",
    "결정일",
    "정규직 시작일",
]
RATES = {
    "offer_rate_of_interns": (12, 16, "75.0", 0.505, 0.898),
    "acceptance_rate_of_offers": (6, 12, "50.0", 0.254, 0.746),
    "conversion_rate_of_interns": (6, 16, "37.5", 0.185, 0.614),
}


@dataclass
class Office:
    """A folder with a database of its own, and the command line in it."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        """`ieum words…`, which must end with this status."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith("IEUM_")}
        done = subprocess.run(
            [IEUM, *words],
            cwd=self.folder,
            env=plain | {"IEUM_HOME": str(self.folder)} | self.settings,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == status, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def refuses(self, *words: str) -> str:
        """The one sentence with which these words are refused."""
        done = self.run(*words, status=1)
        assert done.stdout == ""
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
        return done.stderr.strip()

    def rates(self) -> dict[str, tuple[int, int, str, float, float]]:
        """The rates of all programs together, by name."""
        said = json.loads(self.run("rates", "--as-of", "2020-12-01", "--json").stdout)
        total = [rate for rate in said["rates"] if rate["program"] is None]
        keys = ("numerator", "denominator", "percent", "low", "high")
        return {rate["name"]: tuple(rate[key] for key in keys) for rate in total}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_three_workbooks_of_the_internship_give_the_published_rates(office: Office):
    sheets = write_workbooks(office.folder)
    office.run("init")
    for kind, file in sheets.items():
        office.run("import", kind, str(file))
    assert office.rates() == RATES
    again = json.loads(office.run("import", "outcomes", str(sheets["outcomes"]), "--json").stdout)
    assert (again["created"], again["changed"], again["unchanged"]) == (0, 0, 16)
    assert office.rates() == RATES


def test_the_demo_gives_the_same_rates_and_takes_in_nothing_else(office: Office):
    sheets = write_workbooks(office.folder)
    office.run("init")
    office.run("demo")
    assert office.rates() == RATES
    assert "시연" in office.refuses("import", "graduates", str(sheets["graduates"]))
    assert "시연 자료가 이미 있습니다" in office.refuses("demo")
    assert office.rates() == RATES


@pytest.mark.parametrize(
    "url", ["sqlite:////nowhere/at/all/ieum.sqlite3", "postgresql://nobody@127.0.0.1:9/nothing?connect_timeout=2"]
)
def test_a_database_that_is_not_there_is_one_sentence(tmp_path: Path, url: str):
    office = Office(tmp_path, {"IEUM_DATABASE_URL": url})
    for words in (["init"], ["rates"]):
        assert "데이터베이스" in office.refuses(*words)


def test_a_database_that_was_never_prepared_says_what_to_do(office: Office):
    assert "ieum init" in office.refuses("rates")


def write_workbooks(folder: Path) -> dict[str, Path]:
    """The three workbooks of the internship by kind, in the order in which an office would import them."""
    people = [(f"가온{number:02d}", f"010-0000-{number:04d}") for number in range(1, 17)]
    hosts = [(f"㈜누리솔{number:02d}", business_number(number)) for number in range(1, 13)]
    companies = [[name, number, "서울 서초구 양재동", "담당 한빛", "02-000-0000"] for name, number in hosts]
    wishes = ["파이썬, 머신러닝", "데이터 분석가", "서울", "가능"]
    graduates = [[*person, "AI칼리지 청년인턴", 1, ENDED, *wishes] for person in people]
    outcomes = [
        outcome_of(number, person, hosts[number % len(hosts)][0], answer)
        for number, (person, answer) in enumerate(zip(people, ANSWERS, strict=True))
    ]
    return {
        "companies": write_workbook(folder / "참여기업.xlsx", "AI칼리지 인턴 참여기업 현황", COMPANIES, companies),
        "graduates": write_workbook(folder / "수료생.xlsx", "AI칼리지 청년인턴 명단", GRADUATES, graduates),
        "outcomes": write_workbook(folder / "성과.xlsx", "정규직 전환 현황", OUTCOMES, outcomes),
    }


def outcome_of(number: int, person: tuple[str, str], host: str, answer: str) -> list[object]:
    """One intern's row: offers come one a day, answers within a week, contracts on one day."""
    offered = None if answer == "미제의" else OFFERED + timedelta(days=number)
    decided = ENDED + timedelta(days=4) if offered is None else offered + timedelta(days=6)
    return [*person, host, STARTED, ENDED, offered, answer, decided, CONTRACT if answer == "전환" else None]


def write_workbook(file: Path, title: str, headings: list[str], rows: list[list[object]]) -> Path:
    """As an office keeps it: a merged title, a note, a blank row, headings, one person or company a row."""
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("현황")
        sheet.merge_range(0, 0, 0, len(headings) - 1, title)
        sheet.merge_range(1, 0, 1, len(headings) - 1, "(작성: 일자리경제과, 2020. 12. 1. 기준)")
        for place, row in enumerate([headings, *rows], start=3):
            sheet.write_row(place, 0, row)
    return file


def business_number(serial: int) -> str:
    """A number with a right check digit that no tax office has given."""
    nine = f"99982{serial:04d}"
    ten = f"{nine}{check_digit(nine)}"
    return f"{ten[:3]}-{ten[3:5]}-{ten[5:]}"
