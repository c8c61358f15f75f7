"""Decides how agreements are shown, entered, renewed and ended, and an opening of a company without one approved."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from placement import moving
from placement.access import (
    actor_for,
    may,
    visible_agreements,
    visible_companies,
    visible_documents,
    visible_notices,
    visible_openings,
)
from placement.agreements import (
    ENTER,
    approve_opening,
    editions_of,
    enter_agreement,
    program_ids_of,
    programs_of,
    renewal_of,
)
from placement.cases import names_of, trail_of
from placement.figures.companies import fulfilments
from placement.models import Agreement, AgreementDocument, Company, Notice, Program
from placement.notices import history_of, to_send
from placement.texts import _
from placement.web.addresses import local_address
from placement.web.doors import attempt, current_account, door, fetch, reading, today
from placement.web.forms.notices import DocumentForm
from placement.web.forms.office import AgreementForm, SigningForm
from placement.web.moves import UNDO, may_take_back, say_done, typed_reason

blueprint = Blueprint("agreements", __name__)
Answer = Response | tuple[str, int]


@blueprint.get("/my-agreements")
@door("own_opening:see")
def list_own() -> str:
    """A partner's own agreements, the newest first."""
    own = visible_agreements(current_account())
    with reading() as session:
        rows = session.exec(own.order_by(col(Agreement.signed_on).desc(), col(Agreement.id).desc())).all()
        view = {
            "programs": programs_of(session, rows),
            "fulfilled": fulfilments(session, rows),
            "today": today(session),
        }
    return render_template("agreements/list.html", agreements=rows, **view)


@blueprint.get("/agreements/<int:agreement_id>")
@door("agreement:see")
def show(agreement_id: int) -> str:
    with reading() as session:
        return agreement_page(session, agreement_id, DocumentForm(formdata=None))


def agreement_page(session: Session, agreement_id: int, form: DocumentForm, signing: SigningForm | None = None) -> str:
    """One agreement with its editions and documents, and for the office what was told and done; the forms may bear errors."""
    account, day = current_account(), today(session)
    agreement = fetch(session, visible_agreements(account), id=agreement_id)
    documents = visible_documents(account).where(AgreementDocument.agreement_id == agreement_id)
    editions = editions_of(session, agreement)
    return render_template(
        "agreements/show.html",
        agreement=agreement,
        company=session.get_one(Company, agreement.company_id),
        editions=editions,
        programs=programs_of(session, editions),
        fulfilled=fulfilments(session, editions),
        documents=session.exec(documents.order_by(col(AgreementDocument.id).desc())).all(),
        form=form,
        signing=signing or SigningForm(day, formdata=None, data={"signed_on": agreement.signed_on or day}),
        today=day,
        **office_view(session, agreement),
    )


def office_view(session: Session, agreement: Agreement) -> dict[str, Any]:
    """What the office alone sees of an agreement, and what it may do."""
    account, number = current_account(), agreement.id or 0
    if not may(account, "company:see"):
        return {"is_office": False, "may_agree": False, "errands": [], "told": [], "trail": [], "may_undo": False}
    mine = (Notice.entity == "agreement", Notice.entity_id == number)
    told = history_of(session, "agreement", number)
    uploads = select(AgreementDocument.uploaded_by).where(AgreementDocument.agreement_id == number)
    return {
        "is_office": True,
        "may_agree": may(account, "agreement:change"),
        "errands": to_send(session, visible_notices(account), *mine),
        "told": told,
        "names": names_of(session, [*session.exec(uploads), *(notice.told_by for notice in told)]),
        "trail": trail_of(session, "agreement", number),
        "may_undo": may_take_back(session, agreement, actor_for(account)),
    }


@blueprint.route("/companies/<int:company_id>/agreements/new", methods=["GET", "POST"])
@door("agreement:change")
def enter(company_id: int) -> Answer:
    with reading() as session:
        company = fetch(session, visible_companies(current_account()), id=company_id)
        form = AgreementForm(data={"signed_on": today(session)})
        form.programs.choices = programs_to_choose(session)
    if request.method != "POST" or not form.validate():
        page = render_template("agreements/form.html", form=form, company=company, old=None)
        return page, 422 if form.errors else 200
    agreement_id = store(company, form, form.to_values())
    flash(_("협약을 등록했습니다."), "good")
    return redirect(url_for("agreements.show", agreement_id=agreement_id), code=303)


@blueprint.route("/agreements/<int:agreement_id>/renewal", methods=["GET", "POST"])
@door("agreement:change")
def renew(agreement_id: int) -> Answer:
    """The next edition of the same kind; both stay."""
    with reading() as session:
        old = fetch(session, visible_agreements(current_account()), id=agreement_id)
        company = session.get_one(Company, old.company_id)
        form = AgreementForm(data={**renewal_of(old, today(session)), "programs": program_ids_of(session, old)})
        form.programs.choices = programs_to_choose(session)
        del form.kind
    if request.method != "POST" or not form.validate():
        page = render_template("agreements/form.html", form=form, company=company, old=old)
        return page, 422 if form.errors else 200
    new_id = store(company, form, {**form.to_values(), "kind": old.kind})
    flash(_("협약을 갱신했습니다."), "good")
    return redirect(url_for("agreements.show", agreement_id=new_id), code=303)


def programs_to_choose(session: Session) -> list[SelectChoice]:
    """Every program by name."""
    return [SelectChoice(row.id or 0, row.name) for row in session.exec(select(Program).order_by(col(Program.name)))]


def store(company: Company, form: AgreementForm, values: dict[str, Any]) -> int:
    """The id of the new edition."""
    chosen, actor = form.programs.data or [], actor_for(current_account())
    made = attempt(lambda session: enter_agreement(session, company, values, chosen, actor, today=today(session)))
    return made.id or 0


@blueprint.post("/agreements/<int:agreement_id>/moves")
@door("agreement:change")
def move(agreement_id: int) -> Answer:
    """Form: move, signed_on where it enters into force, reason (free words) for an ending; `undo` takes the last move back."""
    name = request.form.get("move", "")
    with reading() as session:
        signing = SigningForm(today(session))
        if name == ENTER and signing.signed_on.name in request.form and not signing.validate():
            return agreement_page(session, agreement_id, DocumentForm(formdata=None), signing), 422
    agreement = run_move(agreement_id, name, signing.signed_on.data if name == ENTER else None)
    flash(say_done("agreement", name), "good")
    usual = url_for("companies.show_company", company_id=agreement.company_id)
    return redirect(local_address(request.form.get("next") or usual), code=303)


def run_move(agreement_id: int, name: str, signed_on: date | None) -> Agreement:
    """The move, of today or of the day of signing."""
    account, reason = current_account(), typed_reason()
    actor = actor_for(account)

    def work(session: Session) -> Agreement:
        row, day = fetch(session, visible_agreements(account), id=agreement_id), signed_on or today(session)
        if name == UNDO:
            moving.take_back(session, row, actor, effective_on=day)
        else:
            given: dict[str, Any] = {"signed_on": signed_on} if signed_on else {}
            moving.advance(session, row, name, actor, effective_on=day, reason=reason, **given)
        return row

    return attempt(work)


@blueprint.post("/openings/<int:opening_id>/approval")
@door("opening:approve")
def approve(opening_id: int) -> Response:
    """Form: approved (yes or no), next."""
    is_approved, seen = request.form.get("approved") == "yes", visible_openings(current_account())
    attempt(lambda session: approve_opening(session, fetch(session, seen, id=opening_id), is_approved=is_approved))
    flash(_("공고를 승인했습니다.") if is_approved else _("공고 승인을 취소했습니다."), "good")
    return redirect(local_address(request.form.get("next")), code=303)
