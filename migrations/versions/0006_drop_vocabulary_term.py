"""Drop the table of vocabulary terms: nothing reads it, the application has them from the packs of `law`."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006_drop_vocabulary_term"
down_revision = "0005_told_after_the_mail"
branch_labels = None
depends_on = None
LINT_EXCEPTIONS = {"ban-drop-table": "nothing reads the table, and its rows are in the packs of law"}


def upgrade() -> None:
    """Bring the schema up."""
    op.drop_table("vocabulary_term")


def downgrade() -> None:
    """Take the schema down. The rows come back with the next loading of the packs."""
    op.create_table(
        "vocabulary_term",
        sa.Column("vocabulary", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("parent_code", sa.String(length=60), nullable=True),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("pack", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("vocabulary", "code", name=op.f("pk_vocabulary_term")),
    )
