"""one live link"""

from datetime import UTC, datetime

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

LIVE = "used_at IS NULL AND replaced_at IS NULL"
LINK = sa.table(
    "answer_link",
    *(sa.column(name) for name in ("id", "purpose", "subject_id", "side", "used_at")),
    sa.column("replaced_at", sqlmodel.sql.sqltypes.UTCDateTime()),
)


def upgrade() -> None:
    _replace_all_but_the_newest()
    op.create_index(
        "uq_answer_link_live",
        "answer_link",
        ["purpose", "subject_id", "side"],
        unique=True,
        sqlite_where=sa.text(LIVE),
        postgresql_where=sa.text(LIVE),
    )


def downgrade() -> None:
    op.drop_index("uq_answer_link_live", table_name="answer_link")


def _replace_all_but_the_newest() -> None:
    """Two that were made at the same moment may both be live until now."""
    newer = LINK.alias()
    is_live = sa.and_(LINK.c.used_at.is_(None), LINK.c.replaced_at.is_(None))
    same = (newer.c[name] == LINK.c[name] for name in ("purpose", "subject_id", "side"))
    has_newer = sa.exists().where(
        *same, newer.c.used_at.is_(None), newer.c.replaced_at.is_(None), newer.c.id > LINK.c.id
    )
    op.execute(LINK.update().where(is_live, has_newer).values(replaced_at=datetime.now(UTC)))
