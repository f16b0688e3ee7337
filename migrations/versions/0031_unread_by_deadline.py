"""Unread reminders in the order of their deadlines: every page counts them, and stops at a hundred."""

from alembic import op
from sqlalchemy import text

revision = "0031_unread_by_deadline"
down_revision = "0032_remedy_persons"
branch_labels = None
depends_on = None

LINT_EXCEPTIONS = {
    "require-concurrent-index-deletion": "the index is replaced in the same transaction, and dropping it takes no time",
    "require-concurrent-index-creation": "half a million unread reminders took four seconds on a busy machine; reminders wait",
}
NAME, UNREAD = "ix_reminder_unread", text("read_at IS NULL")


def upgrade() -> None:
    """Bring the schema up."""
    op.drop_index(NAME, "reminder")
    op.create_index(NAME, "reminder", ["recipient_id", "deadline_id", "due_on", "status"], postgresql_where=UNREAD)


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_index(NAME, "reminder")
    op.create_index(NAME, "reminder", ["recipient_id", "due_on"], postgresql_where=UNREAD)
