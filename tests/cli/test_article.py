"""The article's internship, entered through sheets and moves alone: 16 interns, 12 offers, 6 conversions."""

import pytest
from sqlmodel import select

from employers.columns import now
from placement.enums import Role
from placement.models import Account, Event, Graduate
from tests.cli.conftest import Terminal
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


def seen(terminal: Terminal) -> str:
    """The words of the manager's page: its rates and its funnel."""
    with terminal.database.transaction() as session:
        if session.exec(select(Account)).first() is None:
            session.add(
                Account(email="m@example.com", name="담당", role=Role.MANAGER, password_hash="x", session_stamp="s")
            )
    visitor = PageVisitor(terminal.app.test_client())
    with visitor.client.session_transaction() as cookie:
        cookie.update({"_user_id": "1:s", "_fresh": True})
    visitor.open("/overview")
    return " ".join(visitor.markup.text_of("main").split())


def people_at(terminal: Terminal, stage: str) -> int:
    """How many people the list behind a number of the funnel holds."""
    visitor = PageVisitor(terminal.app.test_client())
    with visitor.client.session_transaction() as cookie:
        cookie.update({"_user_id": "1:s", "_fresh": True})
    visitor.open(f"/people?stage={stage}")
    with terminal.database.reading() as session:
        names = [name for name in session.exec(select(Graduate.name)) if name]
    main = visitor.markup.text_of("main")
    return sum(name in main for name in names)


def test_the_article_comes_out_of_sheets_and_moves(article: Terminal):
    assert told(article) == [(12, 16, "75.0"), (6, 12, "50.0"), (6, 16, "37.5")]
    intervals = {rate["name"]: (rate["low"], rate["high"]) for rate in article.done("rates")["rates"]}
    assert intervals["conversion_rate_of_interns"] == (0.185, 0.614)


def test_as_of_the_end_of_may_there_are_offers_and_no_conversions(article: Terminal):
    offers, acceptances, conversions = told(article, "--as-of", "2020-05-31")
    assert offers[0] == 12
    assert acceptances[0] == conversions[0] == 0


def test_a_conversion_that_falls_through_is_gone_from_every_surface_and_comes_back(article: Terminal):
    before = seen(article)
    assert "37.5" in before
    assert "31.3" not in before
    assert people_at(article, "converted") == 6
    article.done("move", "conversion", INTERNS[0][0], "fall_through", "--reason", "conditions_differ")
    assert told(article)[2] == (5, 16, "31.3")
    assert "31.3" in seen(article)
    assert "37.5" not in seen(article)
    assert people_at(article, "converted") == 5
    article.done("move", "conversion", INTERNS[0][0], "undo")
    assert told(article)[2] == (6, 16, "37.5")
    assert seen(article) == before


def test_correcting_a_day_leaves_the_first_value_in_the_log_and_what_was_known(article: Terminal):
    """A contract that was typed as of July began in August: July has one conversion less from now on."""
    key, in_july = INTERNS[0][0], ("--as-of", "2020-07-31")
    before = now().isoformat()
    article.done("move", "conversion", key, "correct", "--effective-on", "2020-08-03")
    assert told(article, *in_july)[2][0] == 5
    assert told(article, *in_july, "--known-at", before)[2] == (6, 16, "37.5")
    assert told(article)[2] == (6, 16, "37.5")
    with article.database.reading() as session:
        lines = session.exec(select(Event).where(Event.entity == "conversion").order_by(Event.id.desc()).limit(3)).all()
    assert [(line.move, str(line.effective_on)) for line in lines[:2]] == [("start", "2020-08-03"), ("undo", CONTRACT)]
    with article.database.reading() as session:
        first = session.get_one(Event, lines[1].undo_of)
    assert (first.move, str(first.effective_on)) == ("start", CONTRACT)


def test_a_correction_without_a_day_or_to_the_same_day_changes_nothing(article: Terminal):
    key = INTERNS[0][0]
    assert "--effective-on" in article.refused("move", "conversion", key, "correct", status=2)
    sentence = article.refused("move", "conversion", key, "correct", "--effective-on", CONTRACT)
    assert "이미 그 날짜로 기록되어 있습니다." in sentence
