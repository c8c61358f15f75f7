"""Decides how far the demo's referrals have come by the office's own rules, and what of them wants a hand today."""

from collections.abc import Mapping
from itertools import chain

from sqlmodel import Session, select

from employers.enums import OpeningSource
from employers.models import Company, Opening
from placement import internship_agreements, moving, notices
from placement.access import actor_for
from placement.demo.postings import TODAY
from placement.demo.rows import id_of
from placement.demo.stories import (
    AGREED,
    DRAFTED_ON,
    ISSUED_ON,
    POSTED_AT,
    STORIES,
    TOLD,
    TOLD_ON,
    TOLD_TRACK,
    Story,
    Turn,
)
from placement.enums import PlacementState
from placement.guidances import is_external, tell
from placement.machines import ANSWER, DECIDE
from placement.models import Account, Graduate, Placement, Referral
from placement.openings import mark_external
from placement.referrals import create_referral
from placement.states import Actor, machine_of, states_where

HEARD = {ANSWER: "담당자와 통화", DECIDE: "본인과 통화"}
Openings = Mapping[str, list[Opening]]


def refer_people(
    session: Session,
    people: Mapping[str, list[Graduate]],
    companies: Mapping[str, list[Company]],
    openings: Openings,
    accounts: list[Account],
) -> None:
    """Put the people of the stories to companies, step by step on its day; then write the reminders that are due."""
    by_key = {person.key: person for person in chain.from_iterable(people.values())}
    by_id = {account.id: account for account in accounts}
    firsts = {track: group[0].id for track, group in companies.items()}
    told = by_key[TOLD]
    _tell(session, told, openings[TOLD_TRACK][-1], by_id[told.counselor_id])
    for number, story in enumerate(STORIES):
        person = by_key[story.person]
        opening = _opening_for(story, number, openings[story.track], firsts[story.track])
        _live(session, story, person, opening, by_id[person.counselor_id])
    _issue_agreements(session, by_id)
    notices.write_due(session, today=TODAY)


def _opening_for(story: Story, number: int, openings: list[Opening], first: int | None) -> Opening:
    """An open one that stood already when the case began; for an offer the one with most room, else they take turns."""
    is_open = states_where("opening", open=True)
    standing = [one for one in openings if one.state in is_open and not is_external(one)]
    mine = [one for one in standing if (one.company_id == first) == story.is_partners] or standing
    posted = [one for one in mine if (one.confirmed_on or TODAY) <= story.begun_on] or mine
    if any(turn.move == "offer" for turn in story.turns):
        return max(posted, key=lambda one: one.seats - one.seats_taken)
    return posted[number % len(posted)]


def _live(session: Session, story: Story, person: Graduate, opening: Opening, counselor: Account) -> None:
    begun = actor_for(counselor)
    referral = create_referral(session, person, opening, begun, today=story.begun_on, counselor_id=counselor.id)
    company = session.get_one(Company, opening.company_id)
    for turn in story.turns:
        _take(session, referral, turn, begun, {ANSWER: company.name, DECIDE: person.name or person.key})


def _take(session: Session, referral: Referral, turn: Turn, actor: Actor, sides: Mapping[str, str]) -> None:
    """The counselor writes down what a side has said, in whose name and how it was heard."""
    word = next(move.permission for move in machine_of(referral).moves if move.name == turn.move)
    moving.advance(
        session,
        referral,
        turn.move,
        actor._replace(on_behalf_of=sides.get(word)),
        effective_on=turn.day,
        reason=turn.reason,
        note=turn.note or HEARD.get(word),
        **turn.given,
    )


def _issue_agreements(session: Session, accounts: Mapping[int | None, Account]) -> None:
    """Whoever is to begin an internship has its agreement, issued and not signed yet."""
    scheduled = select(Placement).where(Placement.state == PlacementState.SCHEDULED)
    for placement in session.exec(scheduled).all():
        actor = actor_for(accounts[session.get_one(Graduate, placement.graduate_id).counselor_id])
        agreement = internship_agreements.draft_agreement(session, placement, actor, today=DRAFTED_ON)
        moving.advance(session, agreement, "fill", actor, effective_on=DRAFTED_ON, **AGREED)
        moving.advance(session, agreement, "issue", actor, effective_on=ISSUED_ON)


def _tell(session: Session, person: Graduate, opening: Opening, counselor: Account) -> None:
    """안내: one person was told of what somebody else has posted."""
    mark_external(session, opening, POSTED_AT, OpeningSource.EXTERNAL)
    day = max(TOLD_ON, opening.confirmed_on or TOLD_ON)
    tell(session, person, opening, actor_for(counselor), today=TODAY, told_on=day, counselor_id=id_of(counselor))
