"""After an opening is out, its page says what happens now, looks again by itself, and never says who it is."""

import pytest
from sqlmodel import delete

from placement.models import Job
from tests.fixtures.pages import PageVisitor
from tests.web.partners.cast import Town


def settle(town: Town) -> None:
    """The worker has done what was asked."""
    with town.database.transaction() as session:
        session.exec(delete(Job))


def refreshes(page) -> list[str]:
    """How the page looks again: with a script, and without."""
    by_script = [element.get("hx-trigger") for element in page.all("div") if element.get("hx-trigger")]
    return by_script + [each.get("content") for each in page.all("meta") if each.get("http-equiv") == "refresh"]


@pytest.mark.parametrize("moment", ["looking", "found", "nobody"])
def test_the_page_says_honestly_how_things_stand(town: Town, partner: PageVisitor, moment: str):
    opening = town.opening()
    if moment != "looking":
        settle(town)
    if moment == "found":
        town.suggest(opening, "남궁서윤")
    page = partner.open(f"/my-openings/{opening}")
    said = page.text_of("main")
    words = {
        "looking": "후보를 찾고 있습니다…",
        "found": "수료생 1명을 찾았습니다",
        "nobody": "아직 조건이 맞는 수료생이 없습니다.",
    }
    assert {name: sentence in said for name, sentence in words.items()} == {name: name == moment for name in words}
    assert refreshes(page) == (["every 5s", "10"] if moment == "looking" else [])
    assert "남궁서윤" not in partner.response.get_data(as_text=True)


def test_a_draft_and_a_paused_opening_promise_nothing(town: Town, partner: PageVisitor):
    for opening in (town.opening(publish=False), town.opening()):
        if town.read_opening(opening).state == "open":
            partner.open(f"/my-openings/{opening}")
            partner.submit("일시 중지")
        page = partner.open(f"/my-openings/{opening}")
        assert "후보를 찾고 있습니다" not in page.text_of("main")
        assert refreshes(page) == []
