"""Decides how several graduates are proposed at once: each pair by itself, so that one refusal stops no other."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlmodel import Session, col, select

from employers.models import Company, Opening
from employers.moves import Refusal
from placement.models import Account, Graduate, Referral
from placement.moving import advance
from placement.referrals import create_referral
from placement.states import Actor, MoveRefused

Pair = tuple[int, int]


class Candidate(NamedTuple):
    """One pair that somebody thinks of proposing."""

    graduate: Graduate
    opening: Opening
    company: Company

    @property
    def key(self) -> str:
        """The pair as a form carries it: 12-34."""
        return f"{self.graduate.id}-{self.opening.id}"


class Proposed(NamedTuple):
    """What became of a pair: its referral, or why there is none."""

    candidate: Candidate
    referral: Referral | None = None
    refusal: Refusal | None = None


class Consenting(NamedTuple):
    """How the consents come: heard now through a channel (with a note), asked for, or neither yet."""

    is_asked: bool = False
    channel: str | None = None
    note: str | None = None


def candidates_of(session: Session, pairs: Iterable[Pair]) -> list[Candidate]:
    """The pairs that exist, in the order given."""
    wanted = list(dict.fromkeys(pairs))
    people = {g.id: g for g in session.exec(select(Graduate).where(col(Graduate.id).in_({g for g, _ in wanted})))}
    rows = session.exec(select(Opening, Company).join(Company).where(col(Opening.id).in_({o for _, o in wanted})))
    offers = {opening.id: (opening, company) for opening, company in rows}
    return [Candidate(people[g], *offers[o]) for g, o in wanted if g in people and o in offers]


def propose(
    session: Session, candidates: Iterable[Candidate], account: Account, actor: Actor, how: Consenting, *, today: date
) -> list[Proposed]:
    """Make a referral of each pair as far as `how` carries it; a pair that may not be proposed leaves nothing behind."""
    done = []
    for candidate in candidates:
        try:
            with session.begin_nested():
                done.append(Proposed(candidate, _propose_one(session, candidate, account, actor, how, today)))
        except MoveRefused as refused:
            done.append(Proposed(candidate, refusal=refused.refusal))
            for row in candidate:
                session.refresh(row)  # taking the pair back has emptied them
    return done


def _propose_one(
    session: Session, candidate: Candidate, account: Account, actor: Actor, how: Consenting, today: date
) -> Referral:
    graduate, opening, _ = candidate
    referral = create_referral(session, graduate, opening, actor, today=today, counselor_id=account.id)
    if how.is_asked or how.channel:
        advance(session, referral, "ask_consent", actor, effective_on=today)
    if how.channel:
        speaker = actor._replace(on_behalf_of=graduate.name or graduate.key)
        advance(session, referral, "consent", speaker, effective_on=today, note=how.note, channel=how.channel)
    return referral
