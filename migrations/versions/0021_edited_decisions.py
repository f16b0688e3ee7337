"""Decisions of the Committee can be changed by administrators; what is computed from their columns is no longer stored."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0021_edited_decisions"
down_revision = "0020_acceptance_packs"
branch_labels = None
depends_on = None

LINT_EXCEPTIONS = {
    "ban-drop-column": "computed from the other columns, and read only by the pages of these decisions: a process of the previous release shows an error there until it is restarted",
}
TABLES = ("decided_communication", "holding")


def upgrade() -> None:
    """Bring the schema up."""
    for table in TABLES:
        op.add_column(table, sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
        op.add_column(table, sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    for column in ("serial", "ordered_on", "year", "duration_days", "rules", "search_text"):
        op.drop_column("decided_communication", column)


def downgrade() -> None:
    """Bring the schema back. The rows are removed: the next start loads the pack into them, with what is computed."""
    for table in reversed(TABLES):
        op.execute(f"TRUNCATE {table} CASCADE")
    op.add_column("decided_communication", sa.Column("serial", sa.Integer(), nullable=False))
    op.add_column("decided_communication", sa.Column("ordered_on", sa.Date(), nullable=False))
    op.add_column("decided_communication", sa.Column("year", sa.Integer(), nullable=True))
    op.add_column("decided_communication", sa.Column("duration_days", sa.Integer(), nullable=True))
    codes = ARRAY(sa.String(40))
    op.add_column("decided_communication", sa.Column("rules", codes, server_default="{}", nullable=False))
    op.add_column("decided_communication", sa.Column("search_text", sa.Text(), nullable=False))
    op.create_unique_constraint(op.f("uq_decided_communication_serial"), "decided_communication", ["serial"])
    op.create_index("ix_decided_communication_order", "decided_communication", ["ordered_on", "serial"])
    for table in TABLES:
        op.drop_column(table, "version")
        op.drop_column(table, "changed_at")
