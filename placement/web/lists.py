"""Decides how long lists are asked for: which filters a list has, and how many rows stand on a page."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import request
from sqlalchemy import func
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from employers.models import Company, Opening
from placement.casework import awaits_decision, has_no_counselor, has_no_suggestion, has_strong_suggestion
from placement.due import never_proposed
from placement.models import Account, Graduate, Suggestion
from placement.states import states_where

ROWS_A_PAGE = 50
SUGGESTION_FILTERS = {"undecided": awaits_decision, "strong": has_strong_suggestion, "none": has_no_suggestion}


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
    number = min(max(request.args.get("page", 1, type=int), 1), pages)
    found = session.exec(rows.offset((number - 1) * ROWS_A_PAGE).limit(ROWS_A_PAGE)).all()
    return Page(list(found), number, pages, total)


def page_of(rows: Sequence[Any]) -> Page:
    """The page that ?page= asks for of rows that are at hand; a number beyond the end is the last page."""
    pages = max(1, -(-len(rows) // ROWS_A_PAGE))
    number = min(max(request.args.get("page", 1, type=int), 1), pages)
    return Page(list(rows[(number - 1) * ROWS_A_PAGE : number * ROWS_A_PAGE]), number, pages, len(rows))


def filter_graduates(
    rows: SelectOfScalar[Graduate], asked: dict[str, str], account: Account
) -> SelectOfScalar[Graduate]:
    """Those graduates that fit q (name or number), cohort, state, counselor (mine, none or an account's id), suggestions
    and referrals (none)."""
    if words := asked.get("q", "").strip():
        rows = rows.where(or_(col(Graduate.name).contains(words, autoescape=True), Graduate.key == words))
    if (cohort := row_id(asked.get("cohort", ""))) is not None:
        rows = rows.where(Graduate.cohort_id == cohort)
    if asked.get("state"):
        rows = rows.where(Graduate.state == asked["state"])
    if asked.get("counselor") == "mine":
        rows = rows.where(Graduate.counselor_id == account.id)
    if asked.get("counselor") == "none":
        rows = rows.where(has_no_counselor())
    if (counselor := row_id(asked.get("counselor", ""))) is not None:
        rows = rows.where(Graduate.counselor_id == counselor)
    if asked.get("referrals") == "none":
        rows = rows.where(never_proposed())
    if condition := SUGGESTION_FILTERS.get(asked.get("suggestions", "")):
        rows = rows.where(condition())
    return rows


def filter_openings(rows: SelectOfScalar[Opening], asked: dict[str, str]) -> SelectOfScalar[Opening]:
    """Those openings that fit q (title, company or number), company (its id) and state."""
    if words := asked.get("q", "").strip():
        owners = select(Company.id).where(col(Company.name).contains(words, autoescape=True))
        named = col(Opening.title).contains(words, autoescape=True)
        rows = rows.where(or_(named, Opening.key == words, col(Opening.company_id).in_(owners)))
    if (company := row_id(asked.get("company", ""))) is not None:
        rows = rows.where(Opening.company_id == company)
    if asked.get("state"):
        rows = rows.where(Opening.state == asked["state"])
    return rows


def row_id(words: str) -> int | None:
    """A row number from an address; None for anything that no row can have."""
    return int(words) if words.isascii() and words.isdecimal() and len(words) <= 9 else None


def best_scores(session: Session, side: Any, ids: list[int | None]) -> dict[int, tuple[int, float]]:
    """For graduates (side=Suggestion.graduate_id) or openings: how many standing suggestions, and the best score."""
    standing = col(Suggestion.state).in_(states_where("suggestion", closed=False))
    counted = select(side, func.count(), func.max(col(Suggestion.score))).where(col(side).in_(ids), standing)
    return {row: (count, best) for row, count, best in session.exec(counted.group_by(side))}
