"""internship papers"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from placement.migrations.changing import set_codes

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString
BEFORE = ("consent", "company_answer", "profile", "offer_answer", "conversion_answer", "retention")
PURPOSES = (*BEFORE, "signing", "cosigning", "assessment", "assessment_reply")
CHANNELS = "channel IN ('link', 'in_person', 'phone', 'paper', 'message')"
SCALES = ("understanding", "skill", "diligence", "cooperation", "overall")


def upgrade() -> None:
    set_codes("answer_link", "purpose", *PURPOSES)
    make_agreements()
    make_signatures()
    make_assessments()


def make_agreements() -> None:
    op.create_table(
        "internship_agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("state", TEXT(), nullable=False),
        sa.Column("workplace", TEXT(length=200), nullable=True),
        sa.Column("hours", TEXT(length=200), nullable=True),
        sa.Column("duties", TEXT(length=1000), nullable=True),
        sa.Column("allowance", TEXT(length=200), nullable=True),
        sa.Column("mentor", TEXT(length=100), nullable=True),
        sa.Column("cosigner", TEXT(length=100), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("text", TEXT(length=8000), nullable=True),
        sa.Column("digest", TEXT(length=64), nullable=True),
        sa.Column("awaits", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'issued', 'signed', 'confirmed', 'voided')",
            name=op.f("ck_internship_agreement_state_known"),
        ),
        sa.CheckConstraint("edition BETWEEN 1 AND 2147483647", name=op.f("ck_internship_agreement_edition_whole")),
        sa.CheckConstraint("version BETWEEN 1 AND 2147483647", name=op.f("ck_internship_agreement_version_whole")),
        sa.CheckConstraint("CAST(awaits AS TEXT) <> 'null'", name=op.f("ck_internship_agreement_awaits_given")),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_internship_agreement_placement_id_placement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_internship_agreement")),
        sa.UniqueConstraint("placement_id", "edition", name=op.f("uq_internship_agreement_placement_id_edition")),
    )
    op.create_index(op.f("ix_internship_agreement_placement_id"), "internship_agreement", ["placement_id"])
    make_unique("uq_internship_agreement_standing", "internship_agreement", ["placement_id"], "state <> 'voided'")


def make_signatures() -> None:
    op.create_table(
        "agreement_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("seat", TEXT(), nullable=False),
        sa.Column("side", TEXT(), nullable=False),
        sa.Column("signer", TEXT(length=100), nullable=False),
        sa.Column("position", TEXT(length=100), nullable=True),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("channel", TEXT(), nullable=False),
        sa.Column("digest", TEXT(length=64), nullable=False),
        sa.Column("note", TEXT(length=1000), nullable=True),
        sa.Column("recorded_by", TEXT(length=254), nullable=False),
        sa.Column("voided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "seat IN ('graduate', 'company', 'cosigner')", name=op.f("ck_agreement_signature_seat_known")
        ),
        sa.CheckConstraint("side IN ('graduate', 'company')", name=op.f("ck_agreement_signature_side_known")),
        sa.CheckConstraint(CHANNELS, name=op.f("ck_agreement_signature_channel_known")),
        sa.CheckConstraint("length(signer) BETWEEN 1 AND 100", name=op.f("ck_agreement_signature_signer_given")),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_agreement_signature_digest_complete")),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["internship_agreement.id"],
            name=op.f("fk_agreement_signature_agreement_id_internship_agreement"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_signature")),
    )
    op.create_index(op.f("ix_agreement_signature_agreement_id"), "agreement_signature", ["agreement_id"])
    make_unique("uq_agreement_signature_seat", "agreement_signature", ["agreement_id", "seat"], "voided_at IS NULL")


def make_assessments() -> None:
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("kind", TEXT(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", TEXT(), nullable=False),
        *(sa.Column(scale, sa.Integer(), nullable=True) for scale in SCALES),
        sa.Column("comment", TEXT(length=1000), nullable=True),
        sa.Column("conversion_wish", TEXT(), nullable=True),
        sa.Column("answered_by", TEXT(length=100), nullable=True),
        sa.Column("channel", TEXT(), nullable=True),
        sa.Column("contradiction", TEXT(length=1000), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('midterm', 'end')", name=op.f("ck_assessment_kind_known")),
        sa.CheckConstraint(
            "state IN ('due', 'answered', 'accepted', 'contradicted', 'dropped')",
            name=op.f("ck_assessment_state_known"),
        ),
        sa.CheckConstraint(
            "conversion_wish IN ('yes', 'no', 'undecided')", name=op.f("ck_assessment_conversion_wish_known")
        ),
        sa.CheckConstraint(CHANNELS, name=op.f("ck_assessment_channel_known")),
        *(
            sa.CheckConstraint(f"{scale} BETWEEN 1 AND 5", name=op.f(f"ck_assessment_{scale}_scale"))
            for scale in SCALES
        ),
        sa.CheckConstraint("version BETWEEN 1 AND 2147483647", name=op.f("ck_assessment_version_whole")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_assessment_placement_id_placement")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("placement_id", "kind", name=op.f("uq_assessment_placement_id_kind")),
    )
    op.create_index(op.f("ix_assessment_placement_id"), "assessment", ["placement_id"])


def make_unique(name: str, table: str, columns: list[str], condition: str) -> None:
    only = sa.text(condition)
    op.create_index(name, table, columns, unique=True, sqlite_where=only, postgresql_where=only)


def downgrade() -> None:
    op.drop_table("assessment")
    op.drop_table("agreement_signature")
    op.drop_table("internship_agreement")
    op.execute("DELETE FROM answer_link WHERE purpose IN ('signing', 'cosigning', 'assessment', 'assessment_reply')")
    set_codes("answer_link", "purpose", *BEFORE)
