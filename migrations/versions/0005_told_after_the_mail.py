"""An index for what a mail has told and nobody has noted: it is noted after the commit that says the mail was sent."""

import sqlalchemy as sa
from alembic import op

revision = "0005_told_after_the_mail"
down_revision = "0004_renewals_and_alarms"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_index(
        "ix_reminder_in_mail",
        "reminder",
        ["mail_id"],
        unique=False,
        postgresql_where=sa.text("status = 'waiting' AND mail_id IS NOT NULL"),
    )


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_index("ix_reminder_in_mail", table_name="reminder")
