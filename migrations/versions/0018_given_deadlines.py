"""A deadline may be given to a person other than the owner of its case."""

import sqlalchemy as sa
from alembic import op

revision = "0018_given_deadlines"
down_revision = "0017_last_one_year"
branch_labels = None
depends_on = None
LINT_EXCEPTIONS = {"constraint-missing-not-valid": "validating reads a column that is empty, in well under a second"}


def upgrade() -> None:
    """Bring the schema up."""
    op.add_column("deadline", sa.Column("given_to_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_deadline_given_to_id_app_user"),
        "deadline",
        "app_user",
        ["given_to_id"],
        ["id"],
        postgresql_not_valid=True,
    )
    op.execute("ALTER TABLE deadline VALIDATE CONSTRAINT fk_deadline_given_to_id_app_user")


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_constraint(op.f("fk_deadline_given_to_id_app_user"), "deadline", type_="foreignkey")
    op.drop_column("deadline", "given_to_id")
