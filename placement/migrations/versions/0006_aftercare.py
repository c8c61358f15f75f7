"""aftercare"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from placement.migrations.changing import drop_check, set_check, set_codes

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString
REASONS = (
    *("other_job", "study", "health_or_family", "duty_differs", "conditions_differ"),
    *("company_situation", "performance", "agreed", "other"),
)
LINKS = (
    *("consent", "company_answer", "profile", "offer_answer", "conversion_answer", "conversion_offer", "retention"),
    *("signing", "cosigning", "assessment", "assessment_reply"),
)
CHANNELS = ("link", "in_person", "phone", "paper", "message")
SIDES = ("graduate", "company")
RETENTION = ("due", "confirmed", "left", "unreachable", "conflict")
ENROLMENTS = ("enrolled", "completed", "dropped")
SOURCES = ("company", "counselor", "import")


def upgrade() -> None:
    op.create_table(
        "guidance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("graduate_id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("counselor_id", sa.Integer(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("channel", TEXT(), nullable=False),
        sa.Column("state", TEXT(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('told', 'applied', 'not_applied', 'hired', 'rejected', 'unknown')",
            name=op.f("ck_guidance_state_known"),
        ),
        sa.CheckConstraint(
            "channel IN ('link', 'in_person', 'phone', 'paper', 'message')", name=op.f("ck_guidance_channel_known")
        ),
        sa.CheckConstraint("version BETWEEN 1 AND 2147483647", name=op.f("ck_guidance_version_whole")),
        sa.ForeignKeyConstraint(["graduate_id"], ["graduate.id"], name=op.f("fk_guidance_graduate_id_graduate")),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"], name=op.f("fk_guidance_opening_id_opening")),
        sa.ForeignKeyConstraint(["counselor_id"], ["account.id"], name=op.f("fk_guidance_counselor_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guidance")),
        sa.UniqueConstraint("graduate_id", "opening_id", name=op.f("uq_guidance_graduate_id_opening_id")),
    )
    for column in ("graduate_id", "opening_id", "counselor_id"):
        op.create_index(op.f(f"ix_guidance_{column}"), "guidance", [column])
    op.add_column("retention_check", sa.Column("left_by", TEXT(), nullable=True))
    op.add_column("retention_check", sa.Column("attempts", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("retention_answer", sa.Column("left_by", TEXT(), nullable=True))
    op.add_column("retention_answer", sa.Column("reason", TEXT(), nullable=True))
    op.add_column("conversion", sa.Column("next_step", TEXT(), nullable=True))
    op.add_column("opening", sa.Column("posting_url", TEXT(length=500), nullable=True))
    set_codes("retention_check", "state", *RETENTION, "not_applicable")
    set_codes("retention_check", "evidence", "self_report", "employer", "document")
    set_codes("retention_check", "left_by", *SIDES)
    set_check("retention_check", "attempts_given", "CAST(attempts AS TEXT) <> 'null'")
    set_codes("retention_answer", "left_by", *SIDES)
    set_codes("retention_answer", "reason", *REASONS)
    set_codes("conversion", "next_step", "other_job", "training", "study", "other")
    set_codes("answer_link", "purpose", *LINKS)
    set_codes("enrolment", "state", *ENROLMENTS, "employed")
    set_codes("opening", "source", *SOURCES, "external")
    set_check("opening", "external_has_url", "source <> 'external' OR posting_url IS NOT NULL")


def downgrade() -> None:
    op.execute("DELETE FROM event WHERE entity = 'guidance'")
    op.execute("DELETE FROM answer_link WHERE purpose = 'conversion_offer'")
    op.execute("UPDATE retention_check SET state = 'due' WHERE state = 'not_applicable'")
    op.execute("UPDATE enrolment SET state = 'dropped' WHERE state = 'employed'")
    op.execute("UPDATE opening SET source = 'import' WHERE source = 'external'")
    drop_check("opening", "external_has_url")
    set_codes("opening", "source", *SOURCES)
    set_codes("enrolment", "state", *ENROLMENTS)
    set_codes("answer_link", "purpose", *(purpose for purpose in LINKS if purpose != "conversion_offer"))
    drop_check("conversion", "next_step_known")
    drop_check("retention_answer", "reason_known")
    drop_check("retention_answer", "left_by_known")
    for check in ("attempts_given", "left_by_known", "evidence_known"):
        drop_check("retention_check", check)
    set_codes("retention_check", "state", *RETENTION)
    for table, column in (
        ("opening", "posting_url"),
        ("conversion", "next_step"),
        ("retention_answer", "reason"),
        ("retention_answer", "left_by"),
        ("retention_check", "attempts"),
        ("retention_check", "left_by"),
    ):
        op.drop_column(table, column)
    op.drop_table("guidance")
