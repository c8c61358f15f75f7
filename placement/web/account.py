"""Decides how somebody comes in, goes out, changes the own password, and chooses a language."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlmodel import Session
from werkzeug.wrappers import Response

from placement import moving
from placement.access import actor_for, visible_accounts
from placement.cases import trail_of
from placement.models import Account, Company
from placement.people import DEMO_PASSWORD, authenticate, demo_accounts, end_sessions, find_account, hash_password
from placement.texts import LANGUAGES, _, speak
from placement.web import sessions
from placement.web.addresses import local_address
from placement.web.doors import ANYONE, SIGNED_IN, attempt, current_account, door, fetch, reading, settings, today
from placement.web.forms.accounts import OwnPasswordForm
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
        attempt(lambda session: end_sessions(session, current_account()))
        sessions.end()
        flash(_("로그아웃했습니다."), "good")
    return redirect(url_for("account.sign_in"), code=303)


@blueprint.route("/account", methods=["GET", "POST"])
@door(SIGNED_IN)
def show_account() -> Response | tuple[str, int]:
    """Who the reader is here, and the form for a new password, which signs out every other device."""
    form = OwnPasswordForm()
    if not form.validate_on_submit():
        return own_page(form)
    if not authenticate(current_account(), form.present.data):
        form.present.errors = [_("지금 비밀번호가 맞지 않습니다.")]
        return own_page(form)
    renew("change_password", password_hash=hash_password(form.password.data))
    flash(_("비밀번호를 바꾸었습니다. 다른 기기에서는 모두 로그아웃했습니다."), "good")
    return redirect(url_for("account.show_account"), code=303)


@blueprint.post("/account/sign-out-everywhere")
@door(SIGNED_IN)
def sign_out_everywhere() -> Response:
    renew("sign_out_everywhere")
    flash(_("다른 기기에서 모두 로그아웃했습니다."), "good")
    return redirect(url_for("account.show_account"), code=303)


def renew(name: str, **given: str) -> None:
    """Make a move of the own account that ends all sessions, and begin a new one here."""
    account = current_account()

    def work(session: Session) -> Account:
        mine = fetch(session, visible_accounts(account), id=account.id)
        moving.advance(session, mine, name, actor_for(account), effective_on=today(session), **given)
        return mine

    sessions.begin(attempt(work))


def own_page(form: OwnPasswordForm) -> tuple[str, int]:
    """The reader's own account, with what was done to it."""
    account = current_account()
    with reading() as session:
        company = session.get(Company, account.company_id or 0)
        trail = trail_of(session, "account", account.id or 0)
    page = render_template("account/account.html", account=account, company=company, trail=trail, form=form)
    return page, 422 if form.errors else 200


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
