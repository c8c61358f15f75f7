"""Decides how a company's agreement goes on: the next edition of its kind, in force from its day, renewed before its end."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from employers.enums import AgreementState
from employers.models import Agreement, Company, Opening
from employers.moves import Refusal
from placement.models import AgreementProgram, Event, Program
from placement.states import Actor, MoveRefused, move, record_birth, undo

ENTER = "enter_into_force"


def advance(
    session: Session,
    agreement: Agreement,
    name: str,
    actor: Actor,
    *,
    effective_on: date,
    reason: str | None = None,
    note: str | None = None,
    to: str | None = None,
    signed_on: date | None = None,
) -> Event:
    """Run one move. Entering into force without a day of signing means that it was signed then (or on `signed_on`).

    Raises MoveRefused: agreement_not_yet before the day of signing, days_out_of_order where that is after the term.
    """
    changes: dict[str, Any] = {}
    if name == ENTER and agreement.state == AgreementState.DRAFT:
        signed = signed_on or agreement.signed_on or effective_on
        _ask_term(agreement, signed, effective_on)
        changes = {"signed_on": signed}
    return move(session, agreement, name, actor, effective_on=effective_on, reason=reason, note=note, to=to, **changes)


def ask_day(_session: Session, agreement: Agreement, line: Event) -> None:
    """Whether the move of this line, the row's last one, may have happened on its day. Raises MoveRefused as the move does."""
    if line.move == ENTER and agreement.signed_on:
        _ask_term(agreement, agreement.signed_on, line.effective_on)


def _ask_term(agreement: Agreement, signed_on: date, day: date) -> None:
    if signed_on > day:
        raise MoveRefused(Refusal("agreement_not_yet", {"day": signed_on}))
    if agreement.valid_until and agreement.valid_until < signed_on:
        raise MoveRefused(Refusal("days_out_of_order"))


def take_back(
    session: Session, agreement: Agreement, actor: Actor, *, effective_on: date, note: str | None = None
) -> Event:
    """Undo the last move. What was entered into force by mistake stays a draft until somebody enters it anew."""
    return undo(session, agreement, actor, effective_on=effective_on, note=note)


def enter_agreement(
    session: Session, company: Company, values: dict[str, Any], programs: Iterable[int], actor: Actor, *, today: date
) -> Agreement:
    """A new edition for these programs (ids); in force at once when its day of signing has come, else a draft."""
    agreement = Agreement(company_id=company.id or 0, edition=_next_edition(session, company, values["kind"]), **values)
    signed_on = agreement.signed_on or today
    record_birth(session, agreement, actor, effective_on=min(signed_on, today))
    wanted = select(Program.id).where(col(Program.id).in_(set(programs)))
    session.add_all(
        AgreementProgram(agreement_id=agreement.id or 0, program_id=program or 0) for program in session.exec(wanted)
    )
    session.flush()
    if agreement.signed_on and agreement.signed_on <= today:
        advance(session, agreement, ENTER, actor, effective_on=agreement.signed_on)
    return agreement


def _next_edition(session: Session, company: Company, kind: str) -> int:
    same = (Agreement.company_id == company.id, Agreement.kind == kind)
    return (session.exec(select(func.max(col(Agreement.edition))).where(*same)).one() or 0) + 1


def agreements_beginning(session: Session, today: date) -> Iterable[Agreement]:
    """Drafts whose day of signing has come; not those that somebody has taken out of force again."""
    entered = select(Event.id).where(
        Event.entity == "agreement", Event.entity_id == Agreement.id, col(Event.move) == ENTER
    )
    drafts = select(Agreement).where(Agreement.state == AgreementState.DRAFT, col(Agreement.signed_on) <= today)
    return session.exec(drafts.where(~entered.exists()).order_by(col(Agreement.id))).all()


def is_renewed() -> ColumnElement[bool]:
    """The condition on an agreement that a later edition follows, in force or signed for a day to come."""
    later = aliased(Agreement)
    is_signed = (col(later.state) == AgreementState.DRAFT) & col(later.signed_on).is_not(None)
    goes_on = (col(later.state) == AgreementState.IN_FORCE) | is_signed
    return (
        select(later.id)
        .where(
            later.company_id == Agreement.company_id,
            later.kind == Agreement.kind,
            later.edition > Agreement.edition,
            goes_on,
        )
        .correlate(Agreement)
        .exists()
    )


def renewal_of(agreement: Agreement, today: date) -> dict[str, Any]:
    """What the next edition begins with: the same kind and pledge, from the day after the old term and as long as it."""
    old_start, old_end = agreement.signed_on, agreement.valid_until
    starts_on = max(old_end + timedelta(days=1), today) if old_end else today
    ends_on = starts_on + (old_end - old_start) if old_start and old_end else None
    return {
        "kind": agreement.kind,
        "signed_on": starts_on,
        "valid_until": ends_on,
        "headcount_pledged": agreement.headcount_pledged,
    }


def editions_of(session: Session, agreement: Agreement) -> list[Agreement]:
    """Every edition of a company's agreement of this kind, the newest first."""
    same = (Agreement.company_id == agreement.company_id, Agreement.kind == agreement.kind)
    return list(session.exec(select(Agreement).where(*same).order_by(col(Agreement.edition).desc())))


def programs_of(session: Session, agreements: Iterable[Agreement]) -> dict[int, list[str]]:
    """The names of each agreement's programs by the agreement's id."""
    ids = [row.id for row in agreements]
    rows = session.exec(
        select(AgreementProgram.agreement_id, Program.name)
        .join(Program, col(Program.id) == col(AgreementProgram.program_id))
        .where(col(AgreementProgram.agreement_id).in_(ids))
        .order_by(Program.name)
    )
    named: dict[int, list[str]] = {}
    for agreement, name in rows:
        named.setdefault(agreement, []).append(name)
    return named


def program_ids_of(session: Session, agreement: Agreement) -> list[int]:
    """The ids of the agreement's programs."""
    mine = select(AgreementProgram.program_id).where(AgreementProgram.agreement_id == agreement.id)
    return list(session.exec(mine))


def approve_opening(session: Session, opening: Opening, *, is_approved: bool) -> None:
    """Let a company without an agreement be shown people for this opening, or no longer."""
    opening.is_approved = is_approved
    opening.version += 1
    session.add(opening)
    session.flush()
