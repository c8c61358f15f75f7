"""Decides how somebody comes in, goes out, lands on the own first page, and chooses a language."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlmodel import Session
from werkzeug.wrappers import Response

from placement.models import Account
from placement.people import DEMO_PASSWORD, authenticate, demo_accounts, end_sessions, find_account
from placement.texts import LANGUAGES, _, speak
from placement.web import sessions
from placement.web.addresses import local_address
from placement.web.doors import ANYONE, SIGNED_IN, current_account, door, reading, settings, transaction
from placement.web.forms.sign_in import SignInForm
from placement.web.languages import COOKIE
from placement.web.menus import first_page_of

blueprint = Blueprint("account", __name__)
A_YEAR_S = 31_536_000


@blueprint.get("/")
@door(SIGNED_IN)
def show_first_page() -> Response:
    return redirect(first_page_of(current_account()), code=303)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@door(ANYONE)
def sign_in() -> Response | str | tuple[str, int]:
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(url_for("account.show_first_page"), code=303)
    form = SignInForm()
    if not form.validate_on_submit():
        return sign_in_page(form, status=422 if request.method == "POST" else 200)
    with reading() as session:
        account = find_account(session, form.email.data)
    if not authenticate(account, form.password.data) or account is None:
        form.password.errors = [_("이메일이나 비밀번호가 맞지 않습니다.")]
        return sign_in_page(form, status=422)
    sessions.begin(account)
    return redirect(local_address(request.args.get("next")), code=303)


def sign_in_page(form: SignInForm, status: int) -> tuple[str, int]:
    """The form; on a demo in development also who may come in, with the password."""
    with reading() as session:
        accounts = offered_accounts(session)
    page = render_template(
        "account/sign_in.html", form=form, accounts=accounts, demo_password=DEMO_PASSWORD if accounts else ""
    )
    return page, status


def offered_accounts(session: Session) -> list[Account]:
    """The demo's accounts; nobody in production."""
    return [] if settings().is_production else demo_accounts(session)


@blueprint.post("/sign-out")
@door(ANYONE)
def sign_out() -> Response:
    if current_user.is_authenticated:
        with transaction() as session:
            end_sessions(session, current_account())
        sessions.end()
        flash(_("로그아웃했습니다."), "good")
    return redirect(url_for("account.sign_in"), code=303)


@blueprint.post("/language")
@door(ANYONE)
def choose_language() -> Response:
    chosen = request.form.get("lang", "")
    if chosen not in LANGUAGES:
        abort(400)
    speak(chosen)
    answer = redirect(local_address(request.form.get("next")), code=303)
    answer.set_cookie(COOKIE, chosen, max_age=A_YEAR_S, httponly=True, samesite="Lax", secure=settings().is_production)
    return answer
