"""Decides what a refused or failed request is told: one sentence in the reader's language, and the right status."""

import logging

from flask import Flask, g, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from employers.errors import StaleVersion
from placement.db import DatabaseUnavailableError
from placement.states import MoveRefused
from placement.texts import _, describe_refusal
from placement.web.addresses import local_address

log = logging.getLogger(__name__)
KNOWN = frozenset({400, 403, 404, 409, 413, 422, 500, 503})
QUICKER = frozenset({"changed_meanwhile", "wrong_state", "nothing_to_undo"})  # what somebody else may have done since
Answer = tuple[str, int]


def answer_errors(app: Flask) -> None:
    """Give every way to fail its page."""
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(SecurityError, answer_foreign_host)
    app.register_error_handler(CSRFError, answer_old_form)
    app.register_error_handler(MoveRefused, answer_refusal)
    app.register_error_handler(StaleVersion, answer_stale)
    for unreachable in (DatabaseUnavailableError, OperationalError, InterfaceError):
        app.register_error_handler(unreachable, answer_unreachable)
    app.register_error_handler(Exception, answer_fault)


def error_page(status: int, message: str = "", back: str | None = None, *, is_refused: bool = False) -> Answer:
    """The page of a status, with our sentence or `message`, and the way back where there is one.

    `is_refused`: the page does not have changed meanwhile, what was asked for may not be done.
    """
    shown = status if status in KNOWN else 400 if status < 500 else 500
    way_on = {"label": _("돌아가기"), "url": local_address(back)} if back else None
    page = render_template(
        "errors/error.html", status=shown, message=message, way_on=way_on, is_refused=is_refused and shown == 409
    )
    return page, status


def answer_http(error: HTTPException) -> Answer:
    """With the view's own sentence where it gave one: abort(400, _("…"))."""
    is_ours = error.description != type(error).description
    return error_page(error.code or 500, str(error.description) if is_ours else "")


def answer_foreign_host(_error: SecurityError) -> tuple[str, int, dict[str, str]]:
    """A request in the name of another host gets no page: none of our addresses could be written on it."""
    words = _("이 주소로는 서비스를 이용할 수 없습니다.")
    return f"{words}\n", 400, {"Content-Type": "text/plain; charset=utf-8"}


def answer_old_form(_error: CSRFError) -> Answer:
    return error_page(400, _("화면을 연 지 오래되었습니다. 앞 화면을 새로 열고 다시 보내 주십시오."))


def answer_refusal(error: MoveRefused) -> Answer:
    """A move that may not happen: 403 for want of the right, 422 for want of a reason, else 409."""
    status = {"not_allowed": 403, "reason_missing": 422}.get(error.refusal.code, 409)
    is_refused = error.refusal.code not in QUICKER
    return error_page(status, describe_refusal(error.refusal), request.form.get("next"), is_refused=is_refused)


def answer_stale(_error: StaleVersion) -> Answer:
    return error_page(409)


def answer_unreachable(error: Exception) -> Answer:
    log.error("the database does not answer: %s", error)
    g.is_bare = True
    return error_page(503, _("데이터베이스에 연결할 수 없습니다. 잠시 뒤 다시 시도해 주십시오."))


def answer_fault(error: Exception) -> Answer:
    log.error("a request failed", exc_info=error)
    g.is_bare = True
    return error_page(500)
