"""The follow-up of each recommendation, step by step."""

import sqlalchemy as sa
from alembic import op

revision = "0053_follow_up"
down_revision = "0040_case_merges"
branch_labels = None
depends_on = None


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "follow_up_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            _one_of("follow_up_kind", "state_reported", "commented", "observed", "assessed", "closed", "reopened"),
            nullable=False,
        ),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "grade",
            _one_of("follow_up_grade", "satisfactory", "partly", "not_satisfactory", "no_reply", "contrary"),
            nullable=True,
        ),
        sa.Column(
            "closed_because",
            _one_of("closure_reason", "carried_out", "not_carried_out", "periodic_report", "author", "other"),
            nullable=True,
        ),
        sa.Column("letter_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'assessed') = (grade IS NOT NULL)", name=op.f("ck_follow_up_step_grade_of_assessment")
        ),
        sa.CheckConstraint(
            "(kind = 'closed') = (closed_because IS NOT NULL)", name=op.f("ck_follow_up_step_reason_of_closure")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_follow_up_step_case_id_case")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_follow_up_step_recommendation_id_recommendation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["letter_id", "case_id"],
            ["letter.id", "letter.case_id"],
            name=op.f("fk_follow_up_step_letter_id_case_id_letter"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_step")),
    )
    op.create_index("ix_follow_up_step_case_id", "follow_up_step", ["case_id", "on_day", "position"])
    op.create_index("ix_follow_up_step_recommendation_id", "follow_up_step", ["recommendation_id"])
    op.create_index("ix_follow_up_step_letter_id", "follow_up_step", ["letter_id"])


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("follow_up_step")
