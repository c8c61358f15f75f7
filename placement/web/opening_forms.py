"""Decides how an opening is posted and changed through its form, for the company and for the counselor who writes for it."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from flask import flash, redirect, render_template, request
from pydantic import ValidationError
from sqlmodel import Session, col
from werkzeug.wrappers import Response

from employers.enums import OpeningSource
from employers.errors import InputRefused, StaleVersion
from employers.models import Company, Opening
from employers.openings import OpeningInput, copy_of
from matching import Vocabulary
from placement.access import visible_openings
from placement.openings import SkillReading, move_opening, post_opening, read_skill, revise_opening, under_pay_of
from placement.skills import vocabulary_of
from placement.states import Actor
from placement.texts import _
from placement.web.doors import attempt, current_account, fetch, reading, today
from placement.web.forms.openings import REGIONS, OpeningForm, describe_under_pay, typed_before

Answer = Response | tuple[str, int]
AddressOf = Callable[[Opening], str]
COPIES = 10


class Desk(NamedTuple):
    """Who writes an opening and where: the way back {label, url}, the page of an opening, who brought it in."""

    actor: Actor
    back: dict[str, str]
    address_of: AddressOf
    source: OpeningSource = OpeningSource.COMPANY


def answer_posting(company: Company, desk: Desk) -> Answer:
    """The whole door of a new opening; ?copy=… starts from one of the company's own."""
    with reading() as session:
        day, vocabulary = today(session), vocabulary_of(session)
        copied = _copied(session, company)
        past = _past_openings(session, company)
    form = OpeningForm(today=day, data=typed_before(copied) if copied else None)
    page: dict[str, Any] = {"company": company, "opening": None, "copied": copied, "past": past, "back": desk.back}
    given = typed_opening(form, vocabulary, day)
    if given is None:
        return opening_form_page(form, vocabulary, page)
    opening = _post(company, given, desk, day)
    flash(
        _("공고를 게시했습니다.")
        if wants("publish")
        else _("임시 저장했습니다. 게시하기 전에는 아무에게도 보이지 않습니다."),
        "good",
    )
    return redirect(desk.address_of(opening), code=303)


def answer_changing(opening: Opening, desk: Desk) -> Answer:
    """The whole door of a change. Answers 409 with the form as typed when somebody else was faster."""
    with reading() as session:
        day, vocabulary = today(session), vocabulary_of(session)
        company = session.get_one(Company, opening.company_id)
        before = copy_of(session, opening).model_copy(
            update={"starts_on": opening.starts_on, "closes_on": opening.closes_on}
        )
    form = OpeningForm(today=day, data=typed_before(before, opening.version))
    page: dict[str, Any] = {"company": company, "opening": opening, "copied": None, "past": [], "back": desk.back}
    given = typed_opening(form, vocabulary, day)
    if given is None:
        return opening_form_page(form, vocabulary, page)
    try:
        _change(opening, given, form, desk, day)
    except StaleVersion:
        return opening_form_page(form, vocabulary, page, is_stale=True)
    except InputRefused as refusal:
        form.refuse(refusal)
        return opening_form_page(form, vocabulary, page)
    flash(_("공고를 게시했습니다.") if wants("publish") else _("수정한 내용을 저장했습니다."), "good")
    return redirect(desk.address_of(opening), code=303)


def _post(company: Company, given: OpeningInput, desk: Desk, day: date) -> Opening:
    def work(session: Session) -> Opening:
        opening = post_opening(session, company, given, desk.actor, today=day, source=desk.source)
        if wants("publish"):
            move_opening(session, opening, "publish", desk.actor, today=day)
        return opening

    return attempt(work)


def _change(opening: Opening, given: OpeningInput, form: OpeningForm, desk: Desk, day: date) -> None:
    def work(session: Session) -> None:
        row = fetch(session, visible_openings(current_account()), id=opening.id)
        revise_opening(session, row, given, form.typed_version(), today=day)
        if wants("publish"):
            move_opening(session, row, "publish", desk.actor, today=day)

    attempt(work)


def typed_opening(form: OpeningForm, vocabulary: Vocabulary, day: date) -> OpeningInput | None:
    """What was sent and may be stored; None for a first look, one more row, or with sentences beside the fields."""
    if request.method != "POST":
        return None
    if "add_row" in request.form:
        form.add_blank_row()
        return None
    if not form.validate():
        return None
    try:
        given = form.to_input(readings_of(form, vocabulary))
    except ValidationError as error:
        form.refuse_values(error)
        return None
    short = under_pay_of(given, day)
    if short is not None and short.is_certain:
        form.refuse_pay(short)
        return None
    if short is not None:
        flash(describe_under_pay(short) + " " + _("근로시간이 짧은 일이면 그대로 두어도 됩니다."), "warn")
    return given


def readings_of(form: OpeningForm, vocabulary: Vocabulary) -> list[SkillReading | None]:
    """What each row's text is taken for, a near name only where the typist chose it."""
    rows = [entry.form for entry in form.requirements.entries]
    return [read_skill(vocabulary, row.skill.data or "", row.skill_key.data) for row in rows]


def opening_form_page(
    form: OpeningForm, vocabulary: Vocabulary, page: dict[str, Any], *, is_stale: bool = False
) -> tuple[str, int]:
    """The page of the form; 422 when it has errors, 409 when somebody else has changed the opening meanwhile."""
    readings = readings_of(form, vocabulary)
    html = render_template(
        "openings/form.html", form=form, readings=readings, regions=REGIONS, is_stale=is_stale, **page
    )
    return html, 409 if is_stale else 422 if form.errors else 200


def wants(then: str) -> bool:
    """Whether the button that was pressed says so: publish, draft or save."""
    return request.form.get("then") == then


def _past_openings(session: Session, company: Company) -> list[Opening]:
    own = visible_openings(current_account()).where(Opening.company_id == company.id)
    return list(session.exec(own.order_by(col(Opening.id).desc()).limit(COPIES)))


def _copied(session: Session, company: Company) -> OpeningInput | None:
    chosen = request.args.get("copy", type=int)
    if chosen is None:
        return None
    return copy_of(session, fetch(session, visible_openings(current_account()), id=chosen, company_id=company.id))
