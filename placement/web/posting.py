"""Decides how a counselor takes an opening by phone: first the company, then the form that companies use."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlmodel import Session, col, or_
from werkzeug.wrappers import Response

from employers.enums import CancelReason, OpeningSource
from employers.models import Company, Opening
from placement.access import actor_for, visible_companies, visible_openings
from placement.openings import move_opening as run_move
from placement.texts import _, describe_move
from placement.web.doors import attempt, current_account, door, fetch, reading, today
from placement.web.lists import read_page
from placement.web.opening_forms import Answer, Desk, answer_changing, answer_posting

blueprint = Blueprint("posting", __name__, url_prefix="/openings")


@blueprint.get("/new")
@door("company:speak_for")
def choose_company() -> str:
    """?q= looks for a name or a business number."""
    words = request.args.get("q", "").strip()
    companies = visible_companies(current_account())
    if words:
        digits = words.replace("-", "")
        companies = companies.where(
            or_(col(Company.name).contains(words, autoescape=True), Company.business_number == digits)
        )
    with reading() as session:
        found = read_page(session, companies.order_by(col(Company.name), col(Company.id)))
    return render_template("counselors/choose_company.html", found=found)


@blueprint.route("/new/<int:company_id>", methods=["GET", "POST"])
@door("company:speak_for")
def post_opening(company_id: int) -> Answer:
    with reading() as session:
        company = fetch(session, visible_companies(current_account()), id=company_id)
    return answer_posting(company, desk_for(company, _("기업 선택"), url_for("posting.choose_company")))


@blueprint.route("/<int:opening_id>/edit", methods=["GET", "POST"])
@door("company:speak_for")
def change_opening(opening_id: int) -> Answer:
    with reading() as session:
        opening = fetch(session, visible_openings(current_account()), id=opening_id)
        company = session.get_one(Company, opening.company_id)
    return answer_changing(opening, desk_for(company, opening.title, address_of(opening)))


@blueprint.post("/<int:opening_id>/moves")
@door("company:speak_for")
def move_opening(opening_id: int) -> Response:
    """Form: move, and for a cancelling a reason of CancelReason."""
    account, given = current_account(), request.form.get("reason")
    name, reason = request.form.get("move", ""), given if given in list(CancelReason) else None

    def work(session: Session) -> Opening:
        opening = fetch(session, visible_openings(account), id=opening_id)
        company = session.get_one(Company, opening.company_id)
        return run_move(session, opening, name, actor_for(account, company.name), today=today(session), reason=reason)

    opening = attempt(work)
    flash(_("처리했습니다: %(move)s", move=describe_move("opening", name)), "good")
    return redirect(address_of(opening), code=303)


def address_of(opening: Opening) -> str:
    return url_for("counselors.show_opening", opening_id=opening.id)


def desk_for(company: Company, label: str, url: str) -> Desk:
    """The counselor writes on the company's behalf."""
    actor = actor_for(current_account(), company.name)
    return Desk(actor, {"label": label, "url": url}, address_of, OpeningSource.COUNSELOR)
