"""Decides what an answer link may do: for whom it speaks, about what, once and until when; nothing beyond its own side."""

import hashlib
import secrets
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import update
from sqlmodel import Session, col, select

from employers.columns import now
from employers.models import Company, Contact, Opening
from employers.moves import Refusal
from placement import moving, retention
from placement.enums import AccountState, Channel, LinkPurpose, Role, Side, SignerSeat
from placement.models import (
    Account,
    AnswerLink,
    Assessment,
    Conversion,
    Graduate,
    InternshipAgreement,
    Placement,
    Referral,
    RetentionCheck,
)
from placement.offers import is_made_after, mark_of
from placement.states import Actor, MoveRefused, machine_of
from placement.texts import N_, _, describe_day

LINK_DAYS = 14
TOKEN_BYTES = 32


class Scope(NamedTuple):
    """The rows that links of a purpose are about, who may hold one, what it may say, and who may make one.

    `last_day` names the row's column after which nothing may be answered any more, whatever day the link itself ends.
    """

    table: type[Any]
    sides: tuple[Side, ...]
    moves: frozenset[str]
    maker: str
    last_day: str | None = None


SCOPES: dict[str, Scope] = {
    LinkPurpose.CONSENT: Scope(
        Referral, (Side.GRADUATE,), frozenset({"consent", "refuse_consent"}), maker="referral:change"
    ),
    LinkPurpose.COMPANY_ANSWER: Scope(
        Referral, (Side.COMPANY,), frozenset({"show_interest", "hold", "decline"}), maker="referral:change"
    ),
    LinkPurpose.PROFILE: Scope(Referral, (Side.COMPANY,), frozenset(), maker="referral:answer"),
    LinkPurpose.OFFER_ANSWER: Scope(
        Referral,
        (Side.GRADUATE,),
        frozenset({"accept", "refuse_offer"}),
        maker="referral:change",
        last_day="offer_expires_on",
    ),
    LinkPurpose.CONVERSION_ANSWER: Scope(
        Conversion,
        (Side.GRADUATE,),
        frozenset({"accept", "decline"}),
        maker="conversion:change",
        last_day="offer_expires_on",
    ),
    LinkPurpose.CONVERSION_OFFER: Scope(
        Conversion, (Side.COMPANY,), frozenset({"offer", "not_offer"}), maker="conversion:change"
    ),
    LinkPurpose.RETENTION: Scope(
        RetentionCheck,
        (Side.GRADUATE, Side.COMPANY),
        frozenset({"confirm", "record_leaving", "dispute"}),
        maker="retention_check:change",
    ),
    LinkPurpose.SIGNING: Scope(
        InternshipAgreement,
        (Side.GRADUATE, Side.COMPANY),
        frozenset({"sign"}),
        maker="internship_agreement:change",
    ),
    LinkPurpose.COSIGNING: Scope(
        InternshipAgreement, (Side.COMPANY,), frozenset({"sign"}), maker="internship_agreement:change"
    ),
    LinkPurpose.ASSESSMENT: Scope(Assessment, (Side.COMPANY,), frozenset({"answer"}), maker="assessment:change"),
    LinkPurpose.ASSESSMENT_REPLY: Scope(
        Assessment, (Side.GRADUATE,), frozenset({"accept", "contradict"}), maker="assessment:change"
    ),
}
# In whose place the holder of a link signs.
SEATS: dict[tuple[str, str], SignerSeat] = {
    (LinkPurpose.SIGNING, Side.GRADUATE): SignerSeat.GRADUATE,
    (LinkPurpose.SIGNING, Side.COMPANY): SignerSeat.COMPANY,
    (LinkPurpose.COSIGNING, Side.COMPANY): SignerSeat.COSIGNER,
}
OFFERS = frozenset({LinkPurpose.OFFER_ANSWER, LinkPurpose.CONVERSION_ANSWER})
KEEPS_CHANNEL = frozenset({"consent", "sign", "answer"})

ASKED: dict[tuple[str, str], str] = {
    (LinkPurpose.CONSENT, Side.GRADUATE): N_(
        "%(name)s님, %(company)s의 ‘%(opening)s’ 공고에 소개해 드려도 될지 여쭙니다. 내용을 읽고 답해 주십시오."
    ),
    (LinkPurpose.COMPANY_ANSWER, Side.COMPANY): N_(
        "%(company)s 담당자님, ‘%(opening)s’ 공고에 맞는 수료생을 추천드립니다. 프로필을 보고 답해 주십시오."
    ),
    (LinkPurpose.OFFER_ANSWER, Side.GRADUATE): N_(
        "%(name)s님, %(company)s에서 ‘%(opening)s’ 채용을 제의했습니다. 조건을 보고 답해 주십시오."
    ),
    (LinkPurpose.CONVERSION_ANSWER, Side.GRADUATE): N_(
        "%(name)s님, %(company)s에서 정규직 전환을 제의했습니다. 조건을 보고 답해 주십시오."
    ),
    (LinkPurpose.CONVERSION_OFFER, Side.COMPANY): N_(
        "%(company)s 담당자님, %(name)s님을 정규직으로 전환하실지 여쭙니다. 조건이나 사유를 적어 주십시오."
    ),
    (LinkPurpose.RETENTION, Side.GRADUATE): N_("%(name)s님, %(company)s에서 계속 일하고 계신지 여쭙니다."),
    (LinkPurpose.RETENTION, Side.COMPANY): N_("%(company)s 담당자님, %(name)s님이 계속 일하고 있는지 여쭙니다."),
    (LinkPurpose.SIGNING, Side.GRADUATE): N_("%(name)s님, %(company)s 인턴 협약서입니다. 읽고 서명해 주십시오."),
    (LinkPurpose.SIGNING, Side.COMPANY): N_(
        "%(company)s 담당자님, %(name)s님의 인턴 협약서입니다. 읽고 서명해 주십시오."
    ),
    (LinkPurpose.COSIGNING, Side.COMPANY): N_(
        "%(company)s 둘째 서명자님, %(name)s님의 인턴 협약서입니다. 읽고 서명해 주십시오."
    ),
    (LinkPurpose.ASSESSMENT, Side.COMPANY): N_(
        "%(company)s 담당자님, 인턴 %(name)s님의 근무 평가를 부탁드립니다. 점수 다섯 개를 고르시면 됩니다."
    ),
    (LinkPurpose.ASSESSMENT_REPLY, Side.GRADUATE): N_(
        "%(name)s님, %(company)s에서 남긴 근무 평가를 확인해 주십시오. 다른 의견도 적을 수 있습니다."
    ),
}


class Caller(NamedTuple):
    """Whom at the office to call."""

    name: str
    phone: str | None


class Subject(NamedTuple):
    """What a link is about, with everybody around it; `counselor` is whom to call."""

    row: Any
    graduate: Graduate
    company: Company
    opening: Opening | None
    counselor: Caller | None


class OpenLink(NamedTuple):
    """A link that may be answered now, and what it is about."""

    link: AnswerLink
    subject: Subject


class LinkRefused(Exception):
    """The link opens nothing: unknown, used, replaced (by a newer one, or its offer by another), expired, settled (nothing
    left to answer), or stopped with the account of the company that had made it."""

    def __init__(self, code: str, counselor: Caller | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.counselor = counselor


def make_link(
    session: Session, purpose: str, row: Any, side: Side, by: Actor, *, today: date
) -> tuple[AnswerLink, str]:
    """A new link of 14 days and its token, which is kept nowhere; an older one for the same answer opens nothing more.

    Of several made at the same moment the last replaces the others. Raises MoveRefused: not_allowed, wrong_state.
    """
    scope = SCOPES[purpose]
    if scope.maker not in by.permissions or side not in scope.sides or not isinstance(row, scope.table):
        raise MoveRefused(Refusal("not_allowed"))
    _take_turn(session, row)
    if not is_answerable(scope, row, SEATS.get((purpose, side))):
        raise MoveRefused(Refusal("wrong_state", {"state": row.state}))
    _replace_older(session, purpose, row.id, side)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    last_day = today + timedelta(days=LINK_DAYS)
    link = AnswerLink(
        token_hash=hash_of(token),
        purpose=purpose,
        subject_id=row.id,
        side=side,
        created_by=by.name,
        expires_on=min(last_day, _end_of(scope, row) or last_day),
    )
    session.add(link)
    session.flush()
    return link, token


def _take_turn(session: Session, row: Any) -> None:
    """Whoever makes a link about the row waits here for the one before, whose link is seen and replaced then."""
    session.refresh(row, with_for_update={"key_share": True})


def _replace_older(session: Session, purpose: str, subject_id: int, side: Side) -> None:
    older = update(AnswerLink).where(
        col(AnswerLink.purpose) == purpose,
        col(AnswerLink.subject_id) == subject_id,
        col(AnswerLink.side) == side,
        col(AnswerLink.used_at).is_(None),
        col(AnswerLink.replaced_at).is_(None),
    )
    session.connection().execute(older.values(replaced_at=now()))


def hash_of(token: str) -> str:
    """What is stored of a token: its SHA-256; 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_answerable(scope: Scope, row: Any, seat: str | None = None) -> bool:
    """Whether any answer of this scope is possible from the row's state; what is only looked at always is.

    Who signs in a `seat` may do so once.
    """
    moves = machine_of(row).moves
    if seat is not None and seat not in row.awaits:
        return False
    return not scope.moves or any(m.name in scope.moves and row.state in m.sources for m in moves)


def open_link(session: Session, token: str, *, today: date) -> OpenLink:
    """The link of a token, without spending it. Raises LinkRefused."""
    link = session.exec(select(AnswerLink).where(AnswerLink.token_hash == hash_of(token))).first()
    if link is None:
        raise LinkRefused("unknown", office_contact(session))
    subject = subject_of(session, link)
    is_settled = not is_answerable(SCOPES[link.purpose], subject.row, SEATS.get((link.purpose, link.side)))
    if is_settled:
        session.refresh(link)  # what settled it may have been this very link, a moment ago
    if link.used_at is not None:
        raise LinkRefused("used", subject.counselor)
    if link.replaced_at is not None:
        raise LinkRefused("replaced", subject.counselor)
    if last_day_of(link, subject.row) < today:
        raise LinkRefused("expired", subject.counselor)
    if is_settled:
        raise LinkRefused("settled", subject.counselor)
    if link.purpose in OFFERS and is_made_after(session, subject.row, link.created_at):
        raise LinkRefused("replaced", subject.counselor)
    if _is_stopped(session, link):
        raise LinkRefused("stopped", subject.counselor)
    return OpenLink(link, subject)


def _is_stopped(session: Session, link: AnswerLink) -> bool:
    """Whether a company's account had made the link for its own side and may not come in any more."""
    if link.side != Side.COMPANY:
        return False
    maker = session.exec(select(Account).where(Account.email == link.created_by)).first()
    return maker is not None and maker.company_id is not None and not maker.is_active


def last_day_of(link: AnswerLink, row: Any) -> date:
    """The last day on which the link opens: its own, or an earlier one on which what it asks about ends by now."""
    return min(link.expires_on, _end_of(SCOPES[link.purpose], row) or link.expires_on)


def _end_of(scope: Scope, row: Any) -> date | None:
    ends_on: date | None = getattr(row, scope.last_day) if scope.last_day else None
    return ends_on


def spend(session: Session, opened: OpenLink) -> None:
    """Use the link up; of several at once exactly one succeeds. Raises LinkRefused: used, or replaced by a newer one since."""
    unused = update(AnswerLink).where(
        col(AnswerLink.id) == opened.link.id, col(AnswerLink.used_at).is_(None), col(AnswerLink.replaced_at).is_(None)
    )
    if session.connection().execute(unused.values(used_at=now())).rowcount != 1:
        used_at = session.exec(select(AnswerLink.used_at).where(AnswerLink.id == opened.link.id)).one()
        raise LinkRefused("used" if used_at else "replaced", opened.subject.counselor)


def actor_of(opened: OpenLink) -> Actor:
    """Who speaks through the link, with the rights of its own moves and no others."""
    link, subject = opened
    moves, allowed = machine_of(subject.row).moves, SCOPES[link.purpose].moves
    name = subject.company.name if link.side == Side.COMPANY else subject.graduate.name or subject.graduate.key
    return Actor(f"link:{link.side}", frozenset(m.permission for m in moves if m.name in allowed), name)


def answer(
    session: Session,
    opened: OpenLink,
    name: str,
    *,
    today: date,
    reason: str | None = None,
    note: str | None = None,
    **given: Any,
) -> None:
    """Spend the link on one move of its scope. `given`: what the move takes, and to an offer `shown`, the mark of the one read.

    Raises LinkRefused, MoveRefused (offer_is_another); nothing of it holds then.
    """
    if name not in SCOPES[opened.link.purpose].moves:
        raise MoveRefused(Refusal("not_allowed"))
    if opened.link.purpose in OFFERS and given.pop("shown", None) != mark_of(session, opened.subject.row):
        raise MoveRefused(Refusal("offer_is_another"))
    spend(session, opened)
    heard: dict[str, Any] = {"channel": Channel.LINK} if name in KEEPS_CHANNEL else {}
    if seat := SEATS.get((opened.link.purpose, opened.link.side)):
        heard["seat"] = seat
    actor = actor_of(opened)
    moving.advance(
        session, opened.subject.row, name, actor, effective_on=today, reason=reason, note=note, **heard, **given
    )


def answer_check(
    session: Session,
    opened: OpenLink,
    *,
    today: date,
    is_employed: bool,
    is_same_employer: bool | None = None,
    left_on: date | None = None,
    left_by: str | None = None,
    reason: str | None = None,
) -> None:
    """Spend the link on one side's word about a retention check. Raises LinkRefused, MoveRefused."""
    if opened.link.purpose != LinkPurpose.RETENTION:
        raise MoveRefused(Refusal("not_allowed"))
    spend(session, opened)
    side = Side(opened.link.side)
    said = retention.Answer(
        is_employed, is_same_employer, left_on, retention.WORD_PROVES[side], Channel.LINK, left_by, reason
    )
    retention.answer(session, opened.subject.row, side, said, actor_of(opened), today=today)


def subject_of(session: Session, link: AnswerLink) -> Subject:
    """What the link is about."""
    return around(session, session.get_one(SCOPES[link.purpose].table, link.subject_id))


def around(session: Session, row: Any) -> Subject:
    """A referral, conversion or retention check with its people."""
    opening = None
    if isinstance(row, Referral):
        opening = session.get_one(Opening, row.opening_id)
        graduate_id, company_id, counselor_id = row.graduate_id, opening.company_id, row.counselor_id
    else:
        placement = session.get_one(Placement, row.placement_id)
        graduate_id, company_id, counselor_id = placement.graduate_id, placement.company_id, None
    graduate = session.get_one(Graduate, graduate_id)
    own = session.get(Account, counselor_id or graduate.counselor_id or 0)
    counselor = Caller(own.name, own.phone) if own else office_contact(session)
    return Subject(row, graduate, session.get_one(Company, company_id), opening, counselor)


def office_contact(session: Session) -> Caller | None:
    """Whom to call where nobody is responsible: the office's first manager with a telephone."""
    a = Account
    reachable = select(a.name, a.phone).where(
        a.role == Role.MANAGER, a.state == AccountState.ACTIVE, col(a.phone).is_not(None)
    )
    found = session.exec(reachable.order_by(col(a.id)).limit(1)).first()
    return Caller(*found) if found else None


def receivers(session: Session, subject: Subject, side: Side) -> list[tuple[str, str]]:
    """Who of a side can be sent a message: (name, phone)."""
    if side == Side.GRADUATE:
        people = [(subject.graduate.name or subject.graduate.key, subject.graduate.phone)]
    else:
        theirs = select(Contact).where(Contact.company_id == subject.company.id).order_by(col(Contact.name))
        people = [(contact.name, contact.phone) for contact in session.exec(theirs)]
    return [(name, phone) for name, phone in people if phone]


def message_for(link: AnswerLink, subject: Subject, url: str, asked: str = "") -> str:
    """The text to send by KakaoTalk or SMS, in the spoken language: who asks what (or `asked`), the address, until when."""
    usual = _(
        ASKED[link.purpose, link.side],
        name=subject.graduate.name or "",
        company=subject.company.name,
        opening=subject.opening.title if subject.opening else "",
    )
    until = _("%(day)s까지 한 번 답할 수 있습니다.", day=describe_day(link.expires_on))
    return compose_message(asked or usual, subject.counselor, url, until)


def compose_message(asked: str, caller: Caller | None, *lines: str) -> str:
    """A text of the office: who we are and what we ask, these lines, and whom to call."""
    call = _("문의: %(who)s", who=" ".join(filter(None, (caller.name, caller.phone)))) if caller else ""
    return "\n".join(filter(None, (_("[이음]") + " " + asked, *lines, call)))
