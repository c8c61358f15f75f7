"""Decides how somebody stays signed in: a cookie with the account's number and its session stamp."""

from datetime import timedelta

from flask import Flask, session
from flask_login import LoginManager, UserMixin, login_user, logout_user

from placement.models import Account
from placement.web.doors import GREATEST_ID, reading

LONGEST = timedelta(hours=12)


class SignedIn(UserMixin):
    """An account behind a cookie."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def get_id(self) -> str:
        """What the cookie says: a new stamp makes every older cookie worthless."""
        return f"{self.account.id}:{self.account.session_stamp}"


def remember_visitors(app: Flask) -> None:
    """Teach the app to know a visitor by the cookie."""
    manager = LoginManager(app)
    manager.user_loader(load_signed_in)


def load_signed_in(said: str) -> SignedIn | None:
    """The active account whose number and stamp the cookie says; None for an old or odd cookie."""
    number, _, stamp = said.partition(":")
    if not (number.isascii() and number.isdecimal() and int(number) <= GREATEST_ID):
        return None
    with reading() as rows:
        account = rows.get(Account, int(number))
    is_good = account is not None and account.is_active and account.session_stamp == stamp
    return SignedIn(account) if account is not None and is_good else None


def begin(account: Account) -> None:
    """Sign the account in, with nothing left of the session before."""
    session.clear()
    session.permanent = True
    login_user(SignedIn(account))


def end() -> None:
    """Forget who was here."""
    logout_user()
    session.clear()
