"""names of skills that somebody confirmed, skills of every day, fewer indexes on suggestions"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from placement.migrations.changing import add_reference

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_reference("skill_name", "confirmed_by", "account")
    op.add_column("skill_name", sa.Column("confirmed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.create_index(op.f("ix_skill_name_confirmed_by"), "skill_name", ["confirmed_by"])
    op.add_column("skill", sa.Column("is_everyday", sa.Boolean(), nullable=False, server_default=sa.false()))
    # A graduate's list is short and found by the pair; nobody looks for the suggestions of a run.
    op.drop_index("ix_suggestion_graduate_score", table_name="suggestion")
    op.drop_index("ix_suggestion_run_id", table_name="suggestion")


def downgrade() -> None:
    op.create_index("ix_suggestion_run_id", "suggestion", ["run_id"])
    op.create_index("ix_suggestion_graduate_score", "suggestion", ["graduate_id", "score"])
    op.drop_column("skill", "is_everyday")
    op.drop_index("ix_skill_name_confirmed_by", table_name="skill_name")
    op.drop_column("skill_name", "confirmed_at")
    op.execute("ALTER TABLE skill_name DROP COLUMN confirmed_by")
