"""Who may look at a company's openings, and what the others are told."""

import pytest

from tests.fixtures.pages import PageVisitor
from tests.web.partners.cast import Town

PAGES = ["", "/new", "/{id}", "/{id}/edit", "/{id}/cancel"]
ONE_OPENING = ["/{id}", "/{id}/edit", "/{id}/cancel"]


def words(visitor: PageVisitor) -> str:
    return visitor.markup.text_of("main")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["counselor", "manager"])
def test_the_office_does_not_walk_through_the_partners_doors(town: Town, who: str, page: str):
    town.visitor(who).open("/my-openings" + page.format(id=town.opening()), status=403)


@pytest.mark.parametrize("page", [*PAGES, "/skills"])
def test_a_stranger_is_sent_to_sign_in(town: Town, page: str):
    address = "/skills/resolve?q=엑셀" if page == "/skills" else "/my-openings" + page.format(id=town.opening())
    stranger = PageVisitor(town.app.test_client())
    stranger.open(address)
    assert stranger.path.startswith("/sign-in")


@pytest.mark.parametrize("page", ONE_OPENING)
def test_a_rivals_opening_looks_exactly_like_one_that_is_not_there(town: Town, partner: PageVisitor, page: str):
    rivals = town.opening(town.rival)
    partner.open("/my-openings" + page.format(id=rivals), status=404)
    foreign = words(partner)
    partner.open("/my-openings" + page.format(id=rivals + 1000), status=404)
    assert foreign == words(partner)


def test_a_rivals_opening_cannot_be_moved_changed_or_copied(town: Town, partner: PageVisitor):
    rivals, own = town.opening(town.rival), town.opening()
    partner.open(f"/my-openings/{own}")
    token = partner.markup.all("input")[0].get("value")
    for page, fields in (("moves", {"move": "pause"}), ("edit", {"title": "가로채기", "then": "save"})):
        answer = partner.client.post(f"/my-openings/{rivals}/{page}", data={"csrf_token": token, **fields})
        assert answer.status_code == 404
    partner.open(f"/my-openings/new?copy={rivals}", status=404)
    assert (town.read_opening(rivals).state, town.read_opening(rivals).title) == ("open", "검수 담당")


def test_the_list_holds_only_the_companys_own(town: Town, partner: PageVisitor):
    town.opening(title="우리 공고")
    town.opening(town.rival, title="남의 공고")
    shown = partner.open("/my-openings").text_of("main")
    assert "우리 공고" in shown
    assert "남의 공고" not in shown


@pytest.mark.parametrize("page", ["", "/{id}", "/{id}/edit"])
def test_a_partner_sees_how_many_are_suggested_and_never_who(town: Town, partner: PageVisitor, page: str):
    opening = town.opening()
    town.suggest(opening, "남궁서윤")
    partner.open("/my-openings" + page.format(id=opening))
    html = partner.response.get_data(as_text=True)
    assert "남궁서윤" not in html
    assert "010-0000-1234" not in html
    if page != "/{id}/edit":
        assert "1명" in partner.markup.text_of("main")
