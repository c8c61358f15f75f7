"""Decides how the reported figures come to the terminal."""

from dataclasses import asdict
from datetime import date, datetime

import click
from sqlmodel import Session, select

from employers.columns import now
from placement.calendars import today_of
from placement.cli.group import AS_JSON, command, database, fail, say_json, settings
from placement.cli.moments import Day, Moment
from placement.figures.rates import RULE, Rate, UnknownProgramError, rates
from placement.models import Program
from placement.texts import _, describe_interval


@command("rates")
@click.option("--program", help="과정 번호 / a program's key")
@click.option("--rule", default=RULE, show_default=True, help="집계 기준 / rule of counting")
@click.option("--as-of", type=Day(), help="일어난 날의 기준일 / happened by this day")
@click.option("--known-at", type=Moment(), help="이 시각까지 입력된 것만 (서울) / typed in by this moment (Seoul)")
@AS_JSON
def show_rates(program: str | None, rule: str, as_of: date | None, known_at: datetime | None, as_json: bool) -> None:
    """전환율을 분자, 분모, 신뢰구간과 함께 보여 줍니다. / Rates with numerator, denominator and interval."""
    if rule != RULE:
        fail(_("그런 집계 기준이 없습니다: %(given)s. 쓸 수 있는 기준: %(known)s", given=rule, known=RULE))
    moment = known_at or now()
    with database().reading() as session:
        day = as_of or today_of(session, settings().today)
        try:
            found = rates(session, as_of=day, known_at=moment, program=program)
        except UnknownProgramError as error:
            fail(_("그런 과정이 없습니다: %(key)s", key=error.key))
        names = program_names(session)
    if as_json:
        say_json({"as_of": day, "known_at": moment.isoformat(), "rates": [spoken(rate) for rate in found]})
        return
    print_rates(found, day, names)


def spoken(rate: Rate) -> dict[str, object]:
    """The rate as JSON fields, its label in the spoken language."""
    return {**asdict(rate), "label": _(rate.label)}


def program_names(session: Session) -> dict[str, str]:
    """Programs' names by key."""
    return {program.key: program.name for program in session.exec(select(Program))}


def print_rates(found: list[Rate], day: date, names: dict[str, str]) -> None:
    """A short table; programs without a result print "-"."""
    click.echo(_("기준일 %(day)s, 95%% 신뢰구간(Wilson), 규칙 %(rule)s", day=day, rule=found[0].rule if found else "-"))
    for rate in found:
        where = names[rate.program] if rate.program else _("전체")
        counted = f"{rate.numerator}/{rate.denominator}"
        percent = rate.percent if rate.rate is None else f"{rate.percent}%"
        unknown = _("미확인 %(count)s", count=rate.unknown) if rate.unknown else ""
        click.echo(
            f"  {where}\t{_(rate.label)}\t{counted}\t{percent}\t{describe_interval(rate.low, rate.high)}\t{unknown}".rstrip()
        )
