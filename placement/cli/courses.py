"""Decides how a cohort completes its course at the terminal: all but those who are named."""

from datetime import date

import click
from sqlmodel import Session, select

from employers.moves import Refusal
from placement.access import office_actor
from placement.calendars import today_of
from placement.cli.finding import find_person
from placement.cli.group import AS_JSON, command, database, fail, say_json, settings
from placement.cli.moments import Day
from placement.cohorts import Completed, complete_cohort, in_training
from placement.enums import LeaveReason
from placement.models import Cohort
from placement.states import MoveRefused
from placement.texts import _, describe_refusal

OFFICE = "office"


@command("complete")
@click.argument("cohort", metavar="COHORT")
@click.option("--on", type=Day(), help="수료일 / the day of completion")
@click.option("--dropped", metavar="GRADUATE", multiple=True, help="중도탈락한 사람 / who dropped out")
@click.option("--employed", metavar="GRADUATE", multiple=True, help="조기취업한 사람 / who left for a job")
@AS_JSON
def complete(cohort: str, on: date | None, dropped: tuple[str, ...], employed: tuple[str, ...], as_json: bool) -> None:
    """한 기수를 수료 처리하고 추천을 새로 계산하게 합니다. / A cohort completes its course and is compared anew."""

    def work(session: Session) -> Completed:
        row, day = _cohort(session, cohort), today_of(session, settings().today)
        if on is not None and on > day:
            raise MoveRefused(Refusal("day_in_future"))
        left = {**_named(session, row, dropped, LeaveReason.DROPPED_OUT)}
        left |= _named(session, row, employed, LeaveReason.EMPLOYED)
        return complete_cohort(session, row, office_actor(OFFICE), on=on or day, left=left)

    try:
        done = database().attempt(work)
    except MoveRefused as refused:
        fail(describe_refusal(refused.refusal))
    if as_json:
        say_json({"cohort": cohort, "completed": done.completed, "left": done.left})
        return
    click.echo(_("%(completed)s명을 수료 처리했습니다. 곧 새 추천이 나타납니다.", completed=done.completed))


def _cohort(session: Session, key: str) -> Cohort:
    found = session.exec(select(Cohort).where(Cohort.key == key)).first()
    return found if found is not None else fail(_("그런 기수가 없습니다: %(key)s", key=key))


def _named(session: Session, cohort: Cohort, words: tuple[str, ...], reason: str) -> dict[int, str]:
    """The people whom the words name; who is not in training in this cohort is said, and nothing is done."""
    ids = {person.id for person in in_training(session, cohort)}
    people = [find_person(session, word) for word in words]
    for word, person in zip(words, people, strict=True):
        if person.id not in ids:
            fail(_("이 기수에서 교육 중인 사람이 아닙니다: %(word)s", word=word))
    return {person.id or 0: reason for person in people}
