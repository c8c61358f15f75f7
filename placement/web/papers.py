"""Decides how the office keeps an internship's papers: its agreement with the signatures, and its assessments."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from placement.access import (
    actor_for,
    visible_assessments,
    visible_interns,
    visible_internship_agreements,
    visible_placements,
)
from placement.assessments import assessments_of, is_overdue
from placement.cases import Work, trail_of, works_among
from placement.internship_agreements import (
    draft_agreement,
    editions_of,
    is_outdated,
    is_true,
    signatures_of,
    text_now,
)
from placement.links import around
from placement.models import AgreementSignature, Assessment, InternshipAgreement, Placement
from placement.states import flags_of
from placement.texts import _
from placement.web.doors import attempt, current_account, door, fetch, reading, today
from placement.web.forms.moves import MoveForm
from placement.web.forms.papers import AGREEMENT_FORMS, ASSESSMENT_FORMS, usual_agreement_values
from placement.web.moves import asked_move, form_for, may_take_back, offer_moves, run_typed, say_done

blueprint = Blueprint("papers", __name__)
Answer = Response | tuple[str, int]


def papers_of(session: Session, placement: Placement) -> dict[str, Any]:
    """What a placement's page shows of its papers."""
    day, editions = today(session), editions_of(session, placement)
    return {
        "editions": [(row, len(signatures_of(session, row)), is_outdated(session, row)) for row in editions],
        "is_open": flags_of(placement).open,
        "assessments": [(row, is_overdue(row, day)) for row in assessments_of(session, placement)],
    }


@blueprint.post("/placements/<int:placement_id>/internship-agreements")
@door("internship_agreement:change")
def draft(placement_id: int) -> Response:
    """A new edition; the one before is void from then on."""
    account = current_account()

    def work(session: Session) -> InternshipAgreement:
        placement = fetch(session, visible_placements(account), id=placement_id)
        return draft_agreement(session, placement, actor_for(account), today=today(session))

    row = attempt(work)
    words = _("제%(edition)s판을 만들었습니다. 내용을 확인한 뒤 발행해 주십시오.", edition=row.edition)
    if row.edition > 1:
        words += " " + _("앞 판과 그 서명은 모두 무효입니다.")
    flash(words, "good")
    return redirect(url_for("papers.show_agreement", agreement_id=row.id), code=303)


@blueprint.get("/internship-agreements/<int:agreement_id>")
@door("internship_agreement:change")
def show_agreement(agreement_id: int) -> str:
    with reading() as session:
        row = fetch(session, visible_internship_agreements(current_account()), id=agreement_id)
        return agreement_page(session, row)


@blueprint.post("/internship-agreements/<int:agreement_id>/moves")
@door("internship_agreement:change")
def move_agreement(agreement_id: int) -> Answer:
    """Form: move, and the fields of its own form."""
    name, account = asked_move(), current_account()
    with reading() as session:
        row, day = fetch(session, visible_internship_agreements(account), id=agreement_id), today(session)
        form = form_for(row, name, AGREEMENT_FORMS, usual_agreement_values(name, row), actor_for(account), day)
        if not form.validate():
            return agreement_page(session, row, form), 422
    seen, actor = visible_internship_agreements(account), actor_for(account)
    attempt(lambda session: run_typed(session, fetch(session, seen, id=agreement_id), name, actor, form, day))
    flash(say_done("internship_agreement", name), "good")
    return redirect(url_for("papers.show_agreement", agreement_id=agreement_id), code=303)


def agreement_page(session: Session, row: InternshipAgreement, typed: MoveForm | None = None) -> str:
    """One edition: its text, who has signed, and what may be done; `typed` came with errors."""
    day, actor = today(session), actor_for(current_account())
    offered = offer_moves(row, AGREEMENT_FORMS, lambda name: usual_agreement_values(name, row), actor, day, typed)
    return render_template(
        "papers/agreement.html",
        agreement=row,
        offered=offered,
        may_undo=may_take_back(session, row, actor),
        trail=trail_of(session, "internship_agreement", row.id or 0),
        **paper_of(session, row),
    )


def paper_of(session: Session, row: InternshipAgreement) -> dict[str, Any]:
    """The sheet itself: the words, the signatures, and whether both are true when taken anew."""
    signatures = signatures_of(session, row)
    return {
        "subject": around(session, row),
        "text": row.text or text_now(session, row),
        "signatures": signatures,
        "is_true": is_true(row) and all(matches(row, signature) for signature in signatures),
        "is_outdated": is_outdated(session, row),
    }


def matches(row: InternshipAgreement, signature: AgreementSignature) -> bool:
    """Whether this signature was given on this very text."""
    return signature.digest == row.digest


@blueprint.get("/internship-agreements/<int:agreement_id>/print")
@door("internship_agreement:see")
def print_agreement(agreement_id: int) -> str:
    """The sheet on A4; a partner prints that of its own interns."""
    with reading() as session:
        row = fetch(session, visible_internship_agreements(current_account()), id=agreement_id)
        return render_template("papers/sheet.html", agreement=row, **paper_of(session, row))


@blueprint.get("/assessments/<int:assessment_id>")
@door("assessment:answer")
def show_assessment(assessment_id: int) -> str:
    with reading() as session:
        return assessment_page(session, fetch(session, visible_assessments(current_account()), id=assessment_id))


@blueprint.post("/assessments/<int:assessment_id>/moves")
@door("assessment:answer")
def move_assessment(assessment_id: int) -> Answer:
    """Form: move, and the fields of its own form. A partner answers for its own company, the office writes down."""
    name, account = asked_move(), current_account()
    with reading() as session:
        row, day = fetch(session, visible_assessments(account), id=assessment_id), today(session)
        form = form_for(row, name, ASSESSMENT_FORMS, {"answered_by": usual_name()}, actor_for(account), day)
        if not form.validate():
            return assessment_page(session, row, form), 422
    seen, actor = visible_assessments(account), actor_for(account)
    attempt(lambda session: run_typed(session, fetch(session, seen, id=assessment_id), name, actor, form, day))
    flash(say_done("assessment", name), "good")
    return redirect(url_for("papers.show_assessment", assessment_id=assessment_id), code=303)


def usual_name() -> str:
    """A company's own account answers under its name; whom the office has heard is typed."""
    account = current_account()
    return account.name if account.company_id else ""


def assessment_page(session: Session, row: Assessment, typed: MoveForm | None = None) -> str:
    """One assessment: what either side said, and what may be done; `typed` came with errors."""
    day, account = today(session), current_account()
    placement = fetch(session, visible_interns(account), id=row.placement_id)
    actor = actor_for(account)
    return render_template(
        "papers/assessment.html",
        assessment=row,
        placement=placement,
        subject=around(session, row),
        is_overdue=is_overdue(row, day),
        offered=offer_moves(row, ASSESSMENT_FORMS, lambda _name: {"answered_by": usual_name()}, actor, day, typed),
        may_undo=may_take_back(session, row, actor),
        trail=[] if account.company_id else trail_of(session, "assessment", row.id or 0),
    )


@blueprint.get("/my-interns")
@door("own_intern:see")
def list_interns() -> str:
    """A company's own interns, those at work first, each with its agreement and assessments."""
    account = current_account()
    with reading() as session:
        works = [Work(*row) for row in session.exec(works_among(visible_interns(account)))]
        agreements = {row.placement_id: row for row in session.exec(visible_internship_agreements(account))}
        asked = session.exec(visible_assessments(account)).all()
        day = today(session)
        rows = [
            (work, agreements.get(work.placement.id or 0), [a for a in asked if a.placement_id == work.placement.id])
            for work in sorted(works, key=lambda work: work.placement.starts_on, reverse=True)
        ]
    return render_template("papers/interns.html", rows=rows, today=day)
