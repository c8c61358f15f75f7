"""Decides how people without an account answer through a link: a page to look at, one answer, and what comes next."""

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from placement import links
from placement.access import (
    actor_for,
    visible_assessments,
    visible_checks,
    visible_conversions,
    visible_internship_agreements,
    visible_referrals,
)
from placement.blind import profile_of
from placement.consents import document_of
from placement.enums import ConsentKind, LinkPurpose, Side
from placement.links import Caller, LinkRefused, OpenLink, Subject
from placement.models import Account, AnswerLink, ConsentDocument, Placement
from placement.offers import mark_of
from placement.states import MoveRefused
from placement.texts import _, describe_refusal
from placement.web.addresses import local_address
from placement.web.doors import ANYONE, attempt, current_account, door, fetch, reading, settings, today
from placement.web.forms.answers import AnswerOdd, Said, choices_of, read_answer

blueprint = Blueprint("answers", __name__)
SEEN_BY: dict[str, Callable[[Account], Any]] = {
    LinkPurpose.CONVERSION_ANSWER: visible_conversions,
    LinkPurpose.CONVERSION_OFFER: visible_conversions,
    LinkPurpose.RETENTION: visible_checks,
    LinkPurpose.SIGNING: visible_internship_agreements,
    LinkPurpose.COSIGNING: visible_internship_agreements,
    LinkPurpose.ASSESSMENT: visible_assessments,
    LinkPurpose.ASSESSMENT_REPLY: visible_assessments,
}
ODD = frozenset({"offer_is_another", "signer_differs", "left_before_start"})  # what the same page lets one put right
GONE = {"unknown": 404, "used": 410, "replaced": 410, "expired": 410, "settled": 410, "stopped": 410}
Page = tuple[str, int]


@blueprint.after_request
def keep_out_of_indexes(response: Response) -> Response:
    """No search engine keeps a page that a link opens."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@blueprint.get("/answer/<token>")
@door(ANYONE)
def show_link(token: str) -> str | Page:
    """Looking spends nothing: scanners of mails open links too."""
    with reading() as session:
        try:
            return link_page(session, links.open_link(session, token, today=today(session)))
        except LinkRefused as refused:
            return gone_page(refused.code, refused.counselor)


@blueprint.post("/answer/<token>")
@door(ANYONE)
def take_answer(token: str) -> Response | str | Page:
    """Form: answer, and what it needs (reason, until, first_time, second_time, left_on)."""
    try:
        given = attempt(lambda session: give_answer(session, token))
    except AnswerOdd as odd:
        return page_again(token, odd)
    except LinkRefused as refused:
        return gone_page(refused.code, refused.counselor)
    except MoveRefused as refused:
        if refused.refusal.code in ODD:
            return page_again(token, AnswerOdd(describe_refusal(refused.refusal)))
        return refused_page(token, refused)
    if given.shown:
        return redirect(url_for("answers.show_link", token=given.shown), code=303)
    return render_template("answers/done.html", link=given.link, subject=given.subject, said=given.said)


class Given(NamedTuple):
    """An answer that was taken; `shown` is the token of the page where an interested company goes on."""

    link: AnswerLink
    subject: Subject
    said: Said
    shown: str | None


def give_answer(session: Session, token: str) -> Given:
    """Spend the link on what was pressed; a retention check is one word, everything else one move."""
    day, shown = today(session), None
    opened = links.open_link(session, token, today=day)
    said = read_answer(opened, request.form, day)
    if said.name == "consent":
        refuse_other_text(session)
    if opened.link.purpose == LinkPurpose.RETENTION:
        links.answer_check(session, opened, today=day, **said.given)
    else:
        links.answer(session, opened, said.name, today=day, reason=said.reason, note=said.note, **said.given)
    if said.name == "show_interest":
        actor, row = links.actor_of(opened), opened.subject.row
        _link, shown = links.make_link(session, LinkPurpose.PROFILE, row, Side.COMPANY, actor, today=day)
    return Given(opened.link, opened.subject, said, shown)


def refuse_other_text(session: Session) -> None:
    """The text that was shown must be the one in force."""
    if request.form.get("document") != str(document_of(session, ConsentKind.THIRD_PARTY).id):
        raise AnswerOdd(_("동의서 문안이 바뀌었습니다. 다시 읽고 답해 주십시오."))


def link_page(session: Session, opened: OpenLink, problem: str = "") -> str:
    """What the link asks, with everything that is needed to answer."""
    link, subject = opened
    day = today(session)
    if link.purpose == LinkPurpose.PROFILE:
        return profile_page(session, opened)
    return render_template(
        f"answers/{link.purpose}.html",
        link=link,
        subject=subject,
        problem=problem,
        today=day,
        choices=choices_of(opened, day),
        **more_of(session, opened),
    )


def more_of(session: Session, opened: OpenLink) -> dict[str, Any]:
    """What one purpose shows besides."""
    if opened.link.purpose == LinkPurpose.CONSENT:
        return {"document": said_document(document_of(session, ConsentKind.THIRD_PARTY))}
    if opened.link.purpose == LinkPurpose.COMPANY_ANSWER:
        profile = profile_of(session, opened.subject.row)
        if profile is None:
            raise LinkRefused("settled", opened.subject.counselor)
        return {"profile": profile._replace(person=None)}
    if opened.link.purpose in links.OFFERS:
        return {"mark": mark_of(session, opened.subject.row)}
    if opened.link.purpose == LinkPurpose.CONVERSION_OFFER:
        return {"placement": session.get_one(Placement, opened.subject.row.placement_id)}
    return {}


def profile_page(session: Session, opened: OpenLink) -> str:
    """Name and contact, as long as the consent stands."""
    profile = profile_of(session, opened.subject.row)
    if profile is None or profile.person is None:
        raise LinkRefused("settled", opened.subject.counselor)
    return render_template("answers/profile.html", link=opened.link, subject=opened.subject, profile=profile)


def said_document(document: ConsentDocument) -> dict[str, Any]:
    """A consent text in the reader's language."""
    said = {name: _(getattr(document, name)) for name in ("title", "purpose", "period", "refusal")}
    return {**said, "id": document.id, "items": [_(item) for item in document.items]}


def page_again(token: str, odd: AnswerOdd) -> Page:
    """The same page with the sentence that says what is missing."""
    with reading() as session:
        try:
            return link_page(session, links.open_link(session, token, today=today(session)), str(odd)), 422
        except LinkRefused as refused:
            return gone_page(refused.code, refused.counselor)


def refused_page(token: str, refused: MoveRefused) -> Page:
    """One sentence, and whom to call."""
    with reading() as session:
        try:
            counselor = links.open_link(session, token, today=today(session)).subject.counselor
        except LinkRefused as closed:
            counselor = closed.counselor
    status = 403 if refused.refusal.code == "not_allowed" else 409
    return gone_page("refused", counselor, status, describe_refusal(refused.refusal))


def gone_page(code: str, counselor: Caller | None, status: int = 0, sentence: str = "") -> Page:
    """A link that opens nothing (any more) says whom to call."""
    page = render_template("answers/gone.html", code=code, counselor=counselor, sentence=sentence)
    return page, status or GONE[code]


@blueprint.post("/links")
@door("referral:see")
def make_link() -> str:
    """Form: purpose, subject (row number), side, next (the page it came from). The address is shown once; nobody can read it again."""
    purpose, side = request.form.get("purpose", ""), request.form.get("side", "")
    if purpose not in links.SCOPES or side not in list(Side) or purpose == LinkPurpose.PROFILE:
        abort(400)
    made = attempt(lambda session: made_link(session, purpose, Side(side)))
    url = settings().public_url.rstrip("/") + url_for("answers.show_link", token=made.token)
    message = links.message_for(made.link, made.subject, url)
    back = local_address(request.form.get("next"))
    return render_template(
        "answers/share.html",
        link=made.link,
        subject=made.subject,
        url=url,
        message=message,
        people=made.people,
        back=back,
    )


class Made(NamedTuple):
    """A new link with its token, what it is about, and to whom it can be sent (name, phone)."""

    link: AnswerLink
    token: str
    subject: Subject
    people: list[tuple[str, str]]


def made_link(session: Session, purpose: str, side: Side) -> Made:
    """A link about the row that the reader named, as far as he may see it."""
    account, number = current_account(), request.form.get("subject", type=int)
    row: Any = fetch(session, SEEN_BY.get(purpose, visible_referrals)(account), id=number)
    link, token = links.make_link(session, purpose, row, side, actor_for(account), today=today(session))
    subject = links.around(session, row)
    return Made(link, token, subject, links.receivers(session, subject, side))
