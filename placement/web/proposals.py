"""Decides how chosen pairs become referrals: one page with all of them, one submit, and what became of each."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from flask import Blueprint, abort, render_template, request, url_for
from sqlmodel import Session, col

from placement import links
from placement.access import actor_for, visible_graduates, visible_openings, visible_referrals
from placement.enums import LinkPurpose, Side
from placement.envelopes import Envelope, ask_companies, waits_for_company
from placement.models import Graduate, Opening, Referral
from placement.proposing import Candidate, Consenting, Pair, Proposed, candidates_of, propose
from placement.referrals import may_be_shown_people
from placement.texts import _
from placement.web.addresses import local_address
from placement.web.doors import attempt, current_account, door, reading, settings, today
from placement.web.forms.referrals import ASK, CONSENT_NOW, ProposalForm

blueprint = Blueprint("proposals", __name__, url_prefix="/referrals/propose")


class Sent(NamedTuple):
    """A pair that went through."""

    candidate: Candidate
    referral: Referral


PAIR = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)
NUMBER = re.compile(r"\d{1,9}", re.ASCII)
MOST_PAIRS = 50


@blueprint.get("")
@door("referral:change")
def choose_consent() -> str:
    """?pair=graduate-opening, as often as pairs were ticked; ?next= the list they came from."""
    return proposal_page(ProposalForm())


@blueprint.post("")
@door("referral:change")
def send() -> str | tuple[str, int]:
    """Form: pair (several), how, channel, note, next."""
    form = ProposalForm()
    if not form.validate():
        return proposal_page(form), 422
    how = Consenting(is_asked=form.how.data == ASK)
    if form.how.data == CONSENT_NOW:
        how = Consenting(channel=form.channel.data, note=form.note.data.strip())
    account = current_account()

    def work(session: Session) -> tuple[list[Proposed], dict[int | None, str]]:
        chosen = chosen_candidates(session, asked_pairs())
        done = propose(session, chosen, account, actor_for(account), how, today=today(session))
        asked = sent_of(done) if how.is_asked else []
        return done, {one.referral.id: consent_message(session, one.referral) for one in asked}

    done, messages = attempt(work)
    sent = sent_of(done)
    asking = [one.referral.id for one in sent if waits_for_company(one.referral)]
    return render_template(
        "referrals/proposed.html", done=done, sent=sent, messages=messages, asking=asking, back=back_to()
    )


@blueprint.post("/links")
@door("referral:change")
def make_company_links() -> str:
    """Form: referral (row numbers, several), next. A new link for each that its company may answer, one message a company."""
    numbers = asked_referrals()
    account = current_account()

    def work(session: Session) -> list[Envelope]:
        chosen = visible_referrals(account).where(col(Referral.id).in_(numbers)).order_by(col(Referral.id))
        return ask_companies(session, session.exec(chosen).all(), actor_for(account), address_of, today=today(session))

    envelopes = attempt(work)
    made = sum(one.people for one in envelopes)
    return render_template(
        "referrals/company_links.html", envelopes=envelopes, made=made, left=len(numbers) - made, back=back_to()
    )


def asked_referrals() -> set[int]:
    """The referrals that were named; 400 for none, too many or an odd one."""
    found = [NUMBER.fullmatch(words) for words in request.form.getlist("referral")]
    if not found or len(found) > MOST_PAIRS or not all(found):
        abort(400, _("링크를 만들 알선을 하나 이상 골라 주십시오."))
    return {int(number[0]) for number in found if number}


def address_of(token: str) -> str:
    """Where a link's token opens."""
    return settings().public_url.rstrip("/") + url_for("answers.show_link", token=token)


def consent_message(session: Session, referral: Referral) -> str:
    """The words to send to the graduate, with a new link in them that nobody can read again."""
    day, actor = today(session), actor_for(current_account())
    link, token = links.make_link(session, LinkPurpose.CONSENT, referral, Side.GRADUATE, actor, today=day)
    return links.message_for(link, links.around(session, referral), address_of(token))


def sent_of(done: Iterable[Proposed]) -> list[Sent]:
    """Those that went through."""
    return [Sent(one.candidate, one.referral) for one in done if one.referral is not None]


def asked_pairs() -> list[Pair]:
    """The pairs that were ticked; 400 for none, too many or an odd one."""
    found = [PAIR.fullmatch(words) for words in request.values.getlist("pair")]
    pairs = [(int(pair[1]), int(pair[2])) for pair in found if pair]
    if not pairs or len(pairs) != len(found):
        abort(400, _("알선할 수료생과 공고를 하나 이상 골라 주십시오."))
    if len(pairs) > MOST_PAIRS:
        abort(400, _("한 번에 %(most)s건까지 알선할 수 있습니다.", most=MOST_PAIRS))
    return pairs


def chosen_candidates(session: Session, pairs: list[Pair]) -> list[Candidate]:
    """The pairs whose both sides the reader may see."""
    account = current_account()
    people = visible_graduates(account).with_only_columns(Graduate.id)  # type: ignore[call-overload]
    offers = visible_openings(account).with_only_columns(Opening.id)  # type: ignore[call-overload]
    seen_people, seen_offers = set(session.exec(people)), set(session.exec(offers))
    return candidates_of(session, [(g, o) for g, o in pairs if g in seen_people and o in seen_offers])


def proposal_page(form: ProposalForm) -> str:
    """All chosen pairs with what will be asked; a company that may not be shown people yet says so."""
    with reading() as session:
        chosen, day = chosen_candidates(session, asked_pairs()), today(session)
        closed = {one.opening.id for one in chosen if not may_be_shown_people(session, one.opening, day)}
    return render_template("referrals/propose.html", form=form, chosen=chosen, closed=closed, back=back_to())


def back_to() -> str:
    """The list that the reader came from."""
    return local_address(request.values.get("next"))
