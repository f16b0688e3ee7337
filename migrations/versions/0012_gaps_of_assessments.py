"""The blocking and the unconfirmed requirements of each assessment, for lists and the navigation of a case."""

import sqlalchemy as sa
from alembic import op

revision = "0012_gaps_of_assessments"
down_revision = "0011_keys"
branch_labels = None
depends_on = None

COLUMNS = ("blocking", "not_confirmed")
RULES = """
    UPDATE assessment SET
      blocking = ARRAY(
        SELECT one->>'rule' FROM jsonb_array_elements(findings->'findings') WITH ORDINALITY AS found(one, place)
        WHERE one->>'result' = 'not_met' ORDER BY place),
      not_confirmed = ARRAY(
        SELECT one->>'rule' FROM jsonb_array_elements(findings->'findings') WITH ORDINALITY AS found(one, place)
        WHERE one->>'result' = 'unknown' ORDER BY place)
    WHERE is_current
"""


def upgrade() -> None:
    """Bring the schema up."""
    for column in COLUMNS:
        op.add_column("assessment", sa.Column(column, sa.ARRAY(sa.String(40)), server_default="{}", nullable=False))
    # Row security holds the owner too; it is installed again at the end.
    op.execute("ALTER TABLE assessment NO FORCE ROW LEVEL SECURITY")
    op.execute(RULES)


def downgrade() -> None:
    """Bring the schema back."""
    for column in COLUMNS:
        op.drop_column("assessment", column)
