"""Decides how a row of a companies sheet becomes a new company, a change, nothing, or a possible duplicate."""

from typing import Any

from sqlmodel import select

from employers.companies import CompanyInput, name_key
from employers.keys import new_key
from employers.models import Company, Contact
from placement.importing.desk import CHANGED, CREATED, UNCHANGED, Desk, checked, differences
from placement.importing.finding import CompanyBook
from placement.importing.sheets import Row

_FIELDS = ("name", "business_number", "size_band", "industry_code", "industry_revision", "region", "website")
_CONTACT = {"contact": "name", "contact_phone": "phone", "contact_email": "email"}
_NOBODY = "담당자"


class CompanyIntake:
    """Companies: by id, else by number, else by name without legal form. A number stays with its first owner."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.companies = CompanyBook(desk.session)
        known = desk.session.exec(select(Contact))
        self.contacts = {(contact.company_id, contact.name): contact for contact in known}
        self.seen: dict[str, int] = {}
        self.changes: list[tuple[Company, dict[str, Any]]] = []
        self.people: list[tuple[Company, dict[str, Any]]] = []

    def take(self, row: Row) -> str:
        typed = checked(CompanyInput, row, _values(row), {"contact": "contact"})
        given = typed.model_dump(exclude_unset=True, exclude={"contact"}) | {"name_key": name_key(typed.name)}
        company = self._known(row, typed)
        key = company.key if company else row.get("key") or new_key("B")
        if key in self.seen:
            raise row.refuse(
                "id_twice" if row.get("key") else "company_twice",
                "key" if row.get("key") else "name",
                given=key,
                other=self.seen[key],
            )
        self._warn_of_likes(row, typed, key)
        self._leave_number_to_its_owner(given, key)
        self.seen[key] = row.number
        contact = typed.contact.model_dump(exclude_unset=True) if typed.contact else None
        if company is None:
            return self._create(Company(key=key, **given), contact)
        return self._change(company, given, contact)

    def finish(self) -> None:
        """Nothing spans rows here."""

    def store(self) -> None:
        session = self.desk.session
        session.add_all(self.companies.planned)
        for company, changes in self.changes:
            company.sqlmodel_update({**changes, "version": company.version + 1})
            session.add(company)
        session.flush()
        for company, given in self.people:
            person = self.contacts.get((company.id or 0, given["name"])) or Contact(
                company_id=company.id or 0, name=given["name"]
            )
            person.sqlmodel_update(given)
            session.add(person)
        session.flush()

    def _known(self, row: Row, typed: CompanyInput) -> Company | None:
        if key := row.get("key"):
            return self.companies.by_key.get(key)
        if typed.business_number in self.companies.by_number:
            return self.companies.by_number[typed.business_number or ""]
        named = [
            company
            for company in self.companies.by_name[name_key(typed.name)]
            if not typed.business_number or not company.business_number
        ]
        if len(named) > 1:
            raise row.refuse("company_ambiguous", "name", company=typed.name, count=len(named))
        return named[0] if named else None

    def _warn_of_likes(self, row: Row, typed: CompanyInput, key: str) -> None:
        owner = self.companies.by_number.get(typed.business_number or "")
        if owner and owner.key != key:
            self.desk.warn(row, "possible_duplicate_number", "business_number", other=owner.key, company=owner.name)
            return
        for other in self.companies.by_name[name_key(typed.name)]:
            if other.key != key:
                self.desk.warn(row, "possible_duplicate_company", "name", other=other.key, company=other.name)
                return

    def _leave_number_to_its_owner(self, given: dict[str, Any], key: str) -> None:
        owner = self.companies.by_number.get(given.get("business_number") or "")
        if owner and owner.key != key:
            del given["business_number"]

    def _create(self, company: Company, contact: dict[str, Any] | None) -> str:
        self.companies.plan(company)
        if contact:
            self.people.append((company, contact))
        return CREATED

    def _change(self, company: Company, given: dict[str, Any], contact: dict[str, Any] | None) -> str:
        changes = differences(company, given)
        stored = self.contacts.get((company.id or 0, contact["name"])) if contact else None
        is_new_contact = contact is not None and (stored is None or bool(differences(stored, contact)))
        if contact and is_new_contact:
            self.people.append((company, contact))
        if changes:
            self.changes.append((company, changes))
            if number := changes.get("business_number"):
                self.companies.by_number.setdefault(number, company)
        return CHANGED if changes or is_new_contact else UNCHANGED


def _values(row: Row) -> dict[str, Any]:
    values = {name: row.values[name] for name in _FIELDS if name in row.values}
    contact = {field: row.values[name] for name, field in _CONTACT.items() if name in row.values}
    return {**values, "contact": {"name": _NOBODY, **contact}} if contact else values
