"""Decides what fills a database from the terminal: set-up, demo, files, accounts."""

import sys
from pathlib import Path

import click
from sqlmodel import col, select
from tqdm import tqdm

from employers.models import Company
from placement import demo as demo_cast
from placement.calendars import DEMO, today_of
from placement.cli.group import LANG, command, database, fail, settings
from placement.enums import Role
from placement.models import Graduate, Setting
from placement.people import AccountRefusedError, create_account
from placement.skills import load_shipped_vocabulary
from placement.texts import _


@command("init")
def init() -> None:
    """데이터베이스를 만들거나 최신으로 올립니다. / Create or migrate the database."""
    prepare_database()
    click.echo(_("데이터베이스를 준비했습니다: %(url)s", url=database().url.render_as_string(hide_password=True)))


def prepare_database() -> None:
    """Bring the schema up to date and load the shipped vocabulary; doing it twice changes nothing."""
    database().migrate()
    with database().transaction() as session:
        load_shipped_vocabulary(session)


def is_empty() -> bool:
    """Whether nobody has put people, companies or a demo in yet."""
    with database().reading() as session:
        return not any(session.exec(select(col(table.id)).limit(1)).first() for table in (Graduate, Company)) and not session.get(Setting, DEMO)
