"""Decides how the office keeps up with people afterwards: retention checks, outcomes of their own, and the contact log."""

from typing import Any, NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response

from placement.access import actor_for, visible_checks, visible_graduates, visible_outcomes, visible_placements
from placement.cases import Trail, Work, trail_of, works_among
from placement.enums import RetentionEvidence, Side
from placement.figures.retention import retention
from placement.models import Account, ContactNote, Graduate, Outcome, Placement, RetentionCheck
from placement.recording import record_outcome
from placement.retention import WORD_PROVES, answer, answers_of, checks_due, is_closed_with_other
from placement.retention import Answer as Said
from placement.texts import _
from placement.web.doors import attempt, current_account, door, fetch, reading, today
from placement.web.forms.moves import MoveForm
from placement.web.forms.placements import CHECK_FORMS, OUTCOME_FORMS, AnswerForm, NoteForm, OutcomeForm
from placement.web.moves import (
    Offered,
    Values,
    asked_move,
    form_for,
    may_take_back,
    offer_moves,
    run_typed,
    say_done,
)

blueprint = Blueprint("aftercare", __name__)
Answer = Response | tuple[str, int]


@blueprint.get("/aftercare")
@door("retention_check:change")
def list_checks() -> str:
    """What may be asked now, the oldest first, and how many stay."""
    with reading() as session:
        day = today(session)
        due, figures = checks_due(session, day), retention(session, as_of=day)
        seen = visible_placements(current_account())
        rows = session.exec(works_among(seen, col(Placement.id).in_([check.placement_id for check in due])))
        works = {work.placement.id: work for work in (Work(*row) for row in rows)}
    return render_template("aftercare/list.html", due=due, works=works, figures=figures, today=day)


@blueprint.get("/aftercare/<int:check_id>")
@door("retention_check:change")
def show_check(check_id: int) -> str:
    with reading() as session:
        return check_page(session, fetch(session, visible_checks(current_account()), id=check_id), AnswerForm())


@blueprint.post("/aftercare/<int:check_id>/answers")
@door("retention_check:change")
def keep_answer(check_id: int) -> Answer:
    """What one side said: side, employed (same, other, no), left_on, left_by, reason, evidence, channel."""
    form = AnswerForm()
    seen, actor = visible_checks(current_account()), actor_for(current_account())
    with reading() as session:
        check = fetch(session, seen, id=check_id)
        if not form.validate():
            return check_page(session, check, form), 422
        side, said, day = Side(form.side.data), said_in(form), today(session)
    attempt(lambda session: answer(session, fetch(session, seen, id=check_id), side, said, actor, today=day))
    flash(_("답변을 기록했습니다."), "good")
    return redirect(url_for("aftercare.show_check", check_id=check_id), code=303)


def said_in(form: AnswerForm) -> Said:
    """The form as the rule takes it."""
    return Said(
        form.employed.data != "no",
        form.employed.data == "same" if form.employed.data != "no" else None,
        form.left_on.data,
        WORD_PROVES[form.side.data] if form.evidence.data == "word" else RetentionEvidence.DOCUMENT,
        form.channel.data,
        form.left_by.data or None,
        form.reason.data or None,
    )


@blueprint.post("/aftercare/<int:check_id>/moves")
@door("retention_check:change")
def move_check(check_id: int) -> Answer:
    """Form: move, and the fields of its own form."""
    name, actor = asked_move(), actor_for(current_account())
    with reading() as session:
        check, day = fetch(session, visible_checks(current_account()), id=check_id), today(session)
        form = form_for(check, name, CHECK_FORMS, {}, actor, day)
        if not form.validate():
            return check_page(session, check, AnswerForm(formdata=None), form), 422
    seen = visible_checks(current_account())
    attempt(lambda session: run_typed(session, fetch(session, seen, id=check_id), name, actor, form, day))
    flash(say_done("retention_check", name), "good")
    return redirect(url_for("aftercare.show_check", check_id=check_id), code=303)


def check_page(session: Session, check: RetentionCheck, form: AnswerForm, typed: MoveForm | None = None) -> str:
    """One check: what both sides said, and how a counselor settles it."""
    actor, day = actor_for(current_account()), today(session)
    row = session.exec(
        works_among(visible_placements(current_account()), col(Placement.id) == check.placement_id)
    ).one()
    return render_template(
        "aftercare/check.html",
        check=check,
        today=day,
        work=Work(*row),
        answers=answers_of(session, check),
        form=form,
        offered=offer_moves(check, CHECK_FORMS, lambda _name: {}, actor, day, typed),
        may_undo=may_take_back(session, check, actor) and not is_closed_with_other(session, check),
        trail=trail_of(session, "retention_check", check.id or 0),
    )


@blueprint.route("/graduates/<int:graduate_id>/outcomes", methods=["GET", "POST"])
@door("outcome:change")
def list_outcomes(graduate_id: int) -> Answer:
    """What became of a person outside our referrals, and the form for one more."""
    form = OutcomeForm()
    with reading() as session:
        graduate = fetch(session, visible_graduates(current_account()), id=graduate_id)
    if request.method != "POST" or not form.validate():
        return outcomes_page(graduate, form), 422 if form.errors else 200

    def work(session: Session) -> None:
        person = fetch(session, visible_graduates(current_account()), id=graduate_id)
        record_outcome(session, person, actor_for(current_account()), today=today(session), **outcome_in(form))

    attempt(work)
    flash(_("기록했습니다."), "good")
    return redirect(url_for("aftercare.list_outcomes", graduate_id=graduate_id), code=303)


def outcome_in(form: OutcomeForm) -> dict[str, Any]:
    """The form as the rule takes it."""
    recognised = {"yes": True, "no": False}.get(form.recognised.data)
    texts = {name: form[name].data or None for name in ("employer", "evidence", "recognition_reason")}
    return {"kind": form.kind.data, "happened_on": form.happened_on.data, "is_recognised": recognised, **texts}


def outcomes_page(graduate: Graduate, form: OutcomeForm, typed: dict[int, MoveForm] | None = None) -> str:
    """The outcomes of one person, newest first; `typed`: row → the form of a move that came with errors."""
    actor = actor_for(current_account())
    with reading() as session:
        day = today(session)
        mine = visible_outcomes(current_account()).where(Outcome.graduate_id == graduate.id)
        cards = [
            OutcomeCard(
                row,
                offer_moves(
                    row, OUTCOME_FORMS, values_of(row), actor, day, (typed or {}).get(row.id or 0), among_rows(row)
                ),
                may_take_back(session, row, actor),
                trail_of(session, "outcome", row.id or 0),
            )
            for row in session.exec(mine.order_by(col(Outcome.id).desc()))
        ]
    return render_template("aftercare/outcomes.html", graduate=graduate, cards=cards, form=form)


class OutcomeCard(NamedTuple):
    """One outcome on the page with its moves and its log."""

    row: Outcome
    offered: list[Offered]
    may_undo: bool
    trail: list[Trail]


def among_rows(outcome: Outcome) -> str:
    """What tells the fields of one outcome from those of the others."""
    return f"outcome-{outcome.id}-"


def values_of(outcome: Outcome) -> Values:
    """What the form of a move shows first."""
    return lambda name: {"evidence": outcome.evidence} if name == "recognise" else {}


@blueprint.post("/outcomes/<int:outcome_id>/moves")
@door("outcome:change")
def move_outcome(outcome_id: int) -> Answer:
    """Form: move (recognise, reject, take_back, reinstate, undo), and the fields of its own form."""
    name, account = asked_move(), current_account()
    actor = actor_for(account)
    with reading() as session:
        outcome, day = fetch(session, visible_outcomes(account), id=outcome_id), today(session)
        graduate = fetch(session, visible_graduates(account), id=outcome.graduate_id)
        form = form_for(outcome, name, OUTCOME_FORMS, {}, actor, day, among_rows(outcome))
    if not form.validate():
        return outcomes_page(graduate, OutcomeForm(formdata=None), {outcome_id: form}), 422
    seen = visible_outcomes(account)
    attempt(lambda session: run_typed(session, fetch(session, seen, id=outcome_id), name, actor, form, day))
    flash(say_done("outcome", name), "good")
    return redirect(url_for("aftercare.list_outcomes", graduate_id=graduate.id), code=303)


@blueprint.route("/graduates/<int:graduate_id>/contacts", methods=["GET", "POST"])
@door("contact_log:see")
def keep_log(graduate_id: int) -> Answer:
    """상담일지 of one person; no company ever reads it."""
    account = current_account()
    with reading() as session:
        graduate = fetch(session, visible_graduates(account), id=graduate_id)
        form = NoteForm(data={"on_day": today(session)})
    if request.method != "POST" or not form.validate():
        return log_page(graduate, form), 422 if form.errors else 200
    note = {"graduate_id": graduate_id, "author_id": account.id or 0, **note_in(form)}
    attempt(lambda session: session.add(ContactNote(**note)))
    flash(_("상담일지에 적었습니다."), "good")
    return redirect(url_for("aftercare.keep_log", graduate_id=graduate_id), code=303)


def note_in(form: NoteForm) -> dict[str, Any]:
    """The columns of a note."""
    typed = {name: form[name].data or None for name in ("next_action", "next_on")}
    return {"channel": form.channel.data, "on_day": form.on_day.data, "content": form.content.data.strip(), **typed}


def log_page(graduate: Graduate, form: NoteForm) -> str:
    """Every contact with one person, newest first."""
    with reading() as session:
        rows = session.exec(
            select(ContactNote, Account)
            .join(Account, col(Account.id) == col(ContactNote.author_id))
            .where(ContactNote.graduate_id == graduate.id)
            .order_by(col(ContactNote.on_day).desc(), col(ContactNote.id).desc())
        ).all()
    return render_template("aftercare/contacts.html", graduate=graduate, notes=rows, form=form)
