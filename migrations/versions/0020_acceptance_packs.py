"""Acceptances come in a dated pack: a row says which pack it equals."""

import sqlalchemy as sa
from alembic import op

revision = "0020_acceptance_packs"
down_revision = "0019_decisions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.add_column("treaty_acceptance", sa.Column("pack", sa.String(length=40), nullable=True))


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_column("treaty_acceptance", "pack")
