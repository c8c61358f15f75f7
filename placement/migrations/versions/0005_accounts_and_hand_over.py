"""accounts and hand over"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from placement.migrations.changing import add_reference, drop_check, set_check, set_codes

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString()


def upgrade() -> None:
    op.add_column("account", sa.Column("state", TEXT, nullable=False, server_default="active"))
    op.add_column("account", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.execute("UPDATE account SET state = 'inactive' WHERE NOT is_active")
    op.drop_column("account", "is_active")
    set_codes("account", "state", "active", "inactive")
    set_check("account", "version_whole", "version BETWEEN 1 AND 2147483647")
    _create_hand_over()
    _create_handed_row()
    add_reference("contact_note", "next_by_id", "account")


def _create_hand_over() -> None:
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("receiver_id", sa.Integer(), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("giver_id <> receiver_id", name=op.f("ck_hand_over_between_two")),
        sa.CheckConstraint("state IN ('done', 'taken_back')", name=op.f("ck_hand_over_state_known")),
        sa.CheckConstraint("version BETWEEN 1 AND 2147483647", name=op.f("ck_hand_over_version_whole")),
        sa.ForeignKeyConstraint(["giver_id"], ["account.id"], name=op.f("fk_hand_over_giver_id_account")),
        sa.ForeignKeyConstraint(["receiver_id"], ["account.id"], name=op.f("fk_hand_over_receiver_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
    )
    op.create_index(op.f("ix_hand_over_giver_id"), "hand_over", ["giver_id"])
    op.create_index(op.f("ix_hand_over_receiver_id"), "hand_over", ["receiver_id"])


def _create_handed_row() -> None:
    op.create_table(
        "handed_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hand_over_id", sa.Integer(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('graduate', 'referral', 'contact_note')", name=op.f("ck_handed_row_kind_known")),
        sa.CheckConstraint("row_id BETWEEN 1 AND 2147483647", name=op.f("ck_handed_row_row_id_whole")),
        sa.ForeignKeyConstraint(["hand_over_id"], ["hand_over.id"], name=op.f("fk_handed_row_hand_over_id_hand_over")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handed_row")),
        sa.UniqueConstraint("hand_over_id", "kind", "row_id", name=op.f("uq_handed_row_hand_over_id_kind_row_id")),
    )
    op.create_index(op.f("ix_handed_row_hand_over_id"), "handed_row", ["hand_over_id"])


def downgrade() -> None:
    op.execute("ALTER TABLE contact_note DROP COLUMN next_by_id")
    op.drop_table("handed_row")
    op.drop_table("hand_over")
    op.add_column("account", sa.Column("is_active", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.execute("UPDATE account SET is_active = (state = 'active')")
    drop_check("account", "version_whole")
    drop_check("account", "state_known")
    op.drop_column("account", "version")
    op.drop_column("account", "state")
