"""Whom a remedy concerns, where it does not concern all victims of its claim."""

import sqlalchemy as sa
from alembic import op

revision = "0032_remedy_persons"
down_revision = "0026_drafts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.add_column(
        "domestic_remedy", sa.Column("concerns_some", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.create_table(
        "remedy_person",
        sa.Column("domestic_remedy_id", sa.Uuid(), nullable=False),
        sa.Column("case_person_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_remedy_person_case_id_case")),
        sa.ForeignKeyConstraint(
            ["case_person_id", "case_id"],
            ["case_person.id", "case_person.case_id"],
            name=op.f("fk_remedy_person_case_person_id_case_id_case_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["domestic_remedy_id"],
            ["domestic_remedy.id"],
            name=op.f("fk_remedy_person_domestic_remedy_id_domestic_remedy"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("domestic_remedy_id", "case_person_id", name=op.f("pk_remedy_person")),
    )
    op.create_index("ix_remedy_person_case_id", "remedy_person", ["case_id"])
    op.create_index("ix_remedy_person_case_person_id", "remedy_person", ["case_person_id"])


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("remedy_person")
    op.drop_column("domestic_remedy", "concerns_some")
