"""Decides what a new user sees first at the terminal: the best suggestions, the three rates, and how to sign in."""

import click
from sqlmodel import Session, col, select

from employers.models import Company, Opening
from placement.calendars import demo_today, today_of
from placement.cli.figures import print_rates, program_names
from placement.cli.group import database, settings
from placement.enums import Role
from placement.figures.rates import rates
from placement.models import Account, Graduate, Suggestion
from placement.people import DEMO_PASSWORD
from placement.texts import _, label_of

SHOWN = 5


def print_summary() -> None:
    """Top suggestions, rates as of today, and, with a demo, its log-ins."""
    with database().reading() as session:
        day = today_of(session, settings().today)
        click.echo(_("추천 상위 %(count)s건", count=SHOWN))
        for line in _top_suggestions(session):
            click.echo(f"  {line}")
        print_rates(rates(session, as_of=day), day, program_names(session))
        if demo_today(session):
            _print_log_ins(session)


def _top_suggestions(session: Session) -> list[str]:
    chosen = (
        select(Suggestion, Graduate, Opening, Company)
        .join(Graduate, col(Suggestion.graduate_id) == col(Graduate.id))
        .join(Opening, col(Suggestion.opening_id) == col(Opening.id))
        .join(Company, col(Opening.company_id) == col(Company.id))
        .order_by(col(Suggestion.score).desc(), col(Suggestion.id))
        .limit(SHOWN)
    )
    return [
        f"{suggestion.score:5.1f}  {graduate.name or graduate.key} → {opening.title} ({company.name})"
        for suggestion, graduate, opening, company in session.exec(chosen)
    ]


def _print_log_ins(session: Session) -> None:
    click.echo(_("시연용 로그인 (비밀번호는 모두 %(password)s)", password=DEMO_PASSWORD))
    for account in session.exec(select(Account).where(col(Account.is_demo)).order_by(col(Account.id))):
        click.echo(f"  {account.email}\t{label_of(Role, account.role)}\t{account.name}")
