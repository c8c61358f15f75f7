"""Decides how a counselor says what a typed skill means, and takes it back."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response

from employers.models import Opening
from placement.access import visible_graduates, visible_openings
from placement.models import Graduate, SkillName
from placement.naming import NameRefused, confirm, confirmed_names, take_back, unsettled
from placement.skills import vocabulary_of
from placement.texts import N_, _
from placement.web.doors import attempt, current_account, door, fetch, reading

blueprint = Blueprint("naming", __name__, url_prefix="/skills/names")
CONFIRM = "skill:confirm"
LONGEST = 100
REFUSALS = {
    "skill_unknown": N_("고르신 기술이 기술 목록에 없습니다."),
    "name_owned": N_("이미 기술 목록에 있는 이름입니다."),
    "name_of_a_file": N_("처음부터 기술 목록에 있던 이름은 되돌릴 수 없습니다."),
}


@blueprint.get("")
@door(CONFIRM)
def list_names() -> str:
    """What people and companies typed and no entry owns, with what each may mean; below it what was confirmed."""
    account = current_account()
    with reading() as session:
        people, openings = (
            visible.with_only_columns(column)
            for visible, column in (
                (visible_graduates(account), col(Graduate.id)),
                (visible_openings(account), col(Opening.id)),
            )
        )
        view = {
            "asked": unsettled(session, people, openings),
            "confirmed": confirmed_names(session),
            "vocabulary": vocabulary_of(session),
        }
    return render_template("counselors/names.html", **view)


@blueprint.post("")
@door(CONFIRM)
def confirm_name() -> Response:
    """Form: text (as typed), skill (the key of an entry)."""
    text, key, account_id = request.form.get("text", "").strip(), request.form.get("skill", ""), current_account().id
    if not text or len(text) > LONGEST or account_id is None:
        abort(400)

    def work(session: Session) -> str:
        confirm(session, text, key, account_id)
        return vocabulary_of(session).name_of(key)

    return _answer(lambda: _("다음부터 같은 기술로 봅니다: %(text)s → %(skill)s", text=text, skill=attempt(work)))


@blueprint.post("/<int:name_id>/removal")
@door(CONFIRM)
def remove_name(name_id: int) -> Response:
    """Take a confirmation back."""

    def work(session: Session) -> str:
        name = fetch(session, select(SkillName), id=name_id)
        take_back(session, name)
        return name.name

    return _answer(lambda: _("%(text)s 확인을 되돌렸습니다.", text=attempt(work)))


def _answer(done: Callable[[], str]) -> Response:
    try:
        flash(done(), "good")
    except NameRefused as refused:
        flash(_(REFUSALS[refused.code]), "bad")
    return redirect(url_for("naming.list_names"), code=303)
