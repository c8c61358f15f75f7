"""Decides what a company sees of the people who work there by our referral, and how it answers about their conversion."""

from datetime import date
from typing import NamedTuple

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from sqlmodel import Session, col
from werkzeug.wrappers import Response

from placement.access import actor_for, visible_conversions, visible_placements
from placement.cases import Work, trail_of, works_among
from placement.enums import ConversionState, Side
from placement.models import Placement
from placement.web.doors import attempt, current_account, door, fetch, reading, today
from placement.web.forms.moves import MoveForm
from placement.web.forms.placements import CONVERSION_FORMS, usual_conversion_values
from placement.web.lists import Page, read_page
from placement.web.moves import asked_move, form_for, may_take_back, offer_moves, run_typed, say_done

blueprint = Blueprint("interns", __name__)
OWN = "own_intern:see"
Answer = Response | tuple[str, int]


class Asked(NamedTuple):
    """What is to be answered about somebody, by whom (company, graduate or nobody) and until when."""

    side: str
    until: date | None
    is_late: bool = False


@blueprint.get("/my-placements")
@door(OWN)
def list_works() -> str:
    """The company's own people, those whose conversion waits for it first."""
    with reading() as session:
        found, day = find_works(session), today(session)
    asked = {work.placement.id: asked_of(work, day) for work in found.rows}
    return render_template("interns/list.html", found=found, asked=asked, today=day)


def find_works(session: Session) -> Page:
    """A page of the works that the company may see, the latest first."""
    works = works_among(visible_placements(current_account()))
    page = read_page(session, works.order_by(col(Placement.starts_on).desc(), col(Placement.id).desc()))
    return page._replace(rows=[Work(*row) for row in page.rows])


def asked_of(work: Work, today: date) -> Asked:
    """The company decides by the internship's last day; an offer waits for the person until it lapses."""
    conversion = work.conversion
    if conversion is None:
        return Asked("nobody", None)
    if conversion.state in (ConversionState.PENDING, ConversionState.UNKNOWN):
        last_day = work.placement.last_day or work.placement.ends_on
        return Asked("company", last_day, is_late=last_day is not None and last_day < today)
    if conversion.state == ConversionState.OFFERED:
        return Asked("graduate", conversion.offer_expires_on)
    return Asked("nobody", None)


@blueprint.get("/my-placements/<int:placement_id>")
@door(OWN)
def show_work(placement_id: int) -> str:
    with reading() as session:
        return work_page(session, fetch_own(session, placement_id))


@blueprint.post("/my-conversions/<int:conversion_id>/moves")
@door(OWN)
def answer_conversion(conversion_id: int) -> Answer:
    """Form: move (offer, not_offer, withdraw_offer, undo), and the fields of its own form."""
    name, account = asked_move(), current_account()
    actor = actor_for(account)
    with reading() as session:
        conversion, day = fetch(session, visible_conversions(account), id=conversion_id), today(session)
        form = form_for(conversion, name, CONVERSION_FORMS, usual_conversion_values(name, conversion, day), actor, day)
        if not form.validate():
            return work_page(session, fetch_own(session, conversion.placement_id), form), 422
    seen = visible_conversions(account)
    attempt(lambda session: run_typed(session, fetch(session, seen, id=conversion_id), name, actor, form, day))
    flash(say_done("conversion", name), "good")
    return redirect(url_for("interns.show_work", placement_id=conversion.placement_id), code=303)


def fetch_own(session: Session, placement_id: int) -> Work:
    """One work of the company's own, or 404."""
    row = session.exec(works_among(visible_placements(current_account()), col(Placement.id) == placement_id)).first()
    return Work(*row) if row else abort(404)


def work_page(session: Session, work: Work, typed: MoveForm | None = None) -> str:
    """One person at work with the company's own answers; `typed` came with errors."""
    day, actor, conversion = today(session), actor_for(current_account()), work.conversion
    own = (actor.name, f"link:{Side.COMPANY}")
    view = {"offered": [], "may_undo": False, "trail": []}
    if conversion is not None:
        view = {
            "offered": offer_moves(
                conversion,
                CONVERSION_FORMS,
                lambda name: usual_conversion_values(name, conversion, day),
                actor,
                day,
                typed,
            ),
            "may_undo": may_take_back(session, conversion, actor),
            "trail": [line for line in trail_of(session, "conversion", conversion.id or 0) if line.event.actor in own],
        }
    return render_template("interns/show.html", work=work, asked=asked_of(work, day), today=day, **view)
