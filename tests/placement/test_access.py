"""A partner sees what is its company's and no graduate; the office sees what its roles name."""

import pytest
from sqlmodel import Session

from placement.access import (
    EVERY_PERMISSION,
    PERMISSIONS,
    SIGNED_IN,
    actor_for,
    may,
    office_actor,
    visible_companies,
    visible_graduates,
    visible_openings,
    visible_suggestions,
)
from placement.enums import Role
from placement.models import Account, Company
from placement.states import MACHINES, move
from tests.placement.cast import DAY, add_company, add_opening, add_suggestion, keep

OFFICE_ROLES = [Role.COUNSELOR, Role.MANAGER]


def add_account(session: Session, role: str, company: Company | None = None) -> Account:
    fields = {"name": "가나", "password_hash": "-", "session_stamp": "-"}
    owner = company.id if company else None
    return keep(session, Account(email=f"{role}{owner}@ieum.example", role=role, company_id=owner, **fields))


def seen(session: Session, chosen) -> set[int]:
    return {row.id for row in session.exec(chosen)}


def test_a_partner_sees_its_own_openings_and_company_alone(session: Session):
    ours, theirs = add_company(session), add_company(session)
    partner = add_account(session, Role.PARTNER, ours)
    mine = {add_opening(session, company=ours, state=state).id for state in ("draft", "open", "closed")}
    add_opening(session, company=theirs)
    assert seen(session, visible_openings(partner)) == mine
    assert seen(session, visible_companies(partner)) == {ours.id}


def test_a_partner_sees_no_graduate_and_no_suggestion_not_even_for_its_own_opening(session: Session):
    suggestion = add_suggestion(session)
    company = session.get_one(Company, suggestion.opening_id and add_opening(session).company_id)
    partner = add_account(session, Role.PARTNER, company)
    assert seen(session, visible_graduates(partner)) == set()
    assert seen(session, visible_suggestions(partner)) == set()


@pytest.mark.parametrize("role", OFFICE_ROLES)
def test_the_office_sees_everybody(session: Session, role: str):
    suggestion = add_suggestion(session)
    account = add_account(session, role)
    assert seen(session, visible_openings(account)) == {suggestion.opening_id}
    assert seen(session, visible_graduates(account)) == {suggestion.graduate_id}
    assert seen(session, visible_suggestions(account)) == {suggestion.id}
    assert len(seen(session, visible_companies(account))) == 1


def test_every_role_has_its_permissions_and_signed_in_is_everyones(session: Session):
    assert set(PERMISSIONS) == set(Role)
    company = add_company(session)
    for role in Role:
        account = add_account(session, role, company if role == Role.PARTNER else None)
        assert may(account, SIGNED_IN)
        assert not may(account, "system")
        assert actor_for(account).permissions == PERMISSIONS[role]


def test_every_move_is_somebodys_by_a_role_or_by_the_system():
    needed = {chosen.permission for machine in MACHINES.values() for chosen in machine.moves}
    assert needed - frozenset().union(*PERMISSIONS.values()) == {"system"}
    assert needed <= EVERY_PERMISSION


def test_the_office_itself_makes_the_moves_of_the_system(session: Session):
    opening = add_opening(session)
    move(session, opening, "expire", office_actor("system"), effective_on=DAY)
    assert opening.state == "closed"
