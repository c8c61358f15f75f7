"""Decides what the sheets of the golden day hold: 120 trainees, twelve companies, one agreement; and how they go up."""

from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import expect

from placement.calendars import SEOUL
from tests.fixtures.browser import Visitor
from tests.importing.sheets import workbook

TODAY = datetime.now(SEOUL).date()
PROGRAM = "AI칼리지 청년인턴"
HOST = "누리솔데이터"
COURSES = {
    "데이터 라벨링": ["바운딩박스", "폴리곤 라벨링", "엑셀"],
    "개발": ["Python", "SQL", "Git"],
    "문서": ["한글", "엑셀", "일정 관리"],
}
SURNAMES, GIVEN = (
    "김이박최정강조윤장임",
    ("가온", "누리", "다온", "라온", "마루", "바름", "새봄", "아라", "차오", "하람", "도담", "여울"),
)


def trainees() -> bytes:
    """120 people of three kinds."""
    rows = [
        [
            "성명",
            "연락처",
            "과정",
            "기수",
            "수료일",
            "담당 상담사",
            "보유기술",
            "희망지역",
            "희망고용형태",
            "근무가능일",
        ]
    ]
    for number in range(120):
        skills = list(COURSES.values())[number % 3]
        rows.append(
            [
                SURNAMES[number % 10] + GIVEN[number // 10],
                f"010-0000-{number:04d}",
                PROGRAM,
                1,
                (TODAY - timedelta(days=10)).isoformat(),
                "한상담",
                ", ".join(f"{skill} 중급" for skill in skills),
                "서울",
                "인턴, 정규직",
                TODAY.isoformat(),
            ]
        )
    return workbook(rows)


def companies() -> bytes:
    """Twelve companies, each with somebody to call."""
    names = [
        HOST,
        *(
            f"{word}테크"
            for word in ("한빛", "새길", "온누리", "가람", "도래", "미르", "아토", "여명", "자올", "초롱", "피움")
        ),
    ]
    return workbook(
        [
            ["기업명", "소재지", "담당자", "담당자 연락처"],
            *([name, "서울 서초구", "이담당", f"02-000-{n:04d}"] for n, name in enumerate(names, 1)),
        ]
    )


def agreements() -> bytes:
    until = TODAY + timedelta(days=365)
    return workbook(
        [
            ["기업명", "협약유형", "협약일", "만료일", "협약인원", "과정"],
            [HOST, "인턴 참여기업", TODAY.isoformat(), until.isoformat(), 3, PROGRAM],
        ]
    )


def upload_sheets(counselor: Visitor, folder: Path) -> None:
    for kind, words, content in (
        ("graduates", "수료생·교육생 명단", trainees()),
        ("companies", "기업 명단", companies()),
        ("agreements", "협약 명단", agreements()),
    ):
        file = folder / f"{kind}.xlsx"
        file.write_bytes(content)
        for button in ("검증만", "저장"):
            counselor.page.goto(counselor.host + "/sheets")
            counselor.page.locator("#kind").select_option(label=words)
            counselor.page.locator("#file").set_input_files(file)
            counselor.click(button)
            expect(counselor.page.locator(".notice-bad")).to_have_count(0)
        expect(counselor.page.locator(".notice-good")).to_contain_text("저장했습니다.")
    counselor.page.goto(counselor.host + "/graduates")
    expect(counselor.page.locator(".pager")).to_contain_text("전체 120건")
