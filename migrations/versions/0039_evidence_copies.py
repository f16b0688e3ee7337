"""Copies of evidence for looking: where they are, or why there are none."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine

revision = "0039_evidence_copies"
down_revision = "0038_recommendations"
branch_labels = None
depends_on = None
LINT_EXCEPTIONS = {"constraint-missing-not-valid": "validating reads a column that is empty, in well under a second"}
TABLE = "evidence_content"
CHECK = "ck_evidence_content_copy_refusal"
NULLABLE: dict[str, TypeEngine[Any]] = {
    "copy_as": sa.Uuid(),
    "copy_key_sealed": sa.LargeBinary(),
    "copy_pages": sa.Integer(),
    "copy_refusal": sa.String(40),
    "copy_begun_at": sa.DateTime(timezone=True),
}


def upgrade() -> None:
    """Bring the schema up."""
    for name, kind in NULLABLE.items():
        op.add_column(TABLE, sa.Column(name, kind, nullable=True))
    ends: sa.Column[list[int]] = sa.Column(
        "copy_ends", postgresql.ARRAY(sa.Integer()), server_default="{}", nullable=False
    )
    op.add_column(TABLE, ends)
    op.add_column(TABLE, sa.Column("copy_tries", sa.Integer(), server_default="0", nullable=False))
    op.create_check_constraint(
        op.f(CHECK), TABLE, "copy_refusal IN ('broken', 'locked', 'too_large', 'too_slow')", postgresql_not_valid=True
    )
    op.execute(f"ALTER TABLE {TABLE} VALIDATE CONSTRAINT {CHECK}")


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_constraint(op.f(CHECK), TABLE)
    for name in (*NULLABLE, "copy_ends", "copy_tries"):
        op.drop_column(TABLE, name)
