"""Why the deadline of a next step is kept although the remedy map calculates another."""

import sqlalchemy as sa
from alembic import op

revision = "0015_kept_deadlines"
down_revision = "0014_case_listing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.add_column(
        "domestic_remedy", sa.Column("next_step_reason", sa.String(length=300), server_default="", nullable=False)
    )
    op.add_column("domestic_remedy", sa.Column("next_step_computed", sa.Date(), nullable=True))


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_column("domestic_remedy", "next_step_computed")
    op.drop_column("domestic_remedy", "next_step_reason")
