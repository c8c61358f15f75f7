"""Decides that a reader who switches to English finds no Korean word but the data itself: names, titles, courses."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from employers.models import Company, Opening
from placement.db import Database
from placement.models import Account, Graduate, Program
from tests.fixtures.browser import Visitor
from tests.journeys.walking import HANGUL, sign_in

DATA = (Graduate.name, Account.name, Company.name, Company.region, Opening.title, Opening.region, Program.name)
WORDS = """() => [...document.querySelectorAll("title, body, body *")].flatMap(element => [
    ...["aria-label", "placeholder", "alt", "data-label"].map(name => element.getAttribute(name)),
    ...[...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data),
]).filter(words => words && words.trim())"""


@pytest.mark.parametrize(
    ("who", "paths"),
    [
        ("counselor", ["/today", "/graduates", "/openings", "/openings/new", "/allocation"]),
        ("partner", ["/my-openings", "/my-openings/new"]),
        ("manager", ["/overview", "/duties", "/companies"]),
    ],
)
def test_the_first_pages_speak_english(visitor: Visitor, database: Database, who: str, paths: list[str]):
    data = data_of(database)
    sign_in(visitor, who)
    visitor.page.get_by_role("button", name="English").click()
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    visitor.check()
    for path in paths:
        visitor.page.goto(visitor.host + path)
        assert korean_words(visitor.page, data) == [], path


def test_the_sign_in_page_speaks_english_and_korean_again(visitor: Visitor, database: Database):
    page = visitor.open("/sign-in")
    page.get_by_role("button", name="English").click()
    assert korean_words(page, data_of(database)) == []
    visitor.click("한국어")
    expect(page.get_by_role("heading", level=1)).to_have_text("로그인")


def korean_words(page: Page, data: list[str]) -> list[str]:
    """Every text of the page that still holds Hangul once the data is taken out; the switch back to Korean may."""
    left = []
    known = re.compile("|".join(map(re.escape, data)))
    for words in page.evaluate(WORDS):
        rest = known.sub("", words).strip()
        if HANGUL.search(rest) and rest != "한국어":
            left.append(rest)
    return left


def data_of(database: Database) -> list[str]:
    """What people typed, longest first, so that no part of a longer name is left over."""
    with database.reading() as session:
        found = {value for column in DATA for value in session.exec(select(column)) if value}
    return sorted(found, key=len, reverse=True)
