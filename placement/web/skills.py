"""Decides how a skill that somebody types is read back to them: the fragment under the row, by htmx."""

from flask import Blueprint, abort, render_template, request

from placement.access import SIGNED_IN
from placement.openings import read_skill
from placement.skills import vocabulary_of
from placement.web.doors import door, reading

blueprint = Blueprint("skills", __name__, url_prefix="/skills")
LONGEST = 100


@blueprint.get("/resolve")
@door(SIGNED_IN)
def resolve() -> str:
    """`q`, or the field of the form's row named by `row`, is the typed text; answers a piece of HTML."""
    row = request.args.get("row", "requirements-0")
    typed = request.args.get("q", request.args.get(f"{row}-skill", "")).strip()
    if len(typed) > LONGEST:
        abort(400)
    with reading() as session:
        found = read_skill(vocabulary_of(session), typed)
    return render_template("openings/resolved.html", row=row, reading=found)
