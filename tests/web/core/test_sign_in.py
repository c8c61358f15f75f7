"""How people come in and go out, and what a cookie is worth afterwards."""

from typing import Any, Literal

import pytest
from argon2 import Parameters, PasswordHasher, extract_parameters
from flask import Flask
from sqlmodel import Session

from placement import people
from placement.accounts import create_account
from placement.app import create_app
from placement.models import Account
from placement.people import hash_password
from placement.settings import Settings
from tests.fixtures.pages import PageVisitor
from tests.web.cast import OFFICE, TODAY, Office

PASSWORD = "아주 긴 비밀번호 열두 자"
FIRST_PAGES = {"counselor": "/today", "partner": "/candidates", "manager": "/overview"}


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def add_account(session: Session, email: str, name: str, role: str, password: str, **given: Any) -> Account:
    known = {"email": email, "name": name, "role": role, "password_hash": hash_password(password), **given}
    return create_account(session, OFFICE, today=TODAY, **known)


@pytest.fixture
def account(office: Office) -> Account:
    with office.database.transaction() as session:
        return add_account(session, "New@Example.com", "새 상담사", "counselor", PASSWORD)


def sign_in(pages: PageVisitor, email: str = "new@example.com", password: str = PASSWORD, status: int = 200) -> str:
    pages.open("/sign-in")
    return pages.submit("로그인", email=email, password=password, status=status).text_of("main")


def test_the_right_password_leads_to_the_own_first_page(pages: PageVisitor, account: Account):
    sign_in(pages)
    assert pages.path == "/today"
    assert "새 상담사" in pages.markup.text_of("header")


@pytest.mark.parametrize("who", FIRST_PAGES)
def test_each_reader_lands_on_the_page_of_the_day(office: Office, who: str):
    visitor = office.visitor(who)
    visitor.open("/")
    assert visitor.path == FIRST_PAGES[who]


def test_the_address_may_be_typed_in_any_case_and_with_spaces(pages: PageVisitor, account: Account):
    sign_in(pages, email=" NEW@example.com ")
    assert pages.path == "/today"


@pytest.mark.parametrize(
    ("email", "password"), [("new@example.com", "틀린 비밀번호 열두 자"), ("nobody@example.com", PASSWORD)]
)
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    pages: PageVisitor, account: Account, email: str, password: str
):
    said = sign_in(pages, email, password, status=422)
    assert "이메일이나 비밀번호가 맞지 않습니다." in said
    assert "틀린" not in pages.response.get_data(as_text=True)


@pytest.mark.parametrize("email", ["new@example.com", "nobody@example.com"])
def test_after_a_failure_the_address_stays_typed_and_the_password_does_not(
    pages: PageVisitor, account: Account, email: str
):
    sign_in(pages, email, "틀린 비밀번호 열두 자", status=422)
    page = pages.response.get_data(as_text=True)
    assert f'value="{email}"' in page
    assert "틀린" not in page


class Watched(PasswordHasher):
    """Remembers of what cost each check was, and whether anything was hashed beside."""

    def __init__(self, **cost: int) -> None:
        super().__init__(**cost)
        self.checks: list[Parameters] = []

    def hash(self, *_given: Any, **_named: Any) -> str:
        raise AssertionError("a check of a password makes no hash")

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        self.checks.append(extract_parameters(str(hash)))
        return super().verify(hash, password)


def test_every_failure_costs_one_check_of_the_same_cost_from_the_first_one_on(
    pages: PageVisitor, office: Office, account: Account, monkeypatch: pytest.MonkeyPatch
):
    watched = Watched(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(people, "hasher", watched)
    sign_in(pages, "nobody@example.com", status=422)
    sign_in(pages, password="틀린 비밀번호 열두 자", status=422)
    office.change(Account, account.id, state="inactive")
    sign_in(pages, status=422)
    assert len(watched.checks) == 3
    assert watched.checks[0] == watched.checks[1] == watched.checks[2]


def test_an_account_that_was_switched_off_does_not_come_in(pages: PageVisitor, office: Office, account: Account):
    office.change(Account, account.id, state="inactive")
    assert "맞지 않습니다" in sign_in(pages, status=422)


@pytest.mark.parametrize("fields", [{"email": ""}, {"password": ""}, {"email": "x" * 300}, {"password": "x" * 300}])
def test_an_empty_or_endless_field_is_named(pages: PageVisitor, account: Account, fields: dict[str, str]):
    pages.open("/sign-in")
    shown = pages.submit("로그인", status=422, **{"email": "new@example.com", "password": PASSWORD, **fields})
    assert "필수 항목입니다." in shown.text_of("main") or "너무 깁니다." in shown.text_of("main")


def test_after_signing_in_the_wished_page_opens(pages: PageVisitor, account: Account):
    pages.open("/openings?state=open")
    pages.submit("로그인", email="new@example.com", password=PASSWORD)
    assert pages.path == "/openings?state=open"


@pytest.mark.parametrize(
    "wished", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "/a\nb"]
)
def test_nobody_is_sent_to_a_foreign_address(pages: PageVisitor, account: Account, wished: str):
    answer = post_sign_in(pages, query={"next": wished})
    assert answer.headers["Location"] == "/"


def post_sign_in(pages: PageVisitor, query: dict[str, str]):
    token = token_of(pages, "/sign-in")
    fields = {"csrf_token": token, "email": "new@example.com", "password": PASSWORD}
    return pages.client.post("/sign-in", query_string=query, data=fields)


def token_of(pages: PageVisitor, path: str) -> str:
    fields = pages.open(path).all("input")
    return next(field.get("value") for field in fields if field.get("name") == "csrf_token")


def test_a_copied_cookie_is_worthless_after_signing_out(pages: PageVisitor, app: Flask, account: Account):
    sign_in(pages)
    copied = pages.client.get_cookie("ieum")
    thief = PageVisitor(app.test_client())
    thief.client.set_cookie("ieum", copied.value)
    thief.open("/today")
    assert thief.path == "/today"
    pages.open("/help")
    sign_out(pages)
    thief.open("/today")
    assert thief.path.startswith("/sign-in")


def sign_out(pages: PageVisitor) -> None:
    pages.client.post("/sign-out", data={"csrf_token": token_of(pages, "/help")})


def test_signing_out_is_confirmed_and_closes_the_doors(pages: PageVisitor, account: Account):
    sign_in(pages)
    sign_out(pages)
    assert "로그아웃했습니다." in pages.open("/sign-in").text_of("main")
    pages.open("/today")
    assert pages.path.startswith("/sign-in")


def test_a_switched_off_account_is_out_at_once(pages: PageVisitor, office: Office, account: Account):
    sign_in(pages)
    office.change(Account, account.id, state="inactive")
    pages.open("/today")
    assert pages.path.startswith("/sign-in")


@pytest.mark.parametrize("said", ["", "1", "1:", "x:y", "999999:counselor", "²:counselor", "99999999999999999999:x"])
def test_an_odd_cookie_is_a_stranger(office: Office, said: str):
    visitor = PageVisitor(office.app.test_client())
    with visitor.client.session_transaction() as cookie:
        cookie["_user_id"] = said
    visitor.open("/today")
    assert visitor.path.startswith("/sign-in")


def test_signing_in_leaves_nothing_of_the_session_before(pages: PageVisitor, account: Account):
    pages.open("/sign-in")
    with pages.client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
    sign_in(pages)
    with pages.client.session_transaction() as cookie:
        assert "planted" not in cookie


def test_a_demo_shows_who_may_come_in_and_lets_them_in_at_one_tap(pages: PageVisitor, office: Office):
    with office.database.transaction() as session:
        add_account(session, "demo@example.com", "겨울담", "manager", people.DEMO_PASSWORD, is_demo=True)
    shown = pages.open("/sign-in").text_of("main")
    assert "시연용 계정" in shown
    pages.submit("들어가기 겨울담")
    assert pages.path == "/overview"


def test_without_a_demo_nobody_is_offered(pages: PageVisitor, account: Account):
    assert "시연용 계정" not in pages.open("/sign-in").text_of("main")


def test_the_cookie_of_a_session_is_shut_to_scripts_and_other_sites(pages: PageVisitor, account: Account):
    answer = post_sign_in(pages, query={})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_in_production_the_cookie_travels_encrypted_and_no_demo_account_is_shown(settings: Settings):
    safe = Settings(settings.database_url, settings.secret_key, "production", "https://ieum.example")
    app = create_app(safe)
    office = Office(app)
    with office.database.transaction() as session:
        add_account(session, "demo@example.com", "겨울담", "manager", people.DEMO_PASSWORD, is_demo=True)
    answer = app.test_client().get("/sign-in", base_url="https://ieum.example")
    assert "겨울담" not in answer.text
    assert answer.headers["Set-Cookie"].startswith("__Host-ieum=")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "max-age" in answer.headers["Strict-Transport-Security"]
    assert app.test_client().get("/sign-in", base_url="https://other.example").status_code == 400
    office.database.close()
