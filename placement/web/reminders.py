"""Decides how somebody of the office tells what is due: ready words with a fresh link, and the note that they were sent."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from placement.access import actor_for, visible_notices
from placement.enums import NoticeChannel
from placement.links import Caller
from placement.notices import errand_of, link_of, message_of, receivers_of, take_back_telling, tell
from placement.texts import _
from placement.web.addresses import local_address
from placement.web.doors import attempt, current_account, door, fetch, settings, today
from placement.web.forms.notices import ToldForm

blueprint = Blueprint("reminders", __name__, url_prefix="/reminders")


@blueprint.post("/<int:notice_id>/message")
@door("notice:tell")
def write_message(notice_id: int) -> str:
    """Form: next. Each time a fresh link, whose address is shown once."""
    view = attempt(lambda session: written_message(session, notice_id))
    form = ToldForm(formdata=None, next=local_address(request.form.get("next")))
    return render_template("reminders/message.html", form=form, **view)


def written_message(session: Session, notice_id: int) -> dict[str, Any]:
    """What the page of a message shows, with a new link where something is to be answered."""
    account = current_account()
    errand = errand_of(session, fetch(session, visible_notices(account), id=notice_id))
    made = link_of(session, errand, actor_for(account), today=today(session))
    link, url = (made[0], answer_address(made[1])) if made else (None, "")
    people = receivers_of(session, errand)
    return {
        "errand": errand,
        "link": link,
        "url": url,
        "message": message_of(session, errand, link, url, Caller(account.name, account.phone)),
        "phones": [(one.name, one.phone) for one in people if one.phone],
        "mails": [(one.name, one.email) for one in people if one.email],
    }


def answer_address(token: str) -> str:
    """The address of a link for somebody outside."""
    return settings().public_url.rstrip("/") + url_for("answers.show_link", token=token)


@blueprint.post("/<int:notice_id>/told")
@door("notice:tell")
def keep_telling(notice_id: int) -> Response:
    """Form: channel, next."""
    form, account = ToldForm(), current_account()
    if not form.validate():
        abort(400)

    def work(session: Session) -> None:
        notice = fetch(session, visible_notices(account), id=notice_id)
        tell(session, notice, NoticeChannel(form.channel.data), actor_for(account), today=today(session))

    attempt(work)
    flash(_("보낸 연락으로 적었습니다."), "good")
    return redirect(local_address(form.next.data), code=303)


@blueprint.post("/<int:notice_id>/untold")
@door("notice:tell")
def forget_telling(notice_id: int) -> Response:
    """Form: next. It was pressed by mistake."""
    seen, actor = visible_notices(current_account()), actor_for(current_account())
    attempt(lambda session: take_back_telling(session, fetch(session, seen, id=notice_id), actor))
    flash(_("보내지 않은 연락으로 되돌렸습니다."), "good")
    return redirect(local_address(request.form.get("next")), code=303)
