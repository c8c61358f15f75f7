"""Decides whom and which company a row means: by id, else by number or contact, else by a name that only one has."""

from collections import defaultdict
from difflib import SequenceMatcher

from sqlmodel import Session, col, select

from employers.companies import CompanyInput, name_key, normalise_phone, parse_business_number
from employers.errors import InputRefused
from employers.keys import new_key
from employers.models import Company
from matching.normalise import fold
from placement.importing.desk import Desk, checked
from placement.importing.sheets import Row
from placement.models import Account, Graduate

_ALIKE = 0.8
_SHORT = 4


class CompanyBook:
    """Every company, stored or planned, by key, number and name without legal form."""

    def __init__(self, session: Session) -> None:
        self.by_key: dict[str, Company] = {}
        self.by_number: dict[str, Company] = {}
        self.by_name: dict[str, list[Company]] = defaultdict(list)
        self.planned: list[Company] = []
        for company in session.exec(select(Company).order_by(col(Company.id))):
            self._enter(company)

    def plan(self, company: Company) -> None:
        """A company to be stored later."""
        self.planned.append(company)
        self._enter(company)

    def find(self, row: Row) -> Company | None:
        """The company that the row's company_id, business_number or company means; None when nobody knows it.

        Raises RowRefused: company_id_unknown, company_ambiguous, or what is wrong with the number.
        """
        if key := row.get("company_id"):
            return self._by_key(row, key)
        number, name = number_of(row), row.get("company")
        if number and number in self.by_number:
            return self.by_number[number]
        named = (
            [company for company in self.by_name.get(name_key(name), ()) if not number or not company.business_number]
            if name
            else []
        )
        if len(named) > 1:
            raise row.refuse("company_ambiguous", "company", company=name, count=len(named))
        return named[0] if named else None

    def make(self, row: Row, desk: Desk) -> Company:
        """The company that the row names first, to be stored later; like names are said. Raises RowRefused."""
        if not row.get("company"):
            raise row.refuse("company_unknown", "business_number", given=row.get("business_number") or "-")
        given = {"name": row.get("company"), "business_number": row.get("business_number")}
        typed = checked(CompanyInput, row, given, {"name": "company"})
        for other in self.by_name.get(name_key(typed.name), ()):
            desk.warn(row, "possible_duplicate_company", "company", other=other.key, company=other.name)
        company = Company(key=new_key("B"), name_key=name_key(typed.name), **typed.model_dump(exclude={"contact"}))
        self.plan(company)
        desk.beside("company")
        return company

    def alike(self, name: str) -> str | None:
        """The name of a company that this name may be a slip of."""
        return find_alike(name_key(name), {key: companies[0].name for key, companies in self.by_name.items()})

    def _by_key(self, row: Row, key: str) -> Company:
        if key not in self.by_key:
            raise row.refuse("company_id_unknown", "company_id", given=key)
        return self.by_key[key]

    def _enter(self, company: Company) -> None:
        self.by_key[company.key] = company
        self.by_name[company.name_key].append(company)
        if company.business_number:
            self.by_number.setdefault(company.business_number, company)


class PersonBook:
    """Every graduate, stored or planned, by key, by name with contact, and by name."""

    def __init__(self, session: Session) -> None:
        self.by_key: dict[str, Graduate] = {}
        self.by_contact: dict[tuple[str, str], Graduate] = {}
        self.by_name: dict[str, list[Graduate]] = defaultdict(list)
        for person in session.exec(select(Graduate).order_by(col(Graduate.id))):
            self.enter(person)

    def enter(self, person: Graduate) -> None:
        self.by_key[person.key] = person
        if person.name:
            self.by_name[fold(person.name)].append(person)
        for contact in contacts_of(person.name, person.phone, person.email):
            self.by_contact.setdefault(contact, person)

    def same_contact(self, name: str | None, phone: str | None, email: str | None) -> Graduate | None:
        """The person with this name and this telephone or e-mail."""
        return next((self.by_contact[c] for c in contacts_of(name, phone, email) if c in self.by_contact), None)

    def find(self, row: Row) -> Graduate:
        """Whom the row's graduate_id, or name and contact, or name alone means.

        Raises RowRefused: graduate_id_unknown, graduate_unknown, graduate_ambiguous.
        """
        if key := row.get("graduate_id"):
            if key in self.by_key:
                return self.by_key[key]
            raise row.refuse("graduate_id_unknown", "graduate_id", given=key)
        name, phone = row.get("name"), phone_of(row)
        if known := self.same_contact(name, phone, row.get("email")):
            return known
        named = [person for person in self.by_name.get(fold(name or ""), ()) if not phone or not person.phone]
        if not named:
            raise row.refuse("graduate_unknown", "name")
        if len(named) > 1:
            raise row.refuse("graduate_ambiguous", "name", count=len(named))
        return named[0]


class CounselorBook:
    """Staff by name and e-mail; an unknown counselor is said once and left empty."""

    def __init__(self, session: Session) -> None:
        staff = session.exec(select(Account).where(col(Account.company_id).is_(None)).order_by(col(Account.id)))
        self.ids: dict[str, int | None] = {}
        for account in staff:
            self.ids.setdefault(fold(account.name), account.id)
            self.ids.setdefault(fold(account.email), account.id)

    def find(self, given: str) -> int | None:
        return self.ids.get(fold(given))


def contacts_of(name: str | None, phone: str | None, email: str | None) -> list[tuple[str, str]]:
    """What makes one person the same one: the name with each contact."""
    return [(fold(name), contact.casefold()) for contact in (phone, email) if name and contact]


def number_of(row: Row) -> str | None:
    """The row's business number, checked. Raises RowRefused."""
    given = row.get("business_number")
    try:
        return parse_business_number(given) if given else None
    except InputRefused as refused:
        raise row.refuse(refused.code, "business_number", **refused.values) from refused


def phone_of(row: Row) -> str | None:
    """The row's telephone number as digits. Raises RowRefused."""
    given = row.get("phone")
    try:
        return normalise_phone(given) if given else None
    except InputRefused as refused:
        raise row.refuse(refused.code, "phone", **refused.values) from refused


def find_alike(form: str, names: dict[str, str]) -> str | None:
    """Of folded form → shown name, the one that `form` differs little from or is a part of."""
    best = max(names, key=lambda other: _likeness(form, other), default=None)
    return names[best] if best is not None and _likeness(form, best) >= _ALIKE else None


def _likeness(a: str, b: str) -> float:
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) >= _SHORT and shorter in longer:
        return 1.0
    matcher = SequenceMatcher(None, a, b)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0
