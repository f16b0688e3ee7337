"""Data keys with which nothing is sealed any more."""

import sqlalchemy as sa
from alembic import op

revision = "0029_retired_keys"
down_revision = "0027_objections"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.add_column("data_key_check", sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_column("data_key_check", "retired_at")
