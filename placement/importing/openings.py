"""Decides how a row of an openings sheet becomes an open opening, a change or nothing, and which companies it makes."""

import re
from collections import defaultdict
from typing import Any

from sqlalchemy import delete
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from employers.columns import now
from employers.enums import OpeningSource, PayPeriod
from employers.keys import new_key
from employers.models import Company, Opening, OpeningRequirement
from employers.openings import OpeningInput, columns_of, requirement_rows, store_requirements
from matching.normalise import fold
from placement.importing.cells import read_day, read_whole, shown
from placement.importing.desk import CHANGED, CREATED, UNCHANGED, Desk, checked, differences
from placement.importing.finding import CompanyBook
from placement.importing.graduates import with_level
from placement.importing.pay import columns_of as pay_columns
from placement.importing.problems import CellRefused
from placement.importing.sheets import Row
from placement.models import Referral
from placement.openings import WEB_ADDRESS
from placement.states import Step, record_lives, states_where

_FIELDS = (
    "title",
    "description",
    "employment_type",
    "region",
    "remote",
    "starts_on",
    "until_filled",
    "conversion_intended",
    "conversion_seats",
    "confirmed_on",
)
_UNTIL_FILLED = re.compile(r"채용\s*시\s*까지|충원\s*시|상시|수시|until filled|open", re.IGNORECASE)
_SEVERAL = re.compile(r"[0oO○◯]{1,3}\s*명?")
_PERIOD_OF_HEADING = (("연봉", PayPeriod.YEAR), ("월급", PayPeriod.MONTH))
_OCCUPATION_DIGITS = 6
Asked = tuple[str, int | None, bool, float]


class OpeningIntake:
    """Openings: by id, else by company, title and region. A plain skills column means preferred, level unknown."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.companies = CompanyBook(desk.session)
        self.by_key: dict[str, Opening] = {}
        self.by_title: dict[tuple[int | None, str], list[Opening]] = defaultdict(list)
        for opening in desk.session.exec(select(Opening).order_by(col(Opening.id))):
            self.by_key[opening.key] = opening
            self.by_title[opening.company_id, fold(opening.title)].append(opening)
        self.asked = _asked_skills(desk)
        self.referred = _referred(desk)
        self.moment = now()
        self.seen: dict[Any, int] = {}
        self.new: list[tuple[Opening, Company]] = []
        self.changes: list[tuple[Opening, dict[str, Any]]] = []
        self.requirements: list[tuple[Opening, list[dict[str, Any]]]] = []

    def take(self, row: Row) -> str:
        typed = checked(
            OpeningInput,
            row,
            self._values(row),
            {"requirements": "must_skills" if row.get("must_skills") else "skills"},
        )
        posted = _posted(row)
        given = {name: value for name, value in columns_of(typed).items() if name in typed.model_fields_set} | posted
        rows = requirement_rows(None, typed.requirements)
        company = self.companies.find(row) or self.companies.make(row, self.desk)
        self._refuse_repeat(row, company, typed)
        opening = self._known(row, company, typed)
        if typed.closes_on and typed.closes_on < self.desk.today and not typed.until_filled:
            self.desk.warn(row, "opening_closed_before", "closes_on", day=typed.closes_on.isoformat())
        if opening is None:
            return self._create(row.get("key") or new_key("O"), columns_of(typed) | posted, company, rows)
        if company.id != opening.company_id:
            raise row.refuse("opening_of_other_company", "company", given=opening.key)
        if typed.seats < opening.seats_taken and "seats" in given:
            raise row.refuse("seats_below_taken", "seats", taken=opening.seats_taken)
        if posted.get("source") == OpeningSource.EXTERNAL and opening.id in self.referred:
            raise row.refuse("opening_has_referrals", "posting_url")
        return self._change(opening, given, rows)

    def finish(self) -> None:
        """Nothing spans rows here."""

    def store(self) -> None:
        session, today = self.desk.session, self.desk.today
        session.add_all(self.companies.planned)
        session.flush()
        for opening, company in self.new:
            opening.company_id = company.id or 0
        life = [Step("create", today), Step("publish", today)]
        record_lives(session, [opening for opening, _ in self.new], [life] * len(self.new), self.desk.actor)
        for opening, given in self.changes:
            opening.sqlmodel_update({**given, "version": opening.version + 1, "updated_at": now()})
            session.add(opening)
        session.flush()
        changed = {opening.id for opening, _ in self.changes}
        replaced = [opening.id for opening, _ in self.requirements if opening.id in changed]
        if replaced:
            gone = delete(OpeningRequirement).where(col(OpeningRequirement.opening_id).in_(replaced))
            session.connection().execute(gone)
        store_requirements(
            session, [{**row, "opening_id": opening.id} for opening, rows in self.requirements for row in rows]
        )

    def _values(self, row: Row) -> dict[str, Any]:
        values = {name: row.values[name] for name in _FIELDS if name in row.values}
        if code := row.get("occupation_code"):
            values["occupation_code"] = code.zfill(_OCCUPATION_DIGITS) if code.isdigit() else code
        values |= _pay(row) | _closing(row) | self._seats(row)
        requirements = [
            {**skill, "must": skill.get("must", column == "must_skills")}
            for column in ("must_skills", "preferred_skills", "skills")
            for skill in with_level(row, row.values.get(column, []))
        ]
        return {**values, "requirements": requirements} if requirements else values

    def _seats(self, row: Row) -> dict[str, Any]:
        """0명 and 00명 are an office's way to say "several": one seat, and said."""
        given = row.get("seats")
        if given is None:
            return {}
        if _SEVERAL.fullmatch(given):
            self.desk.warn(row, "seats_unsaid", "seats", given=given)
            return {}
        try:
            return {"seats": read_whole(given)}
        except CellRefused as refused:
            raise row.refuse(refused.code, "seats", **refused.values) from refused

    def _known(self, row: Row, company: Company, typed: OpeningInput) -> Opening | None:
        if key := row.get("key"):
            return self.by_key.get(key)
        if company.id is None:
            return None
        titled = self.by_title[company.id, fold(typed.title)]
        if len(titled) > 1 and typed.region:
            titled = [opening for opening in titled if opening.region == typed.region]
        if len(titled) > 1:
            raise row.refuse("opening_ambiguous", "title", count=len(titled))
        if titled and typed.region and titled[0].region and titled[0].region != typed.region:
            return None
        return titled[0] if titled else None

    def _refuse_repeat(self, row: Row, company: Company, typed: OpeningInput) -> None:
        key = row.get("key")
        same = key or (company.key, fold(typed.title), typed.region)
        if same in self.seen:
            code, column = ("id_twice", "key") if key else ("opening_twice", "title")
            raise row.refuse(code, column, given=key or shown(typed.title), other=self.seen[same])
        self.seen[same] = row.number

    def _create(self, key: str, given: dict[str, Any], company: Company, rows: list[dict[str, Any]]) -> str:
        # Every column by hand: the table class would inspect each default's maker again for each row.
        made: dict[str, Any] = {"created_at": self.moment, "updated_at": self.moment, "source": OpeningSource.IMPORT}
        opening = Opening(key=key, company_id=0, **(made | given))
        self.new.append((opening, company))
        self.requirements.append((opening, rows))
        return CREATED

    def _change(self, opening: Opening, given: dict[str, Any], rows: list[dict[str, Any]]) -> str:
        changes = differences(opening, given)
        is_asking_else = bool(rows) and [_asked(row) for row in rows] != self.asked.get(opening.id or 0, [])
        if not changes and not is_asking_else:
            return UNCHANGED
        self.changes.append((opening, changes))
        if is_asking_else:
            self.requirements.append((opening, rows))
        return CHANGED


def _pay(row: Row) -> dict[str, Any]:
    pay = pay_columns(row.get("pay"))
    heading = row.headings.get("pay", "")
    told = next((period for word, period in _PERIOD_OF_HEADING if pay and word in heading), None)
    apart: dict[str, Any] = {
        name: row.values[name] for name in ("pay_period", "pay_min", "pay_max") if name in row.values
    }
    return {**({"pay_period": told} if told else {}), **pay, **apart}


def _closing(row: Row) -> dict[str, Any]:
    """A day, "채용시까지", or both in one cell: 채용시까지  20-10-31."""
    given = row.get("closes_on")
    if given is None:
        return {}
    rest = _UNTIL_FILLED.sub("", given).strip(" ()~,/")
    said: dict[str, Any] = {"until_filled": True} if rest != given else {}
    try:
        return {**said, "closes_on": read_day(rest)} if rest else said
    except CellRefused as refused:
        raise row.refuse(refused.code, "closes_on", **refused.values) from refused


def _posted(row: Row) -> dict[str, Any]:
    """Where an opening is posted elsewhere: one with an address is external unless the sheet says it is our own."""
    source, url = row.get("source"), row.get("posting_url")
    if source == OpeningSource.IMPORT:
        return {"source": source, "posting_url": None}
    if url is None:
        if source == OpeningSource.EXTERNAL:
            raise row.refuse("value_missing", "posting_url")
        return {}
    if not WEB_ADDRESS.fullmatch(url):
        raise row.refuse("url_shape", "posting_url", given=shown(url))
    return {"source": OpeningSource.EXTERNAL, "posting_url": url}


def _referred(desk: Desk) -> set[int]:
    """The openings with a referral that goes on or was won."""
    going_on = col(Referral.state).in_(states_where("referral", closed=False))
    return set(desk.session.exec(select(Referral.opening_id).where(going_on)))


def _asked_skills(desk: Desk) -> dict[int, list[Asked]]:
    r = OpeningRequirement
    columns: Any = sa_select(*map(col, (r.opening_id, r.skill, r.level, r.must, r.weight)))
    asked: dict[int, list[Asked]] = defaultdict(list)
    for owner, *requirement in desk.session.connection().execute(columns.order_by(col(r.opening_id), col(r.position))):
        asked[owner].append((requirement[0], requirement[1], requirement[2], requirement[3]))
    return asked


def _asked(row: dict[str, Any]) -> Asked:
    return row["skill"], row["level"], row["must"], row["weight"]
