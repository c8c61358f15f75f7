"""Decides how a counselor's decision on a suggestion comes in, and brings the reader back to the same place."""

from datetime import date

from flask import Blueprint, abort, redirect, request
from sqlmodel import Session
from werkzeug.wrappers import Response

from placement.access import actor_for, visible_suggestions
from placement.decisions import decide
from placement.enums import DismissReason
from placement.web.addresses import address_with
from placement.web.doors import attempt, current_account, door, fetch, today
from placement.web.forms.fields import DAY_ODD, YEARS

blueprint = Blueprint("suggestions", __name__)


@blueprint.post("/suggestions/<int:suggestion_id>/moves")
@door("suggestion:decide")
def move_suggestion(suggestion_id: int) -> Response:
    """Form: move, reason (to dismiss), until (to snooze), next (the page to go back to)."""
    account, reason = current_account(), request.form.get("reason") or None
    if reason is not None and reason not in list(DismissReason):
        abort(400)

    def work(session: Session) -> None:
        suggestion = fetch(session, visible_suggestions(account), id=suggestion_id)
        name, actor, day = request.form.get("move", ""), actor_for(account), today(session)
        decide(session, suggestion, name, actor, today=day, reason=reason, until=typed_day())

    attempt(work)
    back = request.form.get("next", "")
    return redirect(address_with(back, f"pair-{suggestion_id}", decided=str(suggestion_id)), code=303)


def typed_day() -> date | None:
    """The day until which a pair is put off; 422 for an odd one."""
    words = request.form.get("until", "").strip()
    try:
        day = date.fromisoformat(words) if words else None
    except ValueError:
        abort(422, str(DAY_ODD))
    if day is not None and day.year not in YEARS:
        abort(422, str(DAY_ODD))
    return day
