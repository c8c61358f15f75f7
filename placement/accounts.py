"""Decides who gets an account, and what each move of one brings: sessions end, and one manager is always left."""

from datetime import date
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from employers.moves import Refusal
from placement.enums import AccountState, Role
from placement.events import last_move_of
from placement.models import Account, Event
from placement.people import AccountRefusedError, find_account, new_stamp, normal_address
from placement.states import Actor, MoveRefused, move, record_birth, undo

OWN = frozenset({"change_password", "sign_out_everywhere"})
WITH_PASSWORD = frozenset({"new_password", "change_password"})
SIGNS_OUT = frozenset({"deactivate", "activate", *WITH_PASSWORD, *OWN})


def create_account(
    session: Session,
    actor: Actor,
    *,
    email: str,
    name: str,
    role: str,
    password_hash: str,
    today: date,
    company_id: int | None = None,
    phone: str | None = None,
    is_demo: bool = False,
) -> Account:
    """A new account; the address is kept in small letters. Raises AccountRefusedError (address_odd, address_taken).

    The hash (`people.hash_password`) is made before the transaction: it takes long, and nobody else could write.
    """
    address = normal_address(email)
    if "@" not in address.strip("@") or any(sign.isspace() for sign in address):
        raise AccountRefusedError("address_odd")
    if find_account(session, address):
        raise AccountRefusedError("address_taken")
    account = Account(
        email=address,
        name=name,
        role=role,
        company_id=company_id,
        phone=phone,
        is_demo=is_demo,
        password_hash=password_hash,
        session_stamp=new_stamp(),
    )
    record_birth(session, account, actor, effective_on=today)
    return account


def advance(
    session: Session,
    account: Account,
    name: str,
    actor: Actor,
    *,
    effective_on: date,
    reason: str | None = None,
    note: str | None = None,
    to: str | None = None,
    **given: Any,
) -> Event:
    """Run one move. `given`: role, company_id (change_role); password_hash (new_password, change_password).

    No password and no stamp is ever in the log. Raises MoveRefused, also for somebody else's own moves.
    """
    if name in OWN and actor.name != account.email:
        raise MoveRefused(Refusal("not_allowed"))
    if name in WITH_PASSWORD and not given.get("password_hash"):
        raise MoveRefused(Refusal("password_missing"))
    was_manager = _is_manager_held(session, account)
    changes = _role_of(given) if name == "change_role" else {}
    event = move(session, account, name, actor, effective_on=effective_on, reason=reason, note=note, to=to, **changes)
    if name in SIGNS_OUT:
        _renew(session, account, given.get("password_hash") if name in WITH_PASSWORD else None)
    _ask_manager_is_left(session, account, was_manager)
    return event


def take_back(
    session: Session, account: Account, actor: Actor, *, effective_on: date, note: str | None = None
) -> Event:
    """Undo the last move. Raises MoveRefused (not_undoable) for a password or a sign-out: nothing of them is kept."""
    last = last_move_of(session, "account", account.id or 0)
    if last is not None and last.move in (*WITH_PASSWORD, *OWN):
        raise MoveRefused(Refusal("not_undoable"))
    was_manager = _is_manager_held(session, account)
    event = undo(session, account, actor, effective_on=effective_on, note=note)
    _renew(session, account)
    _ask_manager_is_left(session, account, was_manager)
    return event


def _role_of(given: dict[str, Any]) -> dict[str, Any]:
    role, company_id = given.get("role"), given.get("company_id")
    if role not in list(Role):
        raise MoveRefused(Refusal("role_missing"))
    if role == Role.PARTNER and company_id is None:
        raise MoveRefused(Refusal("company_missing"))
    return {"role": role, "company_id": company_id if role == Role.PARTNER else None}


def _renew(session: Session, account: Account, password_hash: str | None = None) -> None:
    """A new stamp makes every cookie worthless; stamp and hash are written past the log, which keeps no secret."""
    values = {"session_stamp": new_stamp()} | ({"password_hash": password_hash} if password_hash else {})
    session.connection().execute(update(Account).where(col(Account.id) == account.id).values(**values))
    session.refresh(account)


def _is_manager(account: Account) -> bool:
    return account.is_active and account.role == Role.MANAGER


def _managers(session: Session) -> list[int | None]:
    """The managers who may come in, held until the transaction ends: two who leave at once do so one after the other."""
    a = Account
    chosen = select(a.id).where(a.role == Role.MANAGER, a.state == AccountState.ACTIVE).order_by(col(a.id))
    return list(session.exec(chosen.with_for_update()))


def _is_manager_held(session: Session, account: Account) -> bool:
    return _is_manager(account) and bool(_managers(session))


def _ask_manager_is_left(session: Session, account: Account, was_manager: bool) -> None:
    if was_manager and not _is_manager(account) and not _managers(session):
        raise MoveRefused(Refusal("last_manager"))
