"""Decides what the office sees of the partner companies: agreements, openings, seats and hires, in a list and one by one."""

from typing import Any

from flask import Blueprint, render_template, request
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from employers.enums import AgreementKind
from placement.access import may, visible_companies, visible_openings
from placement.agreements import programs_of
from placement.figures.companies import company_figures, fulfilments
from placement.models import Agreement, Company, Contact, Opening
from placement.notices import agreements_to_tell, told_about
from placement.texts import label
from placement.web.doors import current_account, door, fetch, reading, today
from placement.web.lists import read_page

blueprint = Blueprint("companies", __name__, url_prefix="/companies")


@blueprint.get("")
@door("company:see")
def list_companies() -> str:
    with reading() as session:
        wanted = filter_companies(visible_companies(current_account()), request.args.to_dict())
        page = read_page(session, wanted.order_by(col(Company.name_key), col(Company.id)))
        figures = company_figures(session, page.rows)
        day = today(session)
    kinds = [(kind.value, label(kind)) for kind in AgreementKind]
    return render_template("managers/companies.html", found=page, figures=figures, kinds=kinds, today=day)


@blueprint.get("/<int:company_id>")
@door("company:see")
def show_company(company_id: int) -> str:
    account = current_account()
    with reading() as session:
        company = fetch(session, visible_companies(account), id=company_id)
        openings = visible_openings(account).where(Opening.company_id == company_id).order_by(col(Opening.id).desc())
        view: dict[str, Any] = {
            "figures": company_figures(session, [company])[0],
            "agreements": session.exec(
                select(Agreement).where(Agreement.company_id == company_id).order_by(col(Agreement.signed_on))
            ).all(),
            "contacts": session.exec(
                select(Contact).where(Contact.company_id == company_id).order_by(col(Contact.name))
            ).all(),
            "found": read_page(session, openings),
            "may_post": may(account, "company:speak_for"),
            "may_agree": may(account, "agreement:change"),
            "today": today(session),
        }
        view["programs"] = programs_of(session, view["agreements"])
        view["fulfilled"] = fulfilments(session, view["agreements"])
        view["told"] = told_about(session, "agreement", [row.id for row in view["agreements"]])
        view["errands"] = agreements_to_tell(session, account)
    return render_template("managers/company.html", company=company, **view)


def filter_companies(rows: SelectOfScalar[Company], asked: dict[str, str]) -> SelectOfScalar[Company]:
    """Those companies that fit q (a part of the name, or the number) and kind (they have such an agreement)."""
    if words := asked.get("q", "").strip():
        digits = words.replace("-", "")
        named = col(Company.name).contains(words, autoescape=True)
        rows = rows.where(named | (col(Company.business_number) == digits) | (col(Company.key) == words))
    if kind := asked.get("kind"):
        having = select(Agreement.company_id).where(Agreement.kind == kind)
        rows = rows.where(col(Company.id).in_(having))
    return rows
