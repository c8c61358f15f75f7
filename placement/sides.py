"""Decides whose side a line of the log was typed by: who does not hold the row takes back only what the own side typed."""

from typing import Protocol

from sqlmodel import Session, select

from employers.moves import Machine
from placement.enums import Side
from placement.models import Account, Event


class Mover(Protocol):
    """Somebody who moves: a name and rights."""

    @property
    def name(self) -> str: ...

    @property
    def permissions(self) -> frozenset[str]: ...


def may_take_back(session: Session, machine: Machine, line: Event, actor: Mover) -> bool:
    """Whether the line is this actor's to undo: any line with `<entity>:change`, else one of the own side.

    A machine without that permission is nobody's but the office's.
    """
    holding = f"{machine.entity}:change"
    is_shared = any(move.permission == holding for move in machine.moves)
    return not is_shared or holding in actor.permissions or is_of_own_side(session, line, actor)


def is_of_own_side(session: Session, line: Event, actor: Mover) -> bool:
    """Whether the actor typed the line, or somebody of the same company (a link speaks for it), or both are the office."""
    if line.actor == actor.name:
        return True
    mine, theirs = _account(session, actor.name), _account(session, line.actor)
    if mine is None:
        return False
    if mine.company_id is not None and line.actor == f"link:{Side.COMPANY}":
        return True
    return theirs is not None and theirs.company_id == mine.company_id


def _account(session: Session, email: str) -> Account | None:
    return session.exec(select(Account).where(Account.email == email)).first()
