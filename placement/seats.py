"""Decides who gets a seat and who a person is engaged to: conditional updates, so that nothing is ever sold twice."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import update
from sqlmodel import Session, col

from employers.enums import OpeningState
from employers.models import Opening
from employers.moves import Refusal
from placement.access import office_actor
from placement.events import last_move_of, no_earlier
from placement.models import Graduate
from placement.queue import enqueue
from placement.states import SYSTEM, MoveRefused, move, states_where


class Shift(NamedTuple):
    """How many seats more (or less) are held by an offer and taken by an acceptance."""

    held: int = 0
    taken: int = 0

    def __add__(self, other: object) -> "Shift":
        assert isinstance(other, Shift)
        return Shift(self.held + other.held, self.taken + other.taken)


def shift_seats(session: Session, shifts: Mapping[int, Shift], *, today: date) -> None:
    """Move seats of openings (by id), always in the order of ids so that two acceptances never wait for each other.

    Raises MoveRefused (no_seat_left) when held + taken would pass the head count. An opening closes by itself when
    all seats are taken, and a freed seat brings it back as it was: open, or paused.
    """
    for opening_id in sorted(shifts):
        held, taken = shifts[opening_id]
        if held or taken:
            _shift(session, opening_id, held, taken)
            _follow(session, opening_id, today)


def _shift(session: Session, opening_id: int, held: int, taken: int) -> None:
    o = Opening
    fits = col(o.seats_taken) + col(o.seats_held) + held + taken <= col(o.seats)
    values = {"seats_held": o.seats_held + held, "seats_taken": o.seats_taken + taken}
    chosen = update(o).where(col(o.id) == opening_id)
    if held + taken > 0:
        chosen = chosen.where(fits)
    if session.connection().execute(chosen.values(**values)).rowcount != 1:
        raise MoveRefused(Refusal("no_seat_left"))


def _follow(session: Session, opening_id: int, today: date) -> None:
    opening = session.get(Opening, opening_id, populate_existing=True)
    assert opening is not None
    actor = office_actor(SYSTEM)
    if opening.seats_taken == opening.seats and opening.state in states_where("opening", closed=False):
        if opening.state != "draft":
            move(session, opening, "fill", actor, effective_on=no_earlier(session, "opening", opening_id, today))
            enqueue(session, "rematch_opening", str(opening_id))
    elif opening.seats_taken < opening.seats and opening.state in states_where("opening", closed=True):
        last = last_move_of(session, "opening", opening_id)
        if last is not None and last.move == "fill" and opening.seats_taken + opening.seats_held < opening.seats:
            day = no_earlier(session, "opening", opening_id, today)
            move(session, opening, "reopen", actor, effective_on=day)
            if last.from_state == OpeningState.PAUSED:  # the company has not asked for anybody since
                move(session, opening, "pause", actor, effective_on=day)
            enqueue(session, "rematch_opening", str(opening_id))


def engage(session: Session, graduate_id: int, referral_id: int) -> None:
    """Bind a person to one accepted referral, twice is once; raises MoveRefused (engaged_elsewhere) when another holds."""
    g = Graduate
    is_free = col(g.engaged_by).is_(None) | (col(g.engaged_by) == referral_id)
    free = update(g).where(col(g.id) == graduate_id, is_free)
    if session.connection().execute(free.values(engaged_by=referral_id)).rowcount != 1:
        raise MoveRefused(Refusal("engaged_elsewhere"))


def release(session: Session, graduate_id: int, referral_id: int) -> None:
    """Free a person from a referral that no longer holds; nothing when another holds by now."""
    g = Graduate
    bound = update(g).where(col(g.id) == graduate_id, col(g.engaged_by) == referral_id)
    session.connection().execute(bound.values(engaged_by=None))
