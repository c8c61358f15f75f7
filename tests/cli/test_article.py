"""The article's internship, entered through sheets and moves alone: 16 interns, 12 offers, 6 conversions."""

import re

import pytest
from sqlmodel import col, select

from employers.columns import now
from employers.models import Company
from placement.enums import Role
from placement.figures.companies import company_figures
from placement.models import Account, Event, Graduate
from tests.cli.conftest import Terminal, document
from tests.fixtures.pages import PageVisitor
from tests.importing.sheets import csv_text, workbook

INTERNS = [(f"I-{number:02}", f"인턴{letter}") for number, letter in enumerate("가나다라마바사아자차카타파하거너", 1)]
HOSTS = [f"㈜참여{letter}" for letter in "가나다라마바사아자차카타"]
RATES = ("offer_rate_of_interns", "acceptance_rate_of_offers", "conversion_rate_of_interns")
STARTED, ENDED, OFFERED, ANSWERED, CONTRACT = "2020-03-02", "2020-06-01", "2020-05-18", "2020-05-25", "2020-07-01"


def graduates() -> bytes:
    rows = [[key, name, "AI칼리지 청년인턴", "1차"] for key, name in INTERNS]
    return workbook([["수료생 ID", "성명", "과정", "기수"], *rows], titles=["청년인턴 명단"])


def move_all(terminal: Terminal, entity: str, keys: list[str], move: str, day: str, *more: str) -> None:
    for key in keys:
        terminal.done("move", entity, key, move, "--effective-on", day, *more)


@pytest.fixture
def article(terminal: Terminal) -> Terminal:
    """Six convert, six decline their offer, four are not offered."""
    terminal.bring("graduates", "graduates.xlsx", graduates())
    terminal.bring("companies", "companies.csv", csv_text("기업명", *HOSTS))
    keys = [key for key, _name in INTERNS]
    for number, key in enumerate(keys):
        pair = f"{key}/{HOSTS[number % 12]}"
        terminal.done(
            "move", "placement", pair, "create", "--with", "kind=internship", "--with", f"starts_on={STARTED}",
            "--effective-on", STARTED,
        )  # fmt: skip
    move_all(terminal, "placement", keys, "start", STARTED)
    move_all(terminal, "conversion", keys, "create", "2020-05-04")
    move_all(terminal, "conversion", keys[:12], "offer", OFFERED, "--with", "terms=정규직, 월 250만원")
    move_all(terminal, "conversion", keys[:6], "accept", ANSWERED)
    move_all(terminal, "conversion", keys[6:12], "decline", ANSWERED, "--reason", "study")
    move_all(terminal, "conversion", keys[12:], "not_offer", ENDED, "--reason", "no_vacancy")
    move_all(terminal, "placement", keys, "complete", ENDED)
    move_all(terminal, "conversion", keys[:6], "start", CONTRACT)
    return terminal


def told(terminal: Terminal, *options: str) -> list[tuple[int, int, str]]:
    """Numerator, denominator and percent of the three rates, all programs together."""
    rates = terminal.done("rates", *options)["rates"]
    everyone = {rate["name"]: rate for rate in rates if rate["program"] is None}
    return [(rate["numerator"], rate["denominator"], rate["percent"]) for rate in map(everyone.__getitem__, RATES)]


def visitor_of(terminal: Terminal, language: str = "ko") -> PageVisitor:
    """A program manager at the screens."""
    with terminal.database.transaction() as session:
        if session.exec(select(Account)).first() is None:
            session.add(
                Account(email="m@example.com", name="담당", role=Role.MANAGER, password_hash="x", session_stamp="s")
            )
    visitor = PageVisitor(terminal.app.test_client())
    visitor.client.set_cookie("lang", language)
    with visitor.client.session_transaction() as cookie:
        cookie.update({"_user_id": "1:s", "_fresh": True})
    return visitor


def words_of(visitor: PageVisitor, path: str) -> str:
    visitor.open(path)
    return " ".join(visitor.markup.text_of("main").split())


def surfaces(terminal: Terminal) -> dict[str, str]:
    """Everything that shows the rates, in both languages."""
    shown = {}
    for language in ("ko", "en"):
        spoken = ("--lang", language)
        shown[f"terminal {language}"] = terminal.type("rates", *spoken).stdout
        shown[f"json {language}"] = " ".join(
            f"{one['percent']} {one['numerator']}/{one['denominator']}"
            for one in document(terminal.type("rates", "--json", *spoken))["rates"]
        )
        shown[f"page {language}"] = words_of(visitor_of(terminal, language), "/overview")
    return shown


def people_at(terminal: Terminal, stage: str) -> int:
    """How many people the list behind a number of the funnel holds."""
    main = words_of(visitor_of(terminal), f"/people?stage={stage}")
    with terminal.database.reading() as session:
        return sum(name in main for name in session.exec(select(Graduate.name)) if name)


def hires_at_the_first_host(terminal: Terminal) -> tuple[int, int]:
    """As the list of companies tells, and the company's own page."""
    with terminal.database.reading() as session:
        host = session.exec(select(Company).where(Company.name == HOSTS[0])).one()
        counted = company_figures(session, [host])[0].hires
    stated = words_of(visitor_of(terminal), f"/companies/{host.id}")
    return counted, int(re.search(r"채용 (\d+) ?명", stated).group(1))


def assert_the_three_rates(article: Terminal) -> None:
    """As of today; as of the end of May there are offers and no conversions, at the terminal and on the page."""
    assert told(article) == [(12, 16, "75.0"), (6, 12, "50.0"), (6, 16, "37.5")]
    intervals = {rate["name"]: (rate["low"], rate["high"]) for rate in article.done("rates")["rates"]}
    assert intervals["conversion_rate_of_interns"] == (0.185, 0.614)
    offers, acceptances, conversions = told(article, "--as-of", "2020-05-31")
    assert offers[0] == 12
    assert acceptances[0] == conversions[0] == 0
    in_may = words_of(visitor_of(article), "/overview?as_of=2020-05-31")
    assert "12/12" in in_may
    assert "6/16" not in in_may


def assert_a_conversion_that_falls_through_is_gone_from_every_surface_and_comes_back(article: Terminal) -> None:
    before = surfaces(article)
    for where, words in before.items():
        assert "37.5" in words and "6/16" in words, where
        assert "31.3" not in words and "5/16" not in words, where
    assert (people_at(article, "converted"), hires_at_the_first_host(article)) == (6, (1, 1))
    article.done("move", "conversion", INTERNS[0][0], "fall_through", "--reason", "conditions_differ")
    assert told(article)[2] == (5, 16, "31.3")
    for where, words in surfaces(article).items():
        assert "31.3" in words and "5/16" in words, where
        assert "37.5" not in words and "6/16" not in words, where
    assert (people_at(article, "converted"), hires_at_the_first_host(article)) == (5, (0, 0))
    article.done("move", "conversion", INTERNS[0][0], "undo")
    assert told(article)[2] == (6, 16, "37.5")
    assert surfaces(article) == before
    assert (people_at(article, "converted"), hires_at_the_first_host(article)) == (6, (1, 1))


def assert_correcting_a_day_leaves_the_first_value_in_the_log_and_what_was_known(article: Terminal) -> None:
    """A contract that was typed as of July began in August: July has one conversion less from now on."""
    key, in_july = INTERNS[0][0], ("--as-of", "2020-07-31")
    assert "--effective-on" in article.refused("move", "conversion", key, "correct", status=2)
    sentence = article.refused("move", "conversion", key, "correct", "--effective-on", CONTRACT)
    assert "이미 그 날짜로 기록되어 있습니다." in sentence
    before = now().isoformat()
    article.done("move", "conversion", key, "correct", "--effective-on", "2020-08-03")
    assert told(article, *in_july)[2][0] == 5
    assert told(article, *in_july, "--known-at", before)[2] == (6, 16, "37.5")
    assert told(article)[2] == (6, 16, "37.5")
    with article.database.reading() as session:
        mine = select(Event).where(Event.entity == "conversion").order_by(col(Event.id).desc())
        again, undone = session.exec(mine.limit(2)).all()
        first = session.get_one(Event, undone.undo_of)
    assert [(line.move, str(line.effective_on)) for line in (first, undone, again)] == [
        ("start", CONTRACT),
        ("undo", CONTRACT),
        ("start", "2020-08-03"),
    ]


def test_the_article_comes_out_of_sheets_and_moves_and_follows_every_correction(article: Terminal):
    """One test of three parts: to type the article takes longer than to read it."""
    assert_the_three_rates(article)
    assert_a_conversion_that_falls_through_is_gone_from_every_surface_and_comes_back(article)
    assert_correcting_a_day_leaves_the_first_value_in_the_log_and_what_was_known(article)
