"""the codes of suggestions checked one by one, which SQLite does in half the time"""

from placement.migrations.changing import set_check, set_codes

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

CODES = {
    "state": ("new", "shortlisted", "dismissed", "snoozed"),
    "reason": ("skill_gap", "wish_differs", "commute", "pay", "schedule", "graduate_declined", "other"),
}


def upgrade() -> None:
    for column, codes in CODES.items():
        set_check("suggestion", f"{column}_known", " OR ".join(f"{column} = '{code}'" for code in codes))


def downgrade() -> None:
    for column, codes in CODES.items():
        set_codes("suggestion", column, *codes)
