"""A consent has a life of its own: taken back it acts at once in every state, and a mistake is taken back whole."""

import pytest
from sqlmodel import Session, col, select

from placement import links, referrals
from placement.access import PERMISSIONS
from placement.blind import profile_of
from placement.consents import load_consent_documents, record_collect_consent, standing_collect_consent
from placement.db import Database
from placement.enums import LinkPurpose, Role, Side
from placement.links import LinkRefused
from placement.models import AnswerLink, Consent, Event, Graduate, Referral
from placement.states import Actor, MoveRefused, flags_of
from tests.placement.cast import DAY, OFFICE, add_graduate, trail
from tests.placement.desk import PATHS, STARTS, Desk

COUNSELOR = Actor("c@example.com", PERMISSIONS[Role.COUNSELOR])
CONSENTED = [state for state in PATHS if state not in ("draft", "awaiting_consent", "withdrawn")]
GOING_ON = [
    state for state in CONSENTED if state not in ("declined", "refused", "retracted", "expired", "closed_elsewhere")
]


def withdraw(desk: Desk, referral: Referral) -> Consent:
    consent = desk.consent(referral)
    desk.act(consent, "withdraw", actor=COUNSELOR)
    desk.session.refresh(referral)
    return consent


def profile_link(desk: Desk, referral: Referral) -> str:
    return links.make_link(desk.session, LinkPurpose.PROFILE, referral, Side.COMPANY, OFFICE, today=DAY)[1]


@pytest.mark.parametrize("state", CONSENTED)
def test_whatever_the_state_nothing_is_shown_after_a_withdrawal(desk: Desk, state: str):
    referral = desk.refer(state=state)
    consent = withdraw(desk, referral)
    assert (consent.state, consent.withdrawn_channel) == ("withdrawn", "phone")
    assert consent.withdrawn_at is not None
    assert profile_of(desk.session, referral) is None
    assert referral.state == ("withdrawn" if state in GOING_ON else state)
    assert (desk.seats(referral), desk.engaged_by(referral)) == ((0, 0), None)
    line = trail(desk.session, consent)[-1]
    assert (line.move, line.actor, line.note) == ("withdraw", COUNSELOR.name, "전화로 들음")


@pytest.mark.parametrize("state", CONSENTED)
def test_a_withdrawal_taken_back_restores_what_had_followed_from_it(desk: Desk, state: str):
    referral = desk.refer(state=state)
    seats, shown = desk.seats(referral), profile_of(desk.session, referral)
    consent = withdraw(desk, referral)
    desk.undo(consent)
    desk.session.refresh(referral)
    assert (consent.state, consent.withdrawn_at, consent.withdrawn_channel) == ("given", None, None)
    assert (referral.state, desk.seats(referral)) == (state, seats)
    assert profile_of(desk.session, referral) == shown


def test_work_that_has_begun_goes_on_but_the_profile_is_shown_no_more(desk: Desk):
    referral = desk.refer(state="accepted")
    desk.act(desk.placement(referral), "start", on=STARTS)
    assert profile_of(desk.session, referral).person is not None
    desk.act(desk.consent(referral), "withdraw", on=STARTS)
    assert (referral.state, desk.placement(referral).state, desk.seats(referral)) == ("accepted", "active", (0, 1))
    assert profile_of(desk.session, referral) is None


@pytest.mark.parametrize(("given", "code"), [({"note": None}, "note_missing"), ({"channel": None}, "channel_missing")])
def test_a_withdrawal_says_how_it_was_heard(desk: Desk, given: dict, code: str):
    referral = desk.refer(state="interested")
    assert desk.refusal(desk.consent(referral), "withdraw", **given) == code
    assert referral.state == "interested"


@pytest.mark.parametrize("role", [Role.PARTNER])
def test_no_company_takes_somebodys_consent_back(desk: Desk, role: str):
    consent = desk.consent(desk.refer(state="interested"))
    assert desk.refusal(consent, "withdraw", actor=Actor("p@example.com", PERMISSIONS[role])) == "not_allowed"


@pytest.mark.parametrize(("name", "state"), [("withdraw", "interested"), ("cancel_acceptance", "accepted")])
def test_a_consent_ends_with_its_referral_and_comes_back_only_with_it(desk: Desk, name: str, state: str):
    referral = desk.refer(state=state)
    desk.act(referral, name)
    consent = desk.consent(referral)
    assert [line.move for line in trail(desk.session, consent)] == ["create", "withdraw"]
    assert desk.refusal_of_undo(consent) == "consent_fell_with_other"
    desk.undo(referral)
    assert (consent.state, referral.state) == ("given", state)
    assert [line.move for line in trail(desk.session, consent)] == ["create", "withdraw", "undo"]


def test_a_cancelled_acceptance_that_stays_an_offer_keeps_its_consent(desk: Desk):
    referral = desk.refer(state="accepted")
    desk.act(referral, "cancel_acceptance", to="offered")
    assert desk.consent(referral).state == "given"


def test_the_undo_of_a_referrals_end_does_not_bring_back_what_the_person_withdrew(desk: Desk):
    referral = desk.refer(state="interested")
    withdraw(desk, referral)
    assert desk.refusal_of_undo(referral) == "consent_withdrawn"
    assert desk.state_of(Referral, referral.id) == "withdrawn"


@pytest.mark.parametrize("state", [state for state in CONSENTED if state in PATHS and "show_interest" in PATHS[state]])
def test_who_holds_an_old_profile_link_sees_nothing_more(desk: Desk, state: str):
    referral = desk.refer(state="interested")
    token = profile_link(desk, referral)
    desk.act(referral, *PATHS[state][3:])
    withdraw(desk, referral)
    opened = links.open_link(desk.session, token, today=DAY)
    assert profile_of(desk.session, opened.subject.row) is None


def agreed(desk: Desk, state: str = "ready") -> tuple[Graduate, Consent]:
    graduate = add_graduate(desk.session, state=state)
    said = {"channel": "paper", "note": "서명", "on": DAY}
    return graduate, record_collect_consent(desk.session, graduate, OFFICE, **said)


def test_a_person_agrees_to_collecting_once_to_each_text(desk: Desk):
    graduate, consent = agreed(desk)
    assert (consent.kind, consent.company_id, consent.channel) == ("collect_use", None, "paper")
    assert [line.move for line in trail(desk.session, consent)] == ["create"]
    with pytest.raises(MoveRefused, match="consent_stands"):
        record_collect_consent(desk.session, graduate, OFFICE, channel="paper", note="서명", on=DAY)


def test_without_the_consent_to_collect_the_person_leaves_and_is_shown_to_nobody(desk: Desk):
    graduate, consent = agreed(desk)
    mine = [desk.refer(graduate=graduate, state=state) for state in ("draft", "sent", "offered", "declined")]
    desk.act(consent, "withdraw", actor=COUNSELOR)
    line = trail(desk.session, graduate)[-1]
    assert (graduate.state, line.move, line.reason, line.because_of) == (
        "left_programme",
        "leave",
        "no_consent",
        trail(desk.session, consent)[-1].id,
    )
    states = [desk.state_of(Referral, one.id) for one in mine]
    assert states == ["withdrawn", "withdrawn", "withdrawn", "declined"]
    assert {one.state for one in desk.session.exec(select(Consent).where(Consent.graduate_id == graduate.id))} == {
        "withdrawn"
    }


def test_the_mistake_brings_the_person_and_the_referrals_back(desk: Desk):
    graduate, consent = agreed(desk)
    states = ("draft", "sent", "offered", "declined")
    mine = [desk.refer(graduate=graduate, state=state) for state in states]
    desk.act(consent, "withdraw")
    desk.undo(consent)
    assert (graduate.state, standing_collect_consent(desk.session, graduate.id)) == ("ready", consent)
    assert [desk.state_of(Referral, one.id) for one in mine] == list(states)
    assert [desk.consent(one).state for one in mine[1:]] == ["given"] * 3


def test_of_one_who_has_left_no_single_consent_and_no_referral_comes_back(desk: Desk):
    graduate, consent = agreed(desk)
    one, other = desk.refer(graduate=graduate, state="sent"), desk.refer(graduate=graduate, state="declined")
    desk.act(desk.consent(one), "withdraw")
    desk.act(consent, "withdraw")
    assert desk.refusal_of_undo(desk.consent(one)) == "graduate_not_looking"
    assert desk.refusal_of_undo(other) == "graduate_not_looking"


def test_one_who_came_back_by_another_way_is_not_moved_by_the_undo(desk: Desk):
    graduate, consent = agreed(desk)
    desk.act(consent, "withdraw")
    desk.act(graduate, "return")
    desk.act(graduate, "pause")
    desk.undo(consent)
    assert (consent.state, graduate.state) == ("given", "paused")


def test_leaving_by_mistake_brings_the_referrals_back(desk: Desk):
    graduate = add_graduate(desk.session)
    referral = desk.refer(graduate=graduate, state="interested")
    desk.act(graduate, "leave")
    assert desk.state_of(Referral, referral.id) == "withdrawn"
    desk.undo(graduate)
    assert (desk.state_of(Referral, referral.id), desk.consent(referral).state) == ("interested", "given")


# The undo of an acceptance


def test_an_acceptance_taken_back_brings_back_what_it_had_closed(desk: Desk):
    graduate = add_graduate(desk.session)
    states = ("draft", "sent", "interview_planned", "offered")
    others = [desk.refer(graduate=graduate, state=state) for state in states]
    seats = [desk.seats(other) for other in others]
    chosen = desk.refer(graduate=graduate, state="accepted")
    desk.undo(chosen)
    assert [desk.state_of(Referral, other.id) for other in others] == list(states)
    assert [desk.seats(other) for other in others] == seats
    last = [trail(desk.session, other)[-1] for other in others]
    undone = trail(desk.session, chosen)[-1]
    assert {(line.move, line.actor, line.because_of) for line in last} == {("undo", "system", undone.id)}
    assert referrals.still_closed(desk.session, undone) == []


def test_what_lost_its_seat_or_its_consent_meanwhile_stays_closed_and_is_told(desk: Desk):
    graduate, full = add_graduate(desk.session), desk.opening(seats=1)
    no_seat, no_consent, back = (
        desk.refer(full, graduate, "offered"),
        desk.refer(graduate=graduate, state="sent"),
        desk.refer(graduate=graduate, state="sent"),
    )
    chosen = desk.refer(graduate=graduate, state="accepted")
    desk.refer(full, state="offered")
    desk.act(desk.consent(no_consent), "withdraw")
    desk.undo(chosen)
    assert [desk.state_of(Referral, one.id) for one in (chosen, no_seat, no_consent, back)] == [
        "offered",
        "closed_elsewhere",
        "closed_elsewhere",
        "sent",
    ]
    left = referrals.still_closed(desk.session, trail(desk.session, chosen)[-1])
    assert {one.id for one in left} == {no_seat.id, no_consent.id}


def test_what_an_earlier_acceptance_closed_is_not_brought_back_by_the_undo_of_a_later_one(desk: Desk):
    graduate = add_graduate(desk.session)
    other = desk.refer(graduate=graduate, state="sent")
    first = desk.refer(graduate=graduate, state="accepted")
    desk.act(first, "cancel_acceptance")
    second = desk.refer(graduate=graduate, state="accepted")
    desk.undo(second)
    assert desk.state_of(Referral, other.id) == "closed_elsewhere"


@pytest.mark.parametrize("later", [(), ("ask_consent",), ("ask_consent", "consent")])
def test_a_consent_does_not_come_back_to_a_referral_that_has_begun_anew(desk: Desk, later: tuple[str, ...]):
    referral = desk.refer(state="interested")
    consent = withdraw(desk, referral)
    desk.act(referral, "reopen", *later)
    assert desk.refusal_of_undo(consent) == "consent_asked_anew"
    assert desk.state_of(Consent, consent.id) == "withdrawn"


def test_nor_does_it_when_it_had_fallen_with_the_consent_to_collect(desk: Desk):
    person, collect = agreed(desk)
    referral = desk.refer(graduate=person, state="interested")
    fallen = desk.consent(referral)
    desk.act(collect, "withdraw")
    desk.session.refresh(person)
    desk.act(person, "return")  # back by another way
    desk.act(referral, "reopen", "ask_consent")
    desk.undo(collect)
    assert (desk.state_of(Consent, collect.id), desk.state_of(Consent, fallen.id)) == ("given", "withdrawn")


# Both writers at once


def test_a_withdrawal_and_an_interest_at_once_never_show_anybody(database: Database):
    with database.transaction() as session:
        desk = Desk(session)
        referral = desk.refer(state="sent")
        number, consent = referral.id, desk.consent(referral).id
    with database.transaction() as session:
        Desk(session).act(session.get_one(Consent, consent), "withdraw")
    with pytest.raises(MoveRefused), database.transaction() as session:
        Desk(session).act(session.get_one(Referral, number), "show_interest")
    with database.reading() as session:
        assert not flags_of(session.get_one(Referral, number)).open
        shown = select(Event).where(Event.entity == "referral", Event.move == "show_interest")
        assert session.exec(shown).all() == []


def test_a_link_that_was_replaced_is_kept_but_opens_nothing(session: Session):
    load_consent_documents(session)
    referral = Desk(session).refer(state="sent")
    make = (session, LinkPurpose.COMPANY_ANSWER, referral, Side.COMPANY, OFFICE)
    first, second = (links.make_link(*make, today=DAY)[1] for _ in range(2))
    with pytest.raises(LinkRefused, match="replaced"):
        links.open_link(session, first, today=DAY)
    links.open_link(session, second, today=DAY)
    assert [one.replaced_at is None for one in session.exec(select(AnswerLink).order_by(col(AnswerLink.id)))] == [
        False,
        True,
    ]
