"""Decides what is stored of a partner company: itself, its people, its agreements and its openings."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from employers.columns import check, now, one_of, whole_numbers
from employers.enums import (
    AgreementKind,
    AgreementState,
    EmploymentType,
    OpeningSource,
    OpeningState,
    PayPeriod,
    RemoteMode,
    SizeBand,
)


class Company(SQLModel, table=True):
    """A company; `name_key` is the name without its legal form, for finding possible duplicates."""

    __tablename__ = "company"
    __table_args__ = (
        check("name_given", "length(name) BETWEEN 1 AND 200"),
        check("business_number_digits", "business_number IS NULL OR length(business_number) = 10"),
        *whole_numbers("industry_revision"),
        *whole_numbers("version", least=1),
        one_of("size_band", SizeBand),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=64)
    name: str = Field(max_length=200)
    name_key: str = Field(index=True, max_length=200)
    business_number: str | None = Field(default=None, unique=True, max_length=10)
    size_band: str | None = None
    industry_code: str | None = Field(default=None, max_length=10)
    industry_revision: int | None = None
    region: str | None = Field(default=None, max_length=100)
    website: str | None = Field(default=None, max_length=300)
    created_at: datetime = Field(default_factory=now)
    version: int = 1


class Contact(SQLModel, table=True):
    """A person at a company whom the office may call."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("company_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    company_id: int = Field(foreign_key="company.id", index=True)
    name: str = Field(max_length=100)
    phone: str | None = Field(default=None, max_length=30)
    email: str | None = Field(default=None, max_length=254)


class Agreement(SQLModel, table=True):
    """취업협약, 수요기업 or 인턴 참여기업; a renewal is a row of its own with a higher `edition`."""

    __tablename__ = "agreement"
    __table_args__ = (
        UniqueConstraint("company_id", "kind", "edition"),
        one_of("kind", AgreementKind),
        one_of("state", AgreementState),
        *whole_numbers("headcount_pledged"),
        *whole_numbers("edition", "version", least=1),
        check("term_in_order", "valid_until IS NULL OR signed_on IS NULL OR valid_until >= signed_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    company_id: int = Field(foreign_key="company.id", index=True)
    kind: str
    edition: int = 1
    state: str = AgreementState.DRAFT
    signed_on: date | None = None
    valid_until: date | None = None
    headcount_pledged: int | None = None
    version: int = 1


class Opening(SQLModel, table=True):
    """채용공고: what a company offers; pay in won, seats = 모집인원, `seats_taken` (accepted) and
    `seats_held` (an offer is out) together never above it; `monthly_contacts` caps what is sent a
    month; `is_approved`: the program manager lets it see people without an agreement; an external
    one has the web address at which it is posted."""

    __tablename__ = "opening"
    __table_args__ = (
        Index("ix_opening_state_company", "state", "company_id"),
        check("title_given", "length(title) BETWEEN 1 AND 200"),
        check("seats_positive", "seats BETWEEN 1 AND 9999"),
        *whole_numbers("seats_taken", "seats_held"),
        check("seats_not_oversold", "seats_taken + seats_held <= seats"),
        *whole_numbers("monthly_contacts", least=1),
        check("pay_in_order", "pay_min IS NULL OR pay_max IS NULL OR pay_min <= pay_max"),
        *whole_numbers("pay_min", "pay_max"),
        *whole_numbers("version", least=1),
        check("conversion_seats_fit", "conversion_seats IS NULL OR conversion_seats BETWEEN 0 AND seats"),
        one_of("state", OpeningState),
        one_of("employment_type", EmploymentType),
        one_of("remote", RemoteMode),
        one_of("pay_period", PayPeriod),
        one_of("source", OpeningSource),
        check("external_has_url", "source <> 'external' OR posting_url IS NOT NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=64)
    company_id: int = Field(foreign_key="company.id", index=True)
    title: str = Field(max_length=200)
    description: str | None = Field(default=None, max_length=5000)
    occupation_code: str | None = Field(default=None, max_length=10)
    employment_type: str | None = None
    region: str | None = Field(default=None, max_length=100)
    remote: str = RemoteMode.OFFICE
    pay_period: str = PayPeriod.MONTH
    pay_min: int | None = None
    pay_max: int | None = None
    starts_on: date | None = None
    closes_on: date | None = None
    until_filled: bool = False
    seats: int = 1
    seats_taken: int = 0
    seats_held: int = 0
    conversion_intended: bool = False
    conversion_seats: int | None = None
    confirmed_on: date | None = None
    monthly_contacts: int | None = None
    is_approved: bool = False
    source: str = OpeningSource.COMPANY
    posting_url: str | None = Field(default=None, max_length=500)
    state: str = Field(default=OpeningState.DRAFT)
    created_at: datetime = Field(default_factory=now)
    updated_at: datetime = Field(default_factory=now)
    version: int = 1


class OpeningRequirement(SQLModel, table=True):
    """One asked skill, as typed; `skill_key` once the vocabulary or a person has named it."""

    __tablename__ = "opening_requirement"
    __table_args__ = (
        UniqueConstraint("opening_id", "position"),
        *whole_numbers("position"),
        check("skill_given", "length(skill) BETWEEN 1 AND 100"),
        check("level_known", "level IS NULL OR level BETWEEN 1 AND 4"),
        check("weight_positive", "weight > 0 AND weight <= 10"),
    )

    id: int | None = Field(default=None, primary_key=True)
    opening_id: int = Field(foreign_key="opening.id", index=True, ondelete="CASCADE")
    position: int
    skill: str = Field(max_length=100)
    skill_key: str | None = Field(default=None, max_length=100)
    level: int | None = None
    must: bool = False
    weight: float = 1.0
