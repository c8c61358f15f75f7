"""Nobody reaches somebody else's row by its number: every address with a row in it is walked, read and written."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import func, select

from employers.models import Agreement, Opening
from placement import moving
from placement.assessments import open_assessment
from placement.documents import keep_document
from placement.guidances import tell
from placement.hand_overs import hand_over
from placement.internship_agreements import draft_agreement
from placement.models import (
    Account,
    AgreementDocument,
    Assessment,
    Conversion,
    Event,
    Graduate,
    Guidance,
    HandOver,
    InternshipAgreement,
    Placement,
    Referral,
    RetentionCheck,
    Suggestion,
)
from placement.settings import Settings
from tests.fixtures.service import TEST_KEY
from tests.placement.papers_of_agreements import PDF
from tests.web.aftercare.conftest import After
from tests.web.cast import OFFICE, TODAY

SECRETS = ("남궁서윤", "황보라온", "01000000001", "seoyun@example.com")
FULL = (
    *(Account, Agreement, AgreementDocument, Assessment, Conversion, Graduate, Guidance, HandOver),
    *(InternshipAgreement, Opening, Placement, Referral, RetentionCheck, Suggestion),
)
MOVES = ("undo", "withdraw")
NUMBERS = (1, 2, 3)


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url=sqlite_url, secret_key=TEST_KEY, today=TODAY, documents=tmp_path)


@pytest.fixture
def town(app: Flask, settings: Settings) -> After:
    """An office where a row of every kind stands, all of them the office's or the partner's, none the rival's."""
    office = After(app)
    office.match()
    placement, outside = office.intern(), office.external()
    office.job()
    with office.database.transaction() as session:
        intern = session.get_one(Placement, placement)
        paper = draft_agreement(session, intern, OFFICE, today=TODAY)
        moving.advance(session, paper, "fill", OFFICE, effective_on=TODAY, mentor="박멘토")
        moving.advance(session, paper, "issue", OFFICE, effective_on=TODAY)
        open_assessment(session, intern, "midterm", OFFICE, today=TODAY)
        pledge = session.exec(select(Agreement)).one()
        keep_document(session, pledge, "협약서.pdf", PDF, OFFICE, folder=settings.documents, today=TODAY)
        other, posted = session.get_one(Graduate, office.other), session.get_one(Opening, outside)
        tell(session, other, posted, OFFICE, today=TODAY)
        giver, receiver = (session.get_one(Account, office.accounts[who].id) for who in ("counselor", "colleague"))
        hand_over(session, giver, receiver, [office.other], OFFICE, today=TODAY)
    return office


def addresses(office: After, method: str) -> Iterator[tuple[str, str]]:
    """(rule, address) with the first numbers, for every rule with a number in its path."""
    rules = [rule for rule in office.app.url_map.iter_rules() if method in (rule.methods or set())]
    for rule in rules:
        numbered = [name for name, kind in rule._converters.items() if type(kind).__name__ == "IntegerConverter"]
        if numbered:
            others = dict.fromkeys(rule.arguments - set(numbered), "1")
            for number in NUMBERS:
                with office.app.test_request_context():
                    yield rule.rule, office.app.url_for(rule.endpoint, **dict.fromkeys(numbered, number), **others)


def visitor(office: After, who: str) -> FlaskClient:
    """Nobody, a partner of another company, or somebody whose way in is gone."""
    if who == "nobody":
        return office.app.test_client()
    client = office.visitor("partner" if who in ("signed out", "stopped") else who).client
    if who == "signed out":
        office.change(Account, office.accounts["partner"].id or 0, session_stamp="another")
    if who == "stopped":
        office.change(Account, office.accounts["partner"].id or 0, state="inactive")
    return client


def test_the_office_of_these_tests_has_a_row_of_every_kind(town: After):
    with town.database.reading() as session:
        assert [t.__name__ for t in FULL if not session.exec(select(func.count()).select_from(t)).one()] == []


@pytest.mark.parametrize("who", ["nobody", "rival", "signed out", "stopped"])
def test_no_page_of_somebody_elses_row_opens_whatever_number_is_typed(town: After, who: str):
    client, opened = visitor(town, who), []
    for _rule, address in addresses(town, "GET"):
        with client.get(address) as answer:
            told = [word for word in SECRETS if word in answer.get_data(as_text=True)]
            if answer.status_code not in (303, 403, 404) or told:
                opened.append((address, answer.status_code, told))
    assert opened == []


def test_no_list_of_another_company_names_anybody(town: After):
    client, told = town.visitor("rival").client, []
    for rule in town.app.url_map.iter_rules():
        if "GET" in (rule.methods or set()) and not rule.arguments:
            with client.get(rule.rule, follow_redirects=True) as answer:
                told += [(rule.rule, word) for word in SECRETS if word in answer.get_data(as_text=True)]
    assert told == []


@pytest.mark.parametrize("who", ["rival", "partner"])
def test_a_company_that_posts_straight_to_a_number_changes_nobody_elses_row(town: After, who: str):
    """With the token of a page of its own: the rival everywhere, the partner wherever the office alone may write."""
    client = town.visitor(who).client
    page = client.get("/account").get_data(as_text=True)
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    before, done = events(town), []
    for rule, address in addresses(town, "POST"):
        if who == "partner" and rule.startswith(("/my-", "/candidates", "/assessments")):
            continue
        for name in MOVES:
            answer = client.post(address, data={"csrf_token": token, "move": name, "reason": "other", "note": "-"})
            if answer.status_code not in (403, 404):
                done.append((address, name, answer.status_code))
    assert (done, events(town)) == ([], before)


def events(office: After) -> int:
    with office.database.reading() as session:
        return session.exec(select(func.count()).select_from(Event)).one()


@pytest.mark.parametrize("state", ["asked", "sent", "withdrawn"])
def test_a_company_reads_no_name_before_its_interest_or_after_a_no(app: Flask, state: str):
    office = After(app)
    referral = office.send()
    with office.database.transaction() as session:
        row = session.get_one(Referral, referral)
        if state == "withdrawn":
            for name in ("show_interest", "withdraw"):
                moving.advance(session, row, name, OFFICE, effective_on=TODAY, note="전화", reason="other")
        for _step in range(1 if state == "asked" else 0):
            moving.take_back(session, row, OFFICE, effective_on=TODAY)
    client, told = office.visitor("partner").client, []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or set()) and not rule.arguments - {"referral_id", "opening_id", "placement_id"}:
            with app.test_request_context():
                address = app.url_for(rule.endpoint, **dict.fromkeys(rule.arguments, 1))
            with client.get(address, follow_redirects=True) as answer:
                told += [(address, word) for word in SECRETS if word in answer.get_data(as_text=True)]
    assert told == []
