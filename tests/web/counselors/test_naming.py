"""What a typed skill means is said once by a counselor, counts for everybody, and can be taken back."""

import pytest
from sqlmodel import select

from placement.db import Database
from placement.models import SkillName
from placement.skills import SkillEntry, store_skills, vocabulary_of
from tests.fixtures.pages import PageVisitor
from tests.web.cast import Office

ENTRIES = [
    SkillEntry(key="polygon", name_ko="폴리곤 라벨링"),
    SkillEntry(key="labeling", name_ko="데이터 라벨링"),
    SkillEntry(key="excel", name_ko="엑셀", name_en="Excel"),
]
NAMES = "/skills/names"


@pytest.fixture(autouse=True)
def _vocabulary(office: Office) -> None:
    with office.database.transaction() as session:
        store_skills(session, ENTRIES)


def key_of(database: Database, text: str) -> str | None:
    with database.reading() as session:
        return vocabulary_of(session).lookup(text)


def test_a_typed_skill_is_asked_about_with_what_it_is_taken_for(office: Office, counselor: PageVisitor):
    office.graduate("남궁서윤", "폴리건 라벨링", "엑셀")
    office.opening("사무 보조", "커피 내리기")
    page = counselor.open(NAMES).text_of("main")
    assert "폴리건 라벨링" in page
    assert "현재 풀이: 폴리곤 라벨링" in page
    assert "커피 내리기" in page
    assert "엑셀" not in page.split("확인한 말")[0].split("커피 내리기")[0].split("폴리건 라벨링")[0]


def test_a_confirmed_text_is_a_name_for_everybody_and_whoever_typed_it_is_compared_anew(
    office: Office, counselor: PageVisitor
):
    graduate, opening = office.graduate("남궁서윤", "외곽선 따기"), office.opening("라벨러", "외곽선따기")
    before = len(office.jobs())
    counselor.open(NAMES)
    page = counselor.submit("이 기술입니다: 외곽선 따기", skill="polygon")
    assert "다음부터 같은 기술로 봅니다: 외곽선 따기 → 폴리곤 라벨링" in page.text_of("main")
    assert key_of(office.database, "외곽선따기") == "polygon"
    assert office.jobs()[before:] == [("rematch_graduate", str(graduate)), ("rematch_opening", str(opening))]


def test_a_confirmation_is_taken_back(office: Office, counselor: PageVisitor):
    office.graduate("남궁서윤", "외곽선 따기")
    counselor.open(NAMES)
    counselor.submit("이 기술입니다: 외곽선 따기", skill="polygon")
    page = counselor.submit("되돌리기: 외곽선 따기")
    assert "외곽선 따기 확인을 되돌렸습니다." in page.text_of("main")
    assert key_of(office.database, "외곽선 따기") is None


def test_a_name_of_the_file_is_not_taken_back(office: Office, counselor: PageVisitor):
    with office.database.reading() as session:
        name = next(row for row in session.exec(select(SkillName)) if row.name == "엑셀")
    token = next(
        field.get("value") for field in counselor.open("/help").all("input") if field.get("name") == "csrf_token"
    )
    answer = counselor.client.post(f"{NAMES}/{name.id}/removal", data={"csrf_token": token}, follow_redirects=True)
    assert "되돌릴 수 없습니다" in answer.text
    assert key_of(office.database, "엑셀") == "excel"


@pytest.mark.parametrize(
    ("skill", "text", "said"),
    [("no-such", "외곽선 따기", "기술 목록에 없습니다"), ("excel", "엑 셀", "이미 기술 목록에 있는 이름입니다")],
)
def test_what_cannot_become_a_name_is_refused_in_one_sentence(
    office: Office, counselor: PageVisitor, skill: str, text: str, said: str
):
    office.graduate("남궁서윤", "외곽선 따기")
    counselor.open(NAMES)
    page = counselor.submit("이 기술입니다: 외곽선 따기", skill=skill, text=text)
    assert said in page.text_of("main")


def test_a_partner_has_no_business_here(office: Office):
    assert office.visitor("partner").client.get(NAMES).status_code == 403
