"""Requests for housing, with their days and answers, of claims on housing."""

import sqlalchemy as sa
from alembic import op

revision = "0024_housing_applications"
down_revision = "0023_consent"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "housing_application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("authority", sa.String(length=300), server_default="", nullable=False),
        sa.Column("applied", sa.String(length=24), nullable=True),
        sa.Column("answered", sa.String(length=24), nullable=True),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_housing_application_case_id_case")),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_housing_application_claim_id_claim"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_housing_application")),
    )
    op.create_index("ix_housing_application_case_id", "housing_application", ["case_id"])
    op.create_index("ix_housing_application_claim_id", "housing_application", ["claim_id", "position"])


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("housing_application")
