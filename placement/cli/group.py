"""Decides how every command behaves: which language it speaks, what it stands on, and where its words go."""

import json
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, NoReturn

import click
from flask import current_app
from flask.cli import ScriptInfo, with_appcontext

from placement import texts
from placement.app import create_app
from placement.cli.refusing import Misused, Refused, asked_language, said_plainly
from placement.cli.wording import Spoken, SpokenGroup
from placement.db import Database
from placement.settings import Settings
from placement.texts import _


def speak(_context: click.Context, _option: click.Parameter, value: str | None) -> None:
    """The callback of --lang."""
    if value:
        texts.speak(value)


LANG = click.Option(
    ["--lang"],
    type=click.Choice(texts.LANGUAGES),
    expose_value=False,
    is_eager=True,
    callback=speak,
    help="말 / language",
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="JSON 문서 하나로 / one JSON document")


class PlainSpoken(Spoken):
    """A command whose refusals are sentences, also under `flask --app placement.app`."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        asked = asked_language(args)
        if asked:
            texts.speak(asked)
        return super().make_context(info_name, args, parent, **extra)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with said_plainly(ctx):
            ctx.allow_extra_args = True  # said below, in our words
            left_over = super().parse_args(ctx, args)
            if left_over and not isinstance(self, click.Group):
                raise Misused(_("쓰이지 않은 말이 남았습니다: %(words)s", words=" ".join(left_over)), ctx)
        return left_over

    def invoke(self, ctx: click.Context) -> Any:
        with said_plainly(ctx):
            return super().invoke(ctx)


class PlainGroup(PlainSpoken, SpokenGroup):
    """Commands under one word."""


class IeumGroup(PlainGroup):
    """`ieum`: every command of setup.cfg's list, without an app until one is needed."""

    def __init__(self) -> None:
        super().__init__(
            "ieum", params=[LANG], help="이음: 수료생과 기업을 잇습니다. / Ieum: graduates meet companies."
        )
        for entry in entry_points(group="flask.commands"):
            self.add_command(entry.load(), entry.name)

    def main(self, *args: Any, **options: Any) -> Any:
        """Run in Korean unless --lang says otherwise, over an app made from the environment."""
        texts.speak("ko")
        return super().main(*args, obj=ScriptInfo(create_app=create_app), **options)


def command(name: str) -> Callable[[Callable[..., Any]], click.Command]:
    """A command of ieum: runs inside the app, takes --lang; its first line is "한국어 / English"."""

    def make(function: Callable[..., Any]) -> click.Command:
        made = click.command(name, cls=PlainSpoken, short_help=function.__doc__)(with_appcontext(function))
        made.params.append(LANG)
        return made

    return make


def group(name: str) -> Callable[[Callable[..., Any]], click.Group]:
    """Commands of ieum under one word; takes --lang."""

    def make(function: Callable[..., Any]) -> click.Group:
        return click.group(name, cls=PlainGroup, params=[LANG], short_help=function.__doc__)(function)

    return make


def database() -> Database:
    """The database of this process, ready for work; refuses one that is not there or not up to date."""
    found = database_to_prepare()
    file = found.url.database
    if found.is_sqlite and file and not Path(file).is_file():  # opening it would make an empty one
        fail(_("데이터베이스가 없습니다: %(file)s. 먼저 ieum init을 실행해 주십시오.", file=file))
    if not found.is_up_to_date():
        fail(_("데이터베이스가 준비되어 있지 않습니다. 먼저 ieum init을 실행해 주십시오."))
    return found


def database_to_prepare() -> Database:
    """The database of this process, whether it is there or not; closed with the command."""
    found: Database = current_app.extensions["ieum_database"]
    click.get_current_context().call_on_close(found.close)
    return found


def settings() -> Settings:
    """The settings of this process."""
    found: Settings = current_app.extensions["ieum_settings"]
    return found


def fail(sentence: str) -> NoReturn:
    """Leave with one sentence and exit status 1."""
    raise Refused(sentence)


def say_json(document: Any) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, default=str))
