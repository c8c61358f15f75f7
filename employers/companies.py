"""Decides what a company may be called and numbered, when two may be the same, and how one is stored."""

import re
import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError
from sqlalchemy import update
from sqlmodel import Session, col, or_, select

from employers.checking import BLANK_IS_NONE, EmailAddress, InputModel, Line, WebAddress
from employers.enums import SizeBand
from employers.errors import InputRefused, StaleVersion
from employers.keys import new_key
from employers.models import Company, Contact

_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
_LEGAL_FORM = re.compile(r"\((?:주|유|합|재|사|의|학)\)|주식회사|유한책임회사|유한회사|재단법인|사단법인")
_ENGLISH_FORM = re.compile(r"[\s,]+(?:co\.?,?\s*ltd|inc|corp|llc|ltd)\.?$")
_NAME_NOISE = re.compile(r"[\s\-_./·,'\"()&]+")
_PHONE_NOISE = re.compile(r"[\s\-.()~/·‐-―−]+")
_PHONE = re.compile(
    r"01[016789]\d{7,8}|02\d{7,8}|0(?:3[1-3]|4[1-4]|5[1-5]|6[1-4])\d{7,8}|070\d{7,8}|050\d\d{7,8}|080\d{7}|1[5-9]\d{6}"
)


def parse_business_number(text: str) -> str:
    """A 사업자등록번호 as its ten digits.

    Raises InputRefused: business_number_shape (not ten digits), business_number_zero (all zero, which the arithmetic
    would pass), business_number_check_digit (the tenth digit does not follow from the nine before it).
    """
    digits = re.sub(r"[\s\-.‐-―−]", "", unicodedata.normalize("NFKC", text))
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise InputRefused("business_number_shape", {"given": text.strip()[:30]}, "business_number")
    if not digits.strip("0"):
        raise InputRefused("business_number_zero", field="business_number")
    if int(digits[9]) != check_digit(digits[:9]):
        raise InputRefused("business_number_check_digit", {"given": text.strip()[:30]}, "business_number")
    return digits


def check_digit(nine: str) -> int:
    """The tenth digit that nine digits ask for: weights 1 3 7 1 3 7 1 3 5, and the tens of the ninth product added."""
    total = sum(int(digit) * weight for digit, weight in zip(nine, _WEIGHTS, strict=True)) + int(nine[8]) * 5 // 10
    return (10 - total % 10) % 10


def format_business_number(digits: str) -> str:
    """Ten digits as people write them: 999-81-00015."""
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"


def name_key(name: str) -> str:
    """The name without its legal form, spaces and marks: ㈜가람, (주) 가람, 가람 주식회사 are one. Never empty."""
    wide = unicodedata.normalize("NFKC", name).casefold().strip()
    bare = _NAME_NOISE.sub("", _ENGLISH_FORM.sub("", _LEGAL_FORM.sub(" ", wide)))
    return unicodedata.normalize("NFC", bare or _NAME_NOISE.sub("", wide) or wide)[:200]


def normalise_phone(text: str) -> str:
    """A Korean telephone number as its digits, +82 turned into 0. Raises InputRefused: phone_shape."""
    digits = _PHONE_NOISE.sub("", unicodedata.normalize("NFKC", text))
    if digits.startswith(("+82", "0082")):
        digits = "0" + digits.removeprefix("+").removeprefix("00")[2:].removeprefix("0")
    if re.fullmatch(r"1[016789]\d{7,8}", digits) and len(digits) >= 9:
        digits = "0" + digits  # a spreadsheet took the zero away
    if not _PHONE.fullmatch(digits):
        raise InputRefused("phone_shape", {"given": text.strip()[:30]}, "phone")
    return digits


def format_phone(digits: str) -> str:
    """Digits with hyphens: 010-0000-1234, 02-000-0001, 1588-0000."""
    if len(digits) == 8:
        return f"{digits[:4]}-{digits[4:]}"
    area = 2 if digits.startswith("02") else 4 if digits.startswith("050") else 3
    return f"{digits[:area]}-{digits[area:-4]}-{digits[-4:]}"


def _or_refuse(read: Any) -> Any:
    """A reader of this room as a validator of an input model."""

    def validate(value: str) -> str:
        try:
            return read(value)
        except InputRefused as refused:
            raise PydanticCustomError(refused.code, "refused", refused.values) from refused

    return validate


BusinessNumber = Annotated[Line, AfterValidator(_or_refuse(parse_business_number))]
Phone = Annotated[Line, AfterValidator(_or_refuse(normalise_phone))]


def _size_band(value: Any) -> Any:
    """A head count as its band; codes pass."""
    if not isinstance(value, int) or isinstance(value, bool):
        return value
    bands = ((5, SizeBand.W5), (10, SizeBand.W9), (30, SizeBand.W10), (50, SizeBand.W30), (100, SizeBand.W50))
    return next((band for limit, band in bands if value < limit), SizeBand.W100)


class ContactInput(InputModel):
    """A person at the company."""

    name: Annotated[Line, Field(min_length=1, max_length=100)]
    phone: Annotated[Phone | None, BLANK_IS_NONE] = None
    email: Annotated[EmailAddress | None, BLANK_IS_NONE] = None


class CompanyInput(InputModel):
    """What a person may type of a company; `size_band` may be a head count."""

    name: Annotated[Line, Field(min_length=1, max_length=200)]
    business_number: Annotated[BusinessNumber | None, BLANK_IS_NONE] = None
    size_band: Annotated[SizeBand | None, BeforeValidator(_size_band), BLANK_IS_NONE] = None
    industry_code: Annotated[Line | None, Field(max_length=10), BLANK_IS_NONE] = None
    industry_revision: Annotated[int | None, Field(ge=1, le=99), BLANK_IS_NONE] = None
    region: Annotated[Line | None, Field(max_length=100), BLANK_IS_NONE] = None
    website: Annotated[WebAddress | None, BLANK_IS_NONE] = None
    contact: ContactInput | None = None


def possible_duplicates(session: Session, company: CompanyInput) -> list[Company]:
    """Companies with the same number or the same name without legal form."""
    same = [col(Company.name_key) == name_key(company.name)]
    if company.business_number:
        same.append(col(Company.business_number) == company.business_number)
    return list(session.exec(select(Company).where(or_(*same)).order_by(col(Company.id))))


def store_company(session: Session, company: CompanyInput, *, key: str | None = None) -> Company:
    """A new company with its contact. Raises InputRefused: business_number_taken."""
    _refuse_taken_number(session, company, None)
    row = Company(key=key or new_key("B"), name_key=name_key(company.name), **company.model_dump(exclude={"contact"}))
    session.add(row)
    session.flush()
    _store_contact(session, row, company.contact)
    return row


def change_company(session: Session, row: Company, company: CompanyInput, version: int) -> Company:
    """The company as typed now. Raises StaleVersion, or InputRefused: business_number_taken."""
    _refuse_taken_number(session, company, row.id)
    values = company.model_dump(exclude={"contact"}) | {"name_key": name_key(company.name), "version": version + 1}
    changed = update(Company).where(col(Company.id) == row.id, col(Company.version) == version).values(**values)
    if session.connection().execute(changed).rowcount != 1:
        raise StaleVersion
    session.refresh(row)
    _store_contact(session, row, company.contact)
    return row


def _refuse_taken_number(session: Session, company: CompanyInput, own_id: int | None) -> None:
    if not company.business_number:
        return
    owner = session.exec(select(Company).where(Company.business_number == company.business_number)).first()
    if owner and owner.id != own_id:
        raise InputRefused("business_number_taken", {"company": owner.name}, "business_number")


def _store_contact(session: Session, row: Company, contact: ContactInput | None) -> None:
    if contact is None:
        return
    known = session.exec(select(Contact).where(Contact.company_id == row.id, Contact.name == contact.name)).first()
    person = known or Contact(company_id=row.id or 0, name=contact.name)
    person.phone, person.email = contact.phone or person.phone, contact.email or person.email
    session.add(person)
    session.flush()
