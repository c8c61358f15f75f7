"""Who may see figures, companies and the people behind a number."""

import pytest

from tests.fixtures.pages import PageVisitor
from tests.web.partners.cast import Town

FIGURES = ["/overview", "/duties", "/programs/1"]
OFFICE = ["/companies", "/companies/1", "/people?stage=intern"]


@pytest.mark.parametrize("page", [*FIGURES, *OFFICE])
def test_a_partner_sees_neither_figures_nor_companies_nor_people(town: Town, article: None, page: str):
    town.visitor("partner").open(page, status=403)


@pytest.mark.parametrize("page", FIGURES)
def test_a_counselor_has_no_manager_pages(town: Town, article: None, page: str):
    town.visitor("counselor").open(page, status=403)


@pytest.mark.parametrize("page", OFFICE)
def test_a_counselor_sees_companies_and_people(town: Town, article: None, page: str):
    town.visitor("counselor").open(page)


@pytest.mark.parametrize("page", [*FIGURES, *OFFICE])
def test_a_stranger_is_sent_to_sign_in(town: Town, article: None, page: str):
    stranger = PageVisitor(town.app.test_client())
    stranger.open(page)
    assert stranger.path.startswith("/sign-in")


@pytest.mark.parametrize(
    "page", ["/programs/99", "/companies/99", "/people?stage=magic", "/people?stage=intern&program=no"]
)
def test_what_is_not_there_answers_404(manager: PageVisitor, page: str):
    manager.open(page, status=404)


@pytest.mark.parametrize("page", ["/overview?as_of=gestern", "/people?stage=intern&as_of=2020-13-01"])
def test_an_odd_day_answers_400_and_says_how_a_day_is_written(manager: PageVisitor, page: str):
    assert "2020-12-01과 같은 날짜" in manager.open(page, status=400).text_of("main")
