"""What the organisations themselves did for the people of a case, with its result."""

import sqlalchemy as sa
from alembic import op

revision = "0028_interventions"
down_revision = "0025_contacts"
branch_labels = None
depends_on = None
KINDS = ("letter", "urgent_action", "legal_aid", "shelter", "medical_help", "other")
RESULTS = ("open", "achieved", "partly", "refused", "no_effect")


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "intervention",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of("intervention_kind", *KINDS), nullable=False),
        sa.Column("measure", sa.String(length=300), server_default="", nullable=False),
        sa.Column("party", sa.String(length=300), server_default="", nullable=False),
        sa.Column("began", sa.String(length=24), nullable=True),
        sa.Column("result", _one_of("intervention_result", *RESULTS), nullable=True),
        sa.Column("ended", sa.String(length=24), nullable=True),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_intervention_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intervention")),
    )
    op.create_index("ix_intervention_case_id", "intervention", ["case_id", "position"])


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("intervention")
