"""Giving somebody's profile to a company is a consent of its own: asked, noted, and gone the moment it is withdrawn."""

import pytest
from sqlmodel import select

from placement.access import PERMISSIONS
from placement.consents import (
    document_of,
    load_consent_documents,
    record_provision_consent,
    standing_consent,
)
from placement.enums import Channel, ConsentKind
from placement.models import Consent, ConsentDocument, Opening, Provision
from placement.states import Actor, MoveRefused
from tests.placement.cast import DAY, OFFICE
from tests.placement.desk import Desk


def consents(desk: Desk, referral) -> list[Consent]:
    return list(desk.session.exec(select(Consent).where(Consent.referral_id == referral.id).order_by(Consent.id)))


def test_the_texts_are_put_in_once_and_the_newest_edition_holds(desk: Desk):
    load_consent_documents(desk.session)
    assert len(desk.session.exec(select(ConsentDocument)).all()) == len(ConsentKind)
    first = document_of(desk.session, ConsentKind.THIRD_PARTY)
    desk.session.add(ConsentDocument(**first.model_dump(exclude={"id", "edition"}), edition=2))
    assert document_of(desk.session, ConsentKind.THIRD_PARTY).edition == 2


def test_without_a_text_nobody_can_consent(desk: Desk):
    for document in desk.session.exec(select(ConsentDocument)):
        desk.session.delete(document)
    referral = desk.refer(state="awaiting_consent")
    assert desk.refusal(referral, "consent") == "consent_document_missing"


def test_a_consent_names_the_company_the_referral_the_text_and_who_wrote_it_down(desk: Desk):
    referral = desk.refer(state="sent")
    (consent,) = consents(desk, referral)
    opening = desk.session.get_one(Opening, referral.opening_id)
    assert (consent.kind, consent.company_id, consent.referral_id) == ("third_party", opening.company_id, referral.id)
    assert (consent.channel, consent.given_on, consent.recorded_by) == ("phone", DAY, OFFICE.name)
    assert consent.document_id == document_of(desk.session, ConsentKind.THIRD_PARTY).id


@pytest.mark.parametrize("channel", [one for one in Channel if one != Channel.LINK])
def test_a_consent_said_for_somebody_needs_a_note(desk: Desk, channel: Channel):
    referral = desk.refer(state="awaiting_consent")
    assert desk.refusal(referral, "consent", channel=channel, note=None) == "note_missing"
    assert (referral.state, consents(desk, referral)) == ("awaiting_consent", [])


def test_a_consent_that_was_heard_says_how(desk: Desk):
    referral = desk.refer(state="awaiting_consent")
    assert desk.refusal(referral, "consent", channel=None) == "channel_missing"


def test_a_consent_given_by_link_needs_none(desk: Desk):
    referral, graduate = desk.refer(state="awaiting_consent"), Actor("link:graduate", frozenset({"referral:decide"}))
    desk.act(referral, "consent", actor=graduate, channel=Channel.LINK, note=None)
    assert standing_consent(desk.session, referral.id).channel == "link"


SPOKEN = {
    "consent": "awaiting_consent",
    "refuse_consent": "awaiting_consent",
    "accept": "offered",
    "refuse_offer": "offered",
    "show_interest": "sent",
    "hold": "sent",
    "decline": "sent",
    "plan_interview": "interested",
    "offer": "interested",
}


@pytest.mark.parametrize(("name", "state"), SPOKEN.items())
def test_whoever_speaks_for_another_notes_how_it_was_heard_at_every_door(desk: Desk, name: str, state: str):
    referral, counselor = desk.refer(state=state), Actor("c@example.com", PERMISSIONS["counselor"])
    for actor in (counselor, OFFICE):
        for note in (None, " "):
            assert desk.refusal(referral, name, actor=actor, note=note) == "note_missing"
    desk.act(referral, name, actor=counselor)
    assert referral.state != state


@pytest.mark.parametrize("name", ["show_interest", "hold", "decline"])
def test_a_company_that_answers_itself_needs_no_note(desk: Desk, name: str):
    referral = desk.refer(state="sent")
    desk.act(referral, name, actor=Actor("p@example.com", PERMISSIONS["partner"]), note=None)
    assert referral.state != "sent"


def test_a_withdrawn_referral_withdraws_its_consent_and_the_mistake_brings_it_back(desk: Desk):
    referral = desk.refer(state="interested")
    desk.act(referral, "withdraw")
    assert standing_consent(desk.session, referral.id) is None
    desk.undo(referral)
    assert standing_consent(desk.session, referral.id) is not None
    assert referral.state == "interested"


def test_a_consent_taken_back_and_given_again_is_two(desk: Desk):
    referral = desk.refer(state="sent")
    desk.undo(referral)
    assert (referral.state, standing_consent(desk.session, referral.id)) == ("awaiting_consent", None)
    desk.act(referral, "consent")
    assert [one.state for one in consents(desk, referral)] == ["withdrawn", "given"]


def test_who_does_not_consent_is_shown_to_nobody(desk: Desk):
    referral = desk.refer(state="awaiting_consent")
    desk.act(referral, "refuse_consent")
    assert (referral.state, consents(desk, referral)) == ("withdrawn", [])
    assert desk.session.exec(select(Provision).where(Provision.referral_id == referral.id)).all() == []


def test_a_provision_tells_what_was_given_and_by_whom(desk: Desk):
    referral = desk.refer(state="interested")
    given = desk.session.exec(
        select(Provision).where(Provision.referral_id == referral.id).order_by(Provision.id)
    ).all()
    assert [one.stage for one in given] == ["blind", "contact"]
    assert not {"name", "phone", "email"} & set(given[0].items)
    assert {"name", "phone", "email"} <= set(given[1].items)
    assert {one.by for one in given} == {OFFICE.name}


def test_a_refused_consent_leaves_no_row(desk: Desk):
    referral = desk.refer(state="awaiting_consent")
    opening = desk.session.get_one(Opening, referral.opening_id)
    with pytest.raises(MoveRefused, match="note_missing"):
        record_provision_consent(desk.session, referral, opening, OFFICE, channel=Channel.PAPER, note="", on=DAY)
    assert consents(desk, referral) == []
