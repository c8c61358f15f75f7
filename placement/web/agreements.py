"""Decides how the program manager enters and ends agreements, and approves an opening of a company without one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from placement import moving
from placement.access import actor_for, visible_companies, visible_openings
from placement.agreements import approve_opening, enter_agreement
from placement.models import Agreement, Company, Program
from placement.texts import _
from placement.web.addresses import local_address
from placement.web.doors import current_account, door, fetch, reading, today, transaction
from placement.web.forms.office import AgreementForm
from placement.web.moves import UNDO, say_done, typed_reason

blueprint = Blueprint("agreements", __name__)


@blueprint.route("/companies/<int:company_id>/agreements/new", methods=["GET", "POST"])
@door("agreement:change")
def enter(company_id: int) -> Response | tuple[str, int]:
    with reading() as session:
        company = fetch(session, visible_companies(current_account()), id=company_id)
        form = AgreementForm(data={"signed_on": today(session)})
        form.programs.choices = programs_to_choose(session)
    if request.method != "POST" or not form.validate():
        page = render_template("agreements/form.html", form=form, company=company)
        return page, 422 if form.errors else 200
    store(company, form)
    flash(_("협약을 등록했습니다."), "good")
    return redirect(url_for("companies.show_company", company_id=company_id), code=303)


def programs_to_choose(session: Session) -> list[SelectChoice]:
    """Every program by name."""
    return [SelectChoice(row.id or 0, row.name) for row in session.exec(select(Program).order_by(col(Program.name)))]


def store(company: Company, form: AgreementForm) -> None:
    with transaction() as session:
        chosen = form.programs.data or []
        enter_agreement(session, company, form.to_values(), chosen, actor_for(current_account()), today=today(session))


@blueprint.post("/agreements/<int:agreement_id>/moves")
@door("agreement:change")
def move(agreement_id: int) -> Response:
    """Form: move, reason (free words) for an ending; `undo` takes the last move back."""
    name, actor = request.form.get("move", ""), actor_for(current_account())
    reason = typed_reason()
    with transaction() as session:
        agreement = fetch(session, select(Agreement), id=agreement_id)
        day = today(session)
        if name == "enter_into_force" and agreement.signed_on is None:
            agreement.signed_on = day
        if name == UNDO:
            moving.take_back(session, agreement, actor, effective_on=day)
        else:
            moving.advance(session, agreement, name, actor, effective_on=day, reason=reason)
    flash(say_done("agreement", name), "good")
    return redirect(url_for("companies.show_company", company_id=agreement.company_id), code=303)


@blueprint.post("/openings/<int:opening_id>/approval")
@door("opening:approve")
def approve(opening_id: int) -> Response:
    """Form: approved (yes or no), next."""
    is_approved = request.form.get("approved") == "yes"
    with transaction() as session:
        opening = fetch(session, visible_openings(current_account()), id=opening_id)
        approve_opening(session, opening, is_approved=is_approved)
    flash(_("공고를 승인했습니다.") if is_approved else _("공고 승인을 거두었습니다."), "good")
    return redirect(local_address(request.form.get("next")), code=303)
