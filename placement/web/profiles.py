"""Decides how a counselor changes a graduate's skills and wishes; the list of openings is computed anew at once."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from pydantic import ValidationError
from sqlmodel import Session
from werkzeug.wrappers import Response

from employers.errors import StaleVersion
from matching import Vocabulary
from placement.access import visible_graduates
from placement.casework import take_over as make_own
from placement.graduates import GraduateInput, change_graduate, input_of
from placement.models import Graduate
from placement.openings import SkillReading, read_skill
from placement.queue import enqueue
from placement.skills import vocabulary_of
from placement.texts import _
from placement.web.doors import attempt, current_account, door, fetch, reading
from placement.web.forms.graduates import GraduateForm, typed_before

blueprint = Blueprint("profiles", __name__)


@blueprint.route("/graduates/<int:graduate_id>/edit", methods=["GET", "POST"])
@door("graduate:change")
def edit_graduate(graduate_id: int) -> Response | tuple[str, int]:
    """Answers 409 with the form as typed when somebody else was faster."""
    with reading() as session:
        graduate = fetch(session, visible_graduates(current_account()), id=graduate_id)
        kept, vocabulary = input_of(session, graduate), vocabulary_of(session)
    form = GraduateForm(data=typed_before(kept, graduate.version))
    given = typed_graduate(form, vocabulary, kept)
    if given is None:
        return form_page(form, vocabulary, graduate)
    try:
        store_change(graduate_id, given, form.typed_version())
    except StaleVersion:
        return form_page(form, vocabulary, graduate, status=409)
    flash(_("수정한 내용을 저장했습니다."), "good")
    return redirect(url_for("counselors.show_graduate", graduate_id=graduate_id), code=303)


@blueprint.post("/graduates/<int:graduate_id>/counselor")
@door("suggestion:decide")
def take_over(graduate_id: int) -> Response:
    """The counselor who asks becomes the graduate's own."""
    seen, own = visible_graduates(current_account()), current_account()
    attempt(lambda session: make_own(session, fetch(session, seen, id=graduate_id), own))
    flash(_("내 담당 수료생으로 지정했습니다."), "good")
    return redirect(url_for("counselors.show_graduate", graduate_id=graduate_id), code=303)


def store_change(graduate_id: int, given: GraduateInput, version: int) -> None:
    def work(session: Session) -> None:
        graduate = fetch(session, visible_graduates(current_account()), id=graduate_id)
        change_graduate(session, graduate, given, version)
        enqueue(session, "rematch_graduate", str(graduate_id))

    attempt(work)


def typed_graduate(form: GraduateForm, vocabulary: Vocabulary, kept: GraduateInput) -> GraduateInput | None:
    """What was sent and may be stored; None for a first look, one more row, or with sentences beside the fields."""
    if request.method != "POST":
        return None
    if "add_row" in request.form:
        form.add_blank_row()
        return None
    if not form.validate():
        return None
    try:
        return form.to_input(readings_of(form, vocabulary), kept)
    except ValidationError as error:
        form.refuse_values(error)
        return None


def readings_of(form: GraduateForm, vocabulary: Vocabulary) -> list[SkillReading | None]:
    """What each row's text is taken for, a near name only where the typist chose it."""
    rows = [entry.form for entry in form.skills.entries]
    return [read_skill(vocabulary, row.skill.data or "", row.skill_key.data) for row in rows]


def form_page(form: GraduateForm, vocabulary: Vocabulary, graduate: Graduate, status: int = 0) -> tuple[str, int]:
    """The page of the form; 422 when it has errors."""
    page = render_template(
        "counselors/edit_graduate.html",
        form=form,
        graduate=graduate,
        readings=readings_of(form, vocabulary),
        is_stale=status == 409,
    )
    return page, status or (422 if form.errors else 200)
