"""Decides how a row of an agreements sheet becomes an agreement in force, one that has ended, or nothing new."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import select

from employers.enums import AgreementKind, AgreementState
from employers.models import Agreement, Company
from placement.importing.courses import CourseBook
from placement.importing.desk import CHANGED, CREATED, UNCHANGED, Desk, differences
from placement.importing.finding import CompanyBook
from placement.importing.sheets import Row
from placement.models import AgreementProgram, Program
from placement.states import Step, move, record_lives

NOT_STATED = "not_stated"
_LONGEST_REASON = 64
_MOST_PEOPLE = 100_000


class AgreementIntake:
    """Agreements: by company, kind and day of signing; another day is a new edition. Past its term one has ended."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.companies, self.courses = CompanyBook(desk.session), CourseBook(desk)
        owners = {company.id: company.key for company in self.companies.by_key.values()}
        self.known = {(owners[a.company_id], a.kind, a.signed_on): a for a in desk.session.exec(select(Agreement))}
        self.editions: dict[tuple[str, str], int] = {}
        for (owner, kind, _), agreement in self.known.items():
            self.editions[owner, kind] = max(agreement.edition, self.editions.get((owner, kind), 0))
        self.links = {(link.agreement_id, link.program_id) for link in desk.session.exec(select(AgreementProgram))}
        self.seen: dict[Any, int] = {}
        self.new: list[tuple[Agreement, Company, list[Step]]] = []
        self.changes: list[tuple[Agreement, dict[str, Any], list[Step]]] = []
        self.new_links: list[tuple[Agreement, Program]] = []

    def take(self, row: Row) -> str:
        signed_on = row.get("signed_on")
        if signed_on is None:
            raise row.refuse("value_missing", "signed_on")
        self._check(row)
        company = self.companies.find(row) or self.companies.make(row, self.desk)
        kind = row.get("kind") or AgreementKind.EMPLOYMENT
        same = (company.key, str(kind), signed_on)
        if same in self.seen:
            raise row.refuse("agreement_twice", "signed_on", company=company.name, other=self.seen[same])
        self.seen[same] = row.number
        given: dict[str, Any] = {
            name: row.values[name] for name in ("valid_until", "headcount_pledged") if name in row.values
        }
        programs = [self.courses.program(row, name, "programs") for name in row.get("programs") or ()]
        known = self.known.get(same)
        if known:
            return self._change(row, known, given, programs)
        edition = self.editions[company.key, str(kind)] = self.editions.get((company.key, str(kind)), 0) + 1
        agreement = Agreement(company_id=0, kind=kind, signed_on=signed_on, edition=edition, **given)
        life = [*self._beginning(signed_on), *self._ending(row, given.get("valid_until"))]
        self.new.append((agreement, company, life))
        self.new_links += [(agreement, program) for program in programs]
        return CREATED

    def finish(self) -> None:
        """Nothing spans rows here."""

    def store(self) -> None:
        session = self.desk.session
        self.courses.store()
        session.add_all(self.companies.planned)
        session.flush()
        for agreement, company, _ in self.new:
            agreement.company_id = company.id or 0
        record_lives(session, [row for row, _, _ in self.new], [life for _, _, life in self.new], self.desk.actor)
        for agreement, changes, ending in self.changes:
            session.add(agreement.sqlmodel_update({**changes, "version": agreement.version + 1}))
            session.flush()
            for step in ending:
                move(session, agreement, step.move, self.desk.actor, effective_on=step.effective_on, reason=step.reason)
        links = {(agreement.id or 0, program.id or 0) for agreement, program in self.new_links}
        session.add_all(AgreementProgram(agreement_id=a, program_id=p) for a, p in sorted(links - self.links))
        session.flush()

    def _check(self, row: Row) -> None:
        if row.get("valid_until") and row.get("valid_until") < row.get("signed_on"):
            raise row.refuse("days_out_of_order", "valid_until")
        if row.get("ended_on") and row.get("ended_on") < row.get("signed_on"):
            raise row.refuse("days_out_of_order", "ended_on")
        if not 0 <= (row.get("headcount_pledged") or 0) <= _MOST_PEOPLE:
            raise row.refuse("number_too_big", "headcount_pledged", limit=_MOST_PEOPLE)

    def _beginning(self, signed_on: date) -> list[Step]:
        """In force from its day on; until then a draft."""
        if signed_on > self.desk.today:
            return [Step("create", self.desk.today)]
        return [Step("create", signed_on), Step("enter_into_force", signed_on)]

    def _ending(self, row: Row, valid_until: Any) -> list[Step]:
        """Terminated on the day that the sheet names, else expired the day after the term."""
        if ended_on := row.get("ended_on"):
            reason = row.get("reason") or NOT_STATED
            return [
                Step("terminate", ended_on, reason if len(reason) <= _LONGEST_REASON else "other", row.get("reason"))
            ]
        if valid_until and valid_until < self.desk.today:
            return [Step("expire", valid_until + timedelta(days=1))]
        return []

    def _change(self, row: Row, known: Agreement, given: dict[str, Any], programs: list[Program]) -> str:
        changes = differences(known, given)
        ending = (
            self._ending(row, given.get("valid_until", known.valid_until))
            if known.state == AgreementState.IN_FORCE
            else []
        )
        links = [program for program in programs if (known.id, program.id) not in self.links]
        if changes or ending:
            self.changes.append((known, changes, ending))
        self.new_links += [(known, program) for program in links]
        return CHANGED if changes or ending or links else UNCHANGED
