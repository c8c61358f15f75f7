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
    visible_interns,
    visible_openings,
    visible_placements,
    visible_suggestions,
)
from placement.blind import profile_of
from placement.enums import Role
from placement.models import Account, Company, Placement, Referral
from placement.states import MACHINES, move
from tests.placement.cast import DAY, add_company, add_opening, add_placement, add_suggestion, keep
from tests.placement.desk import STARTS, Desk

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


# Whom a company sees at work


def employees(desk: Desk, account: Account) -> tuple[set[int], set[int]]:
    """Whom the account sees at work, and whom of them as interns."""
    return seen(desk.session, visible_placements(account)), seen(desk.session, visible_interns(account))


def at_work(desk: Desk, **offer) -> Placement:
    """Somebody who accepted an offer and has begun."""
    referral = desk.refer(state="interested")
    desk.act(referral, "offer", **offer)
    desk.act(referral, "accept")
    desk.act(desk.placement(referral), "start", on=STARTS)
    return desk.placement(referral)


def partner_of(desk: Desk, placement: Placement) -> Account:
    return add_account(desk.session, Role.PARTNER, desk.session.get_one(Company, placement.company_id))


@pytest.mark.parametrize("kind", ["internship", "employment"])
def test_an_employer_sees_whom_it_employs_by_a_referral_whether_the_consent_stands_or_not(desk: Desk, kind: str):
    placement = at_work(desk, kind=kind)
    account = partner_of(desk, placement)
    expected = ({placement.id}, {placement.id} if kind == "internship" else set())
    assert employees(desk, account) == expected
    referral = desk.session.get_one(Referral, placement.referral_id)
    desk.act(desk.consent(referral), "withdraw", on=STARTS)
    assert employees(desk, account) == expected
    assert profile_of(desk.session, referral) is None


def test_who_withdraws_before_the_first_day_is_employed_by_nobody(desk: Desk):
    referral = desk.refer(state="accepted")
    account = partner_of(desk, desk.placement(referral))
    assert employees(desk, account)[0] == {desk.placement(referral).id}
    desk.act(desk.consent(referral), "withdraw")
    assert employees(desk, account) == (set(), set())


@pytest.mark.parametrize(
    ("values", "is_seen"),
    [
        ({"state": "active"}, True),
        ({"state": "completed"}, True),
        ({"state": "did_not_start"}, False),
        ({"state": "active", "kind": "employment"}, False),
    ],
    ids=["at work", "over", "called off", "a job found alone"],
)
def test_an_internship_that_was_recorded_by_hand_is_seen_by_its_host(desk: Desk, values: dict, is_seen: bool):
    placement = add_placement(desk.session, **values)
    wanted = {placement.id} if is_seen else set()
    assert employees(desk, partner_of(desk, placement)) == (wanted, wanted)


def test_nobody_sees_the_employees_of_another_company_and_the_office_sees_all(desk: Desk):
    ours, theirs = at_work(desk), add_placement(desk.session, state="active")
    rival = add_account(desk.session, Role.PARTNER, add_company(desk.session))
    assert employees(desk, rival) == (set(), set())
    for role in OFFICE_ROLES:
        assert employees(desk, add_account(desk.session, role)) == ({ours.id, theirs.id},) * 2
