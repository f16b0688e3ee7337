"""Tasks in a case, or on a claim, a remedy or a person of it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0036_tasks"
down_revision = "0035_near_cases"
branch_labels = None
depends_on = None
SUBJECTS = ("claim", "domestic_remedy", "person")
PEOPLE = ("given_to_id", "asked_by_id", "ended_by_id")
IS_OPEN = sa.text("status = 'open'")


def upgrade() -> None:
    """Bring the schema up."""
    status = sa.Enum(
        "open", "done", "cancelled", name="task_status", native_enum=False, create_constraint=True, length=40
    )
    steps = postgresql.ARRAY(sa.String(300))
    op.create_table(
        "task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("details", sa.Text(), server_default="", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("given_to_id", sa.Uuid(), nullable=True),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=True),
        sa.Column("domestic_remedy_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("gap", sa.String(100), server_default="", nullable=False),
        sa.Column("steps", steps, server_default="{}", nullable=False),
        sa.Column("done_steps", steps, server_default="{}", nullable=False),
        sa.Column("status", status, server_default="open", nullable=False),
        sa.Column("result", sa.String(300), server_default="", nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(claim_id, domestic_remedy_id, person_id) <= 1", name=op.f("ck_task_one_subject")
        ),
        sa.CheckConstraint("(status = 'open') = (ended_at IS NULL)", name=op.f("ck_task_end_has_moment")),
        sa.CheckConstraint("(status = 'open') = (result = '')", name=op.f("ck_task_end_says_how")),
        sa.CheckConstraint("done_steps <@ steps", name=op.f("ck_task_done_steps_exist")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_task_case_id_case")),
        *(sa.ForeignKeyConstraint([name], ["app_user.id"], name=op.f(f"fk_task_{name}_app_user")) for name in PEOPLE),
        *(
            sa.ForeignKeyConstraint(
                [f"{table}_id"], [f"{table}.id"], name=op.f(f"fk_task_{table}_id_{table}"), ondelete="SET NULL"
            )
            for table in SUBJECTS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    op.create_index("ix_task_case_id", "task", ["case_id", "created_at", "id"])
    op.create_index("ix_task_case_open", "task", ["case_id"], postgresql_where=IS_OPEN)
    op.create_index("ix_task_given_open", "task", ["given_to_id"], postgresql_where=IS_OPEN)
    for name in SUBJECTS:
        op.create_index(f"ix_task_{name}_id", "task", [f"{name}_id"])


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("task")
