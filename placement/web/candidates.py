"""Decides what a company does with the people sent to it: one list, a profile without a name, and its answers."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlmodel import Session, col
from werkzeug.wrappers import Response

from placement.access import actor_for, visible_referrals
from placement.blind import code_name, profile_of
from placement.cases import Case, cases_among, interviews_of, read_cases, trail_of, waits_for
from placement.interviews import cancelled_interview
from placement.meeting import may_reopen
from placement.models import Referral
from placement.outlooks import outlook_of
from placement.states import Actor
from placement.web.calendars import calendar_answer
from placement.web.doors import attempt, current_account, door, fetch, reading, today
from placement.web.forms.moves import MoveForm
from placement.web.forms.referrals import REFERRAL_FORMS, usual_values
from placement.web.lists import Page, read_page
from placement.web.moves import Offered, asked_move, form_for, may_take_back, offer_moves, run_typed, say_done

blueprint = Blueprint("candidates", __name__, url_prefix="/candidates")
OWN = "own_referral:see"


@blueprint.get("")
@door(OWN)
def list_candidates() -> str:
    """?show=answered for those that the company has answered; else those that wait for it."""
    with reading() as session:
        found, day = find_candidates(session, answered=request.args.get("show") == "answered"), today(session)
        names = {case.referral.id: name_of(session, case) for case in found.rows}
        counts = {which: find_candidates(session, answered=which == "answered").total for which in ("open", "answered")}
    return render_template("candidates/list.html", found=found, names=names, counts=counts, today=day)


def find_candidates(session: Session, *, answered: bool) -> Page:
    """The company's own cases: those it must answer, the oldest first, or the others, the newest first."""
    mine = waits_for("company")
    order = col(Referral.waiting_since).desc() if answered else col(Referral.waiting_since)
    cases = cases_among(visible_referrals(current_account()), ~mine if answered else mine)
    page = read_page(session, cases.order_by(order, col(Referral.id)))
    return page._replace(rows=[Case(*row) for row in page.rows])


def name_of(session: Session, case: Case) -> str:
    """The code name, and the real one as far as the company may know it."""
    profile = profile_of(session, case.referral)
    return profile.person.name if profile and profile.person else code_name(case.referral)


@blueprint.get("/<int:referral_id>")
@door(OWN)
def show_candidate(referral_id: int) -> str:
    with reading() as session:
        return candidate_page(session, fetch_case(session, referral_id))


@blueprint.post("/<int:referral_id>/moves")
@door(OWN)
def answer_candidate(referral_id: int) -> Response | tuple[str, int]:
    """Form: move, and the fields of its own form; `undo` takes the company's last answer back."""
    name, actor = asked_move(), actor_for(current_account())
    with reading() as session:
        case, day = fetch_case(session, referral_id), today(session)
        values = usual_values(name, case.referral, case.opening, day)
        form = form_for(case.referral, name, REFERRAL_FORMS, values, actor, day)
        if not form.validate():
            return candidate_page(session, case, form), 422

    def work(session: Session) -> bool:
        run_typed(session, fetch_case(session, referral_id).referral, name, actor, form, day)
        return session.exec(visible_referrals(current_account()).filter_by(id=referral_id)).first() is not None

    is_still_shown = attempt(work)
    flash(say_done("referral", name), "good")
    if not is_still_shown:  # reopened without consent, it waits for the graduate again
        return redirect(url_for("candidates.list_candidates"), code=303)
    return redirect(url_for("candidates.show_candidate", referral_id=referral_id), code=303)


def fetch_case(session: Session, referral_id: int) -> Case:
    """One case of the company's own, or 404."""
    seen = visible_referrals(current_account())
    fetch(session, seen, id=referral_id)
    return read_cases(session, cases_among(seen, col(Referral.id) == referral_id))[0]


def candidate_page(session: Session, case: Case, typed: MoveForm | None = None) -> str:
    """One person as the company may see them, and its answers; `typed` came with errors."""
    day, referral, actor = today(session), case.referral, actor_for(current_account())
    # What it said itself stays, whatever the person has decided since: its going would tell of that.
    trail = trail_of(session, "referral", referral.id or 0)
    return render_template(
        "candidates/show.html",
        case=case,
        today=day,
        profile=profile_of(session, referral),
        code_name=code_name(referral),
        outlook=outlook_of(session, referral),
        offered=[
            move
            for move in moves_of(case, actor, day, typed)
            if move.name != "reopen" or may_reopen(session, referral, actor)
        ],
        may_undo=may_take_back(session, referral, actor),
        interviews=interviews_of(session, referral),
        has_cancelled=cancelled_interview(session, referral) is not None,
        trail=[line for line in trail if line.event.actor == actor.name],
    )


def moves_of(case: Case, actor: Actor, day: date, typed: MoveForm | None) -> list[Offered]:
    """What the state of the case lets this actor do."""
    return offer_moves(
        case.referral,
        REFERRAL_FORMS,
        lambda name: usual_values(name, case.referral, case.opening, day),
        actor,
        day,
        typed,
    )


@blueprint.get("/<int:referral_id>/interview.ics")
@door(OWN)
def calendar_file(referral_id: int) -> Response:
    with reading() as session:
        case = fetch_case(session, referral_id)
        return calendar_answer(session, case, name_of(session, case))
