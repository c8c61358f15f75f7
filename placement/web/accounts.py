"""Decides how the program manager keeps the log-ins of colleagues and companies: makes, changes, stops and reopens them."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlmodel import Session, col
from werkzeug.wrappers import Response

from placement import moving
from placement.access import actor_for, visible_accounts, visible_companies
from placement.accounts import OWN, create_account
from placement.cases import trail_of
from placement.hand_overs import caseload_of
from placement.models import Account, Company
from placement.people import AccountRefusedError, hash_password
from placement.states import Actor
from placement.texts import N_, _
from placement.web import sessions
from placement.web.doors import attempt, current_account, door, fetch, reading, today
from placement.web.forms.accounts import ACCOUNT_FORMS, AccountForm, RoleForm
from placement.web.forms.moves import MoveForm
from placement.web.moves import UNDO, asked_move, form_for, may_take_back, offer_moves, say_done

blueprint = Blueprint("accounts", __name__, url_prefix="/accounts")
Answer = Response | tuple[str, int]
REFUSED = {
    "address_taken": N_("이미 있는 주소입니다."),
    "address_odd": N_("이메일 주소의 모양이 아닙니다."),
}


@blueprint.route("", methods=["GET", "POST"])
@door("account:make")
def list_accounts() -> Answer:
    form = AccountForm()
    with reading() as session:
        form.offer_companies(companies_of(session))
    if request.method != "POST" or not form.validate():
        return accounts_page(form)
    known = {**form.to_values(), "password_hash": hash_password(form.password.data)}
    maker = actor_for(current_account())
    try:
        account = attempt(lambda session: create_account(session, maker, today=today(session), **known))
    except AccountRefusedError as refusal:
        form.email.errors = [_(REFUSED[str(refusal)])]
        return accounts_page(form)
    flash(_("%(name)s 님의 계정을 만들었습니다. 초기 비밀번호를 직접 전해 주십시오.", name=account.name), "good")
    return redirect(url_for("accounts.list_accounts"), code=303)


def companies_of(session: Session) -> list[tuple[int, str]]:
    """Every company that a partner may belong to, by name."""
    rows = session.exec(visible_companies(current_account()).order_by(col(Company.name), col(Company.id)))
    return [(row.id or 0, row.name) for row in rows]


def accounts_page(form: AccountForm) -> tuple[str, int]:
    """Everybody with an account, those who may come in first, and the form for one more."""
    with reading() as session:
        everyone = visible_accounts(current_account())
        accounts = session.exec(everyone.order_by(Account.state, Account.role, Account.name)).all()
        companies = dict(companies_of(session))
    page = render_template("accounts/accounts.html", form=form, accounts=accounts, companies=companies)
    return page, 422 if form.errors else 200


@blueprint.get("/<int:account_id>")
@door("account:change")
def show_account(account_id: int) -> str:
    with reading() as session:
        return account_page(session, fetch(session, visible_accounts(current_account()), id=account_id))


@blueprint.post("/<int:account_id>/moves")
@door("account:change")
def move_account(account_id: int) -> Answer:
    """Form: move, and the fields of its own form; `undo` takes the last one back."""
    name, actor = asked_move(), actor_for(current_account())
    with reading() as session:
        account = fetch(session, visible_accounts(current_account()), id=account_id)
        form = account_form(session, account, name, actor)
        if not form.validate():
            return account_page(session, account, form), 422
    given = form.to_given()  # hashes: outside the transaction
    seen = visible_accounts(current_account())

    def work(session: Session) -> Account:
        row, day = fetch(session, seen, id=account_id), today(session)
        if name == UNDO:
            moving.take_back(session, row, actor, effective_on=day)
        else:
            moving.advance(session, row, name, actor, effective_on=day, note=form.said, **given)
        return row

    account = attempt(work)
    if account.id == current_account().id and account.is_active:
        sessions.begin(account)  # whoever changes the own account stays here
    flash(say_done("account", name), "good")
    return redirect(url_for("accounts.show_account", account_id=account_id), code=303)


def account_form(session: Session, account: Account, name: str, actor: Actor) -> MoveForm:
    """The form of one move, with what the account has now."""
    form = form_for(account, name, ACCOUNT_FORMS, values_of(account), actor, today(session))
    if isinstance(form, RoleForm):
        form.offer_companies(companies_of(session))
    return form


def values_of(account: Account) -> dict[str, Any]:
    """What the role form begins with."""
    return {"role": account.role, "company_id": str(account.company_id or "")}


def account_page(session: Session, account: Account, typed: MoveForm | None = None) -> str:
    """One account: who, what may be done, and what was done; its own moves stand on its person's page."""
    actor, day = actor_for(current_account()), today(session)
    offered = offer_moves(account, ACCOUNT_FORMS, lambda _name: values_of(account), actor, day, typed)
    for move in offered:
        if isinstance(move.form, RoleForm):
            move.form.offer_companies(companies_of(session))
    return render_template(
        "accounts/account.html",
        account=account,
        company=session.get(Company, account.company_id or 0),
        caseload=len(caseload_of(session, account)),
        offered=[move for move in offered if move.name not in OWN],
        may_undo=may_take_back(session, account, actor),
        trail=trail_of(session, "account", account.id or 0),
    )
