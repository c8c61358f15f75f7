"""Decides whether a person and an opening may be brought together, at first and again after a referral was closed."""

from sqlmodel import Session, col, select

from employers.enums import OpeningSource
from employers.models import Opening
from employers.moves import Refusal
from placement.consents import standing_consent
from placement.events import last_move_of
from placement.machines import ANSWER, CANCEL, CHANGE, SYSTEM
from placement.models import Graduate, Referral
from placement.profiling import is_placed
from placement.states import Actor, MoveRefused, machine_of, states_where

OFFICE_ONLY = frozenset({CHANGE, CANCEL})


def refusal_for(actor: Actor, code: str) -> Refusal:
    """The reason where it tells of the person: as it is for the office, whichever role, and the same word for all others."""
    return Refusal(code if OFFICE_ONLY & actor.permissions else "not_to_be_reopened")


def ask_may_meet(session: Session, graduate: Graduate, opening: Opening) -> None:
    """Raise MoveRefused: opening_is_external, opening_not_open, graduate_not_looking, already_placed."""
    if opening.source == OpeningSource.EXTERNAL:
        raise MoveRefused(Refusal("opening_is_external"))
    if opening.state not in states_where("opening", open=True):
        raise MoveRefused(Refusal("opening_not_open"))
    if graduate.state not in states_where("graduate", open=True):
        raise MoveRefused(Refusal("graduate_not_looking"))
    if session.exec(select(Graduate.id).where(Graduate.id == graduate.id, is_placed())).first():
        raise MoveRefused(Refusal("already_placed"))


def ask_is_free(session: Session, referral: Referral, opening: Opening) -> None:
    """The same, and nobody else has the person's word. Raises MoveRefused."""
    graduate = session.get_one(Graduate, referral.graduate_id, populate_existing=True)
    ask_may_meet(session, graduate, opening)
    if graduate.engaged_by is not None:
        raise MoveRefused(Refusal("engaged_elsewhere"))


def ask_is_not_placed(session: Session, referral: Referral, actor: Actor) -> None:
    """Who has found work has no open referral, whichever way back was taken; a company is not told why."""
    g = Graduate
    is_gone = col(g.state).in_(states_where("graduate", closed=True))
    if CHANGE in actor.permissions and session.exec(select(g.id).where(g.id == referral.graduate_id, is_gone)).first():
        raise MoveRefused(Refusal("graduate_not_looking"))
    busy = is_placed() if CHANGE in actor.permissions else is_placed() | is_gone | col(g.engaged_by).is_not(None)
    if session.exec(select(g.id).where(g.id == referral.graduate_id, busy)).first():
        raise MoveRefused(refusal_for(actor, "already_placed"))


def may_reopen(session: Session, referral: Referral, actor: Actor) -> bool:
    """Whether the actor may ask to reopen: the office always; a company what its own word or time has closed.

    The answer does not follow what the person has decided since: a button that goes away would tell of it.
    """
    if CHANGE in actor.permissions:
        return True
    last = last_move_of(session, "referral", referral.id or 0)
    words = {m.name for m in machine_of(referral).moves if m.permission in (ANSWER, SYSTEM)}
    return last is not None and last.move in words


def ask_may_reopen(session: Session, referral: Referral, opening: Opening, actor: Actor) -> None:
    """Raise MoveRefused unless the two may be brought together again; a company is not told what became of the person."""
    if CHANGE in actor.permissions:
        ask_may_meet(session, session.get_one(Graduate, referral.graduate_id, populate_existing=True), opening)
        return
    try:
        ask_is_free(session, referral, opening)
    except MoveRefused as refused:
        if refused.refusal.code == "opening_not_open":  # its own opening is no secret
            raise
        raise MoveRefused(Refusal("not_to_be_reopened")) from None
    if not may_reopen(session, referral, actor) or standing_consent(session, referral.id or 0) is None:
        raise MoveRefused(Refusal("not_to_be_reopened"))
