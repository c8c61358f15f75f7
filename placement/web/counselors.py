"""Decides what a counselor reads: the day's work, graduates and openings in lists, and one of each with its ranking."""

from flask import Blueprint, render_template, request
from sqlmodel import Session, col, select

from employers.models import Company, Opening
from employers.openings import requirements_of
from placement.access import (
    actor_for,
    may,
    visible_companies,
    visible_graduates,
    visible_notices,
    visible_openings,
    visible_referrals,
)
from placement.cases import cases_of, standing_of
from placement.casework import casework_of, is_closing_soon
from placement.decisions import SNOOZE
from placement.due import count_never_proposed, due_today
from placement.graduates import skills_of
from placement.hand_overs import count_received_lately
from placement.models import Account, Cohort, Graduate, Program, Referral, Suggestion
from placement.notices import is_of, to_send, told_by_notice
from placement.profiling import placed_ids
from placement.queue import is_waiting
from placement.rankings import dismissed_of, ranked_for_graduate, ranked_for_opening, snoozed_of
from placement.referrals import may_be_shown_people
from placement.states import possible_moves
from placement.texts import _
from placement.web.doors import current_account, door, fetch, reading, today
from placement.web.lists import best_scores, filter_graduates, filter_openings, read_page
from placement.web.pairs import cards_of

blueprint = Blueprint("counselors", __name__)


@blueprint.get("/today")
@door("suggestion:decide")
def show_today() -> str:
    account = current_account()
    with reading() as session:
        day = today(session)
        errands = to_send(session, visible_notices(account), is_of(account.id))
        view = {
            "work": casework_of(session, account, day),
            "cohorts": cohort_names(session),
            "errands": errands,
            "due": due_today(session, account, day, told_by_notice(errands)),
            "unproposed": count_never_proposed(session, account),
            "received": count_received_lately(session, account, day),
        }
    return render_template("counselors/today.html", **view)


@blueprint.get("/graduates")
@door("graduate:see")
def list_graduates() -> str:
    account = current_account()
    with reading() as session:
        wanted = filter_graduates(visible_graduates(account), request.args.to_dict(), account)
        found = read_page(session, wanted.order_by(col(Graduate.name), col(Graduate.id)))
        scores = best_scores(session, Suggestion.graduate_id, [row.id for row in found.rows])
        cohorts, counselors = cohort_names(session), account_names(session)
        choices = [(str(row), counselors[row]) for row in counselors_with_people(session)]
        placed = placed_ids(session, [row.id for row in found.rows])
    return render_template(
        "counselors/graduates.html",
        found=found,
        scores=scores,
        cohorts=cohorts,
        counselors=counselors,
        placed=placed,
        may_own=may(account, "suggestion:decide"),
        counselor_choices=choices,
    )


@blueprint.get("/graduates/<int:graduate_id>")
@door("graduate:see")
def show_graduate(graduate_id: int) -> str:
    account = current_account()
    with reading() as session:
        graduate = fetch(session, visible_graduates(account), id=graduate_id)
        dismissed, snoozed = dismissed_of(session, graduate=graduate), snoozed_of(session, graduate=graduate)
        standing = ranked_for_graduate(session, graduate)
        return render_template(
            "counselors/graduate.html",
            graduate=graduate,
            skills=skills_of(session, graduate),
            cohort=cohort_names(session).get(graduate.cohort_id or 0),
            counselor=account_names(session).get(graduate.counselor_id or 0),
            cards=cards_of(session, account, standing, [*dismissed, *snoozed], just_decided()),
            dismissed=dismissed,
            snoozed=snoozed,
            is_waiting=is_waiting(session, "rematch_graduate", str(graduate.id)),
            is_placed=bool(placed_ids(session, [graduate.id])),
            may_change=may(account, "graduate:change"),
            may_take_over=may(account, "suggestion:decide") and graduate.counselor_id != account.id,
            may_log=may(account, "contact_log:see"),
            cases=cases_of(session, visible_referrals(account), col(Referral.graduate_id) == graduate_id),
            collected=standing_of(session, graduate),
            today=(day := today(session)),
            snooze_until=day + SNOOZE,
        )


@blueprint.get("/openings")
@door("opening:see")
def list_openings() -> str:
    account = current_account()
    with reading() as session:
        wanted = filter_openings(visible_openings(account), request.args.to_dict())
        if request.args.get("closing") == "soon":
            wanted = wanted.where(is_closing_soon(today(session)))
        found = read_page(session, wanted.order_by(col(Opening.closes_on), col(Opening.id)))
        scores = best_scores(session, Suggestion.opening_id, [row.id for row in found.rows])
        owners = visible_companies(account).where(col(Company.id).in_([row.company_id for row in found.rows]))
        companies = {row.id: row.name for row in session.exec(owners)}
    may_post = may(account, "opening:change")
    return render_template(
        "counselors/openings.html", found=found, scores=scores, companies=companies, may_post=may_post
    )


@blueprint.get("/openings/<int:opening_id>")
@door("opening:see")
def show_opening(opening_id: int) -> str:
    account = current_account()
    with reading() as session:
        opening = fetch(session, visible_openings(account), id=opening_id)
        dismissed, snoozed = dismissed_of(session, opening=opening), snoozed_of(session, opening=opening)
        standing = ranked_for_opening(session, opening)
        return render_template(
            "counselors/opening.html",
            opening=opening,
            company=session.get_one(Company, opening.company_id),
            requirements=requirements_of(session, opening),
            cards=cards_of(session, account, standing, [*dismissed, *snoozed], just_decided()),
            cohorts=cohort_names(session),
            dismissed=dismissed,
            snoozed=snoozed,
            is_waiting=is_waiting(session, "rematch_opening", str(opening.id)),
            moves=[move for move in possible_moves(opening, actor_for(account)) if not move.needs_reason],
            may_change=may(account, "opening:change"),
            may_approve=may(account, "opening:approve"),
            may_be_shown=may_be_shown_people(session, opening, today(session)),
            cases=cases_of(session, visible_referrals(account), col(Referral.opening_id) == opening_id),
            today=(day := today(session)),
            snooze_until=day + SNOOZE,
        )


def just_decided() -> int | None:
    """The id of the suggestion that the reader decided a moment ago on this page."""
    return request.args.get("decided", type=int)


def cohort_names(session: Session) -> dict[int, str]:
    """Every cohort by id, as program and number."""
    rows = session.exec(select(Cohort, Program).join(Program).order_by(Program.name, col(Cohort.number)))
    named = [(cohort.id or 0, program.name, cohort.number) for cohort, program in rows]
    return {number: _("%(program)s %(cohort)s기", program=program, cohort=cohort) for number, program, cohort in named}


def counselors_with_people(session: Session) -> list[int]:
    """The accounts, by name, that graduates are entrusted to."""
    cared = select(Graduate.counselor_id).where(col(Graduate.counselor_id).is_not(None))
    named = select(Account.id).where(col(Account.id).in_(cared)).order_by(col(Account.name), col(Account.id))
    return [row or 0 for row in session.exec(named)]


def account_names(session: Session) -> dict[int, str]:
    """Every account's person by id."""
    return {number or 0: name for number, name in session.exec(select(Account.id, Account.name))}
