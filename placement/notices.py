"""Decides who should be reminded or told of an end, and when: written by time once each, lapsed when the row moved on."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, insert, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from employers.enums import AgreementKind, AgreementState
from employers.models import Agreement, Company, Contact, Opening
from employers.moves import Refusal
from placement import links
from placement.access import TELLERS, visible_notices
from placement.agreements import is_renewed
from placement.calendars import day_of, moment_on
from placement.enums import ConversionState, LinkPurpose, NoticeChannel, NoticeKind, ReferralState, Side
from placement.models import Account, AnswerLink, Conversion, Graduate, Notice, Placement, Referral
from placement.states import Actor, MoveRefused
from placement.texts import N_, _, describe_day, label_of
from placement.workdays import workdays_since

Counted = Callable[[date, date], int]


class Kind(NamedTuple):
    """What a notice is about: rows in a state, the day it counts from or to, how often by a day, to whom, and which
    link lets the receiver answer (None: there is nothing to press)."""

    table: type[Any]
    state: str
    day: Callable[[Any], date | None]
    number: Counted
    side: Side
    purpose: str | None
    words: str


def _after_workdays(*steps: int) -> Counted:
    return lambda since, today: sum(workdays_since(since, today) >= step for step in steps)


def _before_end(*steps: int) -> Counted:
    return lambda end, today: sum((end - today).days <= step for step in steps) if end >= today else 0


def _waiting_since(row: Referral) -> date:
    return day_of(row.waiting_since)


REMINDED = _after_workdays(3, 7)
KINDS: dict[str, Kind] = {
    NoticeKind.CONSENT_REMINDER: Kind(
        Referral,
        ReferralState.AWAITING_CONSENT,
        _waiting_since,
        REMINDED,
        Side.GRADUATE,
        LinkPurpose.CONSENT,
        N_(
            "%(name)s님, %(day)s에 여쭌 %(company)s ‘%(title)s’ 공고 소개에 아직 답을 받지 못했습니다. "
            "원하지 않으시면 그렇게 답하셔도 괜찮습니다."
        ),
    ),
    NoticeKind.COMPANY_REMINDER: Kind(
        Referral,
        ReferralState.SENT,
        _waiting_since,
        REMINDED,
        Side.COMPANY,
        LinkPurpose.COMPANY_ANSWER,
        N_(
            "%(company)s 담당자님, %(day)s에 보내 드린 ‘%(title)s’ 공고의 추천에 아직 답을 받지 못했습니다. "
            "프로필을 보고 답해 주십시오. 맞지 않으면 그렇게 답하셔도 괜찮습니다."
        ),
    ),
    NoticeKind.HOLD_OVER: Kind(
        Referral,
        ReferralState.ON_HOLD,
        lambda row: row.on_hold_until,
        lambda until, today: int(until <= today),
        Side.COMPANY,
        LinkPurpose.COMPANY_ANSWER,
        N_("%(company)s 담당자님, %(day)s까지 보류하신 ‘%(title)s’ 공고의 추천에 이제 답해 주십시오."),
    ),
    NoticeKind.OFFER_EXPIRING: Kind(
        Referral,
        ReferralState.OFFERED,
        lambda row: row.offer_expires_on,
        _before_end(2),
        Side.GRADUATE,
        LinkPurpose.OFFER_ANSWER,
        N_(
            "%(name)s님, %(company)s ‘%(title)s’ 채용 제의는 %(day)s까지 답하실 수 있습니다. 조건을 보고 답해 주십시오."
        ),
    ),
    NoticeKind.CONVERSION_OFFER_EXPIRING: Kind(
        Conversion,
        ConversionState.OFFERED,
        lambda row: row.offer_expires_on,
        _before_end(2),
        Side.GRADUATE,
        LinkPurpose.CONVERSION_ANSWER,
        N_("%(name)s님, %(company)s의 정규직 전환 제의는 %(day)s까지 답하실 수 있습니다. 조건을 보고 답해 주십시오."),
    ),
    NoticeKind.AGREEMENT_EXPIRING: Kind(
        Agreement,
        AgreementState.IN_FORCE,
        lambda row: row.valid_until,
        _before_end(60, 30),
        Side.COMPANY,
        None,
        N_(
            "%(company)s 담당자님, %(title)s 기간이 %(day)s에 끝납니다. 계속 함께하실 수 있도록 갱신을 안내해 드리겠습니다."
        ),
    ),
}


class Errand(NamedTuple):
    """A notice with what it is about; `graduate` and `opening` where there are any."""

    notice: Notice
    row: Any
    graduate: Graduate | None
    company: Company
    opening: Opening | None

    @property
    def title(self) -> str:
        """The opening, or which agreement."""
        if self.notice.entity == "agreement":
            return label_of(AgreementKind, self.row.kind)
        return self.opening.title if self.opening else ""


class Receiver(NamedTuple):
    """Whom the words may be sent to, and how."""

    name: str
    phone: str | None
    email: str | None


def _rows(kind: str) -> SelectOfScalar[Any]:
    """The rows that such a notice can be about now."""
    table, state = KINDS[kind].table, KINDS[kind].state
    rows = select(table).where(table.state == state)
    return rows.where(~is_renewed()) if table is Agreement else rows


def write_due(session: Session, *, today: date) -> int:
    """Write every notice that is due; how many were new. A later one takes the place of an earlier one left out.

    Of several writers at once one writes each notice, for its key is unique.
    """
    return sum(_is_new(session, line) for kind in KINDS for line in _due(session, kind, today))


def _due(session: Session, kind: str, today: date) -> Iterator[dict[str, Any]]:
    table, _state, day_of_row, number, side, *_rest = KINDS[kind]
    columns = (col(Notice.entity_id), col(Notice.about_on))
    same_kind = select(*columns, func.max(col(Notice.number))).where(Notice.kind == kind).group_by(*columns)
    written = {(row_id, day): last for row_id, day, last in session.exec(same_kind)}
    for row in session.exec(_rows(kind).order_by(table.id)).all():
        day = day_of_row(row)
        count = number(day, today) if day else 0
        if day is not None and count > written.get((row.id, day), 0):
            yield {
                "kind": kind,
                "entity": table.__tablename__,
                "entity_id": row.id,
                "side": side,
                "about_on": day,
                "number": count,
                "written_on": today,
            }


def _is_new(session: Session, line: dict[str, Any]) -> bool:
    try:
        with session.begin_nested():
            session.connection().execute(insert(Notice).values(**line))
    except IntegrityError:
        return False
    return True


def is_of(counselor_id: int | None) -> ColumnElement[bool]:
    """The condition on a notice about a counselor's own referrals and people."""
    referrals = select(Referral.id).where(Referral.counselor_id == counselor_id)
    conversions = (
        select(Conversion.id)
        .join(Placement, col(Placement.id) == Conversion.placement_id)
        .join(Graduate, col(Graduate.id) == Placement.graduate_id)
        .where(Graduate.counselor_id == counselor_id)
    )
    about_referral = (col(Notice.entity) == "referral") & col(Notice.entity_id).in_(referrals)
    return about_referral | ((col(Notice.entity) == "conversion") & col(Notice.entity_id).in_(conversions))


def standing(session: Session, notices: SelectOfScalar[Notice], *conditions: Any) -> list[tuple[Notice, Any]]:
    """Those of the notices (`visible_notices`) whose row still waits so, with the row: the last of each kind and row."""
    found: dict[tuple[str, int], tuple[Notice, Any]] = {}
    for kind, (table, _state, day_of_row, *_rest) in KINDS.items():
        mine = notices.where(Notice.kind == kind, *conditions).with_only_columns(col(Notice.id))
        rows = _rows(kind).join(Notice, col(Notice.entity_id) == table.id).add_columns(Notice)
        chosen = rows.where(col(Notice.id).in_(mine)).order_by(col(Notice.number), col(Notice.id))
        for row, notice in session.execute(chosen):
            if day_of_row(row) == notice.about_on:
                found[kind, row.id] = (notice, row)
    return list(found.values())


def to_send(session: Session, notices: SelectOfScalar[Notice], *conditions: Any) -> list[Errand]:
    """What stands and nobody has told yet: the latest number first, then what waits longest."""
    untold = [pair for pair in standing(session, notices, *conditions) if pair[0].told_at is None]
    ordered = sorted(untold, key=lambda pair: (-pair[0].number, pair[0].about_on, pair[0].id or 0))
    return [_errand(session, *pair) for pair in ordered]


def told_by_notice(errands: Iterable[Errand]) -> set[int]:
    """The referrals that these notices speak of."""
    return {errand.row.id for errand in errands if errand.notice.entity == "referral"}


def agreements_to_tell(session: Session, account: Account) -> dict[int, Errand]:
    """What the account must tell companies about their agreements, by agreement id."""
    wanted = to_send(session, visible_notices(account), Notice.entity == "agreement")
    return {errand.row.id: errand for errand in wanted}


def _errand(session: Session, notice: Notice, row: Any) -> Errand:
    if notice.entity == "agreement":
        return Errand(notice, row, None, session.get_one(Company, row.company_id), None)
    subject = links.around(session, row)
    return Errand(notice, row, subject.graduate, subject.company, subject.opening)


def errand_of(session: Session, notice: Notice) -> Errand:
    """The notice with what it is about. Raises MoveRefused: notice_lapsed when there is nothing to tell any more."""
    mine = standing(session, select(Notice), col(Notice.id) == notice.id)
    newer = select(Notice.id).where(
        Notice.kind == notice.kind,
        Notice.entity_id == notice.entity_id,
        Notice.about_on == notice.about_on,
        Notice.number > notice.number,
    )
    if not mine or session.exec(newer).first() is not None:
        raise MoveRefused(Refusal("notice_lapsed"))
    return _errand(session, *mine[0])


def receivers_of(session: Session, errand: Errand) -> list[Receiver]:
    """Who of the side that is told can be reached, and where."""
    if errand.graduate is not None and errand.notice.side == Side.GRADUATE:
        person = errand.graduate
        return [Receiver(person.name or person.key, person.phone, person.email)]
    theirs = select(Contact).where(Contact.company_id == errand.company.id).order_by(col(Contact.name))
    return [Receiver(row.name, row.phone, row.email) for row in session.exec(theirs)]


def link_of(session: Session, errand: Errand, by: Actor, *, today: date) -> tuple[AnswerLink, str] | None:
    """A fresh answer link and its token, or None where nothing can be pressed. Raises MoveRefused."""
    purpose = KINDS[errand.notice.kind].purpose
    _check_teller(errand.notice, by)
    if purpose is None:
        return None
    return links.make_link(session, purpose, errand.row, Side(errand.notice.side), by, today=today)


def asked(errand: Errand) -> str:
    """What the receiver is asked or told, in the spoken language."""
    return _(
        KINDS[errand.notice.kind].words,
        name=(errand.graduate.name or errand.graduate.key) if errand.graduate else "",
        company=errand.company.name,
        title=errand.title,
        day=describe_day(errand.notice.about_on),
    )


def message_of(session: Session, errand: Errand, link: AnswerLink | None, url: str, caller: links.Caller) -> str:
    """The words to send; `caller` signs where nothing can be pressed."""
    if link is None:
        return links.compose_message(asked(errand), caller)
    return links.message_for(link, links.around(session, errand.row), url, asked(errand))


def tell(session: Session, notice: Notice, channel: NoticeChannel, by: Actor, *, today: date) -> None:
    """Note that it has been told. Raises MoveRefused: not_allowed, notice_lapsed, changed_meanwhile to the later of two."""
    _check_teller(notice, by)
    errand_of(session, notice)
    _mark(session, notice, col(Notice.told_at).is_(None), channel=channel, told_at=moment_on(today), told_by=by.name)


def take_back_telling(session: Session, notice: Notice, by: Actor) -> None:
    """It was not told after all. Raises MoveRefused: not_allowed, changed_meanwhile."""
    _check_teller(notice, by)
    _mark(session, notice, col(Notice.told_at).is_not(None), channel=None, told_at=None, told_by=None)


def _check_teller(notice: Notice, by: Actor) -> None:
    if TELLERS[notice.kind] not in by.permissions:
        raise MoveRefused(Refusal("not_allowed"))


def _mark(session: Session, notice: Notice, still: ColumnElement[bool], **values: Any) -> None:
    row = update(Notice).where(col(Notice.id) == notice.id, still)
    if session.connection().execute(row.values(**values)).rowcount != 1:
        raise MoveRefused(Refusal("changed_meanwhile"))
    session.refresh(notice)


def told_about(session: Session, entity: str, ids: Iterable[int | None]) -> dict[int, Notice]:
    """The last notice that was told about each of these rows as it waits now, by the row's id."""
    mine = (Notice.entity == entity, col(Notice.entity_id).in_(list(ids)), col(Notice.told_at).is_not(None))
    return {row.id: notice for notice, row in standing(session, select(Notice), *mine)}


def history_of(session: Session, entity: str, row_id: int) -> list[Notice]:
    """Every notice about a row that was told, the newest first."""
    told = select(Notice).where(Notice.entity == entity, Notice.entity_id == row_id, col(Notice.told_at).is_not(None))
    return list(session.exec(told.order_by(col(Notice.told_at).desc(), col(Notice.id).desc())))
