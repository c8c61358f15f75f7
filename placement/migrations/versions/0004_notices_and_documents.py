"""notices and documents"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("entity", sqlmodel.sql.sqltypes.AutoString(length=30), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("side", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("about_on", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("channel", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("told_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("told_by", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=True),
        sa.CheckConstraint(
            "kind IN ('consent_reminder', 'company_reminder', 'hold_over', 'offer_expiring', "
            "'conversion_offer_expiring', 'agreement_expiring')",
            name=op.f("ck_notice_kind_known"),
        ),
        sa.CheckConstraint("side IN ('graduate', 'company')", name=op.f("ck_notice_side_known")),
        sa.CheckConstraint("channel IN ('kakao', 'sms', 'email', 'phone')", name=op.f("ck_notice_channel_known")),
        sa.CheckConstraint("entity_id BETWEEN 1 AND 2147483647", name=op.f("ck_notice_entity_id_whole")),
        sa.CheckConstraint("number BETWEEN 1 AND 2147483647", name=op.f("ck_notice_number_whole")),
        sa.CheckConstraint(
            "(told_at IS NULL) = (channel IS NULL) AND (told_at IS NULL) = (told_by IS NULL)",
            name=op.f("ck_notice_told_together"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "kind",
            "entity_id",
            "side",
            "about_on",
            "number",
            name=op.f("uq_notice_kind_entity_id_side_about_on_number"),
        ),
    )
    op.create_index("ix_notice_entity_entity_id", "notice", ["entity", "entity_id"])
    op.create_table(
        "agreement_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("media_type", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("uploaded_by", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
        sa.Column("uploaded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "media_type IN ('application/pdf', 'application/x-hwp', 'application/hwp+zip', 'image/png', 'image/jpeg')",
            name=op.f("ck_agreement_document_media_type_known"),
        ),
        sa.CheckConstraint("state IN ('kept', 'removed')", name=op.f("ck_agreement_document_state_known")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 200", name=op.f("ck_agreement_document_name_given")),
        sa.CheckConstraint("size BETWEEN 1 AND 10485760", name=op.f("ck_agreement_document_size_fits")),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_agreement_document_digest_length")),
        sa.CheckConstraint("version BETWEEN 1 AND 2147483647", name=op.f("ck_agreement_document_version_whole")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_document_agreement_id_agreement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_document")),
        sa.UniqueConstraint("agreement_id", "digest", name=op.f("uq_agreement_document_agreement_id_digest")),
    )
    op.create_index(op.f("ix_agreement_document_agreement_id"), "agreement_document", ["agreement_id"])


def downgrade() -> None:
    op.drop_table("agreement_document")
    op.drop_table("notice")
