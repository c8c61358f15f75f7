"""Decides how a caseload (인수인계) goes from one counselor to another, whole or in part, and back, as one act."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, insert, update
from sqlmodel import Session, col, select

from employers.columns import now
from employers.moves import Refusal
from placement.enums import HandedKind, HandOverState, Role
from placement.models import Account, ContactNote, Event, Graduate, HandedRow, HandOver, Referral
from placement.states import Actor, MoveRefused, move, record_birth, states_where, undo

ANY = "caseload:hand_over_any"
LATELY = timedelta(days=14)
Rows = dict[HandedKind, list[int]]


class Entrusted(NamedTuple):
    """One person of a counselor's caseload: whether the person is the counselor's own, and what goes along."""

    graduate: Graduate
    is_own: bool
    referrals: list[int]
    next_actions: list[int]


def caseload_of(session: Session, counselor: Account) -> list[Entrusted]:
    """Everybody whom the counselor cares for, or has an open referral or a next action with, by name."""
    referrals = _by_graduate(session, select(Referral.graduate_id, Referral.id).where(*_open_referrals(counselor)))
    actions = _by_graduate(session, select(ContactNote.graduate_id, ContactNote.id).where(*_next_actions(counselor)))
    own = col(Graduate.counselor_id) == counselor.id
    chosen = select(Graduate).where(own | col(Graduate.id).in_({*referrals, *actions}))
    return [
        Entrusted(row, row.counselor_id == counselor.id, referrals.get(row.id, []), actions.get(row.id, []))
        for row in session.exec(chosen.order_by(col(Graduate.name), col(Graduate.id)))
    ]


def hand_over(
    session: Session,
    giver: Account,
    receiver: Account,
    graduate_ids: Iterable[int],
    actor: Actor,
    *,
    today: date,
    note: str | None = None,
) -> HandOver:
    """Give these people with their open referrals and next actions to another counselor, and log it as one act.

    Raises MoveRefused: not_allowed, counselor_not_active, nobody_chosen, changed_meanwhile (somebody is no longer the
    giver's, then nothing is moved).
    """
    _ask_may_give(giver, actor)
    _ask_may_receive(giver, receiver)
    known = {person.graduate.id: person for person in caseload_of(session, giver)}
    wanted = set(graduate_ids)
    if not wanted:
        raise MoveRefused(Refusal("nobody_chosen"))
    if wanted - known.keys():
        raise MoveRefused(Refusal("changed_meanwhile"))
    rows = rows_of(known[row] for row in sorted(wanted))
    act = HandOver(giver_id=giver.id or 0, receiver_id=receiver.id or 0, handed_on=today)
    record_birth(session, act, actor, effective_on=today, note=note)
    if _shift(session, rows, giver.id or 0, receiver.id or 0) != sum(map(len, rows.values())):
        raise MoveRefused(Refusal("changed_meanwhile"))
    moved = [{"hand_over_id": act.id, "kind": kind, "row_id": row} for kind, ids in rows.items() for row in ids]
    session.connection().execute(insert(HandedRow), moved)
    return act


def advance(
    session: Session,
    act: HandOver,
    name: str,
    actor: Actor,
    *,
    effective_on: date,
    reason: str | None = None,
    note: str | None = None,
    to: str | None = None,
    **_given: Any,
) -> Event:
    """Take everything back that is still the receiver's, or hand it over again. Raises MoveRefused."""
    before = act.state
    _ask_may_give(session.get_one(Account, act.giver_id), actor)
    event = move(session, act, name, actor, effective_on=effective_on, reason=reason, note=note, to=to)
    _settle(session, act, before)
    return event


def take_back(session: Session, act: HandOver, actor: Actor, *, effective_on: date, note: str | None = None) -> Event:
    """Undo the last move with what it brought."""
    before = act.state
    _ask_may_give(session.get_one(Account, act.giver_id), actor)
    event = undo(session, act, actor, effective_on=effective_on, note=note)
    _settle(session, act, before)
    return event


def _settle(session: Session, act: HandOver, before: str) -> None:
    """Whichever way led here, the rows are where the state says; what has gone to a third one since stays there."""
    if act.state == before:
        return
    ends = (act.giver_id, act.receiver_id)
    source, target = ends if act.state == HandOverState.DONE else reversed(ends)
    _ask_may_receive(session.get_one(Account, source), session.get_one(Account, target))
    _shift(session, handed_rows(session, act), source, target)


def rows_of(people: Iterable[Entrusted]) -> Rows:
    """What goes along with these people, by kind."""
    chosen = list(people)
    return {
        HandedKind.GRADUATE: [one.graduate.id or 0 for one in chosen if one.is_own],
        HandedKind.REFERRAL: [row for one in chosen for row in one.referrals],
        HandedKind.CONTACT_NOTE: [row for one in chosen for row in one.next_actions],
    }


def handed_rows(session: Session, act: HandOver) -> Rows:
    """What the hand-over moved, by kind."""
    rows: Rows = {kind: [] for kind in HandedKind}
    moved = select(HandedRow).where(HandedRow.hand_over_id == act.id).order_by(col(HandedRow.id))
    for row in session.exec(moved):
        rows[HandedKind(row.kind)].append(row.row_id)
    return rows


def received_lately(counselor: Account, today: date) -> ColumnElement[bool]:
    """The condition on a graduate whom somebody handed to this counselor in the last 14 days, and who is still theirs."""
    h = HandOver
    acts = select(h.id).where(
        h.receiver_id == counselor.id, h.state == HandOverState.DONE, h.handed_on > today - LATELY
    )
    of_acts = col(HandedRow.hand_over_id).in_(acts)
    handed = select(HandedRow.row_id).where(HandedRow.kind == HandedKind.GRADUATE, of_acts)
    return (col(Graduate.counselor_id) == counselor.id) & col(Graduate.id).in_(handed)


def count_received_lately(session: Session, counselor: Account, today: date) -> int:
    """How many people these are."""
    return session.exec(select(func.count(col(Graduate.id))).where(received_lately(counselor, today))).one()


def counselors_who_may_receive(session: Session, giver: Account) -> list[Account]:
    """The other counselors who may come in, by name."""
    rows = session.exec(select(Account).where(Account.role == Role.COUNSELOR).order_by(col(Account.name)))
    return [row for row in rows if row.is_active and row.id != giver.id]


def _ask_may_give(giver: Account, actor: Actor) -> None:
    """A counselor gives the own caseload, a program manager anybody's."""
    if ANY not in actor.permissions and actor.name != giver.email:
        raise MoveRefused(Refusal("not_allowed"))


def _ask_may_receive(giver: Account, receiver: Account) -> None:
    if receiver.id == giver.id or receiver.role != Role.COUNSELOR or not receiver.is_active:
        raise MoveRefused(Refusal("counselor_not_active"))


def _open_referrals(counselor: Account) -> tuple[ColumnElement[bool], ...]:
    is_open = col(Referral.state).in_(states_where("referral", open=True))
    return col(Referral.counselor_id) == counselor.id, is_open


def _next_actions(counselor: Account) -> tuple[ColumnElement[bool], ...]:
    """What the counselor is to do next, as long as no later note about the person stands."""
    newest = select(func.max(col(ContactNote.id))).group_by(col(ContactNote.graduate_id))
    is_newest, has_day = col(ContactNote.id).in_(newest), col(ContactNote.next_on).is_not(None)
    return does_next(counselor.id), is_newest, has_day, col(ContactNote.graduate_id).is_not(None)


def does_next(counselor_id: int | None) -> ColumnElement[bool]:
    """The condition on a note whose next action is this counselor's."""
    return func.coalesce(ContactNote.next_by_id, ContactNote.author_id) == counselor_id


def _by_graduate(session: Session, pairs: Any) -> dict[int | None, list[int]]:
    found: dict[int | None, list[int]] = {}
    for graduate_id, row in session.exec(pairs):
        found.setdefault(graduate_id, []).append(row)
    return found


def _shift(session: Session, rows: Rows, source: int, target: int) -> int:
    """Give the rows that are still the source's to the target; how many. Open forms of people and cases become stale."""
    done = 0
    for kind, ids in rows.items():
        table, is_theirs, values = OWNED[kind](source, target)
        mine = update(table).where(col(table.id).in_(ids), is_theirs).values(**values)
        done += session.connection().execute(mine).rowcount
    session.expire_all()
    return done


OWNED: dict[HandedKind, Callable[[int, int], tuple[Any, ColumnElement[bool], dict[str, Any]]]] = {
    HandedKind.GRADUATE: lambda source, target: (
        Graduate,
        col(Graduate.counselor_id) == source,
        {"counselor_id": target, "version": Graduate.version + 1, "updated_at": now()},
    ),
    HandedKind.REFERRAL: lambda source, target: (
        Referral,
        col(Referral.counselor_id) == source,
        {"counselor_id": target, "version": Referral.version + 1},
    ),
    HandedKind.CONTACT_NOTE: lambda source, target: (ContactNote, does_next(source), {"next_by_id": target}),
}
