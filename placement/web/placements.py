"""Decides how the office follows people at work: the list, one placement with its conversion, and every move of both."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import ColumnElement
from sqlmodel import Session, col
from werkzeug.wrappers import Response

from placement.access import actor_for, visible_checks, visible_conversions, visible_placements
from placement.cases import Work, is_working_for, trail_of, works_among
from placement.enums import PlacementKind
from placement.models import Conversion, Placement, RetentionCheck
from placement.placements import end_after_pause
from placement.retention import answers_of
from placement.states import states_where
from placement.web.doors import attempt, current_account, door, fetch, reading, today
from placement.web.forms.moves import MoveForm
from placement.web.forms.placements import (
    CONVERSION_FORMS,
    PLACEMENT_FORMS,
    AnswerForm,
    usual_conversion_values,
    usual_placement_values,
)
from placement.web.lists import Page, read_page
from placement.web.moves import asked_move, form_for, may_take_back, offer_moves, run_typed, say_done
from placement.web.papers import papers_of

blueprint = Blueprint("placements", __name__)
Answer = Response | tuple[str, int]


@blueprint.get("/placements")
@door("placement:change")
def list_placements() -> str:
    """?show= now, finished or conversion; ?kind=; ?q=."""
    with reading() as session:
        found = find_works(session, request.args.to_dict())
        day = today(session)
    return render_template("placements/list.html", found=found, today=day)


def find_works(session: Session, asked: dict[str, str]) -> Page:
    """The page of works that fit, the earliest end first."""
    going_on = states_where("placement", open=True)
    conditions: list[ColumnElement[bool]] = [
        col(Placement.state).not_in(going_on) if asked.get("show") == "finished" else col(Placement.state).in_(going_on)
    ]
    if asked.get("show") == "conversion":
        conditions = [col(Conversion.state).in_(states_where("conversion", open=True))]
    if asked.get("kind") in list(PlacementKind):
        conditions.append(col(Placement.kind) == asked["kind"])
    if words := asked.get("q", "").strip():
        conditions.append(is_working_for(words))
    order = (col(Placement.ends_on).is_(None), col(Placement.ends_on), col(Placement.id))
    page = read_page(session, works_among(visible_placements(current_account()), *conditions).order_by(*order))
    return page._replace(rows=[Work(*row) for row in page.rows])


@blueprint.get("/placements/<int:placement_id>")
@door("placement:change")
def show_placement(placement_id: int) -> str:
    with reading() as session:
        return placement_page(session, fetch_work(session, placement_id))


@blueprint.post("/placements/<int:placement_id>/moves")
@door("placement:change")
def move_placement(placement_id: int) -> Answer:
    """Form: move, and the fields of its own form."""
    name, actor = asked_move(), actor_for(current_account())
    with reading() as session:
        work, day = fetch_work(session, placement_id), today(session)
        values = usual_placement_values(name, work.placement, day)
        form = form_for(work.placement, name, PLACEMENT_FORMS, values, actor, day)
        if not form.validate():
            return placement_page(session, work, typed=form), 422
    seen = visible_placements(current_account())
    attempt(lambda session: run_typed(session, fetch(session, seen, id=placement_id), name, actor, form, day))
    flash(say_done("placement", name), "good")
    return redirect(url_for("placements.show_placement", placement_id=placement_id), code=303)


@blueprint.post("/conversions/<int:conversion_id>/moves")
@door("conversion:change")
def move_conversion(conversion_id: int) -> Answer:
    """Form: move, and the fields of its own form."""
    name, actor = asked_move(), actor_for(current_account())
    with reading() as session:
        conversion, day = fetch(session, visible_conversions(current_account()), id=conversion_id), today(session)
        form = form_for(conversion, name, CONVERSION_FORMS, usual_conversion_values(name, conversion, day), actor, day)
        if not form.validate():
            return placement_page(session, fetch_work(session, conversion.placement_id), asked=form), 422
    seen = visible_conversions(current_account())
    attempt(lambda session: run_typed(session, fetch(session, seen, id=conversion_id), name, actor, form, day))
    flash(say_done("conversion", name), "good")
    return redirect(url_for("placements.show_placement", placement_id=conversion.placement_id), code=303)


def fetch_work(session: Session, placement_id: int) -> Work:
    """One work that the reader may see, or 404."""
    seen = visible_placements(current_account())
    row = session.exec(works_among(seen, col(Placement.id) == placement_id)).first()
    return Work(*row) if row else abort(404)


def placement_page(session: Session, work: Work, typed: MoveForm | None = None, asked: MoveForm | None = None) -> str:
    """One work with all that may be done; `typed` (placement) and `asked` (conversion) came with errors."""
    day, actor, placement = today(session), actor_for(current_account()), work.placement
    return render_template(
        "placements/show.html",
        work=work,
        today=day,
        later_end=end_after_pause(session, placement, day),
        offered=offer_moves(
            placement, PLACEMENT_FORMS, lambda name: usual_placement_values(name, placement, day), actor, day, typed
        ),
        may_undo=may_take_back(session, placement, actor),
        trail=trail_of(session, "placement", placement.id or 0),
        checks=checks_of(session, placement),
        answer_form=AnswerForm(formdata=None),
        papers=papers_of(session, placement),
        **conversion_view(session, work.conversion, asked),
    )


def conversion_view(session: Session, conversion: Conversion | None, typed: MoveForm | None) -> dict[str, Any]:
    """What of the conversion stands on the page."""
    if conversion is None:
        return {"conversion_offered": [], "may_undo_conversion": False, "conversion_trail": []}
    day, actor = today(session), actor_for(current_account())
    return {
        "conversion_offered": offer_moves(
            conversion, CONVERSION_FORMS, lambda name: usual_conversion_values(name, conversion, day), actor, day, typed
        ),
        "may_undo_conversion": may_take_back(session, conversion, actor),
        "conversion_trail": trail_of(session, "conversion", conversion.id or 0),
    }


def checks_of(session: Session, placement: Placement) -> list[tuple[RetentionCheck, list[Any]]]:
    """The retention checks of a placement, each with what was said."""
    mine = visible_checks(current_account()).where(RetentionCheck.placement_id == placement.id)
    return [(row, answers_of(session, row)) for row in session.exec(mine.order_by(col(RetentionCheck.months)))]
