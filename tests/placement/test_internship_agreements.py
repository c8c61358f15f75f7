"""An agreement is signed as the exact text that was read; whatever changes a term voids every signature on it."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from sqlmodel import Session, col, select

from placement import internship_agreements, links, moving
from placement.db import Database
from placement.enums import LinkPurpose, Side
from placement.internship_agreements import (
    draft_agreement,
    editions_of,
    is_outdated,
    is_true,
    signatures_of,
)
from placement.links import LinkRefused
from placement.models import AgreementSignature, InternshipAgreement, Placement
from placement.models.papers import FREE, LONGEST
from placement.paper_texts import Terms, digest_of, render
from placement.states import Actor, MoveRefused
from tests.placement.cast import DAY, OFFICE, add_placement, trail
from tests.placement.papers import NAME, act, add_internship, graduate_of, issued, refusal, sign, signers, undo

LATER = date(2021, 3, 31)
TERMS = Terms(
    edition=1,
    district="서초구",
    company="누리솔데이터",
    graduate=NAME,
    course="라벨링 과정 1기",
    kind="인턴",
    starts_on=DAY,
    ends_on=LATER,
    workplace="서울",
    hours="9시부터 18시",
    duties="검수",
    allowance="월 200만원",
    mentor="박멘토",
    cosigner="한대표",
)
OTHER = {"edition": 2, "starts_on": date(2020, 12, 2), "ends_on": date(2021, 4, 1)}


@pytest.fixture
def placement(session: Session) -> Placement:
    return add_internship(session)


@pytest.mark.parametrize("term", Terms._fields)
def test_the_digest_depends_on_every_term(term: str):
    other = TERMS._replace(**{term: OTHER.get(term, "다른 값")})
    assert digest_of(render(other)) != digest_of(render(TERMS))


def test_the_same_terms_give_the_same_text_and_its_digest_is_sha_256():
    text = render(TERMS)
    assert text == render(TERMS)
    assert digest_of(text) == hashlib.sha256(text.encode("utf-8")).hexdigest()


def test_a_draft_is_filled_from_the_record(session: Session, placement: Placement):
    paper = draft_agreement(session, placement, OFFICE, today=DAY)
    assert (paper.duties, paper.workplace, paper.allowance) == ("라벨링 검수", "서울 동작구", "월 2,000,000원")
    text = internship_agreements.text_now(session, paper)
    for words in (NAME, "서초구", "라벨링 과정 1기", "2020년 12월 1일부터 2021년 2월 28일까지", "제1판", "따로 정함"):
        assert words in text


def test_only_an_internship_that_goes_on_has_one_and_one_draft_at_a_time(session: Session, placement: Placement):
    job = add_placement(session, state="active")
    job.kind = "employment"
    ended = add_placement(session, state="completed")
    for row, code in ((job, "internship_only"), (ended, "work_is_over")):
        with pytest.raises(MoveRefused, match=code):
            draft_agreement(session, row, OFFICE, today=DAY)
    draft_agreement(session, placement, OFFICE, today=DAY)
    with pytest.raises(MoveRefused, match="draft_stands"):
        draft_agreement(session, placement, OFFICE, today=DAY)
    with pytest.raises(MoveRefused, match="not_allowed"):
        draft_agreement(session, placement, Actor("partner", frozenset({"assessment:answer"})), today=DAY)


def test_somebody_who_began_an_edition_first_is_noticed(session: Session, placement: Placement, monkeypatch):
    draft_agreement(session, placement, OFFICE, today=DAY)
    monkeypatch.setattr(internship_agreements, "newest_of", lambda *_: None)  # as read before a colleague drafted it
    with pytest.raises(MoveRefused, match="changed_meanwhile"):
        draft_agreement(session, placement, OFFICE, today=DAY)
    assert [row.edition for row in editions_of(session, placement)] == [1]


@pytest.mark.parametrize("field", FREE)
def test_a_free_field_takes_so_many_letters_and_no_more(session: Session, placement: Placement, field: str):
    paper, fits = draft_agreement(session, placement, OFFICE, today=DAY), "가" * LONGEST[field]
    act(session, paper, "fill", **{field: f" {fits}\n"})
    assert refusal(session, paper, "fill", **{field: fits + "나"}) == "words_too_long"
    assert getattr(paper, field) == fits


def test_the_text_is_frozen_when_it_is_issued_and_free_fields_are_closed(session: Session):
    paper = issued(session, mentor="박멘토")
    assert "박멘토" in paper.text
    assert paper.digest == digest_of(paper.text)
    assert paper.awaits == ["graduate", "company"]
    assert refusal(session, paper, "fill", mentor="다른 사람") == "wrong_state"


def test_it_is_signed_once_all_have_signed_and_confirmed_by_the_office(session: Session):
    paper = issued(session, cosigner="한대표")
    assert refusal(session, paper, "confirm") == "wrong_state"
    assert sign(session, paper, "company", "graduate").state == "issued"
    assert sign(session, paper, "cosigner").state == "signed"
    act(session, paper, "confirm")
    assert paper.state == "confirmed"
    rows = signatures_of(session, paper)
    assert signers(rows) == ["company", "graduate", "cosigner"]
    assert {row.digest for row in rows} == {paper.digest}
    assert [(row.signer, row.side, row.channel, row.recorded_by) for row in rows][1] == (
        NAME,
        "graduate",
        "paper",
        OFFICE.name,
    )


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"seat": "moon"}, "signer_missing"),
        ({"signer": " "}, "signer_missing"),
        ({"signer": "다른 사람"}, "signer_differs"),
        ({"note": None}, "note_missing"),
        ({"shown": "0" * 64}, "paper_outdated"),
        ({"seat": "cosigner"}, "seat_not_awaited"),
        ({"to": "signed"}, "wrong_state"),
    ],
)
def test_what_is_no_signature_is_refused(session: Session, given: dict, code: str):
    paper = issued(session)
    usual = {"seat": "graduate", "signer": NAME, "note": "원본 보관"}
    assert refusal(session, paper, "sign", **(usual | given)) == code
    assert signatures_of(session, paper) == []


def test_a_seat_is_signed_once(session: Session):
    paper = sign(session, issued(session), "company")
    assert refusal(session, paper, "sign", seat="company", signer="또 한 사람", note="원본") == "seat_not_awaited"


def test_a_changed_text_is_seen_and_nobody_signs_it(session: Session):
    paper = sign(session, issued(session), "company")
    paper.text = paper.text.replace("2,000,000", "1,000,000")
    session.flush()
    assert not is_true(paper)
    given = {"seat": "graduate", "signer": NAME, "note": "원본"}
    assert refusal(session, paper, "sign", **given) == "paper_text_altered"


def test_without_a_look_at_the_text_a_changed_one_would_be_signed(session: Session, monkeypatch: pytest.MonkeyPatch):
    paper = sign(session, issued(session), "company")
    paper.text += "덧붙임"
    monkeypatch.setattr("placement.paper_machines.digest_of", lambda _text: paper.digest)
    monkeypatch.setattr(internship_agreements, "_ask_current", lambda *_: None)
    session.flush()
    assert sign(session, paper, "graduate").state == "signed"


def test_an_extension_voids_the_edition_and_its_undo_brings_it_back_as_it_was_signed(session: Session, placement):
    paper = sign(session, issued(session, placement), "company", "graduate")
    act(session, placement, "extend", ends_on=LATER, reason="agreed")
    session.refresh(paper)
    assert paper.state == "voided"
    last = trail(session, paper)[-1]
    assert (last.move, last.actor, last.reason) == ("void", "system", "terms_changed")
    assert is_outdated(session, paper)
    undo(session, placement)
    session.refresh(paper)
    assert (paper.state, signers(signatures_of(session, paper))) == ("signed", ["company", "graduate"])


def test_a_suspension_changes_no_term_and_voids_nothing(session: Session, placement: Placement):
    paper = sign(session, issued(session, placement), "company")
    act(session, placement, "suspend", reason="agreed")
    session.refresh(paper)
    assert paper.state == "issued"


def test_work_that_never_begins_has_no_agreement(session: Session):
    placement = add_internship(session, state="scheduled")
    paper = issued(session, placement)
    act(session, placement, "not_start", reason="other_job")
    session.refresh(paper)
    assert (paper.state, trail(session, paper)[-1].reason) == ("voided", "not_started")


def test_an_edition_that_was_voided_by_hand_stays_void_when_the_placement_goes_on(session: Session, placement):
    paper = issued(session, placement)
    act(session, paper, "void", reason="agreed")
    act(session, placement, "suspend", reason="agreed")
    session.refresh(paper)
    assert paper.state == "voided"


def test_a_voided_edition_comes_back_only_while_it_is_true(session: Session, placement: Placement):
    paper = sign(session, issued(session, placement), "company")
    act(session, placement, "extend", ends_on=LATER, reason="agreed")
    session.refresh(paper)
    with pytest.raises(MoveRefused, match="paper_outdated"):
        undo(session, paper)


def test_a_new_edition_takes_the_fields_over_and_none_of_the_signatures(session: Session, placement: Placement):
    first = sign(session, issued(session, placement, mentor="박멘토"), "company", "graduate")
    second = draft_agreement(session, placement, OFFICE, today=DAY)
    session.refresh(first)
    assert (first.state, second.edition, second.mentor) == ("voided", 2, "박멘토")
    act(session, second, "issue")
    assert (second.awaits, signatures_of(session, second)) == (["graduate", "company"], [])
    assert second.digest != first.digest
    with pytest.raises(MoveRefused, match="newer_edition_stands"):
        undo(session, first)
    assert [row.edition for row in editions_of(session, placement)] == [2, 1]


def test_an_undone_signature_never_counts_again(session: Session):
    paper = sign(session, issued(session), "company", "graduate")
    undo(session, paper)
    assert (paper.state, paper.awaits, signers(signatures_of(session, paper))) == ("issued", ["graduate"], ["company"])
    undo(session, paper)
    undo(session, paper)
    assert (paper.state, paper.text, paper.awaits) == ("draft", None, [])
    act(session, paper, "issue")
    assert signatures_of(session, paper) == []
    assert sign(session, paper, "graduate").state == "issued", "the company's old signature is on an undone edition"
    struck = session.exec(select(AgreementSignature).where(col(AgreementSignature.voided_at).is_not(None))).all()
    assert sorted(signers(struck)) == ["company", "graduate"]


@pytest.mark.parametrize(("signed", "name"), [(["graduate"], "sign"), (["graduate", "company"], "confirm")])
def test_a_corrected_name_stops_signing_and_confirming(
    session: Session, placement: Placement, signed: list[str], name: str
):
    paper = sign(session, issued(session, placement), *signed)
    graduate_of(session, placement).name = "남궁서연"
    session.flush()
    assert refusal(session, paper, name, seat="company", signer="강담당", note="원본 보관") == "paper_outdated"
    assert signers(signatures_of(session, paper)) == signed


def link_for(session: Session, paper: InternshipAgreement, side: Side, purpose: str = LinkPurpose.SIGNING) -> str:
    return links.make_link(session, purpose, paper, side, OFFICE, today=DAY)[1]


def sign_by(session: Session, token: str, signer: str, **given) -> None:
    opened = links.open_link(session, token, today=DAY)
    links.answer(session, opened, "sign", today=DAY, signer=signer, **{"shown": opened.subject.row.digest, **given})


def test_a_link_signs_in_its_own_seat_alone(session: Session):
    paper = issued(session, cosigner="한대표")
    tokens = [
        link_for(session, paper, Side.COMPANY),
        link_for(session, paper, Side.COMPANY, LinkPurpose.COSIGNING),
        link_for(session, paper, Side.GRADUATE),
    ]
    with pytest.raises(MoveRefused, match="signer_differs"), session.begin_nested():
        sign_by(session, tokens[2], "강담당")
    with pytest.raises(TypeError), session.begin_nested():
        sign_by(session, tokens[0], "강담당", seat="graduate")
    for token, signer in zip(tokens, ("강담당", "한대표", NAME), strict=True):
        sign_by(session, token, signer)
    rows = signatures_of(session, paper)
    assert signers(rows) == ["company", "cosigner", "graduate"]
    assert {row.channel for row in rows} == {"link"}
    assert [row.recorded_by for row in rows] == ["link:company", "link:company", "link:graduate"]
    assert paper.state == "signed"


@pytest.mark.parametrize("shown", [None, "", "0" * 64])
def test_nobody_signs_through_a_link_what_was_not_shown(session: Session, shown: str | None):
    paper = issued(session)
    token = link_for(session, paper, Side.GRADUATE)
    with pytest.raises(MoveRefused, match="paper_outdated"), session.begin_nested():
        sign_by(session, token, NAME, shown=shown)
    session.expire_all()
    sign_by(session, token, NAME)
    assert signers(signatures_of(session, paper)) == ["graduate"]


def test_nobody_gets_a_link_to_a_seat_that_is_signed_or_not_there(session: Session):
    paper = sign(session, issued(session), "company")
    for side, purpose in ((Side.COMPANY, LinkPurpose.SIGNING), (Side.COMPANY, LinkPurpose.COSIGNING)):
        with pytest.raises(MoveRefused, match="wrong_state"):
            link_for(session, paper, side, purpose)


@pytest.mark.parametrize("name", ["issue", "confirm", "void", "fill"])
def test_a_link_does_nothing_else_with_the_agreement(session: Session, name: str):
    paper = issued(session)
    opened = links.open_link(session, link_for(session, paper, Side.COMPANY), today=DAY)
    with pytest.raises(MoveRefused, match="not_allowed"):
        links.answer(session, opened, name, today=DAY, reason="other")
    with pytest.raises(MoveRefused, match="not_allowed"):
        moving.advance(session, paper, name, links.actor_of(opened), effective_on=DAY, reason="other")


def test_a_link_to_a_voided_edition_is_settled(session: Session, placement: Placement):
    paper = issued(session, placement)
    token = link_for(session, paper, Side.COMPANY)
    act(session, placement, "extend", ends_on=LATER, reason="agreed")
    session.expire_all()
    with pytest.raises(LinkRefused, match="settled"):
        links.open_link(session, token, today=DAY)


def signed_at_once(database: Database, paper_id: int, tokens: dict[str, str]) -> list[str]:
    together = Barrier(len(tokens))

    def one(signer: str) -> str:
        together.wait()
        try:
            database.attempt(lambda session: sign_by(session, tokens[signer], signer))
        except (LinkRefused, MoveRefused) as refused:
            return str(refused)
        return "signed"

    with ThreadPoolExecutor(len(tokens)) as pool:
        return list(pool.map(one, tokens))


@pytest.mark.parametrize("round_number", range(3))
def test_of_two_last_signatures_at_once_one_completes_the_agreement(database: Database, round_number: int):
    with database.transaction() as session:
        paper = issued(session)
        tokens = {
            "강담당": link_for(session, paper, Side.COMPANY),
            NAME: link_for(session, paper, Side.GRADUATE),
        }
        number = paper.id
    assert signed_at_once(database, number, tokens) == ["signed", "signed"]
    with database.reading() as session:
        paper = session.get_one(InternshipAgreement, number)
        assert (paper.state, paper.awaits) == ("signed", [])
        ends = [event.to_state for event in trail(session, paper) if event.move == "sign"]
        assert ends == ["issued", "signed"]


def test_of_two_papers_for_one_seat_at_once_one_is_kept(database: Database):
    with database.transaction() as session:
        number = issued(session).id
    together, told = Barrier(4), []

    def one(_number: int) -> None:
        together.wait()
        try:
            database.attempt(
                lambda session: sign(session, session.get_one(InternshipAgreement, number), "company") and None
            )
            told.append("signed")
        except MoveRefused as refused:
            told.append(refused.refusal.code)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, range(4)))
    assert sorted(told) == ["seat_not_awaited", "seat_not_awaited", "seat_not_awaited", "signed"]
