"""The latest end of the one-year clocks of a case, beside the soonest."""

import sqlalchemy as sa
from alembic import op

revision = "0017_last_one_year"
down_revision = "0016_search_children"
branch_labels = None
depends_on = None

FILL = """
    UPDATE case_listing l SET last_one_year_on = d.last_one_year_on
    FROM (
      SELECT case_id, max(due_on) AS last_one_year_on FROM deadline
      WHERE kind = 'one_year' AND done_at IS NULL GROUP BY case_id
    ) d
    WHERE d.case_id = l.case_id AND l.one_year_on IS NOT NULL
"""


def upgrade() -> None:
    """Bring the schema up."""
    op.add_column("case_listing", sa.Column("last_one_year_on", sa.Date(), nullable=True))
    # Row security holds the owner too; it is installed again at the end.
    for table in ("deadline", "case_listing"):
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(FILL)


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_column("case_listing", "last_one_year_on")
