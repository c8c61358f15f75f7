"""What is open to anyone says the right thing, errors come as one sentence, and every answer shuts the browser's doors."""

import re

import pytest
from flask import Flask, abort
from sqlalchemy.exc import OperationalError

from employers.columns import now
from employers.errors import StaleVersion
from employers.moves import Refusal
from placement.app import create_app
from placement.heartbeats import ALIVE_WITHIN, beat
from placement.models import Heartbeat
from placement.settings import Settings
from placement.states import MoveRefused
from placement.web.doors import ANYONE, door
from tests.fixtures.pages import PageVisitor
from tests.web.cast import Office

REFUSED = MoveRefused(Refusal("opening_is_full", {"seats": 2}))
TROUBLES = {
    400: (lambda: abort(400), "요청을 이해하지 못했습니다"),
    403: (lambda: abort(403), "권한이 없습니다"),
    404: (lambda: abort(404), "찾는 화면이 없습니다"),
    405: (lambda: abort(405), "요청을 이해하지 못했습니다"),
    409: (lambda: _raise(REFUSED), "모집인원 2명이 모두 찼습니다."),
    410: (lambda: abort(410), "요청을 이해하지 못했습니다"),
    413: (lambda: abort(413), "파일이 너무 큽니다"),
    422: (lambda: _raise(MoveRefused(Refusal("reason_missing"))), "사유를 선택해 주십시오."),
    500: (lambda: _raise(ZeroDivisionError("secret detail")), "처리 중 오류가 발생했습니다"),
    503: (
        lambda: _raise(OperationalError("secret statement", {}, Exception("secret"))),
        "데이터베이스에 연결할 수 없습니다",
    ),
}


def _raise(error: Exception) -> None:
    raise error


@pytest.fixture
def trouble(app: Flask) -> Flask:
    """The app with one more page for each way to fail."""
    app.testing = False
    for status, (view, _words) in TROUBLES.items():
        app.add_url_rule(f"/trouble/{status}", f"trouble{status}", door(ANYONE)(view))
    return app


@pytest.mark.parametrize("status", TROUBLES)
def test_a_failure_is_told_in_one_sentence_with_its_status(trouble: Flask, status: int):
    shown = PageVisitor(trouble.test_client()).open(f"/trouble/{status}", status=status).text_of("main")
    assert TROUBLES[status][1] in shown
    assert "secret" not in shown


def test_a_failure_is_told_in_the_readers_language(trouble: Flask):
    answer = trouble.test_client().get("/trouble/404", headers={"Accept-Language": "en-GB,en;q=0.8"})
    assert "This page does not exist" in answer.text
    assert '<html lang="en">' in answer.text


def test_a_stale_form_is_a_conflict(app: Flask):
    app.add_url_rule("/stale", "stale", door(ANYONE)(lambda: _raise(StaleVersion())))
    PageVisitor(app.test_client()).open("/stale", status=409)


def test_an_unknown_address_is_a_page_of_ours(pages: PageVisitor):
    assert "찾는 화면이 없습니다" in pages.open("/no/such/page", status=404).text_of("h1")


def test_a_broken_database_still_answers_with_a_page(tmp_path):
    app = create_app(Settings(f"sqlite:///{tmp_path / 'none' / 'nowhere.db'}", "k" * 40))
    shown = PageVisitor(app.test_client()).open("/sign-in", status=503)
    assert "데이터베이스에 연결할 수 없습니다" in shown.text_of("main")


def test_an_endless_form_is_refused(app: Flask):
    answer = app.test_client().post("/sign-in", data={"email": "x" * (17 * 1024 * 1024)})
    assert answer.status_code == 413


def test_the_service_is_well_while_its_processes_are_heard(office: Office):
    with office.database.transaction() as session:
        beat(session, "clock")
        beat(session, "worker")
    answer = office.app.test_client().get("/healthz")
    assert (answer.status_code, answer.json) == (
        200,
        {"status": "ok", "database": "ok", "clock": "ok", "worker": "ok"},
    )


def test_a_silent_worker_makes_the_service_ill(office: Office):
    with office.database.transaction() as session:
        beat(session, "clock")
        session.add(Heartbeat(name="worker", at=now() - ALIVE_WITHIN))
    answer = office.app.test_client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json == {"status": "down", "database": "ok", "clock": "ok", "worker": "down"}


def test_a_service_without_clock_and_worker_may_say_so(settings: Settings):
    app = create_app(settings, expects=())
    assert app.test_client().get("/healthz").json == {"status": "ok", "database": "ok"}


def test_a_missing_database_makes_the_service_ill(tmp_path):
    app = create_app(Settings(f"sqlite:///{tmp_path / 'none' / 'nowhere.db'}", "k" * 40))
    answer = app.test_client().get("/healthz")
    assert (answer.status_code, answer.json["database"]) == (503, "down")


@pytest.mark.parametrize("path", ["/help", "/privacy", "/accessibility", "/sign-in"])
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_open_pages_read_well_in_both_languages(pages: PageVisitor, path: str, lang: str):
    pages.client.set_cookie("lang", lang)
    shown = pages.open(path)
    assert shown.all("html")[0].get("lang") == lang
    korean = re.findall("[가-힣]+", shown.text_of("main"))
    assert bool(korean) is (lang == "ko")


def test_robots_are_asked_to_stay_out(app: Flask):
    answer = app.test_client().get("/robots.txt")
    assert (answer.mimetype, "Disallow: /" in answer.text) == ("text/plain", True)


def test_the_icon_is_found_where_browsers_look(app: Flask):
    with app.test_client().get("/favicon.ico", follow_redirects=True) as answer:
        assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")


@pytest.mark.parametrize("path", ["/sign-in", "/healthz", "/no/such/page", "/today", "/static/css/ieum.css"])
def test_every_answer_forbids_foreign_code_frames_and_guessing(app: Flask, path: str):
    with app.test_client().get(path) as answer:
        headers = answer.headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert (headers.get("Cache-Control") == "no-store") is (not path.startswith("/static"))
