"""The words of claims, acts, remedies and procedures are stored with their case; `migrations/env.py` writes those of older cases."""

revision = "0016_search_children"
down_revision = "0015_kept_deadlines"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change no table: words of an older version (`caseflow.db.searching`) are written again after each upgrade."""


def downgrade() -> None:
    """Change no table: what is stored stays, and is found."""
