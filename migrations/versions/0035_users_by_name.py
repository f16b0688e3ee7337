"""Users by name: every page asks whether a name that it shows is that of two people."""

from alembic import op

revision = "0035_users_by_name"
down_revision = "0034_notes"
branch_labels = None
depends_on = None

LINT_EXCEPTIONS = {"require-concurrent-index-creation": "a coalition has some hundred users: it takes no time"}


def upgrade() -> None:
    """Bring the schema up."""
    op.create_index("ix_app_user_name", "app_user", ["name"])


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_index("ix_app_user_name", "app_user")
