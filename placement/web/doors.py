"""Decides who enters: every view carries a stamp that names its permission, and no stamp means nobody."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_login import current_user
from sqlmodel import Session
from sqlmodel.sql.expression import SelectOfScalar
from werkzeug.wrappers import Response

from placement.access import ANYONE, SIGNED_IN, may
from placement.calendars import today_of
from placement.db import Database
from placement.models import Account
from placement.settings import Settings

View = TypeVar("View", bound=Callable[..., Any])
Row = TypeVar("Row")
GREATEST_ID = 2**31 - 1
__all__ = ["ANYONE", "SIGNED_IN", "attempt", "current_account", "door", "fetch", "reading", "today"]


class UnstampedDoorError(Exception):
    """A view says nobody's permission: the app does not start."""


def door(permission: str) -> Callable[[View], View]:
    """Stamp a view with who may enter: a permission of access.py, ANYONE or SIGNED_IN. Stands below the route."""

    def stamp(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return stamp


def permission_of(view: Callable[..., Any]) -> str | None:
    """The permission on the view's stamp; None means nobody."""
    return getattr(view, "permission", None)


def check_stamps(app: Flask) -> None:
    """Raise UnstampedDoorError unless every view of the app has its stamp."""
    unstamped = sorted(name for name, view in app.view_functions.items() if permission_of(view) is None)
    if unstamped:
        raise UnstampedDoorError(f"no permission is said for: {', '.join(unstamped)}")


def refuse_strangers() -> Response | None:
    """Runs before every view. Nobody signed in: to the sign-in page; without the right: 403."""
    if request.endpoint is None:
        return None
    permission = permission_of(current_app.view_functions[request.endpoint])
    if permission == ANYONE:
        return None
    if not current_user.is_authenticated:
        wished = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("account.sign_in", next=wished), code=303)
    if permission is None or not may(current_account(), permission):
        abort(403)
    return None


def refuse_unstorable() -> None:
    """Runs before every view. PostgreSQL stores no NUL sign, so nobody may send one: 400."""
    if any("\0" in text for _name, texts in request.values.lists() for text in texts):
        abort(400)


def current_account() -> Account:
    """Who is signed in; behind a door of ANYONE ask `current_user.is_authenticated` first."""
    account: Account = current_user.account
    return account


def database() -> Database:
    found: Database = current_app.extensions["ieum_database"]
    return found


def settings() -> Settings:
    found: Settings = current_app.extensions["ieum_settings"]
    return found


def attempt(work: Callable[[Session], Row]) -> Row:
    """What `work` answers in a transaction of its own; it runs anew where it gave way to another writer (`Database.attempt`).

    The only way in which a door writes: the work reads its rows itself, and people are told only afterwards.
    """
    return database().attempt(work)


def reading() -> AbstractContextManager[Session]:
    """A session to read with; nothing it changes is kept."""
    return database().reading()


def today(session: Session) -> date:
    """The service's today: the demo's, a fixed one, or the day in Seoul."""
    return today_of(session, settings().today)


def fetch(session: Session, visible: SelectOfScalar[Row], **columns: Any) -> Row:
    """The one row among those the reader may see (`visible_…` of access.py) with these columns; else 404."""
    beyond_any_row = any(isinstance(value, int) and value > GREATEST_ID for value in columns.values())
    row = None if beyond_any_row else session.exec(visible.filter_by(**columns)).first()
    if row is None:
        abort(404)
    return row
