"""A company takes back what it typed itself, and opens again what its own word closed; it never learns why not."""

import pytest

from placement.access import PERMISSIONS
from placement.consents import record_collect_consent
from placement.enums import Role
from placement.meeting import may_reopen
from placement.models import Account, Graduate, Opening, Outcome, Referral
from placement.moving import take_back
from placement.states import Actor, MoveRefused
from tests.placement.cast import DAY, OFFICE, add_company, keep
from tests.placement.desk import Desk

NEUTRAL = "not_to_be_reopened"


def account(desk: Desk, name: str, role: Role, company_id: int | None = None) -> Actor:
    email = f"{name}@example.com"
    keep(
        desk.session,
        Account(email=email, name=name, role=role, company_id=company_id, password_hash="-", session_stamp="-"),
    )
    return Actor(email, PERMISSIONS[role])


def partner_of(desk: Desk, referral: Referral, name: str = "partner") -> Actor:
    return account(desk, name, Role.PARTNER, desk.session.get_one(Opening, referral.opening_id).company_id)


def refusal_of_undo(desk: Desk, referral: Referral, actor: Actor) -> str:
    with pytest.raises(MoveRefused) as refused:
        take_back(desk.session, referral, actor, effective_on=DAY)
    return refused.value.refusal.code


def test_a_company_takes_back_its_own_answer_a_colleagues_and_that_of_a_link(desk: Desk):
    referral = desk.refer(state="sent")
    partner, colleague = partner_of(desk, referral), partner_of(desk, referral, "colleague")
    for typist in (partner, colleague, Actor("link:company", frozenset({"referral:answer"}), "누리솔")):
        desk.act(referral, "show_interest", actor=typist)
        take_back(desk.session, referral, partner, effective_on=DAY)
        assert referral.state == "sent"


@pytest.mark.parametrize("name", ["show_interest", "hold", "decline"])
def test_a_company_does_not_take_back_what_the_office_typed(desk: Desk, name: str):
    referral = desk.refer(state="sent")
    partner = partner_of(desk, referral)
    desk.act(referral, name, actor=account(desk, "counselor", Role.COUNSELOR))
    before = referral.state
    assert refusal_of_undo(desk, referral, partner) == "not_allowed"
    assert referral.state == before


def test_nor_what_another_company_typed(desk: Desk):
    referral = desk.refer(state="sent")
    rival = account(desk, "rival", Role.PARTNER, add_company(desk.session).id)
    desk.act(referral, "decline", actor=partner_of(desk, referral))
    assert refusal_of_undo(desk, referral, rival) == "not_allowed"


def test_somebody_without_an_account_takes_back_the_own_word_only(desk: Desk):
    referral, stranger = desk.refer(state="sent"), Actor("x@example.com", PERMISSIONS[Role.PARTNER])
    desk.act(referral, "decline", actor=stranger)
    take_back(desk.session, referral, stranger, effective_on=DAY)
    desk.act(referral, "decline")
    assert refusal_of_undo(desk, referral, stranger) == "not_allowed"


def test_the_office_takes_back_whatever_anybody_typed(desk: Desk):
    referral = desk.refer(state="sent")
    desk.act(referral, "decline", actor=partner_of(desk, referral))
    take_back(desk.session, referral, account(desk, "counselor", Role.COUNSELOR), effective_on=DAY)
    assert referral.state == "sent"


def test_the_office_is_one_side_for_those_who_hold_less_of_the_row(desk: Desk):
    referral = desk.refer(state="accepted")
    desk.act(referral, "cancel_acceptance", actor=account(desk, "counselor", Role.COUNSELOR))
    take_back(desk.session, referral, account(desk, "manager", Role.MANAGER), effective_on=DAY)
    assert referral.state == "accepted"


@pytest.mark.parametrize("state", ["declined", "retracted", "expired", "no_response"])
def test_a_company_opens_again_what_its_own_word_or_time_closed(desk: Desk, state: str):
    referral = desk.refer(state=state)
    partner = partner_of(desk, referral)
    assert may_reopen(desk.session, referral, partner)
    desk.act(referral, "reopen", actor=partner)
    assert referral.state == "sent"


@pytest.mark.parametrize("state", ["withdrawn", "refused"])
def test_a_company_does_not_open_again_what_the_office_or_the_person_closed(desk: Desk, state: str):
    referral = desk.refer(state=state)
    partner = partner_of(desk, referral)
    assert not may_reopen(desk.session, referral, partner)
    assert desk.refusal(referral, "reopen", actor=partner) == NEUTRAL
    assert referral.state == state


def become(desk: Desk, referral: Referral, what: str) -> None:
    """What a person decides, or meets with elsewhere, after the company has said no."""
    graduate = desk.session.get_one(Graduate, referral.graduate_id)
    if what in ("paused", "left"):
        desk.act(graduate, {"paused": "pause", "left": "leave"}[what])
    elif what == "no_consent":
        desk.act(desk.consent(referral), "withdraw")
    elif what == "no_consent_to_anything":
        said = {"channel": "paper", "note": "서명", "on": DAY}
        desk.act(record_collect_consent(desk.session, graduate, OFFICE, **said), "withdraw")
    elif what == "asked_anew":
        desk.refer(desk.session.get_one(Opening, referral.opening_id), graduate)
    elif what == "self_found":
        keep(desk.session, Outcome(graduate_id=graduate.id, kind="self_found_job", happened_on=DAY))
    else:
        desk.refer(desk.opening(employment_type=what), graduate, "accepted")


def declined_by_its_company(desk: Desk) -> tuple[Referral, Actor]:
    referral = desk.refer(state="sent")
    partner = partner_of(desk, referral)
    desk.act(referral, "decline", actor=partner)
    return referral, partner


UNSAID = ["regular", "intern", "self_found", "left", "no_consent", "no_consent_to_anything", "asked_anew"]


@pytest.mark.parametrize(
    ("way", "became"), [("reopen", "paused"), *((way, what) for way in ("reopen", "undo") for what in UNSAID)]
)
def test_a_company_is_told_the_same_whatever_became_of_the_person(desk: Desk, way: str, became: str):
    referral, partner = declined_by_its_company(desk)
    become(desk, referral, became)
    assert may_reopen(desk.session, referral, partner)
    refused = refusal_of_undo(desk, referral, partner) if way == "undo" else desk.refusal(referral, way, actor=partner)
    assert (refused, referral.state) == (NEUTRAL, "declined")


def test_nor_when_it_answers_late_somebody_whom_the_office_asks_anew(desk: Desk):
    referral = desk.refer(state="no_response")
    become(desk, referral, "asked_anew")
    assert desk.refusal(referral, "show_interest", actor=partner_of(desk, referral)) == NEUTRAL


def test_a_pause_leaves_a_refusal_to_be_taken_back_as_it_leaves_what_goes_on(desk: Desk):
    referral, partner = declined_by_its_company(desk)
    become(desk, referral, "paused")
    take_back(desk.session, referral, partner, effective_on=DAY)
    assert referral.state == "sent"


@pytest.mark.parametrize(
    ("became", "code"),
    [
        ("regular", "already_placed"),
        ("self_found", "already_placed"),
        ("left", "graduate_not_looking"),
        ("no_consent", "consent_withdrawn"),
        ("asked_anew", "referral_open_already"),
    ],
)
def test_the_office_is_told_what_became_of_the_person(desk: Desk, became: str, code: str):
    referral, _ = declined_by_its_company(desk)
    become(desk, referral, became)
    assert refusal_of_undo(desk, referral, account(desk, "counselor", Role.COUNSELOR)) == code
    assert referral.state == "declined"


def test_the_office_takes_back_a_refusal_of_somebody_who_is_an_intern_elsewhere(desk: Desk):
    referral, _ = declined_by_its_company(desk)
    become(desk, referral, "intern")
    take_back(desk.session, referral, account(desk, "counselor", Role.COUNSELOR), effective_on=DAY)
    assert referral.state == "sent"


@pytest.mark.parametrize("target", [None, "sent", "interested", "draft"])
def test_nothing_is_opened_again_without_a_free_seat_whatever_it_leads_to(desk: Desk, target: str | None):
    opening = desk.opening(seats=1)
    referral = desk.refer(opening, state="declined")
    if target == "draft":
        desk.act(desk.consent(referral), "withdraw")
    desk.refer(opening, state="offered")
    assert desk.refusal(referral, "reopen", to=target) == "no_seat_left"
