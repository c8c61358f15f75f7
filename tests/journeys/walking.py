"""Decides how the readers of these journeys come in, and how a page is read as they read it."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from flask import Flask
from playwright.sync_api import Locator, Page, expect
from sqlmodel import select

from placement.db import Database
from placement.jobs.handlers import HANDLERS
from placement.jobs.worker import Worker
from placement.models import Graduate
from placement.people import DEMO_PASSWORD
from tests.fixtures.browser import Visitor, serving

REMATCH_MS = 10_000
HANGUL = re.compile("[가-힣]+")


def sign_in(visitor: Visitor, who: str) -> Page:
    """To the reader's first page; who: counselor, partner, partner2 or manager. The caller checks where it leads."""
    visitor.page.goto(visitor.host + "/sign-in")
    visitor.fill(이메일=f"{who}@example.com", 비밀번호=DEMO_PASSWORD)
    visitor.page.get_by_role("button", name="로그인", exact=True).click()
    return visitor.page


def press(visitor: Visitor, thing: Locator) -> Page:
    """Clicks what a name alone does not tell apart, and checks what it leads to."""
    thing.click()
    return visitor.check()


def go_to_person(visitor: Visitor, database: Database, key: str) -> Page:
    """The page of the graduate with this number of the office, not yet checked."""
    with database.reading() as session:
        row = session.exec(select(Graduate.id).where(Graduate.key == key)).one()
    visitor.page.goto(f"{visitor.host}/graduates/{row}")
    return visitor.page


def names_of(database: Database) -> list[str]:
    """Every graduate's name."""
    with database.reading() as session:
        return [name for name in session.exec(select(Graduate.name)) if name]


def cards_of(page: Page) -> Locator:
    """The ranked pairs of a person or an opening, best first."""
    return page.locator("#ranking article.suggestion")


def pairs_of(page: Page) -> list[str]:
    """The ids of the ranked pairs' places on the page, best first; they stay when the order changes."""
    return [place.get_attribute("id") for place in page.locator("#ranking [id^=pair-]").all()]


def card_of(page: Page, pair: str) -> Locator:
    """The card of one of `pairs_of`."""
    return cards_of(page).filter(has=page.locator(f"#{pair}"))


def score_of(card: Locator) -> int:
    """The score that a card shows, 0 to 100."""
    return int(card.locator(".score-number").inner_text())


def wait_for_ranking(page: Page) -> None:
    """Until the list is computed anew; the page looks again by itself."""
    expect(page.locator("#ranking")).not_to_contain_text("다시 계산 중입니다", timeout=REMATCH_MS)


def type_skill(page: Page, row: int, skill: str, prefix: str) -> Locator:
    """Types into a row of skills; answers the line below it that says what the words are taken for."""
    page.locator(f"#{prefix}-{row}-skill").fill(skill)
    return page.locator(f"#{prefix}-{row}-resolved")


@contextmanager
def at_work(app: Flask, today: date | None = None) -> Iterator[str]:
    """The address of the service as `ieum serve --all` runs it, pages and worker, on a day."""
    stopping = threading.Event()
    worker = Worker(app.extensions["ieum_database"], HANDLERS, today)
    thread = threading.Thread(target=worker.run, args=(stopping,), name="worker")
    thread.start()
    try:
        with serving(app) as host:
            yield host
    finally:
        stopping.set()
        thread.join()
