"""A filing names who prepared it, the signed version, and why one person did both where a section has nobody else."""

import sqlalchemy as sa
from alembic import op

revision = "0047_two_persons_file"
down_revision = "0046_reviews"
branch_labels = None
depends_on = None
LINT_EXCEPTIONS = {"constraint-missing-not-valid": "validating reads columns that are empty, in well under a second"}
CHECK = "ck_filing_two_persons"
KEYS = {"prepared_by_id": "app_user", "review_id": "case_review"}


def upgrade() -> None:
    """Bring the schema up."""
    op.add_column("filing", sa.Column("alone_because", sa.Text(), server_default="", nullable=False))
    for name, table in KEYS.items():
        op.add_column("filing", sa.Column(name, sa.Uuid(), nullable=True))
        key = op.f(f"fk_filing_{name}_{table}")
        op.create_foreign_key(key, "filing", table, [name], ["id"], postgresql_not_valid=True)
        op.execute(f"ALTER TABLE filing VALIDATE CONSTRAINT {key}")
    op.create_check_constraint(
        op.f(CHECK), "filing", "prepared_by_id <> recorded_by_id OR alone_because <> ''", postgresql_not_valid=True
    )
    op.execute(f"ALTER TABLE filing VALIDATE CONSTRAINT {CHECK}")


def downgrade() -> None:
    """Bring the schema back."""
    op.execute("DROP POLICY IF EXISTS app_insert ON filing")  # it names the columns; the next upgrade installs it
    op.drop_constraint(op.f(CHECK), "filing")
    for name in ("review_id", "prepared_by_id", "alone_because"):
        op.drop_column("filing", name)
