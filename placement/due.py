"""Decides what of a counselor's referrals and after-care wants a hand today, the most pressing first."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from placement.access import visible_placements, visible_referrals
from placement.assessments import is_overdue, waiting
from placement.calendars import SEOUL, day_of
from placement.cases import Case, Work, cases_among, read_cases, waits_for, works_among
from placement.casework import is_looking
from placement.enums import (
    ConversionState,
    InternshipAgreementState,
    InterviewState,
    ReferralState,
)
from placement.hand_overs import does_next
from placement.models import (
    Account,
    ContactNote,
    Conversion,
    Graduate,
    InternshipAgreement,
    Interview,
    Placement,
    Referral,
)
from placement.retention import checks_due
from placement.states import states_where
from placement.workdays import workdays_since

LATE, VERY_LATE = 3, 7
OFFER_NOTICE = timedelta(days=2)
MOST = 30
REMINDED = frozenset({"company_silent", "graduate_silent", "offer_expiring"})


class Due(NamedTuple):
    """One thing to do: its kind, about whom and where, its day, whether it presses, and the row that its page shows."""

    kind: str
    who: str
    where: str
    day: date | None
    is_pressing: bool
    row_id: int


def due_today(session: Session, account: Account, today: date, besides: Collection[int] = ()) -> list[Due]:
    """Everything of this counselor that is due, pressing things first, then by day.

    A silence or an offer of the referrals `besides` is left out: the reminder to be sent says it already.
    """
    mine = col(Referral.counselor_id) == account.id
    found = [
        *_interviews(session, account, mine, today),
        *_offers(session, account, mine, today),
        *_silences(session, account, mine, today),
        *_interests(session, account, mine, today),
        *_conversions(session, account, today),
        *_checks(session, account, today),
        *_assessments(session, account, today),
        *_agreements(session, account, today),
        *_next_actions(session, account, today),
    ]
    found = [one for one in found if one.kind not in REMINDED or one.row_id not in besides]
    return sorted(found, key=lambda due: (not due.is_pressing, due.day or today))[:MOST]


def never_proposed() -> ColumnElement[bool]:
    """The condition on a graduate who looks for work and whom nobody has ever proposed."""
    any_referral = select(Referral.id).where(Referral.graduate_id == Graduate.id).correlate(Graduate)
    return is_looking() & ~any_referral.exists()


def count_never_proposed(session: Session, account: Account) -> int:
    """How many of the counselor's own people nobody has ever proposed."""
    mine = col(Graduate.counselor_id) == account.id
    return session.exec(select(func.count(col(Graduate.id))).where(mine, never_proposed())).one()


def _of(kind: str, case: Case, day: date | None, *, is_pressing: bool) -> Due:
    who = case.graduate.name or case.graduate.key
    return Due(kind, who, f"{case.company.name}, {case.opening.title}", day, is_pressing, case.referral.id or 0)


def _among(session: Session, account: Account, *conditions: ColumnElement[bool]) -> list[Case]:
    return read_cases(session, cases_among(visible_referrals(account), *conditions))


def _interviews(session: Session, account: Account, mine: ColumnElement[bool], today: date) -> Iterator[Due]:
    """Those of today and tomorrow, and those gone by that nobody has recorded."""
    last = datetime.combine(today + timedelta(days=1), time.max, SEOUL).astimezone(UTC)
    planned = select(Interview).where(Interview.state == InterviewState.PLANNED, col(Interview.at) <= last)
    by_referral = {row.referral_id: row for row in session.exec(planned)}
    for case in _among(session, account, mine, col(Referral.id).in_(by_referral)):
        day = day_of(by_referral[case.referral.id or 0].at)
        yield _of("interview_unrecorded" if day < today else "interview", case, day, is_pressing=day <= today)


def _offers(session: Session, account: Account, mine: ColumnElement[bool], today: date) -> Iterator[Due]:
    ending = col(Referral.offer_expires_on) <= today + OFFER_NOTICE
    for case in _among(session, account, mine, col(Referral.state) == ReferralState.OFFERED, ending):
        yield _of("offer_expiring", case, case.referral.offer_expires_on, is_pressing=True)


def _silences(session: Session, account: Account, mine: ColumnElement[bool], today: date) -> Iterator[Due]:
    """Nobody has answered for three working days, pressing from seven on; drafts wait for the counselor from the first."""
    silent = (ReferralState.SENT, ReferralState.AWAITING_CONSENT)
    for case in _among(session, account, mine, col(Referral.state).in_(silent)):
        if (days := case.workdays(today)) >= LATE:
            kind = "company_silent" if case.referral.state == ReferralState.SENT else "graduate_silent"
            yield _of(kind, case, case.since, is_pressing=days >= VERY_LATE)
    for case in _among(session, account, mine, waits_for("counselor")):
        yield _of("draft", case, case.since, is_pressing=False)


def _interests(session: Session, account: Account, mine: ColumnElement[bool], today: date) -> Iterator[Due]:
    """The company has shown interest and no interview is planned; after three working days it presses."""
    for case in _among(session, account, mine, col(Referral.state) == ReferralState.INTERESTED):
        yield _of("interview_to_plan", case, case.since, is_pressing=case.workdays(today) >= LATE)


def _works(session: Session, account: Account, *conditions: ColumnElement[bool]) -> Iterable[Work]:
    own = col(Graduate.counselor_id) == account.id
    rows = session.exec(works_among(visible_placements(account), own, *conditions))
    return [Work(*row) for row in rows]


def _conversions(session: Session, account: Account, today: date) -> Iterator[Due]:
    """What a conversion waits for: the company's decision, the graduate's answer, the start of the contract."""
    waiting = col(Conversion.state).in_(states_where("conversion", open=True))
    for work in _works(session, account, waiting):
        who, day, conversion = work.graduate.name or work.graduate.key, work.placement.ends_on, work.conversion
        kind, presses_from = "conversion", today
        if conversion and conversion.state == ConversionState.OFFERED:
            kind, day, presses_from = "conversion_answer", conversion.offer_expires_on, today + OFFER_NOTICE
        elif conversion and conversion.state == ConversionState.ACCEPTED:
            kind = "conversion_start"
        is_pressing = day is not None and day <= presses_from
        yield Due(kind, who, work.company.name, day, is_pressing, work.placement.id or 0)


def _checks(session: Session, account: Account, today: date) -> Iterator[Due]:
    due = {check.placement_id: check for check in reversed(checks_due(session, today))}
    for work in _works(session, account, col(Placement.id).in_(due)):
        check = due[work.placement.id or 0]
        who = work.graduate.name or work.graduate.key
        yield Due("retention", who, work.company.name, check.due_on, check.due_on < today, check.id or 0)


def _assessments(session: Session, account: Account, today: date) -> Iterator[Due]:
    """What companies owe of the counselor's interns, pressing after a week."""
    asked = session.exec(waiting(today)).all()
    works = {
        w.placement.id: w for w in _works(session, account, col(Placement.id).in_([a.placement_id for a in asked]))
    }
    for row, work in ((row, works[row.placement_id]) for row in asked if row.placement_id in works):
        who = work.graduate.name or work.graduate.key
        yield Due("assessment", who, work.company.name, row.due_on, is_overdue(row, today), row.id or 0)


def _agreements(session: Session, account: Account, today: date) -> Iterator[Due]:
    """Internship agreements that the office has still to confirm, and those that have waited too long to be signed."""
    a = InternshipAgreement
    waiting = col(a.state).in_((InternshipAgreementState.ISSUED, InternshipAgreementState.SIGNED))
    rows = {row.placement_id: row for row in session.exec(select(a).where(waiting))}
    for work in _works(session, account, col(Placement.id).in_(rows)):
        row = rows[work.placement.id or 0]
        days = workdays_since(row.issued_on, today) if row.issued_on else 0
        is_signed, who = row.state == InternshipAgreementState.SIGNED, work.graduate.name or work.graduate.key
        if is_signed or days > LATE:
            kind = "agreement_signed" if is_signed else "agreement_unsigned"
            is_pressing = not is_signed and days >= VERY_LATE
            yield Due(kind, who, work.company.name, row.issued_on, is_pressing, row.id or 0)


def _next_actions(session: Session, account: Account, today: date) -> Iterator[Due]:
    """What the counselor meant to do by now, as long as no later note about the person stands."""
    newest = select(func.max(col(ContactNote.id))).group_by(col(ContactNote.graduate_id))
    chosen = (
        select(ContactNote, Graduate)
        .join(Graduate, col(Graduate.id) == col(ContactNote.graduate_id))
        .where(col(ContactNote.id).in_(newest), does_next(account.id), col(ContactNote.next_on) <= today)
    )
    for note, graduate in session.exec(chosen):
        who, day = graduate.name or graduate.key, note.next_on
        yield Due("next_action", who, note.next_action or "", day, day is not None and day < today, graduate.id or 0)
