"""Decides how the office tells people of openings that others have posted, and records what came of it."""

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import ColumnElement
from sqlmodel import Session, col
from werkzeug.wrappers import Response

from employers.enums import OpeningSource
from employers.models import Company
from placement.access import actor_for, visible_graduates, visible_guidances, visible_openings
from placement.cases import trail_of
from placement.figures.guidances import guidances
from placement.guidances import Told, guidances_among, tell
from placement.models import Graduate, Guidance
from placement.openings import mark_external
from placement.states import MoveRefused, states_where
from placement.texts import _, describe_refusal
from placement.web.doors import attempt, current_account, door, fetch, reading, today
from placement.web.forms.guidances import ExternalForm, TellForm
from placement.web.forms.moves import MoveForm
from placement.web.lists import Page, read_page, row_id
from placement.web.moves import asked_move, form_for, may_take_back, offer_moves, run_typed, say_done

blueprint = Blueprint("guidances", __name__)
GUIDE = "guidance:change"
Answer = Response | str | tuple[str, int]


@blueprint.get("/guidances")
@door(GUIDE)
def list_guidances() -> str:
    """?show=finished; ?graduate= and ?opening= (row numbers). Counted apart from referrals."""
    with reading() as session:
        found, day = find_guidances(session, request.args.to_dict()), today(session)
        figures = guidances(session, as_of=day)[0]
    return render_template("guidances/list.html", found=found, figures=figures)


def find_guidances(session: Session, asked: dict[str, str]) -> Page:
    """The page of those that fit, the newest first."""
    is_open = col(Guidance.state).in_(states_where("guidance", open=True))
    conditions: list[ColumnElement[bool]] = [~is_open if asked.get("show") == "finished" else is_open]
    for name, column in (("graduate", Guidance.graduate_id), ("opening", Guidance.opening_id)):
        if (number := row_id(asked.get(name, ""))) is not None:
            conditions.append(col(column) == number)
    rows = guidances_among(visible_guidances(current_account()), *conditions)
    page = read_page(session, rows.order_by(col(Guidance.told_on).desc(), col(Guidance.id).desc()))
    return page._replace(rows=[Told(*row) for row in page.rows])


@blueprint.route("/guidances/new", methods=["GET", "POST"])
@door(GUIDE)
def tell_of() -> Answer:
    """?graduate= and ?opening= (row numbers) say who is told of what; the form says when and how."""
    account, numbers = current_account(), [row_id(request.values.get(name, "")) for name in ("graduate", "opening")]
    if None in numbers:
        abort(404)
    with reading() as session:
        person = fetch(session, visible_graduates(account), id=numbers[0])
        opening = fetch(session, visible_openings(account), id=numbers[1])
        company, day = session.get_one(Company, opening.company_id), today(session)
    form = TellForm(data={"told_on": day})
    if not form.validate_on_submit():
        page = render_template("guidances/new.html", form=form, graduate=person, opening=opening, company=company)
        return page, 422 if form.errors else 200
    row = attempt(lambda session: told_as(session, person.id, opening.id, form, day))
    flash(_("안내를 기록했습니다."), "good")
    return redirect(url_for("guidances.show_guidance", guidance_id=row.id), code=303)


def told_as(session: Session, graduate_id: int | None, opening_id: int | None, form: TellForm, day: date) -> Guidance:
    """The 안내 as typed, of a person and an opening that the reader may see."""
    account = current_account()
    person = fetch(session, visible_graduates(account), id=graduate_id)
    opening = fetch(session, visible_openings(account), id=opening_id)
    said = {"told_on": form.told_on.data, "channel": form.channel.data, "counselor_id": account.id}
    return tell(session, person, opening, actor_for(account), today=day, **said)


@blueprint.get("/guidances/<int:guidance_id>")
@door(GUIDE)
def show_guidance(guidance_id: int) -> str:
    with reading() as session:
        return guidance_page(session, guidance_id)


@blueprint.post("/guidances/<int:guidance_id>/moves")
@door(GUIDE)
def move_guidance(guidance_id: int) -> Answer:
    """Form: move (apply, not_apply, hire, reject, lose_track, undo), and the day it happened."""
    name, account = asked_move(), current_account()
    actor = actor_for(account)
    with reading() as session:
        row, day = fetch(session, visible_guidances(account), id=guidance_id), today(session)
        form = form_for(row, name, {}, {}, actor, day)
        if not form.validate():
            return guidance_page(session, guidance_id, form), 422
    seen = visible_guidances(account)
    attempt(lambda session: run_typed(session, fetch(session, seen, id=guidance_id), name, actor, form, day))
    flash(say_done("guidance", name), "good")
    return redirect(url_for("guidances.show_guidance", guidance_id=guidance_id), code=303)


def guidance_page(session: Session, guidance_id: int, typed: MoveForm | None = None) -> str:
    """One 안내 with what may be recorded of it; `typed` came with errors."""
    seen, day, actor = visible_guidances(current_account()), today(session), actor_for(current_account())
    row = fetch(session, seen, id=guidance_id)
    told = Told(*session.exec(guidances_among(seen, col(Guidance.id) == guidance_id)).one())
    return render_template(
        "guidances/show.html",
        told=told,
        offered=offer_moves(row, {}, lambda _name: {}, actor, day, typed),
        may_undo=may_take_back(session, row, actor),
        trail=trail_of(session, "guidance", guidance_id),
    )


@blueprint.route("/openings/<int:opening_id>/external", methods=["GET", "POST"])
@door(GUIDE)
def say_external(opening_id: int) -> Answer:
    """Form: url of the place where the opening is posted; empty when it is ours after all."""
    account = current_account()
    with reading() as session:
        opening = fetch(session, visible_openings(account), id=opening_id)
    form = ExternalForm(data={"url": opening.posting_url})
    if form.validate_on_submit():
        url = (form.url.data or "").strip() or None
        try:
            attempt(lambda session: mark_as(session, opening_id, url))
        except MoveRefused as refused:
            form.url.errors = [describe_refusal(refused.refusal)]
        else:
            flash(_("외부 공고로 표시했습니다.") if url else _("우리가 받은 공고로 되돌렸습니다."), "good")
            return redirect(url_for("counselors.show_opening", opening_id=opening_id), code=303)
    return render_template("guidances/external.html", form=form, opening=opening), 422 if form.errors else 200


def mark_as(session: Session, opening_id: int, url: str | None) -> None:
    opening = fetch(session, visible_openings(current_account()), id=opening_id)
    mark_external(session, opening, url, OpeningSource.COUNSELOR)


def people_told(session: Session, opening_id: int) -> list[tuple[Guidance, Graduate]]:
    """Who was told of an opening, the newest first."""
    rows = guidances_among(visible_guidances(current_account()), col(Guidance.opening_id) == opening_id)
    return [(row[0], row[1]) for row in session.exec(rows.order_by(col(Guidance.id).desc()))]
