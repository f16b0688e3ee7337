"""Filters of the list of cases that a person saved under a name."""

import sqlalchemy as sa
from alembic import op

revision = "0022_saved_lists"
down_revision = "0021_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "saved_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_saved_list_section_id_section")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_saved_list_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_list")),
    )
    for name, column, where in (
        ("uq_saved_list_own", "user_id", "section_id IS NULL"),
        ("uq_saved_list_section", "section_id", "section_id IS NOT NULL"),
    ):
        op.create_index(
            name, "saved_list", [column, sa.text("lower(name)")], unique=True, postgresql_where=sa.text(where)
        )


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("saved_list")
