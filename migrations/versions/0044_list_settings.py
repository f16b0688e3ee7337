"""The columns of the list of cases that a person chose."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0044_list_settings"
down_revision = "0043_case_marks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "list_setting",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("columns", postgresql.ARRAY(sa.String(length=40)), server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_list_setting_user_id_app_user")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_list_setting")),
    )


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("list_setting")
