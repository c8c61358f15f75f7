"""Decides how the README's pictures are taken: real screens of a fresh demo, 1280 px wide, cut to what they tell.

`python -m bench.take_pictures` writes docs/pictures/*.png; run it after a screen has changed.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import FloatRect, Locator, Page, expect, sync_playwright

from placement import demo, storing, suggesting
from placement.app import create_app
from placement.calendars import today_of
from placement.db import Database
from placement.settings import Settings
from placement.skills import load_shipped_vocabulary
from tests.fixtures.browser import DESK, FLAGS, serving
from tests.fixtures.chromium import find_chromium

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
MOST_BYTES = 300_000
MARGIN = 16
KOREAN = {**os.environ, "LANGUAGE": "ko", "LANG": "ko_KR.UTF-8"}  # in which words the browser draws a day
KEY = "only for the moment in which the pictures are taken"


def main() -> int:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served_demo(Path(folder)) as host, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS, env=KOREAN)
        for name, (who, draw) in SCENES.items():
            context = browser.new_context(locale="ko-KR", viewport=DESK)
            page = context.new_page()
            sign_in(page, host, who)
            file = PICTURES / f"{name}.png"
            page.screenshot(path=file, full_page=True, clip=draw(page, host))
            print(f"{file.name}: {file.stat().st_size:,} bytes")
            context.close()
    too_heavy = [file.name for file in PICTURES.glob("*.png") if file.stat().st_size >= MOST_BYTES]
    return 1 if too_heavy else 0


@contextmanager
def served_demo(folder: Path) -> Iterator[str]:
    """The address of the demo after its first matching run."""
    settings = Settings(database_url=f"sqlite:///{folder}/pictures.db", secret_key=KEY)
    database = Database(settings.database_url)
    database.migrate()
    with database.transaction() as session:
        load_shipped_vocabulary(session)
        demo.load(session)
    with database.transaction() as session:
        storing.store(session, suggesting.propose_all(session, today=today_of(session)))
    database.close()
    with serving(create_app(settings, expects=())) as host:
        yield host


def sign_in(page: Page, host: str, who: str) -> None:
    page.goto(f"{host}/sign-in")
    page.get_by_label("이메일").fill(f"{who}@example.com")
    page.get_by_label("비밀번호").fill(demo.DEMO_PASSWORD)
    page.get_by_role("button", name="로그인", exact=True).click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("로그인")


def draw_graduate(page: Page, host: str) -> FloatRect:
    """The first person who waits, with the reasons of the best pair folded open, down to the second pair."""
    page.get_by_role("table", name="결정을 기다리는 내 수료생").get_by_role("link").first.click()
    pairs = page.locator("#ranking article.suggestion")
    pairs.first.get_by_text("추천 사유", exact=True).click()
    return between(page, page.locator("body"), pairs.nth(1))


def draw_manager(page: Page, host: str) -> FloatRect:
    """The tracks side by side and the picture of the rates below them."""
    rates = page.get_by_role("figure", name="정규직 전환").first
    return between(page, page.get_by_role("heading", name="트랙별 현황"), rates)


def draw_opening_form(page: Page, host: str) -> FloatRect:
    """The middle of the form, with three skills: a known name, another name, and one that is only near."""
    page.goto(f"{host}/my-openings/new")
    page.get_by_label("채용공고명").fill("의료 영상 바운딩박스 라벨러")
    page.get_by_label("계약직").check()
    page.locator("#region").fill("서울 서초구 양재동")
    page.locator("#pay_min").fill("200")
    page.locator("#pay_max").fill("230")
    page.locator("#closes_on").fill("2020-12-18")
    for row, skill in enumerate(("바운딩박스", "Excel", "폴리곤 라밸링")):
        page.locator(f"#requirements-{row}-skill").fill(skill)
        expect(page.locator(f"#requirements-{row}-resolved")).not_to_be_empty()
    return between(page, page.get_by_role("group", name="급여 단위"), page.get_by_role("button", name="행 추가"))


def between(page: Page, first: Locator, last: Locator) -> FloatRect:
    """The strip of the page from a little above one part to a little below another."""
    page.evaluate("scrollTo(0, 0)")  # boxes are measured from the window's edge
    above, below = first.bounding_box(), last.bounding_box()
    assert above and below, "a part that the picture needs is not on the page"
    top = max(above["y"] - MARGIN, 0)
    return {"x": 0, "y": top, "width": DESK["width"], "height": below["y"] + below["height"] + MARGIN - top}


SCENES: dict[str, tuple[str, Callable[[Page, str], FloatRect]]] = {
    "graduate": ("counselor", draw_graduate),
    "manager": ("manager", draw_manager),
    "opening-form": ("partner", draw_opening_form),
}

if __name__ == "__main__":
    sys.exit(main())
