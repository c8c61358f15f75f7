"""Decides how the program manager makes log-ins for colleagues and companies, each with a first password."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response

from placement.access import visible_companies
from placement.models import Account, Company
from placement.people import AccountRefusedError, create_account
from placement.texts import N_, _
from placement.web.doors import current_account, door, reading, transaction
from placement.web.forms.office import AccountForm

blueprint = Blueprint("accounts", __name__, url_prefix="/accounts")
REFUSED = {
    "address_taken": N_("이미 있는 주소입니다."),
    "address_odd": N_("이메일 주소의 모양이 아닙니다."),
}


@blueprint.route("", methods=["GET", "POST"])
@door("account:make")
def list_accounts() -> Response | tuple[str, int]:
    form = AccountForm()
    with reading() as session:
        form.offer_companies(companies_of(session))
    if request.method != "POST" or not form.validate():
        return accounts_page(form)
    try:
        with transaction() as session:
            account = create_account(session, **form.to_values())
    except AccountRefusedError as refusal:
        form.email.errors = [_(REFUSED[str(refusal)])]
        return accounts_page(form)
    flash(_("%(name)s 님의 계정을 만들었습니다. 첫 비밀번호를 직접 전해 주십시오.", name=account.name), "good")
    return redirect(url_for("accounts.list_accounts"), code=303)


def companies_of(session: Session) -> list[tuple[int, str]]:
    """Every company that a partner may belong to, by name."""
    rows = session.exec(visible_companies(current_account()).order_by(col(Company.name), col(Company.id)))
    return [(row.id or 0, row.name) for row in rows]


def accounts_page(form: AccountForm) -> tuple[str, int]:
    """Everybody with an account, and the form for one more."""
    with reading() as session:
        accounts = session.exec(select(Account).order_by(col(Account.role), col(Account.name))).all()
        companies = dict(companies_of(session))
    page = render_template("accounts/accounts.html", form=form, accounts=accounts, companies=companies)
    return page, 422 if form.errors else 200
