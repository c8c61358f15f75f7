"""Korean first, English beside it: who chooses, and that the English catalogue is complete."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask

from tests.fixtures.pages import PageVisitor

ROOT = Path(__file__).parents[3]
CATALOGUE = ROOT / "placement" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
PLACES = re.compile(r"%\(\w+\)(?:\.\d)?[a-z]")


@pytest.fixture(scope="module")
def english() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file)


def spoken() -> set[str]:
    """Every message that code and templates say."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(str(ROOT), methods, options, keywords={"_": None, "N_": None, "gettext": None})
    return {message for _file, _line, message, _comments, _context in found}


def test_every_message_is_said_in_english(english: Catalog):
    missing = {text for text in spoken() if text not in english or not english[text].string}
    assert missing == set()


def test_the_catalogue_holds_nothing_that_nobody_says(english: Catalog):
    assert {message.id for message in english if message.id} - spoken() == set()


def test_no_english_sentence_is_a_guess_or_still_korean(english: Catalog):
    said = [message for message in english if message.id]
    assert [message.id for message in said if message.fuzzy] == []
    assert [message.string for message in said if re.search("[가-힣]", message.string)] == []


def test_every_place_for_a_value_is_kept(english: Catalog):
    said = [message for message in english if message.id]
    wrong = [m.id for m in said if sorted(PLACES.findall(m.id)) != sorted(PLACES.findall(m.string))]
    assert wrong == []


def test_the_catalogue_compiles(english: Catalog):
    compiled = BytesIO()
    write_mo(compiled, english)
    assert compiled.tell() > 1000


@pytest.mark.parametrize(
    ("wish", "lang"),
    [("en-GB,en;q=0.9", "en"), ("ko-KR,ko;q=0.9,en;q=0.5", "ko"), ("fr-FR", "ko"), ("", "ko"), ("fr,en;q=0.1", "en")],
)
def test_the_browsers_wish_is_heard(app: Flask, wish: str, lang: str):
    answer = app.test_client().get("/sign-in", headers={"Accept-Language": wish})
    assert f'<html lang="{lang}">' in answer.text


def test_a_chosen_language_wins_and_the_reader_stays_on_the_page(pages: PageVisitor):
    pages.open("/help?x=1")
    page = pages.markup
    token = next(field.get("value") for field in page.all("input") if field.get("name") == "csrf_token")
    fields = {"lang": "en", "next": "/help?x=1", "csrf_token": token}
    answer = pages.client.post("/language", data=fields)
    assert answer.headers["Location"] == "/help?x=1"
    assert pages.open("/help").text_of("h1") == "Help"


def test_an_unknown_language_is_refused(pages: PageVisitor):
    page = pages.open("/help")
    token = next(field.get("value") for field in page.all("input") if field.get("name") == "csrf_token")
    assert pages.client.post("/language", data={"lang": "fr", "csrf_token": token}).status_code == 400


def test_a_planted_language_cookie_is_ignored(pages: PageVisitor):
    pages.client.set_cookie("lang", "../../etc")
    assert pages.open("/help").all("html")[0].get("lang") == "ko"
