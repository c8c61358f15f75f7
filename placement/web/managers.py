"""Decides what a program manager sees: the tracks side by side on a day, who stands behind a number, what is due."""

from datetime import date
from typing import Any, NamedTuple

from flask import Blueprint, abort, render_template, request
from sqlmodel import Session, col, select

from placement.access import visible_graduates
from placement.duties import (
    agreements_ending,
    assessments_overdue,
    conversions_undecided,
    count_of,
    openings_without_requirements,
)
from placement.figures.funnel import LABELS, Stage, funnel, people_in_stage
from placement.figures.rates import RULE
from placement.models import Account, Cohort, CourseModule, CourseSession, Graduate, ModuleSkill, Organisation, Program
from placement.notices import agreements_to_tell, told_about
from placement.skills import vocabulary_of
from placement.texts import _
from placement.web.doors import current_account, door, fetch, reading, today
from placement.web.lists import read_page
from placement.web.tracks import tracks_of

blueprint = Blueprint("managers", __name__)
FEW, MOST = 3, 200


class Duty(NamedTuple):
    """One kind of thing that is due: how many there are, and the first of them."""

    total: int
    rows: list[Any]


@blueprint.get("/overview")
@door("figures:see")
def show_overview() -> str:
    """?as_of=2020-05-31 shows every figure as it had come about by that day."""
    with reading() as session:
        day = today(session)
        as_of = asked_day(day)
        tracks = tracks_of(session, as_of)
        duties = duties_of(session, day, FEW)
        view = {"as_of": as_of, "today": day, "rule": RULE, "errands": agreements_to_tell(session, current_account())}
    return render_template("managers/overview.html", tracks=tracks, duties=duties, **view)


@blueprint.get("/duties")
@door("figures:see")
def list_duties() -> str:
    with reading() as session:
        day = today(session)
        duties = duties_of(session, day, MOST)
        ending = [agreement.id for agreement, _company in duties["agreements"].rows]
        told = told_about(session, "agreement", ending)
        errands = agreements_to_tell(session, current_account())
    return render_template("managers/duties.html", duties=duties, today=day, told=told, errands=errands)


@blueprint.get("/people")
@door("graduate:see")
def list_people() -> str:
    """Who stands behind a number of the overview: ?stage=…, ?program=… (a key, else all), ?as_of=…"""
    stage = asked_stage()
    key = request.args.get("program") or None
    with reading() as session:
        as_of = asked_day(today(session))
        program = fetch(session, select(Program), key=key) if key else None
        ids = people_in_stage(session, stage, as_of=as_of, program=key)
        known = visible_graduates(current_account()).where(col(Graduate.id).in_(ids))
        page = read_page(session, known.order_by(col(Graduate.name), col(Graduate.id)))
        view = {
            "unlisted": counted_people(session, stage, as_of, key) - len(ids),
            "cohorts": cohort_names(session),
            "counselors": dict(session.exec(select(Account.id, Account.name)).all()),
        }
    words = _(LABELS[stage])
    return render_template("managers/people.html", found=page, stage=words, program=program, as_of=as_of, **view)


@blueprint.get("/programs/<int:program_id>")
@door("figures:see")
def show_program(program_id: int) -> str:
    with reading() as session:
        program = fetch(session, select(Program), id=program_id)
        cohorts = session.exec(select(Cohort).where(Cohort.program_id == program_id).order_by(col(Cohort.number))).all()
        view = {
            "operator": session.get(Organisation, program.operator_id) if program.operator_id else None,
            "bodies": dict(session.exec(select(Organisation.id, Organisation.name)).all()),
            "sessions": {one.id: sessions_of(session, one) for one in cohorts},
            "modules": {one.id: modules_of(session, one) for one in cohorts},
        }
    return render_template("managers/program.html", program=program, cohorts=cohorts, **view)


def asked_day(otherwise: date) -> date:
    """The day that ?as_of= names; 400 for an odd one."""
    given = request.args.get("as_of", "").strip()
    try:
        return date.fromisoformat(given) if given else otherwise
    except ValueError:
        abort(400, _("기준일은 2020-12-01과 같은 날짜로 적어 주십시오."))


def asked_stage() -> Stage:
    """The stage that ?stage= names; 404 for none of ours."""
    given = request.args.get("stage", "")
    return Stage(given) if given in list(Stage) else abort(404)


def duties_of(session: Session, day: date, most: int) -> dict[str, Duty]:
    """Each kind of duty with its count and its first rows."""
    kinds: dict[str, Any] = {
        "agreements": agreements_ending(day),
        "conversions": conversions_undecided(),
        "openings": openings_without_requirements(),
        "assessments": assessments_overdue(day),
    }
    return {
        kind: Duty(count_of(session, rows), list(session.execute(rows.limit(most)).all()))
        for kind, rows in kinds.items()
    }


def counted_people(session: Session, stage: Stage, as_of: date, program: str | None) -> int:
    """The number that the overview shows for this stage."""
    rows = [row for row in funnel(session, as_of=as_of) if row.cohort is None and program in (None, row.program)]
    return sum(row.counts[stage] or 0 for row in rows)


def cohort_names(session: Session) -> dict[int | None, str]:
    rows = session.exec(select(Cohort, Program).join(Program)).all()
    return {
        cohort.id: _("%(program)s %(number)s기", program=program.name, number=cohort.number) for cohort, program in rows
    }


def sessions_of(session: Session, cohort: Cohort) -> list[CourseSession]:
    wanted = select(CourseSession).where(CourseSession.cohort_id == cohort.id)
    return list(session.exec(wanted.order_by(col(CourseSession.number))))


def modules_of(session: Session, cohort: Cohort) -> list[tuple[CourseModule, list[str]]]:
    """The cohort's subjects, each with the names of the skills it grants."""
    vocabulary = vocabulary_of(session)
    subjects = session.exec(
        select(CourseModule).where(CourseModule.cohort_id == cohort.id).order_by(col(CourseModule.id))
    )
    grants = session.exec(select(ModuleSkill).join(CourseModule).where(CourseModule.cohort_id == cohort.id)).all()
    return [
        (subject, [vocabulary.name_of(one.skill_key) for one in grants if one.module_id == subject.id])
        for subject in subjects
    ]
