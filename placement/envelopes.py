"""Decides how the answer links of several referrals go out together: one message a company, with every link in it."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from sqlmodel import Session

from employers.models import Company
from placement import links
from placement.blind import code_name
from placement.enums import LinkPurpose, ReferralState, Side
from placement.links import Caller, Subject
from placement.models import AnswerLink, Referral
from placement.states import Actor
from placement.texts import _, describe_day

UNANSWERED = (ReferralState.SENT, ReferralState.ON_HOLD, ReferralState.NO_RESPONSE)


class Envelope(NamedTuple):
    """What one company is sent: the words, how many people they ask about, and whom there they can be sent to (name, phone)."""

    company: Company
    message: str
    people: int
    receivers: list[tuple[str, str]]


class Made(NamedTuple):
    """A link that was just made, what it is about, and its address, which nobody can read again."""

    link: AnswerLink
    subject: Subject
    url: str


def ask_companies(
    session: Session, referrals: Iterable[Referral], by: Actor, address: Callable[[str], str], *, today: date
) -> list[Envelope]:
    """A new link for every referral that its company may answer now, one message a company; the others are left out.

    `address` makes a token's address. Raises MoveRefused (not_allowed).
    """
    made: dict[int, list[Made]] = {}
    for referral in referrals:
        if waits_for_company(referral):
            link, token = links.make_link(session, LinkPurpose.COMPANY_ANSWER, referral, Side.COMPANY, by, today=today)
            subject = links.around(session, referral)
            made.setdefault(subject.company.id or 0, []).append(Made(link, subject, address(token)))
    return [_envelope(session, group) for group in made.values()]


def waits_for_company(referral: Referral) -> bool:
    """Whether the company has still to say anything at all about the referral."""
    return referral.state in UNANSWERED


def _envelope(session: Session, group: list[Made]) -> Envelope:
    first = group[0]
    people = links.receivers(session, first.subject, Side.COMPANY)
    return Envelope(first.subject.company, _message(group, first.subject.counselor), len(group), people)


def _message(group: list[Made], caller: Caller | None) -> str:
    """One person is asked about in the usual words; of several each has a line with the opening and the link."""
    first = group[0]
    if len(group) == 1:
        return links.message_for(first.link, first.subject, first.url)
    asked = _(
        "%(company)s 담당자님, 공고에 맞는 수료생 %(count)s명을 추천드립니다. 한 사람씩 프로필을 보고 답해 주십시오.",
        company=first.subject.company.name,
        count=len(group),
    )
    until = _(
        "%(day)s까지 한 사람에 한 번씩 답할 수 있습니다.", day=describe_day(min(one.link.expires_on for one in group))
    )
    return links.compose_message(asked, caller, *map(_line, range(1, len(group) + 1), group), until)


def _line(number: int, one: Made) -> str:
    title = one.subject.opening.title if one.subject.opening else ""
    who = _("수료생 %(name)s", name=code_name(one.subject.row))
    return f"{number}. {title}, {who}\n{one.url}"
