"""Decides how the office ends a course: a whole cohort in one step, or one person who completes, leaves or comes back."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response

from placement.access import actor_for, visible_graduates
from placement.cases import trail_of
from placement.cohorts import Completed, complete_cohort, in_training
from placement.enums import LeaveReason
from placement.models import Cohort, CourseSession, Enrolment, Graduate, Program
from placement.texts import _
from placement.web.doors import attempt, current_account, door, fetch, reading, today
from placement.web.forms.courses import GRADUATE_FORMS, CompletionForm
from placement.web.forms.moves import MoveForm
from placement.web.moves import asked_move, form_for, may_take_back, offer_moves, run_typed, say_done

blueprint = Blueprint("courses", __name__)
CHANGE = "graduate:change"
Answer = Response | str | tuple[str, int]


@blueprint.route("/cohorts/<int:cohort_id>/completion", methods=["GET", "POST"])
@door(CHANGE)
def complete(cohort_id: int) -> Answer:
    """Form: on, dropped and employed (row numbers of those who did not complete)."""
    with reading() as session:
        cohort, day = fetch(session, select(Cohort), id=cohort_id), today(session)
        program, people = session.get_one(Program, cohort.program_id), in_training(session, cohort)
    form = CompletionForm(data={"on": min(cohort.ended_on or day, day)})
    form.offer(people, day)
    if not form.validate_on_submit():
        page = render_template("courses/complete.html", form=form, cohort=cohort, program=program, people=people)
        return page, 422 if form.errors else 200

    def work(session: Session) -> Completed:
        row = fetch(session, select(Cohort), id=cohort_id)
        return complete_cohort(session, row, actor_for(current_account()), on=form.on.data or day, left=form.left)

    done = attempt(work)
    flash(_("%(completed)s명을 수료 처리했습니다. 곧 새 추천이 나타납니다.", completed=done.completed), "good")
    return redirect(url_for("counselors.list_graduates", cohort=cohort_id), code=303)


@blueprint.get("/graduates/<int:graduate_id>/course")
@door(CHANGE)
def show_course(graduate_id: int) -> str:
    with reading() as session:
        return course_page(session, fetch(session, visible_graduates(current_account()), id=graduate_id))


@blueprint.post("/graduates/<int:graduate_id>/moves")
@door(CHANGE)
def move_graduate(graduate_id: int) -> Answer:
    """Form: move (complete, leave, pause, resume, return, undo), and the fields of its own form."""
    name, account = asked_move(), current_account()
    actor = actor_for(account)
    with reading() as session:
        graduate, day = fetch(session, visible_graduates(account), id=graduate_id), today(session)
        form = form_for(graduate, name, GRADUATE_FORMS, {}, actor, day)
        if not form.validate():
            return course_page(session, graduate, form), 422
    seen = visible_graduates(account)
    attempt(lambda session: run_typed(session, fetch(session, seen, id=graduate_id), name, actor, form, day))
    flash(say_done("graduate", name), "good")
    if name == "leave" and form.reason_given == LeaveReason.EMPLOYED:
        flash(_("조기취업입니다. 취업한 곳과 증빙을 ‘알선 밖의 결과’에 적어 주십시오."), "good")
    return redirect(url_for("courses.show_course", graduate_id=graduate_id), code=303)


def course_page(session: Session, graduate: Graduate, typed: MoveForm | None = None) -> str:
    """One person's course and place in the program; `typed` came with errors."""
    day, actor = today(session), actor_for(current_account())
    return render_template(
        "courses/show.html",
        graduate=graduate,
        enrolments=enrolments_of(session, graduate),
        offered=offer_moves(graduate, GRADUATE_FORMS, lambda _name: {}, actor, day, typed),
        may_undo=may_take_back(session, graduate, actor),
        trail=trail_of(session, "graduate", graduate.id or 0),
    )


def enrolments_of(session: Session, graduate: Graduate) -> Sequence[tuple[Enrolment, CourseSession, Cohort, Program]]:
    """What the person attended, the newest first."""
    rows = (
        select(Enrolment, CourseSession, Cohort, Program)
        .join(CourseSession, col(CourseSession.id) == col(Enrolment.session_id))
        .join(Cohort, col(Cohort.id) == col(CourseSession.cohort_id))
        .join(Program, col(Program.id) == col(Cohort.program_id))
        .where(Enrolment.graduate_id == graduate.id)
    )
    return session.exec(rows.order_by(col(Enrolment.id).desc())).all()
