"""Decides what a good password is, whether somebody is who they say, and when a cookie is worthless."""

import secrets
from base64 import b64encode

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION
from sqlmodel import Session, col, select

from placement.models import Account

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
DEMO_PASSWORD = "ieum-demo-2020"  # noqa: S105  (public on purpose: shown on the sign-in page of a demo)
hasher = PasswordHasher()


class AccountRefusedError(Exception):
    """The account cannot be made; the code says why: address_taken, address_odd, password_short or password_long."""


def hash_password(password: str) -> str:
    """The argon2 hash of a password of 12 to 200 characters; raises AccountRefusedError for another length.

    Call it outside a transaction: it takes long enough to keep every other writer waiting.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise AccountRefusedError("password_short")
    if len(password) > LONGEST_PASSWORD:
        raise AccountRefusedError("password_long")
    return hasher.hash(password)


def normal_address(email: str) -> str:
    """An e-mail address as it is stored and compared."""
    return email.strip().lower()


def find_account(session: Session, email: str) -> Account | None:
    return session.exec(select(Account).where(Account.email == normal_address(email))).first()


def demo_accounts(session: Session) -> list[Account]:
    """The accounts that the demo brought, one reader after the other."""
    return list(session.exec(select(Account).where(col(Account.is_demo)).order_by(col(Account.id))))


def authenticate(account: Account | None, password: str) -> bool:
    """Whether the password opens this account; takes as long for nobody's account as for somebody's.

    Call it outside a transaction: a check costs about 0.2 s.
    """
    try:
        fits = hasher.verify(account.password_hash if account else _nobodys_hash(), password[:LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        return False
    return fits and account is not None and account.is_active


def end_sessions(session: Session, account: Account) -> None:
    """Sign the account out everywhere: a cookie carries the stamp it was signed in with."""
    session.merge(account).session_stamp = new_stamp()


def new_stamp() -> str:
    return secrets.token_urlsafe(24)


def _nobodys_hash() -> str:
    """A hash that no password has, of today's cost: built, not computed, so that no first visitor waits longer."""
    salt, digest = (
        b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (hasher.salt_len, hasher.hash_len)
    )
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v={ARGON2_VERSION}${cost}${salt}${digest}"
