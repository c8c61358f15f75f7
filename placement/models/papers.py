"""Decides how the papers of an internship are stored: its agreement, the signatures on it, and its assessments."""

from datetime import date, datetime

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from employers.columns import check, json_given, now, one_of, whole_numbers
from placement.enums import (
    AssessmentKind,
    AssessmentState,
    Channel,
    ConversionWish,
    InternshipAgreementState,
    Side,
    SignerSeat,
)

STANDING = "state <> 'voided'"
UNSTRUCK = "voided_at IS NULL"
# What a counselor may complete in an agreement, and how long it may be.
LONGEST = {"workplace": 200, "hours": 200, "duties": 1000, "allowance": 200, "mentor": 100, "cosigner": 100}
FREE = tuple(LONGEST)
SCALES = ("understanding", "skill", "diligence", "cooperation", "overall")


class InternshipAgreement(SQLModel, table=True):
    """인턴 협약서, one edition. At most one edition of a placement stands.

    `text` is the exact text from the day of issue on and `digest` its SHA-256; `awaits` are the seats that have not
    signed it yet.
    """

    __tablename__ = "internship_agreement"
    __table_args__ = (
        UniqueConstraint("placement_id", "edition"),
        Index(
            "uq_internship_agreement_standing",
            "placement_id",
            unique=True,
            sqlite_where=text(STANDING),
            postgresql_where=text(STANDING),
        ),
        one_of("state", InternshipAgreementState),
        *whole_numbers("edition", "version", least=1),
        *json_given("awaits"),
    )

    id: int | None = Field(default=None, primary_key=True)
    placement_id: int = Field(foreign_key="placement.id", index=True)
    edition: int = 1
    state: str = InternshipAgreementState.DRAFT
    workplace: str | None = Field(default=None, max_length=LONGEST["workplace"])
    hours: str | None = Field(default=None, max_length=LONGEST["hours"])
    duties: str | None = Field(default=None, max_length=LONGEST["duties"])
    allowance: str | None = Field(default=None, max_length=LONGEST["allowance"])
    mentor: str | None = Field(default=None, max_length=LONGEST["mentor"])
    cosigner: str | None = Field(default=None, max_length=LONGEST["cosigner"])
    issued_on: date | None = None
    text: str | None = Field(default=None, max_length=8000)
    digest: str | None = Field(default=None, max_length=64)
    awaits: list[str] = Field(default_factory=list, sa_type=JSON)
    version: int = 1


class AgreementSignature(SQLModel, table=True):
    """A signature on the exact text of this digest; struck (`voided_at`) when it is undone, and then it never counts."""

    __tablename__ = "agreement_signature"
    __table_args__ = (
        Index(
            "uq_agreement_signature_seat",
            "agreement_id",
            "seat",
            unique=True,
            sqlite_where=text(UNSTRUCK),
            postgresql_where=text(UNSTRUCK),
        ),
        one_of("seat", SignerSeat),
        one_of("side", Side),
        one_of("channel", Channel),
        check("signer_given", "length(signer) BETWEEN 1 AND 100"),
        check("digest_complete", "length(digest) = 64"),
    )

    id: int | None = Field(default=None, primary_key=True)
    agreement_id: int = Field(foreign_key="internship_agreement.id", index=True)
    seat: str
    side: str
    signer: str = Field(max_length=100)
    position: str | None = Field(default=None, max_length=100)
    at: datetime = Field(default_factory=now)
    channel: str
    digest: str = Field(max_length=64)
    note: str | None = Field(default=None, max_length=1000)
    recorded_by: str = Field(max_length=254)
    voided_at: datetime | None = None


class Assessment(SQLModel, table=True):
    """중간점검 or 종료 평가: what the company says of an intern, 1 to 5, and the intern's own words against it."""

    __tablename__ = "assessment"
    __table_args__ = (
        UniqueConstraint("placement_id", "kind"),
        one_of("kind", AssessmentKind),
        one_of("state", AssessmentState),
        one_of("conversion_wish", ConversionWish),
        one_of("channel", Channel),
        *(check(f"{scale}_scale", f"{scale} BETWEEN 1 AND 5") for scale in SCALES),
        *whole_numbers("version", least=1),
    )

    id: int | None = Field(default=None, primary_key=True)
    placement_id: int = Field(foreign_key="placement.id", index=True)
    kind: str
    due_on: date
    state: str = AssessmentState.DUE
    understanding: int | None = None
    skill: int | None = None
    diligence: int | None = None
    cooperation: int | None = None
    overall: int | None = None
    comment: str | None = Field(default=None, max_length=1000)
    conversion_wish: str | None = None
    answered_by: str | None = Field(default=None, max_length=100)
    channel: str | None = None
    contradiction: str | None = Field(default=None, max_length=1000)
    version: int = 1
