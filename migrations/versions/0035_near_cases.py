"""Cases of one State are found by their place and by their day, so that two files on one event are."""

from alembic import op
from sqlalchemy import text

revision = "0035_near_cases"
down_revision = "0035_differences"
branch_labels = None
depends_on = None
LINT_EXCEPTIONS = {
    "require-concurrent-index-creation": "reads a hundred thousand cases in a second, while only the saving of a case waits",
}
PLACE = (
    "regexp_replace(NORMALIZE(lower(COALESCE(NULLIF(place_district::text, ''::text), place_region::text)), NFKD), "
    r"'[\u0300-\u036f]'::text, ''::text, 'g'::text)"
)
BY_BYTES = {"happened": "varchar_pattern_ops"}


def upgrade() -> None:
    """Bring the schema up."""
    op.create_index("ix_case_happened", "case", ["section_id", "state_code", "happened"], postgresql_ops=BY_BYTES)
    op.create_index(
        "ix_case_place", "case", ["section_id", "state_code", text(PLACE), "happened"], postgresql_ops=BY_BYTES
    )


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_index("ix_case_place", "case")
    op.drop_index("ix_case_happened", "case")
