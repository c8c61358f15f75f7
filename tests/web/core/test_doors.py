"""Every door is walked through by every reader; what is not in the table below is open to nobody."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from flask import Blueprint, Flask
from werkzeug.routing import Rule

from placement import app as app_module
from placement.settings import Settings
from placement.web.doors import UnstampedDoorError, check_stamps, door
from tests.web.cast import READERS, Office

ANYONE = {"stranger", *READERS}
SIGNED_IN = set(READERS)
OFFICE = {"counselor", "colleague", "manager"}
COUNSELORS = {"counselor", "colleague"}
PARTNERS = {"partner", "rival"}
MANAGER = {"manager"}
WHO_MAY_ENTER = {
    "static": ANYONE,
    "account.sign_in": ANYONE,
    "account.sign_out": ANYONE,
    "account.choose_language": ANYONE,
    "account.show_first_page": SIGNED_IN,
    "account.show_account": SIGNED_IN,
    "account.sign_out_everywhere": SIGNED_IN,
    "notices.": ANYONE,
    "answers.make_link": OFFICE,
    "answers.": ANYONE,
    "skills.resolve": SIGNED_IN,
    "counselors.show_today": COUNSELORS,
    "counselors.": OFFICE,
    "suggestions.move_suggestion": COUNSELORS,
    "profiles.edit_graduate": OFFICE,
    "profiles.take_over": COUNSELORS,
    "posting.": OFFICE,
    "partners.": PARTNERS,
    "managers.list_people": OFFICE,
    "managers.": MANAGER,
    "companies.": OFFICE,
    "consents.": OFFICE,
    "referrals.": OFFICE,
    "allocations.": OFFICE,
    "naming.": OFFICE,
    "proposals.": COUNSELORS,
    "placements.": OFFICE,
    "papers.": OFFICE,
    "papers.print_agreement": SIGNED_IN,
    "papers.show_assessment": SIGNED_IN,
    "papers.move_assessment": SIGNED_IN,
    "papers.list_interns": PARTNERS,
    "aftercare.": OFFICE,
    "courses.": OFFICE,
    "guidances.": OFFICE,
    "interns.": PARTNERS,
    "candidates.": PARTNERS,
    "agreements.list_own": PARTNERS,
    "agreements.show": SIGNED_IN,
    "agreements.": MANAGER,
    "documents.download": SIGNED_IN,
    "documents.": MANAGER,
    "reminders.": OFFICE,
    "sheets.": OFFICE,
    "accounts.": MANAGER,
    "hand_overs.": OFFICE,
}


def who_may_enter(endpoint: str) -> set[str]:
    """The table's line for this view, or for its whole blueprint; nobody where there is none."""
    return WHO_MAY_ENTER.get(endpoint, WHO_MAY_ENTER.get(endpoint.split(".")[0] + ".", set()))


def address_of(app: Flask, rule: Rule) -> str:
    """An address of the rule, with the first row of every kind."""
    values = {name: 1 if name.endswith("_id") else "1" for name in rule.arguments}
    if rule.endpoint == "static":
        values = {"filename": "css/ieum.css"}
    with app.test_request_context():
        return app.url_for(rule.endpoint, **values)


def doors_of(app: Flask) -> Iterator[tuple[str, str, str]]:
    """(endpoint, method, address) of every door."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule.endpoint, method, address_of(app, rule)


@pytest.fixture
def town(office: Office) -> Office:
    """An office with a first row of every kind that an address names."""
    office.graduate("남궁서윤", "엑셀")
    office.opening("사무 보조", "엑셀")
    office.match()
    return office


@pytest.mark.parametrize("who", ["stranger", *READERS])
def test_every_door_opens_for_those_in_the_table_and_for_nobody_else(town: Office, who: str):
    wrong = []
    for endpoint, method, address in doors_of(town.app):
        client = town.app.test_client() if who == "stranger" else town.visitor(who).client
        with client.open(address, method=method) as answer:
            pass
        to_sign_in = answer.status_code == 303 and "/sign-in" in answer.headers["Location"]
        turned_away = answer.status_code == 403 or (to_sign_in and endpoint != "account.sign_out")
        if turned_away is (who in who_may_enter(endpoint)):
            wrong.append(f"{method} {address} ({endpoint}): {answer.status_code}")
    assert wrong == []


def test_a_stranger_is_brought_back_to_the_wished_page_after_the_sign_in_page(town: Office):
    answer = town.app.test_client().get("/graduates?counselor=mine&page=2")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/sign-in?next=/graduates?counselor%3Dmine%26page%3D2"


def test_looking_at_every_page_changes_no_row(town: Office):
    before = dump(town)
    for _endpoint, method, address in doors_of(town.app):
        if method == "GET":
            for who in READERS:
                town.visitor(who).client.get(address).close()
    assert dump(town) == before


def dump(office: Office) -> list[str]:
    with closing(sqlite3.connect(office.database.url.database or "")) as connection:
        return list(connection.iterdump())


def test_a_form_without_its_token_changes_nothing(town: Office):
    before = dump(town)
    for endpoint, method, address in doors_of(town.app):
        if method == "POST":
            for who in READERS:
                answer = town.visitor(who).client.post(address, data={"move": "shortlist"})
                assert answer.status_code in (400, 403), (endpoint, who)
    assert dump(town) == before


def test_an_app_with_a_door_that_says_nobody_does_not_start(app: Flask):
    app.view_functions["forgotten"] = lambda: "secrets"
    with pytest.raises(UnstampedDoorError, match="forgotten"):
        check_stamps(app)


def test_the_app_asks_every_door_before_it_starts(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    careless = Blueprint("careless", __name__)
    careless.add_url_rule("/careless", "show", lambda: "secrets")
    monkeypatch.setattr(app_module, "DOORS", (*app_module.DOORS, careless))
    with pytest.raises(UnstampedDoorError, match=r"careless\.show"):
        app_module.create_app(settings)


def test_an_unstamped_door_stays_shut_even_if_the_check_is_forgotten(settings, office: Office):
    office.app.view_functions["counselors.show_today"] = lambda: "secrets"
    answer = office.visitor("counselor").client.get("/today")
    assert (answer.status_code, b"secrets" in answer.data) == (403, False)


def test_a_permission_that_no_role_holds_opens_for_nobody(office: Office):
    office.app.view_functions["counselors.show_today"] = door("moon:walk")(lambda: "secrets")
    assert {who: office.visitor(who).client.get("/today").status_code for who in READERS} == dict.fromkeys(READERS, 403)
