"""Decides how long lists are asked for: which filters a list has, and how many rows stand on a page."""

from typing import Any, NamedTuple

from flask import request
from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, exists, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from placement.models import Account, Graduate, Opening, Suggestion
from placement.states import states_where

ROWS_A_PAGE = 50
STRONG_SCORE = 80


class Page(NamedTuple):
    """One page of a list: its rows, its number from 1, how many pages and rows there are."""

    rows: list[Any]
    number: int
    pages: int
    total: int


def read_page(session: Session, rows: SelectOfScalar[Any]) -> Page:
    """The page that ?page= asks for; a number beyond the end is the last page."""
    total = session.exec(select(func.count()).select_from(rows.order_by(None).subquery())).one()
    pages = max(1, -(-total // ROWS_A_PAGE))
    asked = request.args.get("page", 1, type=int)
    number = min(max(asked, 1), pages)
    found = session.exec(rows.offset((number - 1) * ROWS_A_PAGE).limit(ROWS_A_PAGE)).all()
    return Page(list(found), number, pages, total)


def filter_graduates(
    rows: SelectOfScalar[Graduate], asked: dict[str, str], account: Account
) -> SelectOfScalar[Graduate]:
    """Those graduates that fit q (name or number), cohort, state, counselor (mine, none) and suggestions."""
    if words := asked.get("q", "").strip():
        rows = rows.where(or_(col(Graduate.name).contains(words, autoescape=True), Graduate.key == words))
    if asked.get("cohort", "").isdecimal():
        rows = rows.where(Graduate.cohort_id == int(asked["cohort"]))
    if asked.get("state"):
        rows = rows.where(Graduate.state == asked["state"])
    if asked.get("counselor") == "mine":
        rows = rows.where(Graduate.counselor_id == account.id)
    if asked.get("counselor") == "none":
        rows = rows.where(col(Graduate.counselor_id).is_(None))
    if condition := SUGGESTION_FILTERS.get(asked.get("suggestions", "")):
        rows = rows.where(condition, col(Graduate.state).in_(states_where("graduate", open=True)))
    return rows


def filter_openings(rows: SelectOfScalar[Opening], asked: dict[str, str]) -> SelectOfScalar[Opening]:
    """Those openings that fit q (title or number), company, state and closes_by (a day)."""
    if words := asked.get("q", "").strip():
        rows = rows.where(or_(col(Opening.title).contains(words, autoescape=True), Opening.key == words))
    if asked.get("company", "").isdecimal():
        rows = rows.where(Opening.company_id == int(asked["company"]))
    if asked.get("state"):
        rows = rows.where(Opening.state == asked["state"])
    return rows


def _has_suggestion(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(col(Suggestion.graduate_id) == col(Graduate.id), *conditions)


_NEW = col(Suggestion.state) == "new"
_CHOSEN = col(Suggestion.state) == "shortlisted"
SUGGESTION_FILTERS: dict[str, ColumnElement[bool]] = {
    "undecided": _has_suggestion(_NEW) & ~_has_suggestion(_CHOSEN),
    "strong": _has_suggestion(_NEW, col(Suggestion.score) >= STRONG_SCORE),
    "none": ~_has_suggestion(),
}
