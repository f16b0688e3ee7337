"""What the Committee decided on each claim, and its recommendations with their follow-up."""

import sqlalchemy as sa
from alembic import op

revision = "0038_recommendations"
down_revision = "0037_task_templates"
branch_labels = None
depends_on = None


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _of_letter(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_letter_id_case_id_letter")
    return sa.ForeignKeyConstraint(["letter_id", "case_id"], ["letter.id", "letter.case_id"], name=name)


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "claim_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column(
            "result",
            _one_of("claim_result", "violation", "no_violation", "inadmissible", "not_examined"),
            nullable=False,
        ),
        sa.Column("why_inadmissible", sa.String(length=40), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "why_inadmissible = '' OR result = 'inadmissible'", name=op.f("ck_claim_decision_ground_of_inadmissible")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_claim_decision_case_id_case")),
        _of_letter("claim_decision"),
        sa.ForeignKeyConstraint(
            ["claim_id", "case_id"],
            ["claim.id", "claim.case_id"],
            name=op.f("fk_claim_decision_claim_id_case_id_claim"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("letter_id", "claim_id", name=op.f("uq_claim_decision_letter_id_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_decision")),
    )
    op.create_index("ix_claim_decision_case_id", "claim_decision", ["case_id", "position"])
    op.create_index("ix_claim_decision_claim_id", "claim_decision", ["claim_id"])
    op.create_table(
        "recommendation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _one_of("recommendation_kind", "individual", "general"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("progress", _one_of("recommendation_status", "open", "partly", "done", "refused"), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_recommendation_case_id_case")),
        _of_letter("recommendation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
    )
    op.create_index("ix_recommendation_case_id", "recommendation", ["case_id", "position"])
    op.create_index("ix_recommendation_letter_id", "recommendation", ["letter_id"])


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("recommendation")
    op.drop_table("claim_decision")
