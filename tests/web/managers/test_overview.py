"""The first page of a manager: the figures of the rule, on any day, each number with its people."""

from datetime import date

import pytest

from placement.figures.rates import rates
from tests.fixtures.markup import Element
from tests.fixtures.pages import PageVisitor
from tests.web.partners.cast import TODAY, Town


def tracks_table(visitor: PageVisitor) -> dict[str, list[Element]]:
    """Row label → its cells: one a program (college, labeling), then all together."""
    page = visitor.markup
    table = page.all("table")[0]
    rows = [row for row in page.inside(table, "tr") if page.inside(row, "td")]
    return {page.inside(row, "th")[0].text: page.inside(row, "td") for row in rows}


def numbers(visitor: PageVisitor) -> dict[str, list[str]]:
    return {label: [cell.text.split()[0] for cell in cells] for label, cells in tracks_table(visitor).items()}


def test_the_articles_figures_stand_on_the_page(town: Town, article: None, manager: PageVisitor):
    manager.open("/overview")
    shown = numbers(manager)
    assert (shown["인턴"], shown["전환 제의"], shown["정규직 전환"]) == (
        ["16", "-", "16"],
        ["12", "-", "12"],
        ["6", "-", "6"],
    )
    assert [shown[label][0] for label in ("전환 제의율", "제의 대비 전환율", "정규직 전환율")] == [
        "75.0",
        "50.0",
        "37.5",
    ]
    words = manager.markup.text_of("main")
    for text in ("12/16", "6/12", "6/16", "50.5–89.8", "25.4–74.6", "18.5–61.4", "서초 단순 기준"):
        assert text in words


@pytest.mark.parametrize("day", [date(2020, 3, 1), date(2020, 5, 31), date(2020, 6, 30), TODAY])
def test_the_page_says_what_the_rule_says_on_any_day(town: Town, article: None, manager: PageVisitor, day: date):
    manager.open(f"/overview?as_of={day}")
    shown = tracks_table(manager)
    with town.database.reading() as session:
        figures = {(rate.program, rate.label): rate for rate in rates(session, as_of=day)}
    for (program, label), rate in figures.items():
        cell = shown[label][{"college": 0, "labeling": 1, None: 2}[program]]
        expected = f"{rate.percent} % {rate.numerator}/{rate.denominator}" if rate.denominator else "-"
        assert cell.text == expected


def test_an_earlier_day_takes_later_events_away(article: None, manager: PageVisitor):
    manager.open("/overview?as_of=2020-06-30")
    before = numbers(manager)
    manager.open("/overview?as_of=2020-07-01")
    assert (before["정규직 전환"][0], numbers(manager)["정규직 전환"][0]) == ("-", "6")


def test_a_track_without_a_result_prints_a_dash_and_never_zero_percent(article: None, manager: PageVisitor):
    manager.open("/overview")
    assert [cells[1].text for label, cells in tracks_table(manager).items() if label.endswith("율")] == ["-", "-", "-"]
    labeling = next(part for part in manager.markup.all("section") if part.get("aria-labelledby") == "track-2")
    assert "0.0" not in labeling.text
    assert "0 %" not in labeling.text


@pytest.mark.parametrize("label", ["인턴", "전환 제의", "정규직 전환", "선발"])
def test_each_number_opens_a_list_of_that_many_people(article: None, manager: PageVisitor, label: str):
    manager.open("/overview?as_of=2020-11-30")
    cell = tracks_table(manager)[label][0]
    [link] = manager.markup.inside(cell, "a")
    page = manager.open(link.get("href"))
    people = page.inside(page.all("tbody")[0], "tr")
    assert len(people) == int(cell.text.split()[0])
    assert "기준일 2020-11-30" in page.text_of("main")


def test_the_day_picker_shows_the_day_and_leads_back_to_today(article: None, manager: PageVisitor):
    manager.open("/overview?as_of=2020-05-31")
    [field] = [field for field in manager.markup.all("input") if field.get("name") == "as_of"]
    assert field.get("value") == "2020-05-31"
    assert "오늘 기준" in [link.text for link in manager.markup.all("a")]


def test_a_database_without_programs_has_an_overview_too(manager: PageVisitor):
    manager.open("/overview")
    assert {number for row in numbers(manager).values() for number in row} == {"-"}
