"""Decides how the official act is stored: a referral, its consent, what was provided, interviews, and answer links."""

import secrets
from datetime import date, datetime

from sqlalchemy import JSON, Index, text
from sqlmodel import Field, SQLModel

from employers.columns import check, json_given, now, one_of, whole_numbers
from employers.enums import EmploymentType
from placement.enums import (
    Channel,
    ConsentKind,
    ConsentState,
    InterviewState,
    LinkPurpose,
    PlacementKind,
    ProvisionStage,
    ReferralState,
    Side,
)

OPEN_REFERRALS = "state IN ('draft', 'awaiting_consent', 'sent', 'interested', 'on_hold', 'interview_planned', 'interviewed', 'offered')"
LIVE_LINKS = "used_at IS NULL AND replaced_at IS NULL"

CODE_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 16


def new_code() -> str:
    """A random name for a referral outside our house, without signs that look alike."""
    return "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))


class Referral(SQLModel, table=True):
    """알선: one graduate put to one company for one opening. At most one open referral a pair.

    `code` stands for it wherever a company or a calendar sees it, so that nobody learns our row numbers;
    `waiting_since` is when the present state began; `offer_…` are the terms of the standing offer (pay in won a month).
    """

    __tablename__ = "referral"
    __table_args__ = (
        Index(
            "uq_referral_open_pair",
            "graduate_id",
            "opening_id",
            unique=True,
            sqlite_where=text(OPEN_REFERRALS),
            postgresql_where=text(OPEN_REFERRALS),
        ),
        Index("ix_referral_state_waiting_since", "state", "waiting_since"),
        one_of("state", ReferralState),
        one_of("offer_kind", PlacementKind),
        one_of("offer_employment_type", EmploymentType),
        check("code_given", "length(code) = 16"),
        check("offer_days_in_order", "offer_ends_on IS NULL OR offer_starts_on <= offer_ends_on"),
        *whole_numbers("offer_pay"),
        *whole_numbers("version", least=1),
    )

    id: int | None = Field(default=None, primary_key=True)
    graduate_id: int = Field(foreign_key="graduate.id", index=True)
    opening_id: int = Field(foreign_key="opening.id", index=True)
    counselor_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    code: str = Field(default_factory=new_code, max_length=CODE_LENGTH)
    state: str = ReferralState.DRAFT
    waiting_since: datetime = Field(default_factory=now)
    sent_on: date | None = None
    on_hold_until: date | None = None
    offer_kind: str | None = None
    offer_employment_type: str | None = None
    offer_starts_on: date | None = None
    offer_ends_on: date | None = None
    offer_pay: int | None = None
    offer_expires_on: date | None = None
    version: int = 1


class ConsentDocument(SQLModel, table=True):
    """One version of a text that people consent to: items, purpose, period and the right to refuse."""

    __tablename__ = "consent_document"
    __table_args__ = (
        Index("uq_consent_document_kind_edition", "kind", "edition", unique=True),
        one_of("kind", ConsentKind),
        *whole_numbers("edition", least=1),
        *json_given("items"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    edition: int = 1
    title: str = Field(max_length=200)
    purpose: str = Field(max_length=1000)
    items: list[str] = Field(default_factory=list, sa_type=JSON)
    period: str = Field(max_length=500)
    refusal: str = Field(max_length=1000)


class Consent(SQLModel, table=True):
    """One person's yes to one document; third-party provision names the company and the referral it is for.

    `withdrawn_channel` is how the person took it back, where it did not fall with something else.
    """

    __tablename__ = "consent"
    __table_args__ = (
        one_of("kind", ConsentKind),
        one_of("state", ConsentState),
        one_of("channel", Channel),
        one_of("withdrawn_channel", Channel),
        *whole_numbers("version", least=1),
        check("third_party_names_company", "kind <> 'third_party' OR company_id IS NOT NULL"),
        check("collect_use_names_nobody", "kind <> 'collect_use' OR company_id IS NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    graduate_id: int = Field(foreign_key="graduate.id", index=True)
    document_id: int = Field(foreign_key="consent_document.id")
    kind: str
    company_id: int | None = Field(default=None, foreign_key="company.id")
    referral_id: int | None = Field(default=None, foreign_key="referral.id", index=True)
    channel: str
    given_on: date
    recorded_at: datetime = Field(default_factory=now)
    recorded_by: str = Field(max_length=254)
    note: str | None = Field(default=None, max_length=1000)
    state: str = ConsentState.GIVEN
    withdrawn_at: datetime | None = None
    withdrawn_channel: str | None = None
    version: int = 1


class Provision(SQLModel, table=True):
    """제3자 제공: what of a person a company was shown, when, for which referral."""

    __tablename__ = "provision"
    __table_args__ = (one_of("stage", ProvisionStage), *json_given("items"))

    id: int | None = Field(default=None, primary_key=True)
    graduate_id: int = Field(foreign_key="graduate.id", index=True)
    company_id: int = Field(foreign_key="company.id", index=True)
    referral_id: int = Field(foreign_key="referral.id", index=True)
    stage: str
    items: list[str] = Field(default_factory=list, sa_type=JSON)
    at: datetime = Field(default_factory=now)
    by: str = Field(max_length=254)


class Interview(SQLModel, table=True):
    """면접: when and where; only one that took place counts."""

    __tablename__ = "interview"
    __table_args__ = (
        one_of("state", InterviewState),
        one_of("no_show", Side),
        check("minutes_whole", "minutes BETWEEN 5 AND 1440"),
    )

    id: int | None = Field(default=None, primary_key=True)
    referral_id: int = Field(foreign_key="referral.id", index=True)
    at: datetime
    minutes: int = 60
    place: str | None = Field(default=None, max_length=300)
    link: str | None = Field(default=None, max_length=500)
    is_accompanied: bool = False
    state: str = InterviewState.PLANNED
    no_show: str | None = None


class AnswerLink(SQLModel, table=True):
    """A signed link that lets somebody without an account answer once; only its hash is kept.

    At most one is live for the same answer (purpose, subject and side): neither used nor replaced by a newer one.
    """

    __tablename__ = "answer_link"
    __table_args__ = (
        Index(
            "uq_answer_link_live",
            "purpose",
            "subject_id",
            "side",
            unique=True,
            sqlite_where=text(LIVE_LINKS),
            postgresql_where=text(LIVE_LINKS),
        ),
        one_of("purpose", LinkPurpose),
        *whole_numbers("subject_id", least=1),
    )

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    purpose: str
    subject_id: int = Field(index=True)
    side: str
    created_by: str = Field(max_length=254)
    created_at: datetime = Field(default_factory=now)
    expires_on: date
    used_at: datetime | None = None
    replaced_at: datetime | None = None
