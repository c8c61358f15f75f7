"""Decides how every command behaves: which language it speaks, and that a refusal is one sentence and exit status 1."""

import json
import sys
from collections.abc import Callable
from typing import Any, NoReturn

import click
from flask import current_app
from flask.cli import FlaskGroup, with_appcontext
from sqlalchemy.exc import OperationalError, ProgrammingError

from placement import texts
from placement.db import Database, DatabaseUnavailableError
from placement.settings import Settings, SettingsError
from placement.texts import _


class Refused(click.ClickException):
    """Understood but refused: one sentence on standard error, exit status 1."""


def speak(_context: click.Context, _option: click.Parameter, value: str | None) -> None:
    """The callback of --lang."""
    if value:
        texts.speak(value)


LANG = click.Option(
    ["--lang"], type=click.Choice(texts.LANGUAGES), expose_value=False, is_eager=True, callback=speak, help="ko | en"
)


class IeumGroup(FlaskGroup):
    """`ieum`: Flask's group without its own commands and options; refusals never print a trace."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_default_commands=False, add_version_option=False, name="ieum", **options)
        self.params = [LANG]

    def main(self, *args: Any, **options: Any) -> Any:
        """Run; what a person can mend is said in one line."""
        texts.speak("ko")
        try:
            return super().main(*args, **options)
        except (SettingsError, DatabaseUnavailableError) as error:
            fail(str(error))
        except (OperationalError, ProgrammingError) as error:
            fail(
                _("데이터베이스를 쓸 수 없습니다. 먼저 ieum init을 실행해 주십시오. (%(why)s)", why=_first_line(error))
            )


def command(name: str) -> Callable[[Callable[..., Any]], click.Command]:
    """A command of ieum: runs inside the app, takes --lang."""

    def make(function: Callable[..., Any]) -> click.Command:
        made = click.command(name)(with_appcontext(function))
        made.params.append(LANG)
        return made

    return make


def database() -> Database:
    """The database of this process."""
    found: Database = current_app.extensions["ieum_database"]
    return found


def settings() -> Settings:
    """The settings of this process."""
    found: Settings = current_app.extensions["ieum_settings"]
    return found


def fail(sentence: str) -> NoReturn:
    """Say one sentence on standard error and leave with exit status 1."""
    click.echo(sentence, err=True)
    sys.exit(1)


def say_json(document: Any) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, default=str))


def describe_failure(error: Exception) -> str:
    """A database that answers but has no tables, or one that does not answer: what to do, in one sentence."""
    why = _first_line(error)
    if "no such table" in why or "does not exist" in why:
        return _("데이터베이스가 준비되어 있지 않습니다. 먼저 ieum init을 실행해 주십시오. (%(why)s)", why=why)
    return _("데이터베이스에 연결할 수 없습니다. IEUM_DATABASE_URL을 확인해 주십시오. (%(why)s)", why=why)


def _first_line(error: Exception) -> str:
    return str(getattr(error, "orig", error)).splitlines()[0]
