"""Decides which papers the interns of the walker's world have, what their moves need, and what must hold of them."""

from collections import Counter
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from placement.internship_agreements import draft_agreement, is_true, signatures_of, text_now
from placement.models import Assessment, InternshipAgreement, Placement
from placement.models.papers import SCALES
from placement.states import Actor
from tests.placement.papers import sign

SIGNABLE = ("issued", "signed", "confirmed")
WRITTEN = ("answered", "accepted", "contradicted")


def internships(session: Session) -> list[Placement]:
    mine = select(Placement).where(Placement.kind == "internship").order_by(col(Placement.id))
    return list(session.exec(mine.execution_options(populate_existing=True)))


def draft_papers(session: Session, office: Actor, today: date) -> list[InternshipAgreement]:
    """A draft for every internship at work."""
    return [draft_agreement(session, row, office, today=today) for row in internships(session) if row.state == "active"]


def sign_first(session: Session, paper: InternshipAgreement, today: date) -> None:
    sign(session, paper, "company", on=today)


def given_to_paper(row: Any, name: str, today: date) -> dict[str, Any]:
    """What a move of an agreement or an assessment needs."""
    if name == "fill":
        return {"mentor": f"멘토 {today}", "cosigner": "한대표" if row.edition % 2 else ""}
    if name == "sign":
        seat = next(iter(row.awaits), "company")
        return {"seat": seat, "signer": "한대표", "note": "원본 보관"}
    return {"answer": dict.fromkeys(SCALES, 3), "contradict": {"contradiction": "다릅니다."}}.get(name, {})


def check_papers(session: Session) -> None:
    """Signed is the very text on record, by everybody who must, and no edition beside another."""
    fresh = {"populate_existing": True}
    papers = list(session.exec(select(InternshipAgreement).execution_options(**fresh)))
    standing = Counter(paper.placement_id for paper in papers if paper.state != "voided")
    assert not standing or max(standing.values()) == 1, "two editions stand"
    for paper in papers:
        if paper.state in SIGNABLE:
            assert is_true(paper), "a text is not the one that was issued"
            assert paper.text == text_now(session, paper), "an agreement stands that the record gave up"
            check_signatures(session, paper)
    for row in session.exec(select(Assessment).execution_options(**fresh)):
        assert all(row.model_dump(include=set(SCALES)).values()) == (row.state in WRITTEN), "scores without an answer"
        assert (row.contradiction is not None) == (row.state == "contradicted"), "a contradiction out of place"


def check_signatures(session: Session, paper: InternshipAgreement) -> None:
    seats = {"graduate", "company"} | ({"cosigner"} if paper.cosigner else set())
    rows = signatures_of(session, paper)
    signed = [row.seat for row in rows]
    assert sorted([*signed, *paper.awaits]) == sorted(seats), "somebody signed twice, or nobody is asked"
    assert (paper.state != "issued") == (not paper.awaits), "signed without a signature"
    assert {row.digest for row in rows} <= {paper.digest}, "a signature on another text counts"
