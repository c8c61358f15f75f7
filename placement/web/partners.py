"""Decides what a partner company sees: its own openings, how many people are suggested, and never who they are."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar
from werkzeug.wrappers import Response

from employers.enums import CancelReason, OpeningState
from employers.models import Opening
from employers.openings import requirements_of
from placement.access import actor_for, visible_companies, visible_openings, visible_referrals
from placement.models import Account, Referral
from placement.openings import move_opening, openings_to_look_at, read_skill, suggested_counts
from placement.queue import is_waiting
from placement.skills import vocabulary_of
from placement.states import possible_moves
from placement.texts import N_, _, label
from placement.web.doors import attempt, current_account, door, fetch, reading, today
from placement.web.lists import filter_openings, read_page
from placement.web.opening_forms import Answer, Desk, answer_changing, answer_posting

blueprint = Blueprint("partners", __name__, url_prefix="/my-openings")
OWN = "own_opening:see"
DONE = {
    OpeningState.OPEN: N_("공고를 열었습니다. 지금부터 수료생을 추천받습니다."),
    OpeningState.PAUSED: N_("공고를 일시 중지했습니다. 다시 모집할 때까지 새 추천이 없습니다."),
    OpeningState.CLOSED: N_("공고를 취소했습니다."),
}


@blueprint.get("")
@door(OWN)
def list_openings() -> str:
    own = visible_openings(current_account())
    with reading() as session:
        day = today(session)
        waiting = openings_to_look_at(session, own, today=day)
        wanted = filter_openings(own, request.args.to_dict())
        page = read_page(session, wanted.order_by(col(Opening.id).desc()))
        counts = suggested_counts(session, [opening.id for opening in page.rows])
    states = [(state.value, label(state)) for state in OpeningState]
    return render_template(
        "partners/openings.html", found=page, waiting=waiting, counts=counts, today=day, states=states
    )


@blueprint.route("/new", methods=["GET", "POST"])
@door(OWN)
def post_opening() -> Answer:
    account = current_account()
    with reading() as session:
        company = fetch(session, visible_companies(account), id=account.company_id)
    return answer_posting(company, desk_of(_("채용공고"), url_for("partners.list_openings")))


@blueprint.get("/<int:opening_id>")
@door(OWN)
def show_opening(opening_id: int) -> str:
    account = current_account()
    with reading() as session:
        opening = fetch(session, visible_openings(account), id=opening_id)
        asked = requirements_of(session, opening)
        vocabulary = vocabulary_of(session)
        view = {
            "readings": {row.id: read_skill(vocabulary, row.skill, row.skill_key) for row in asked},
            "suggested": suggested_counts(session, [opening_id]).get(opening_id, 0),
            "sent": session.exec(select(func.count()).select_from(sent_for(account, opening_id).subquery())).one(),
            "is_matching": is_waiting(session, "rematch_opening", str(opening_id)),
            "moves": [row.name for row in possible_moves(opening, actor_for(account))],
            "today": today(session),
        }
    return render_template("partners/opening.html", opening=opening, asked=asked, **view)


@blueprint.route("/<int:opening_id>/edit", methods=["GET", "POST"])
@door(OWN)
def change_opening(opening_id: int) -> Answer:
    with reading() as session:
        opening = fetch(session, visible_openings(current_account()), id=opening_id)
    return answer_changing(opening, desk_of(opening.title, address_of(opening)))


@blueprint.get("/<int:opening_id>/cancel")
@door(OWN)
def ask_cancel(opening_id: int) -> str:
    with reading() as session:
        opening = fetch(session, visible_openings(current_account()), id=opening_id)
    reasons = [(reason.value, label(reason)) for reason in CancelReason]
    return render_template("partners/cancel.html", opening=opening, reasons=reasons)


@blueprint.post("/<int:opening_id>/moves")
@door(OWN)
def move(opening_id: int) -> Response:
    """`move` names one of the opening's moves; cancelling also takes a `reason` of CancelReason."""
    account = current_account()
    given = request.form.get("reason")
    reason = given if given in list(CancelReason) else None
    name, actor, seen = request.form.get("move", ""), actor_for(account), visible_openings(account)
    opening = attempt(
        lambda session: move_opening(
            session, fetch(session, seen, id=opening_id), name, actor, today=today(session), reason=reason
        )
    )
    flash(_(DONE[OpeningState(opening.state)]), "good")
    return redirect(address_of(opening), code=303)


def sent_for(account: Account, opening_id: int) -> SelectOfScalar[Referral]:
    """The people who have been sent to the company for this opening."""
    return visible_referrals(account).where(Referral.opening_id == opening_id)


def address_of(opening: Opening) -> str:
    return url_for("partners.show_opening", opening_id=opening.id)


def desk_of(label: str, url: str) -> Desk:
    """The company writes for itself."""
    return Desk(actor_for(current_account()), {"label": label, "url": url}, address_of)
