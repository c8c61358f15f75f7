"""consents withdrawn"""

import secrets

import sqlalchemy as sa
import sqlmodel
from alembic import op

from placement.migrations.changing import add_reference, drop_check, set_check, set_codes

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CHANNELS = ("link", "in_person", "phone", "paper", "message")
SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
INTERVIEWS = ("planned", "took_place", "no_show", "moved")
TEXT, MOMENT = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime

CONSENT = sa.table(
    "consent",
    *(sa.column(name) for name in ("id", "state", "recorded_by", "recorded_at", "given_on", "note", "withdrawn_at")),
)
EVENT = sa.table(
    "event",
    *(sa.column(name) for name in ("entity", "entity_id", "move", "from_state", "to_state", "actor", "at")),
    *(sa.column(name) for name in ("effective_on", "note")),
    sa.column("changed", sa.JSON()),
)
REFERRAL = sa.table("referral", sa.column("id"), sa.column("code"))


def upgrade() -> None:
    add_reference("event", "because_of", "event")
    op.create_index(op.f("ix_event_because_of"), "event", ["because_of"], unique=False)
    op.add_column("consent", sa.Column("state", TEXT(), nullable=False, server_default="given"))
    op.add_column("consent", sa.Column("withdrawn_channel", TEXT(), nullable=True))
    op.add_column("consent", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    set_check("consent", "version_whole", "version BETWEEN 1 AND 2147483647")
    op.execute(CONSENT.update().where(CONSENT.c.withdrawn_at.is_not(None)).values(state="withdrawn"))
    set_codes("consent", "state", "given", "withdrawn")
    set_codes("consent", "withdrawn_channel", *CHANNELS)
    _log_consents()
    set_codes("interview", "state", *INTERVIEWS, "cancelled")
    op.add_column("referral", sa.Column("code", TEXT(length=16), nullable=False, server_default=""))
    _name_referrals()
    set_check("referral", "code_given", "length(code) = 16")
    op.add_column("answer_link", sa.Column("replaced_at", MOMENT(), nullable=True))


def downgrade() -> None:
    op.drop_column("answer_link", "replaced_at")
    drop_check("referral", "code_given")
    op.drop_column("referral", "code")
    op.execute("UPDATE interview SET state = 'moved' WHERE state = 'cancelled'")
    set_codes("interview", "state", *INTERVIEWS)
    op.execute(EVENT.delete().where(EVENT.c.entity == "consent"))
    drop_check("consent", "version_whole")
    op.drop_column("consent", "version")
    drop_check("consent", "withdrawn_channel_known")
    drop_check("consent", "state_known")
    op.drop_column("consent", "withdrawn_channel")
    op.drop_column("consent", "state")
    op.drop_index(op.f("ix_event_because_of"), table_name="event")
    op.drop_column("event", "because_of")


def _log_consents() -> None:
    """Every consent that stands already has its lines in the log from now on."""
    c = CONSENT.c
    lines = ["entity", "entity_id", "move", "from_state", "to_state", "actor", "at", "effective_on", "note", "changed"]
    nothing = sa.literal({}, sa.JSON())
    entity, withdrawn = sa.literal("consent"), sa.literal("withdrawn")
    given = (entity, c.id, sa.literal("create"), sa.null(), sa.literal("given"), c.recorded_by, c.recorded_at)
    op.execute(EVENT.insert().from_select(lines, sa.select(*given, c.given_on, c.note, nothing)))
    fallen = (
        entity,
        c.id,
        sa.literal("withdraw"),
        sa.literal("given"),
        withdrawn,
        sa.literal("system"),
        c.withdrawn_at,
    )
    day = sa.func.date(c.withdrawn_at)
    op.execute(
        EVENT.insert().from_select(
            lines, sa.select(*fallen, day, sa.null(), nothing).where(c.withdrawn_at.is_not(None))
        )
    )


def _name_referrals() -> None:
    connection = op.get_bind()
    for number in connection.execute(sa.select(REFERRAL.c.id)).scalars().all():
        code = "".join(secrets.choice(SIGNS) for _ in range(16))
        connection.execute(REFERRAL.update().where(REFERRAL.c.id == number).values(code=code))
