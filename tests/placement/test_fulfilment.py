"""What an agreement pledged, offered and brought: within its term, of its kind, each person once."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from employers.models import Agreement, Company
from placement import moving
from placement.figures.companies import Fulfilment, company_figures, fulfilments
from placement.models import Conversion, Placement
from placement.states import record_birth
from tests.placement.cast import DAY, OFFICE, add_company, add_graduate, add_opening, keep

SIGNED, END = DAY, DAY + timedelta(days=100)


def agree(session: Session, company: Company, kind: str = "employment", **values) -> Agreement:
    given = {"state": "in_force", "signed_on": SIGNED, "valid_until": END, "headcount_pledged": 5, **values}
    return keep(session, Agreement(company_id=company.id, kind=kind, **given))


def offer(session: Session, company: Company, day: date, seats: int, kind: str = "regular", *more: str) -> None:
    row = add_opening(session, company=company, state="draft", seats=seats, employment_type=kind)
    record_birth(session, row, OFFICE, effective_on=day)
    for name in ("publish", *more):
        moving.advance(session, row, name, OFFICE, effective_on=day, reason="plan_dropped")


def hire(session: Session, company: Company, day: date, kind: str = "employment", **values) -> Placement:
    given = {"graduate_id": add_graduate(session).id, "kind": kind, "state": "active", **values}
    return keep(session, Placement(company_id=company.id, starts_on=day, **given))


def brought(session: Session, agreement: Agreement) -> Fulfilment:
    return fulfilments(session, [agreement])[agreement.id]


@pytest.mark.parametrize(("day", "counts"), [(-1, False), (0, True), (100, True), (101, False)])
def test_the_term_bounds_what_counts(session: Session, day: int, counts: bool):
    company = add_company(session)
    agreement = agree(session, company)
    offer(session, company, SIGNED + timedelta(days=day), 3)
    hire(session, company, SIGNED + timedelta(days=day))
    assert brought(session, agreement) == (Fulfilment(5, 3, 1) if counts else Fulfilment(5, 0, 0))


def test_an_internship_agreement_counts_interns_and_any_other_regular_starts(session: Session):
    company = add_company(session)
    usual, interns = agree(session, company), agree(session, company, "internship", valid_until=None)
    offer(session, company, DAY, 3)
    offer(session, company, DAY, 2, "intern")
    offer(session, company, DAY, 9, "regular", "cancel")
    stays = hire(session, company, DAY, "internship", state="completed")
    hire(session, company, DAY, "internship", state="ended_early")
    keep(session, Conversion(placement_id=stays.id, state="started", contract_starts_on=END))
    assert brought(session, interns) == Fulfilment(5, 2, 1)
    assert brought(session, usual) == Fulfilment(5, 3, 1)


def test_one_person_hired_twice_is_one(session: Session):
    company = add_company(session)
    agreement, first = agree(session, company), hire(session, company, DAY)
    hire(session, company, END, graduate_id=first.graduate_id)
    assert brought(session, agreement).hires == 1


def test_a_rival_brings_nothing_and_a_draft_without_a_day_has_no_term(session: Session):
    company, rival = add_company(session), add_company(session)
    offer(session, rival, DAY, 3)
    hire(session, rival, DAY)
    assert brought(session, agree(session, company)) == Fulfilment(5, 0, 0)
    draft = agree(session, rival, state="draft", signed_on=None, headcount_pledged=None)
    assert brought(session, draft) == Fulfilment(None, 0, 0)
    figures = company_figures(session, [company, rival, add_company(session)])
    assert [one.fulfilment for one in figures] == [Fulfilment(5, 0, 0), Fulfilment(None, 0, 0), None]
