"""The skills of an opening: typed freely, read back, and settled only where the name or the typist says so."""

from dataclasses import replace

import pytest

from placement.settings import Settings
from tests.fixtures.pages import PageVisitor
from tests.web.partners.cast import Town
from tests.web.partners.test_posting import send


@pytest.fixture
def settings(settings: Settings, initialised_sqlite_url: str) -> Settings:
    """The vocabulary that ships is there."""
    return replace(settings, database_url=initialised_sqlite_url)


def asked(town: Town) -> list[tuple[str, str | None]]:
    return [(row.skill, row.skill_key) for row in town.asked(town.openings()[0].id)]


def test_a_known_name_gets_its_key_without_asking(town: Town, partner: PageVisitor):
    send(partner, **{"requirements-0-skill": "polygon annotation", "requirements-1-skill": "폴리곤라벨링"})
    assert asked(town) == [("polygon annotation", "lbl-polygon"), ("폴리곤라벨링", "lbl-polygon")]
    assert "→ 폴리곤 라벨링" in partner.markup.text_of("main")


def test_a_near_name_stays_as_typed_until_somebody_chooses(town: Town, partner: PageVisitor):
    send(partner, **{"requirements-0-skill": "바운딩 빡스"})
    assert asked(town) == [("바운딩 빡스", None)]
    assert "비슷한 이름(바운딩박스" in partner.markup.text_of("main")
    partner.open(f"{partner.path}/edit")
    partner.submit("수정 저장", **{"requirements-0-skill_key": "lbl-bbox"})
    assert asked(town) == [("바운딩 빡스", "lbl-bbox")]


def test_a_key_that_was_not_proposed_is_not_believed(town: Town, partner: PageVisitor):
    send(partner, **{"requirements-0-skill": "바운딩 빡스", "requirements-0-skill_key": "dev-java"})
    assert asked(town) == [("바운딩 빡스", None)]


def test_level_kind_and_weight_of_a_row_are_stored_and_blank_rows_are_not(town: Town, partner: PageVisitor):
    row = {"requirements-1-skill": "엑셀", "requirements-1-level": "3", "requirements-1-kind": "must"}
    send(partner, **{**row, "requirements-1-weight": "2", "requirements-2-level": "4"})
    first, second = town.asked(town.openings()[0].id)
    assert (first.level, first.must, first.weight) == (None, False, 1.0)
    assert (second.skill, second.level, second.must, second.weight) == ("엑셀", 3, True, 2.0)


def test_one_more_row_keeps_what_was_typed_and_complains_of_nothing(town: Town, partner: PageVisitor):
    partner.open("/my-openings/new")
    before = sum(field.get("name").endswith("-skill") for field in partner.markup.all("input"))
    page = partner.submit("행 추가", title="쓰던 제목")
    skills = [field for field in page.all("input") if field.get("name").endswith("-skill")]
    assert len(skills) == before + 1
    assert "쓰던 제목" in [field.get("value") for field in page.all("input")]
    assert not [part for part in page.all("div") if "error-summary" in part.get("class")]
    assert town.openings() == []


@pytest.mark.parametrize(
    ("typed", "words", "keys"),
    [
        ("폴리곤 라벨링", "→ 폴리곤 라벨링 (같은 이름)", ["lbl-polygon"]),
        ("polygon annotation", "→ 폴리곤 라벨링", ["lbl-polygon"]),
        ("뾰로롱마법", "목록에 없는 기술입니다. 적은 그대로 찾습니다.", []),
        ("  ", "", []),
    ],
)
def test_a_typed_skill_is_read_back_at_once(partner: PageVisitor, typed: str, words: str, keys: list[str]):
    piece = partner.client.get("/skills/resolve", query_string={"row": "requirements-4", "requirements-4-skill": typed})
    text = piece.get_data(as_text=True)
    assert words.replace("→ 폴리곤 라벨링", "→ <b>폴리곤 라벨링</b>") in text
    assert text.count('name="requirements-4-skill_key"') == len(keys)
    assert all(f'value="{key}"' in text for key in keys)


def test_a_near_skill_offers_at_most_three_and_the_typed_text(partner: PageVisitor):
    text = partner.client.get("/skills/resolve", query_string={"q": "바운딩 빡스"}).get_data(as_text=True)
    assert 'value="lbl-bbox"' in text
    assert 2 <= text.count('type="radio"') <= 4
    assert 'value="" checked' in text


def test_a_very_long_skill_is_refused(partner: PageVisitor):
    assert partner.client.get("/skills/resolve", query_string={"q": "가" * 500}).status_code == 400
