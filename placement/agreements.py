"""Decides how an agreement of a company is entered: the next edition of its kind, in force once it is signed."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from employers.models import Agreement, Company, Opening
from placement.models import AgreementProgram, Program
from placement.states import Actor, move, record_birth


def enter_agreement(
    session: Session, company: Company, values: dict[str, Any], programs: Iterable[int], actor: Actor, *, today: date
) -> Agreement:
    """A new edition for these programs (ids); one with its day of signing is in force at once."""
    agreement = Agreement(company_id=company.id or 0, edition=_next_edition(session, company, values["kind"]), **values)
    record_birth(session, agreement, actor, effective_on=agreement.signed_on or today)
    wanted = select(Program.id).where(col(Program.id).in_(set(programs)))
    session.add_all(
        AgreementProgram(agreement_id=agreement.id or 0, program_id=program or 0) for program in session.exec(wanted)
    )
    session.flush()
    if agreement.signed_on:
        move(session, agreement, "enter_into_force", actor, effective_on=agreement.signed_on)
    return agreement


def _next_edition(session: Session, company: Company, kind: str) -> int:
    same = (Agreement.company_id == company.id, Agreement.kind == kind)
    return (session.exec(select(func.max(col(Agreement.edition))).where(*same)).one() or 0) + 1


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


def approve_opening(session: Session, opening: Opening, *, is_approved: bool) -> None:
    """Let a company without an agreement be shown people for this opening, or no longer."""
    opening.is_approved = is_approved
    opening.version += 1
    session.add(opening)
    session.flush()
