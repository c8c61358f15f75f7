"""Decides which internship the tests of its papers stand on: one intern of a real course at one company, and who signs."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from employers.models import Company
from placement import moving
from placement.enums import Channel
from placement.internship_agreements import draft_agreement
from placement.models import (
    AgreementSignature,
    Cohort,
    Graduate,
    InternshipAgreement,
    Organisation,
    Placement,
    Program,
    Referral,
)
from placement.states import MoveRefused
from tests.placement.cast import DAY, OFFICE, add_graduate, add_opening, keep

NAME, COSIGNER = "남궁서윤", "한대표"
SIGNERS = {"graduate": NAME, "company": "강담당", "cosigner": COSIGNER}


def add_internship(session: Session, **values: Any) -> Placement:
    """Three months of work from the offer of an opening, in a cohort of a district's program."""
    office = keep(session, Organisation(name="서초구", kind="operator"))
    program = keep(session, Program(key="labeling", name="라벨링 과정", operator_id=office.id))
    cohort = keep(session, Cohort(key="l-1", program_id=program.id, number=1))
    graduate = add_graduate(session, name=NAME, phone="01000000077", cohort_id=cohort.id)
    opening = add_opening(session, title="라벨링 검수", region="서울 동작구", seats_taken=1)
    referral = keep(
        session, Referral(graduate_id=graduate.id, opening_id=opening.id, offer_pay=2_000_000, state="accepted")
    )
    given = {"starts_on": DAY, "ends_on": date(2021, 2, 28), "state": "active", **values}
    ids = {"graduate_id": graduate.id, "company_id": opening.company_id, "cohort_id": cohort.id}
    row = Placement(**ids, opening_id=opening.id, referral_id=referral.id, kind="internship", **given)
    keep(session, row)
    graduate.engaged_by = referral.id
    session.flush()
    return row


def act(session: Session, row: Any, name: str, *, on: date = DAY, **given: Any) -> Any:
    return moving.advance(session, row, name, OFFICE, effective_on=on, **given)


def sign(session: Session, paper: InternshipAgreement, *seats: str, **given: Any) -> InternshipAgreement:
    """Signatures on paper, one after the other."""
    for seat in seats:
        usual = {"seat": seat, "signer": SIGNERS[seat], "channel": Channel.PAPER, "note": "원본 보관"}
        act(session, paper, "sign", **(usual | given))
    return paper


def issued(session: Session, placement: Placement | None = None, **fields: Any) -> InternshipAgreement:
    """An edition that waits for its signatures; with `cosigner` for three."""
    paper = draft_agreement(session, placement or add_internship(session), OFFICE, today=DAY)
    act(session, paper, "fill", **{"mentor": "박멘토", **fields})
    act(session, paper, "issue")
    return paper


def refusal(session: Session, row: Any, name: str, **given: Any) -> str:
    """The code by which the move is refused."""
    with pytest.raises(MoveRefused) as caught:
        act(session, row, name, **given)
    return caught.value.refusal.code


def undo(session: Session, row: Any, *, on: date = DAY) -> None:
    moving.take_back(session, row, OFFICE, effective_on=on)


def company_of(session: Session, placement: Placement) -> Company:
    return session.get_one(Company, placement.company_id)


def graduate_of(session: Session, placement: Placement) -> Graduate:
    return session.get_one(Graduate, placement.graduate_id)


def signers(rows: list[AgreementSignature]) -> list[str]:
    return [row.seat for row in rows]
