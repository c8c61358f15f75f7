"""Decides how the office keeps a person's consents: one page with both kinds, a new one, its withdrawal, and the way back."""

from datetime import date
from typing import Any, NamedTuple

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from placement import moving
from placement.access import actor_for, may, visible_consents, visible_graduates
from placement.cases import Agreed, agreed_by
from placement.consents import document_of, record_collect_consent
from placement.enums import ConsentKind, ConsentState
from placement.models import Consent, Graduate
from placement.referrals import still_closed
from placement.texts import _, describe_move, describe_still_closed
from placement.web.doors import attempt, current_account, door, fetch, reading, today
from placement.web.forms.moves import MoveForm
from placement.web.moves import UNDO, Offered, asked_move, may_take_back, say_done

blueprint = Blueprint("consents", __name__, url_prefix="/graduates/<int:graduate_id>/consents")
CHANGE, WITHDRAW, RECORD = "consent:change", "withdraw", "record"


class Line(NamedTuple):
    """A consent on the page, with what may be done with it."""

    agreed: Agreed
    offered: list[Offered]
    may_undo: bool


@blueprint.get("")
@door("graduate:see")
def list_consents(graduate_id: int) -> str:
    with reading() as session:
        return consents_page(session, fetch_person(session, graduate_id))


@blueprint.post("")
@door(CHANGE)
def record_consent(graduate_id: int) -> Response | tuple[str, int]:
    """Form: record-channel, record-note, record-effective_on."""
    with reading() as session:
        form = spoken_form(RECORD, today(session))
        if not form.validate():
            return consents_page(session, fetch_person(session, graduate_id), form), 422

    def work(session: Session) -> None:
        actor, day = actor_for(current_account()), form.day or today(session)
        person = fetch_person(session, graduate_id)
        speaker = actor._replace(on_behalf_of=person.name or person.key)
        record_collect_consent(session, person, speaker, channel=form.channel.data, note=words_of(form), on=day)

    attempt(work)
    flash(_("수집·이용 동의를 기록했습니다."), "good")
    return back_to(graduate_id)


@blueprint.post("/<int:consent_id>/moves")
@door(CHANGE)
def move_consent(graduate_id: int, consent_id: int) -> Response | tuple[str, int]:
    """Form: move (withdraw or undo), and how the withdrawal was heard."""
    name = asked_move()
    if name not in (WITHDRAW, UNDO):
        abort(400)
    with reading() as session:
        form = spoken_form(str(consent_id), today(session))
        if name == WITHDRAW and not form.validate():
            return consents_page(session, fetch_person(session, graduate_id), form), 422
    left = attempt(lambda session: take_word(session, fetch_consent(session, graduate_id, consent_id), name, form))
    flash(say_done("consent", name), "good")
    if left:
        flash(describe_still_closed(left), "warn")
    return back_to(graduate_id)


def take_word(session: Session, consent: Consent, name: str, form: MoveForm) -> int:
    """Withdraw a consent or take the withdrawal back; how many referrals an undo could not bring back."""
    actor, day = actor_for(current_account()), today(session)
    if name == UNDO:
        return len(still_closed(session, moving.take_back(session, consent, actor, effective_on=day)))
    person = session.get_one(Graduate, consent.graduate_id)
    speaker = actor._replace(on_behalf_of=person.name or person.key)
    said = {"effective_on": form.day or day, "note": words_of(form), "channel": form.channel.data}
    moving.advance(session, consent, WITHDRAW, speaker, **said)
    return 0


def fetch_person(session: Session, graduate_id: int) -> Graduate:
    """A graduate whom the reader may see, or 404."""
    return fetch(session, visible_graduates(current_account()), id=graduate_id)


def fetch_consent(session: Session, graduate_id: int, consent_id: int) -> Consent:
    """A consent of this person, or 404."""
    return fetch(session, visible_consents(current_account()), id=consent_id, graduate_id=graduate_id)


def spoken_form(name: str, day: date) -> MoveForm:
    """What is asked of one who writes down another's word; filled when it was sent."""
    is_sent = request.method == "POST" and any(key.startswith(f"{name}-") for key in request.form)
    typed: dict[str, Any] = {} if is_sent else {"formdata": None}
    form = MoveForm(is_spoken=True, prefix=f"{name}-", data={"effective_on": day}, **typed)
    form.today = day
    return form


def words_of(form: MoveForm) -> str:
    """The note alone: a consent keeps its channel by itself."""
    return (form.note.data or "").strip()


def back_to(graduate_id: int) -> Response:
    return redirect(url_for("consents.list_consents", graduate_id=graduate_id), code=303)


def consents_page(session: Session, graduate: Graduate, typed: MoveForm | None = None) -> str:
    """Both kinds of consent; `typed` came with errors."""
    account, day = current_account(), today(session)
    lines = [line_of(session, agreed, day, typed) for agreed in agreed_by(session, graduate)]
    record = typed if typed is not None and typed._prefix == f"{RECORD}-" else None
    stands = any(line.offered and line.agreed.consent.kind == ConsentKind.COLLECT_USE for line in lines)
    may_change = may(account, CHANGE)
    return render_template(
        "referrals/consents.html",
        graduate=graduate,
        lines=lines,
        may_change=may_change,
        form=None if stands or not may_change else record or spoken_form(RECORD, day),
        has_errors=record is not None,
        document=document_of(session, ConsentKind.COLLECT_USE) if may_change and not stands else None,
    )


def line_of(session: Session, agreed: Agreed, day: date, typed: MoveForm | None) -> Line:
    """A consent that stands may be withdrawn; what the person took back by mistake may be restored."""
    consent = agreed.consent
    if consent.state == ConsentState.GIVEN:
        mine = typed if typed is not None and typed._prefix == f"{consent.id}-" else None
        form = mine or spoken_form(str(consent.id), day)
        return Line(
            agreed, [Offered(WITHDRAW, describe_move("consent", WITHDRAW), form, True, mine is not None)], False
        )
    fell_alone = agreed.withdrawal is not None and agreed.withdrawal.event.because_of is None
    return Line(agreed, [], fell_alone and may_take_back(session, consent, actor_for(current_account())))
