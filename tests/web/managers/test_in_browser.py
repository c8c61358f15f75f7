"""The manager's pages in a real browser, wide and narrow."""

from employers.models import Agreement
from tests.fixtures.browser import Visitor
from tests.web.partners.cast import TODAY, Town


def test_every_page_of_the_manager_holds_at_both_widths(town: Town, article: None, visitor: Visitor):
    town.opening(requirements=[])
    with town.database.transaction() as session:
        given = {"kind": "demand", "state": "in_force", "headcount_pledged": 3}
        session.add(Agreement(company_id=town.own.id, signed_on=TODAY, valid_until=TODAY, **given))
    town.let_in(visitor, "manager")
    addresses = ["/overview", "/overview?as_of=2020-05-31", "/duties", "/people?stage=offered", "/people?stage=applied"]
    for address in [
        *addresses,
        "/programs/1",
        "/companies",
        "/companies?q=없음",
        "/agreements/1",
        "/agreements/1/renewal",
        f"/companies/{town.own.id}",
    ]:
        visitor.open(address)


def test_another_day_is_picked_on_the_page(town: Town, article: None, visitor: Visitor):
    page = town.let_in(visitor, "manager").open("/overview")
    assert "37.5 %" in page.locator("main").inner_text()
    page.get_by_label("기준일", exact=True).fill("2020-06-30")
    visitor.click("다시 계산")
    assert "37.5 %" not in page.locator("main").inner_text()
    assert "as_of=2020-06-30" in page.url
