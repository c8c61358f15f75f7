"""Decides the small cast of the service's tests: one row of every machine, built in the state that a test asks for."""

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

from sqlmodel import Session, col, func, select

from employers.models import Agreement, Company, Opening
from placement.access import office_actor
from placement.models import (
    Account,
    AgreementDocument,
    Assessment,
    Cohort,
    Consent,
    ConsentDocument,
    Conversion,
    Event,
    Graduate,
    Guidance,
    HandOver,
    InternshipAgreement,
    MatchRun,
    Outcome,
    Placement,
    Program,
    Referral,
    RetentionCheck,
    Suggestion,
)
from placement.paper_texts import digest_of
from placement.states import Actor

OFFICE = office_actor("office@ieum.example")
STRANGER = Actor("stranger@ieum.example", frozenset())
DAY = date(2020, 12, 1)

_numbers = count(1)


def keep(session: Session, row: Any) -> Any:
    """Store a row as it is, past every rule."""
    session.add(row)
    session.flush()
    return row


def add_company(session: Session, name: str = "누리솔") -> Company:
    number = next(_numbers)
    return keep(session, Company(key=f"D-{number:05}", name=f"{name}{number}", name_key=f"{name}{number}"))


def add_cohort(session: Session) -> Cohort:
    number = next(_numbers)
    program = keep(session, Program(key=f"program-{number}", name=f"과정 {number}"))
    return keep(session, Cohort(key=f"cohort-{number}", program_id=program.id, number=1))


def add_graduate(session: Session, **values: Any) -> Graduate:
    return keep(session, Graduate(key=f"A-{next(_numbers):05}", **values))


def add_opening(session: Session, *, company: Company | None = None, **values: Any) -> Opening:
    owner = company or add_company(session)
    given = {"title": "데이터 라벨러", "state": "open", **values}
    return keep(session, Opening(key=f"J-{next(_numbers):05}", company_id=owner.id, **given))


def add_agreement(session: Session, **values: Any) -> Agreement:
    given = {"kind": "employment", "signed_on": DAY, **values}
    return keep(session, Agreement(company_id=add_company(session).id, **given))


def add_suggestion(session: Session, **values: Any) -> Suggestion:
    ids = {"graduate_id": add_graduate(session).id, "opening_id": add_opening(session).id}
    return keep(session, Suggestion(run_id=keep(session, MatchRun()).id, score=50.0, **ids, **values))


def add_placement(session: Session, **values: Any) -> Placement:
    ids = {"graduate_id": add_graduate(session).id, "company_id": add_company(session).id}
    given = {"kind": "internship", "starts_on": DAY, **values}
    return keep(session, Placement(**ids, **given))


def add_conversion(session: Session, **values: Any) -> Conversion:
    return keep(session, Conversion(placement_id=add_placement(session).id, **values))


def add_referral(session: Session, **values: Any) -> Referral:
    ids = {"graduate_id": add_graduate(session).id, "opening_id": add_opening(session).id}
    return keep(session, Referral(**ids, **values))


def add_internship_agreement(session: Session, **values: Any) -> InternshipAgreement:
    """With the text of its digest, and one signature outstanding."""
    given = {"text": "협약서", "digest": digest_of("협약서"), "awaits": ["company"], **values}
    return keep(session, InternshipAgreement(placement_id=add_placement(session).id, **given))


def add_assessment(session: Session, **values: Any) -> Assessment:
    given = {"kind": "midterm", "due_on": DAY, **values}
    return keep(session, Assessment(placement_id=add_placement(session).id, **given))


def add_check(session: Session, **values: Any) -> RetentionCheck:
    return keep(session, RetentionCheck(placement_id=add_placement(session).id, months=3, due_on=DAY, **values))


def add_tried_check(session: Session, **values: Any) -> RetentionCheck:
    """One whose people were asked often enough, so that every move is possible."""
    return add_check(session, **{"attempts": ["phone", "phone", "message"], **values})


def add_outcome(session: Session, **values: Any) -> Outcome:
    return keep(session, Outcome(graduate_id=add_graduate(session).id, kind="business", happened_on=DAY, **values))


def add_consent(session: Session, **values: Any) -> Consent:
    """A consent to collecting and using, to a text of its own edition."""
    text = {"title": "동의", "purpose": "취업 지원", "items": ["성명"], "period": "-", "refusal": "-"}
    document = keep(session, ConsentDocument(kind="collect_use", edition=100 + next(_numbers), **text))
    given = {"kind": "collect_use", "channel": "phone", "given_on": DAY, "recorded_by": "-", **values}
    return keep(session, Consent(graduate_id=add_graduate(session).id, document_id=document.id, **given))


def add_guidance(session: Session, **values: Any) -> Guidance:
    given = {"told_on": DAY, "channel": "phone", **values}
    opening = add_opening(session, source="external", posting_url="https://jobs.example.com/1")
    return keep(session, Guidance(graduate_id=add_graduate(session).id, opening_id=opening.id, **given))


def add_agreement_document(session: Session, **values: Any) -> AgreementDocument:
    number = next(_numbers)
    given = {"name": "협약서.pdf", "media_type": "application/pdf", "size": 10, "digest": f"{number:064}", **values}
    return keep(session, AgreementDocument(agreement_id=add_agreement(session).id, uploaded_by="-", **given))


def add_account(session: Session, **values: Any) -> Account:
    given = {"name": "가나", "role": "counselor", "password_hash": "-", "session_stamp": "-", **values}
    return keep(session, Account(**{"email": f"a{next(_numbers)}@ieum.example", **given}))


def add_hand_over(session: Session, **values: Any) -> HandOver:
    ends = {"giver_id": add_account(session).id, "receiver_id": add_account(session).id}
    return keep(session, HandOver(handed_on=DAY, **{**ends, **values}))


ADD: dict[str, Callable[..., Any]] = {
    "agreement": add_agreement,
    "opening": add_opening,
    "graduate": add_graduate,
    "suggestion": add_suggestion,
    "placement": add_placement,
    "conversion": add_conversion,
    "referral": add_referral,
    "consent": add_consent,
    "retention_check": add_tried_check,
    "internship_agreement": add_internship_agreement,
    "assessment": add_assessment,
    "outcome": add_outcome,
    "account": add_account,
    "hand_over": add_hand_over,
    "agreement_document": add_agreement_document,
    "guidance": add_guidance,
}


def trail(session: Session, row: Any) -> list[Event]:
    """Every event of a row, in the order of typing."""
    mine = (Event.entity == type(row).__tablename__, Event.entity_id == row.id)
    return list(session.exec(select(Event).where(*mine).order_by(col(Event.id))))


def count_rows(session: Session, table: Any) -> int:
    return session.exec(select(func.count()).select_from(table)).one()
