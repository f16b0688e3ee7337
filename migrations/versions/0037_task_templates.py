"""Templates of tasks, written by the coordinators of a section."""

import sqlalchemy as sa
from alembic import op

revision = "0037_task_templates"
down_revision = "0036_tasks"
branch_labels = None
depends_on = None
STAGES = (
    "intake",
    "verification",
    "domestic_remedies",
    "readiness_review",
    "approved",
    "filed",
    "registered",
    "pending",
    "decided",
    "follow_up",
    "closed",
    "referred",
    "suspended",
    "withdrawn",
    "closed_without_filing",
)
URGENCIES = ("normal", "urgent", "emergency")


def _codes(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "task_template",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("date_name", sa.String(300), nullable=False),
        sa.Column("stage", _codes("task_template_stage", *STAGES), nullable=True),
        sa.Column("urgency", _codes("task_template_urgency", *URGENCIES), nullable=True),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("name <> '' AND date_name <> '' AND lines <> ''", name=op.f("ck_task_template_complete")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_task_template_section_id_section")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_template")),
    )
    op.create_index("ix_task_template_section_id", "task_template", ["section_id"])


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("task_template")
