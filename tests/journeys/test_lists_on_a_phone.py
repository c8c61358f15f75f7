"""Lists on a phone: filters lie folded, nothing scrolls sideways, and no two buttons of a page sound alike."""

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from employers.models import Company, Opening
from placement.db import Database
from placement.models import Graduate, GraduateSkill, Program
from tests.fixtures.browser import DESK, PHONE, Visitor
from tests.journeys.walking import sign_in

LISTS = ("/graduates", "/openings", "/referrals", "/placements", "/companies", "/allocation")
LONG = "https://example.com/" + "a-path-without-end" * 4
# Names as they are read aloud → how many different things they stand for.
ALIKE = """() => {
  const heard = {};
  for (const e of document.querySelectorAll('main button, main a, main summary')) {
    if (!e.checkVisibility() || !e.offsetParent) continue;
    const name = (e.getAttribute('aria-label') || e.textContent).replace(/\\s+/g, ' ').trim();
    const thing = e.tagName == 'A' ? e.href : e.tagName + [...document.querySelectorAll(e.tagName)].indexOf(e);
    (heard[name] = heard[name] || new Set()).add(thing);
  }
  return Object.keys(heard).filter(name => heard[name].size > 1);
}"""

TOO_WIDE = """() => [document.documentElement, ...document.querySelectorAll('.table-scroll')]
  .filter(e => e.scrollWidth > e.clientWidth + 1).length"""


def at_the_lists(visitor: Visitor, size: dict[str, int]) -> Page:
    page = sign_in(visitor, "counselor")
    page.wait_for_url("**/today")
    page.set_viewport_size(size)
    return page


def test_the_filter_of_every_list_is_folded_on_a_phone_and_stands_open_on_a_desk(visitor: Visitor):
    page = at_the_lists(visitor, PHONE)
    for path in LISTS:
        page.goto(visitor.host + path)
        expect(page.get_by_role("search")).to_be_hidden()
    page.set_viewport_size(DESK)
    for path in LISTS:
        page.goto(visitor.host + path)
        expect(page.get_by_role("search")).to_be_visible()
        expect(page.locator(".filters summary")).to_be_hidden()


def test_a_filter_works_on_a_phone_and_says_that_it_holds(visitor: Visitor, database: Database):
    page = at_the_lists(visitor, PHONE)
    page.goto(f"{visitor.host}/companies")
    with database.reading() as session:
        name = session.exec(select(Company.name).order_by(col(Company.id).desc())).first()
    page.locator(".filters summary").click()
    page.get_by_label("기업명·사업자등록번호").fill(name)
    page.get_by_role("button", name="조회", exact=True).click()
    expect(page.locator(".filters summary")).to_contain_text("조건 1개")
    expect(page.get_by_role("search")).to_be_hidden()
    assert page.locator("tbody tr").count() == 1
    visitor.check()


@pytest.mark.parametrize("path", ["/today", "/openings", "/openings/1", "/placements/1", "/allocation"])
def test_no_two_things_of_a_page_sound_alike(visitor: Visitor, path: str):
    page = at_the_lists(visitor, DESK)
    page.goto(visitor.host + path)
    assert page.locator("main a, main button").count() > 3
    assert page.evaluate(ALIKE) == []
    for link in page.locator("main a[aria-label], main button[aria-label], main summary[aria-label]").all():
        assert link.get_attribute("aria-label").startswith(" ".join(link.inner_text().split()))


def test_two_buttons_alike_would_be_heard(visitor: Visitor):
    page = at_the_lists(visitor, DESK)
    page.evaluate(
        "() => document.querySelector('main').insertAdjacentHTML('beforeend', '<button>x</button>'.repeat(2))"
    )
    assert page.evaluate(ALIKE) == ["x"]


def test_long_web_addresses_wrap_in_lists_and_on_pages(visitor: Visitor, database: Database):
    with database.transaction() as session:
        for table, column in (
            (Opening, "title"),
            (Graduate, "name"),
            (Company, "name"),
            (Program, "info_url"),
            (GraduateSkill, "skill"),
        ):
            for row in session.exec(select(table).limit(20)):
                session.add(row.sqlmodel_update({column: LONG}))
    page = at_the_lists(visitor, PHONE)
    for path in ("/today", "/graduates", "/openings", "/companies", "/graduates/1", "/openings/1", "/allocation"):
        page.goto(visitor.host + path)
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            wide = page.evaluate(TOO_WIDE)
            assert wide == 0, (path, size)
