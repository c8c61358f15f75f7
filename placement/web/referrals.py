"""Decides how the office works its referrals in the browser: the list, one referral, and every move of it."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response

from placement.access import actor_for, may, visible_notices, visible_referrals
from placement.cases import (
    Case,
    cases_among,
    consents_of,
    counts_by_side,
    interviews_of,
    is_about,
    is_finished,
    names_of,
    read_cases,
    trail_of,
    waits_for,
)
from placement.models import Account, Company, Contact, Notice, Placement, Referral
from placement.notices import history_of, to_send, told_about
from placement.referrals import still_closed
from placement.states import Actor
from placement.texts import describe_still_closed
from placement.web.calendars import calendar_answer
from placement.web.doors import attempt, current_account, door, fetch, reading, today
from placement.web.forms.moves import MoveForm
from placement.web.forms.referrals import REFERRAL_FORMS, usual_values
from placement.web.lists import Page, read_page
from placement.web.moves import asked_move, form_for, may_take_back, offer_moves, permission_of, run_typed, say_done

blueprint = Blueprint("referrals", __name__, url_prefix="/referrals")


@blueprint.get("")
@door("referral:see")
def list_referrals() -> str:
    """?waits= counselor, company, graduate, finished; ?q=; ?counselor=mine."""
    account, asked = current_account(), request.args.to_dict()
    seen = visible_referrals(account)
    if asked.get("counselor") == "mine":
        seen = seen.where(Referral.counselor_id == account.id)
    with reading() as session:
        counts = counts_by_side(session, seen)
        found = find_cases(session, seen, asked)
        told = told_about(session, "referral", [case.referral.id for case in found.rows])
        view = {"counselors": counselors_of(session), "today": today(session), "told": told}
    return render_template("referrals/list.html", found=found, counts=counts, **view)


def find_cases(session: Session, seen: Any, asked: dict[str, str]) -> Page:
    """The page of cases that fit; open ones unless ?waits=finished, the longest waiting first."""
    waits = asked.get("waits", "")
    conditions = [is_finished() if waits == "finished" else waits_for(waits)]
    if words := asked.get("q", "").strip():
        conditions.append(is_about(words))
    order = col(Referral.waiting_since).desc() if waits == "finished" else col(Referral.waiting_since)
    page = read_page(session, cases_among(seen, *conditions).order_by(order, col(Referral.id)))
    return page._replace(rows=[Case(*row) for row in page.rows])


def counselors_of(session: Session) -> dict[int | None, Account]:
    """Every account by id."""
    return {row.id: row for row in session.exec(select(Account))}


@blueprint.get("/<int:referral_id>")
@door("referral:see")
def show_referral(referral_id: int) -> str:
    with reading() as session:
        return referral_page(session, fetch_case(session, referral_id))


@blueprint.post("/<int:referral_id>/moves")
@door("referral:see")
def move_referral(referral_id: int) -> Response | tuple[str, int]:
    """Form: move, and the fields of its own form; `undo` takes the last move back."""
    name = asked_move()
    with reading() as session:
        case, day = fetch_case(session, referral_id), today(session)
        form = referral_form(case, name, actor_in(case, name), day)
        if not form.validate():
            return referral_page(session, case, form), 422

    def work(session: Session) -> int:
        heard = {"channel": form.channel.data} if name == "consent" else {}
        row = fetch_case(session, referral_id).referral
        event = run_typed(session, row, name, actor_in(case, name), form, day, **heard)
        return len(still_closed(session, event))

    left = attempt(work)
    flash(say_done("referral", name), "good")
    if left:
        flash(describe_still_closed(left), "warn")
    return redirect(url_for("referrals.show_referral", referral_id=referral_id), code=303)


def fetch_case(session: Session, referral_id: int) -> Case:
    """One case that the reader may see, or 404."""
    seen = visible_referrals(current_account())
    fetch(session, seen, id=referral_id)
    return read_cases(session, cases_among(seen, col(Referral.id) == referral_id))[0]


def actor_in(case: Case, name: str) -> Actor:
    """The reader, speaking for the company or the graduate where the word is theirs."""
    people = {"referral:answer": case.company.name, "referral:decide": case.graduate.name or case.graduate.key}
    return actor_for(current_account(), people.get(permission_of(case.referral, name)))


def referral_form(case: Case, name: str, actor: Actor, day: date) -> MoveForm:
    """The form of one move of a case."""
    values = usual_values(name, case.referral, case.opening, day)
    return form_for(case.referral, name, REFERRAL_FORMS, values, actor, day)


def referral_page(session: Session, case: Case, typed: MoveForm | None = None) -> str:
    """Everything about one referral, and what the reader may do with it; `typed` came with errors."""
    day, referral, actor = today(session), case.referral, actor_for(current_account())
    placed = select(Placement).where(Placement.referral_id == referral.id).order_by(col(Placement.id).desc())
    return render_template(
        "referrals/show.html",
        case=case,
        may_speak=may(current_account(), "referral:change"),
        today=day,
        offered=offer_moves(
            referral, REFERRAL_FORMS, lambda name: usual_values(name, referral, case.opening, day), actor, day, typed
        ),
        may_undo=may_take_back(session, referral, actor),
        trail=trail_of(session, "referral", referral.id or 0),
        interviews=interviews_of(session, referral),
        consents=consents_of(session, referral),
        placement=session.exec(placed).first(),
        contacts=contacts_of(session, case.company),
        **told_of(session, referral),
        counselor=session.get(Account, referral.counselor_id or 0),
    )


def told_of(session: Session, referral: Referral) -> dict[str, Any]:
    """What is to be told about a referral, and what was: all of it, and the last about its present wait."""
    number = referral.id or 0
    mine = (Notice.entity == "referral", Notice.entity_id == number)
    told = history_of(session, "referral", number)
    return {
        "errands": to_send(session, visible_notices(current_account()), *mine),
        "told": told,
        "names": names_of(session, (notice.told_by for notice in told)),
        "last": told_about(session, "referral", [number]).get(number),
    }


@blueprint.get("/<int:referral_id>/interview.ics")
@door("referral:see")
def calendar_file(referral_id: int) -> Response:
    with reading() as session:
        case = fetch_case(session, referral_id)
        return calendar_answer(session, case, case.graduate.name or case.graduate.key)


def contacts_of(session: Session, company: Company) -> list[Contact]:
    """Whom to call at a company."""
    return list(session.exec(select(Contact).where(Contact.company_id == company.id).order_by(col(Contact.name))))
