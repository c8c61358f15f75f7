"""Decides what a counselor sees first and in which lists; the pages of one graduate and one opening lie beside."""

from flask import Blueprint, render_template, request
from sqlmodel import col, select

from placement.access import visible_graduates, visible_openings
from placement.models import Account, Cohort, Company, Graduate, Opening, Program
from placement.web.doors import current_account, door, reading
from placement.web.lists import filter_graduates, filter_openings, read_page

blueprint = Blueprint("counselors", __name__)


@blueprint.get("/today")
@door("suggestion:decide")
def show_today() -> str:
    return render_template("counselors/today.html")


@blueprint.get("/graduates")
@door("graduate:see")
def list_graduates() -> str:
    account = current_account()
    with reading() as session:
        wanted = filter_graduates(visible_graduates(account), request.args.to_dict(), account)
        page = read_page(session, wanted.order_by(col(Graduate.name), col(Graduate.id)))
        cohorts = session.exec(select(Cohort, Program).join(Program).order_by(Program.name, Cohort.number)).all()
        counselors = dict(session.exec(select(Account.id, Account.name)).all())
    names = {cohort.id: f"{program.name} {cohort.number}기" for cohort, program in cohorts}
    return render_template("counselors/graduates.html", found=page, cohorts=names, counselors=counselors)


@blueprint.get("/openings")
@door("opening:see")
def list_openings() -> str:
    account = current_account()
    with reading() as session:
        wanted = filter_openings(visible_openings(account), request.args.to_dict())
        page = read_page(session, wanted.order_by(col(Opening.closes_on), col(Opening.id)))
        companies = dict(session.exec(select(Company.id, Company.name)).all())
    return render_template("counselors/openings.html", found=page, companies=companies)
