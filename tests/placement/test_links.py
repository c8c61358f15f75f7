"""A link is spent once, however many answer at the same moment, and speaks with the rights of its own side."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier

import pytest
from sqlmodel import Session, select

from employers.models import Company, Contact
from placement import links
from placement.consents import load_consent_documents
from placement.db import Database
from placement.enums import LinkPurpose, Role, Side
from placement.links import SCOPES, LinkRefused
from placement.models import Account, AnswerLink, Consent, Event, Referral
from placement.moving import advance
from placement.referrals import create_referral
from placement.states import MACHINES, Actor, MoveRefused
from tests.placement.cast import DAY, OFFICE, add_conversion, add_graduate, add_opening, add_referral, count_rows, keep

AT_ONCE = 8
NOTE = "전화로 들음"
UNTIL = DAY + timedelta(days=7)


def referral_in(session: Session, *moves: str) -> Referral:
    """A referral of an approved opening after these moves."""
    load_consent_documents(session)
    graduate = add_graduate(session, name="남궁서윤", phone="01000000077")
    row = create_referral(session, graduate, add_opening(session, is_approved=True), OFFICE, today=DAY)
    for name in moves:
        advance(session, row, name, OFFICE, effective_on=DAY, note=NOTE, channel="phone")
    return row


def company_link(session: Session, row: Referral | None = None) -> str:
    row = row or referral_in(session, "ask_consent", "consent")
    return links.make_link(session, LinkPurpose.COMPANY_ANSWER, row, Side.COMPANY, OFFICE, today=DAY)[1]


def consent_link(session: Session) -> str:
    row = referral_in(session, "ask_consent")
    return links.make_link(session, LinkPurpose.CONSENT, row, Side.GRADUATE, OFFICE, today=DAY)[1]


def answer_at_once(database: Database, token: str, name: str, **given: object) -> list[str]:
    """What each of several holders of the link is told who answer in the same moment."""
    together = Barrier(AT_ONCE)

    def one(_number: int) -> str:
        together.wait()
        try:
            database.attempt(lambda s: links.answer(s, links.open_link(s, token, today=DAY), name, today=DAY, **given))
        except LinkRefused as refused:
            return refused.code
        return "taken"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sorted(pool.map(one, range(AT_ONCE)))


@pytest.mark.parametrize("round_number", range(5))
def test_of_several_answers_at_once_exactly_one_counts(database: Database, round_number: int):
    with database.transaction() as session:
        token = consent_link(session)
        before = count_rows(session, Event)
    assert answer_at_once(database, token, "consent") == ["taken", *["used"] * (AT_ONCE - 1)]
    with database.reading() as session:
        assert count_rows(session, Event) == before + 2, "the referral's line and the consent's"
        assert count_rows(session, Consent) == 1


def test_of_several_that_all_looked_first_still_only_one_spends(database: Database):
    with database.transaction() as session:
        token = company_link(session)
    with database.reading() as session:
        seen = [links.open_link(session, token, today=DAY) for _ in range(3)]
    spent = []
    for opened in seen:
        with database.transaction() as session:
            try:
                links.spend(session, opened)
                spent.append("spent")
            except LinkRefused as refused:
                spent.append(refused.code)
    assert spent == ["spent", "used", "used"]


def test_a_refused_answer_leaves_the_link_as_it_was(database: Database):
    with database.transaction() as session:
        token = company_link(session)
    with pytest.raises(MoveRefused), database.transaction() as session:
        links.answer(session, links.open_link(session, token, today=DAY), "decline", today=DAY)
    with database.reading() as session:
        assert links.open_link(session, token, today=DAY).link.used_at is None


def test_looking_spends_nothing(session: Session):
    token = company_link(session)
    for _ in range(5):
        assert links.open_link(session, token, today=DAY).link.used_at is None


@pytest.mark.parametrize(("days", "code"), [(14, None), (15, "expired")])
def test_a_link_lives_fourteen_days(session: Session, days: int, code: str | None):
    token, today = company_link(session), DAY + timedelta(days=days)
    if code is None:
        assert links.open_link(session, token, today=today).link.expires_on == today
        return
    with pytest.raises(LinkRefused, match=code):
        links.open_link(session, token, today=today)


def test_a_token_is_kept_nowhere_and_no_two_are_alike(session: Session):
    tokens = {company_link(session) for _ in range(3)}
    stored = {link.token_hash for link in session.exec(select(AnswerLink))}
    assert len(tokens) == 3
    assert stored >= {links.hash_of(token) for token in tokens}
    assert not stored & tokens
    with pytest.raises(LinkRefused, match="unknown"):
        links.open_link(session, next(iter(stored)), today=DAY)


@pytest.mark.parametrize("purpose", SCOPES)
def test_the_rights_of_a_link_are_those_of_its_own_moves(purpose: str):
    scope = SCOPES[purpose]
    machine = next(m for m in MACHINES.values() if m.table is scope.table)
    assert scope.moves <= {m.name for m in machine.moves}
    permissions = {m.permission for m in machine.moves if m.name in scope.moves}
    belongs = {
        "referral": {Side.GRADUATE: "referral:decide", Side.COMPANY: "referral:answer"},
        "internship_agreement": dict.fromkeys(Side, "internship_agreement:sign"),
        "conversion": {Side.GRADUATE: "conversion:change", Side.COMPANY: "conversion:answer"},
        "assessment": {Side.GRADUATE: "assessment:reply", Side.COMPANY: "assessment:answer"},
    }
    for side in scope.sides:
        assert permissions <= {belongs.get(machine.entity, {}).get(side, f"{scope.maker.split(':')[0]}:change")}
    assert "system" not in permissions


@pytest.mark.parametrize(
    "name", sorted({m.name for m in MACHINES["referral"].moves} - {"show_interest", "hold", "decline"})
)
def test_a_companys_link_makes_no_move_but_its_three(session: Session, name: str):
    opened = links.open_link(session, company_link(session), today=DAY)
    with pytest.raises(MoveRefused) as refused:
        links.answer(session, opened, name, today=DAY, reason="other", note=NOTE, until=UNTIL)
    assert refused.value.refusal.code == "not_allowed"
    assert opened.link.used_at is None


def test_who_answered_for_whom_stands_in_the_log(session: Session):
    opened = links.open_link(session, company_link(session), today=DAY)
    links.answer(session, opened, "hold", today=DAY, until=UNTIL)
    event = session.exec(select(Event).where(Event.move == "hold")).one()
    assert (event.actor, event.on_behalf_of) == ("link:company", opened.subject.company.name)
    assert opened.subject.row.on_hold_until == UNTIL


def test_only_who_may_do_the_work_makes_the_link(session: Session):
    row = referral_in(session, "ask_consent")
    for by, side in ((Actor("x", frozenset({"referral:answer"})), Side.GRADUATE), (OFFICE, Side.COMPANY)):
        with pytest.raises(MoveRefused, match="not_allowed"):
            links.make_link(session, LinkPurpose.CONSENT, row, side, by, today=DAY)
    with pytest.raises(MoveRefused, match="wrong_state"):
        links.make_link(session, LinkPurpose.OFFER_ANSWER, row, Side.GRADUATE, OFFICE, today=DAY)


@pytest.mark.parametrize("purpose", [LinkPurpose.OFFER_ANSWER, LinkPurpose.CONVERSION_ANSWER])
def test_a_link_is_about_a_row_of_its_own_kind(session: Session, purpose: str):
    offered = {LinkPurpose.OFFER_ANSWER: add_conversion, LinkPurpose.CONVERSION_ANSWER: add_referral}
    other = offered[purpose](session, state="offered")
    with pytest.raises(MoveRefused, match="not_allowed"):
        links.make_link(session, purpose, other, Side.GRADUATE, OFFICE, today=DAY)


def test_only_a_link_about_a_retention_check_gives_a_word_about_one(session: Session):
    opened = links.open_link(session, company_link(session), today=DAY)
    with pytest.raises(MoveRefused, match="not_allowed"):
        links.answer_check(session, opened, today=DAY, is_employed=True)
    session.refresh(opened.link)
    assert opened.link.used_at is None


def ends_of(session: Session, link: AnswerLink) -> tuple[datetime | None, datetime | None]:
    session.refresh(link)
    return link.used_at, link.replaced_at


def test_a_newer_link_leaves_those_before_as_they_ended(session: Session):
    row = referral_in(session, "ask_consent", "consent")
    replaced = links.open_link(session, company_link(session, row), today=DAY)
    spent = links.open_link(session, company_link(session, row), today=DAY)
    links.answer(session, spent, "hold", today=DAY, until=UNTIL)
    before = [ends_of(session, opened.link) for opened in (replaced, spent)]
    company_link(session, row)
    assert [ends_of(session, opened.link) for opened in (replaced, spent)] == before
    assert [(used is None, end is None) for used, end in before] == [(True, False), (False, True)]


def test_who_looked_before_a_newer_link_was_made_answers_nothing_with_the_old_one_and_is_told_so(session: Session):
    row = referral_in(session, "ask_consent", "consent")
    opened = links.open_link(session, company_link(session, row), today=DAY)
    company_link(session, row)
    with pytest.raises(LinkRefused, match="replaced"):
        links.answer(session, opened, "hold", today=DAY, until=UNTIL)
    assert (row.state, ends_of(session, opened.link)[0]) == ("sent", None)


def test_a_link_without_anything_left_to_answer_says_so(session: Session):
    token = consent_link(session)
    row = links.open_link(session, token, today=DAY).subject.row
    advance(session, row, "withdraw", OFFICE, effective_on=DAY, reason="other")
    with pytest.raises(LinkRefused, match="settled"):
        links.open_link(session, token, today=DAY)


def test_who_nobody_looks_after_is_the_managers(session: Session):
    for number, (role, phone) in enumerate(
        ((Role.COUNSELOR, "0200000001"), (Role.MANAGER, None), (Role.MANAGER, "0200000002"))
    ):
        keep(session, Account(email=f"{number}@example.com", name=f"담당{number}", role=role, phone=phone,
                              password_hash="x", session_stamp="x"))  # fmt: skip
    opened = links.open_link(session, company_link(session), today=DAY)
    assert opened.subject.counselor == ("담당2", "0200000002")


def test_the_words_to_send_name_who_asks_what_until_when_and_whom_to_call(session: Session):
    keep(session, Account(email="m@example.com", name="담당", role=Role.MANAGER, phone="0200000002",
                          password_hash="x", session_stamp="x"))  # fmt: skip
    opened = links.open_link(session, consent_link(session), today=DAY)
    said = links.message_for(opened.link, opened.subject, "https://ieum.example/answer/abc")
    first, address, until, call = said.splitlines()
    assert first.startswith("[이음] 남궁서윤님, ")
    assert opened.subject.company.name in first
    assert (address, until) == ("https://ieum.example/answer/abc", "2020-12-15까지 한 번 답할 수 있습니다.")
    assert call == "문의: 담당 0200000002"


def test_a_blind_recommendation_is_announced_without_a_name(session: Session):
    opened = links.open_link(session, company_link(session), today=DAY)
    said = links.message_for(opened.link, opened.subject, "https://ieum.example/answer/abc")
    assert "남궁서윤" not in said
    assert "01000000077" not in said


def test_each_side_has_those_whom_one_can_reach(session: Session):
    opened = links.open_link(session, company_link(session), today=date(2020, 12, 1))
    company: Company = opened.subject.company
    for name, phone in (("한담당", "01000000055"), ("강담당", None)):
        keep(session, Contact(company_id=company.id, name=name, phone=phone))
    assert links.receivers(session, opened.subject, Side.COMPANY) == [("한담당", "01000000055")]
    assert links.receivers(session, opened.subject, Side.GRADUATE) == [("남궁서윤", "01000000077")]
