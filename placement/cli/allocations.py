"""Decides how a whole-cohort round is asked for at the terminal: the slate, why some have no seat, what the other way costs."""

import time

import click

from placement import allocations, slates
from placement.calendars import today_of
from placement.cli.group import AS_JSON, command, database, say_json, settings
from placement.cli.matches import find_cohort
from placement.slates import MEANINGS, POLICIES, Told
from placement.texts import _


@command("allocate")
@click.option(
    "--policy",
    type=click.Choice(list(POLICIES)),
    default="most_placed",
    show_default=True,
    help="가장 많은 사람을, 또는 바꾸고 싶은 쌍이 없게 / most people, or nobody who would rather swap",
)
@click.option("--cohort", help="기수 번호 / a cohort's key")
@click.option(
    "--least",
    default=0.0,
    show_default=True,
    type=click.FloatRange(0.0, 100.0),
    help="이 적합도에 못 미치는 쌍은 빼기 / leave out pairs that fit less",
)
@click.option(
    "--with-referred", is_flag=True, help="알선이 진행 중인 사람도 넣기 / also people with a referral under way"
)
@AS_JSON
def allocate(policy: str, cohort: str | None, least: float, with_referred: bool, as_json: bool) -> None:
    """빈자리에 수료생을 한꺼번에 배정해 봅니다. 저장하거나 보내지 않습니다. / Propose who takes which free seat; sends nothing."""
    started = time.perf_counter()
    with database().reading() as session:
        market = allocations.read_market(
            session,
            today=today_of(session, settings().today),
            cohort_id=None if cohort is None else find_cohort(session, cohort).id,
            with_referred=with_referred,
        )
    slate = allocations.allocate(market, policy, least)
    with database().reading() as session:
        told = slates.tell(session, slate)
    if as_json:
        seconds = round(time.perf_counter() - started, 3)
        say_json({**slates.slate_json(told), "cohort": cohort, "least_score": least, "seconds": seconds})
        return
    print_slate(told)


def print_slate(told: Told) -> None:
    """The slate in lines: what it is, its figures, the seats, and everybody without one."""
    slate = told.slate
    answer = slate.answer
    click.echo(f"{_(POLICIES[slate.policy])}: {_(MEANINGS[slate.policy])}")
    click.echo(
        _(
            "대상 %(people)s명, 공고 %(openings)s건의 남은 자리 %(seats)s개: %(placed)s명 배정, 적합도 합계 %(total).1f점",
            people=len(slate.market.people.ids),
            openings=len(slate.market.offers.ids),
            seats=sum(slate.market.seats),
            placed=answer.placed,
            total=answer.total_score,
        )
    )
    for said in (slates.describe_sit_out(slate), slates.describe_ties(slate), slates.describe_price(slate)):
        if said:
            click.echo(said)
    print_seats(told)
    print_waiting(told)


def print_seats(told: Told) -> None:
    """A line a seat."""
    click.echo(_("배정 %(count)s명", count=len(told.seats)))
    for seat in told.seats:
        offer = f"{seat.offer.title} · {seat.offer.company} ({seat.offer.key})"
        click.echo(f"  {named(seat.person)} → {offer}  {_('%(score).1f점', score=seat.score)}")


def print_waiting(told: Told) -> None:
    """Why everybody else has none, and what would change it."""
    click.echo(_("미배정 %(count)s명", count=len(told.waiting)))
    for one in told.waiting:
        click.echo(f"  {named(one.person)}: {slates.describe_why(one)}")
        for said in (slates.describe_seat(one), slates.describe_must(one)):
            if said:
                click.echo(f"    {said}")


def named(person: slates.Person) -> str:
    """김하나 (G1), or the number alone."""
    return f"{person.name} ({person.key})" if person.name else person.key
