"""The keys of forms that were saved, so that a form that is sent again is saved once."""

import sqlalchemy as sa
from alembic import op

revision = "0010_request_keys"
down_revision = "0009_known_devices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "request_key",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("content", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_request_key_user_id_app_user")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_request_key")),
    )
    op.create_index("ix_request_key_content", "request_key", ["user_id", "content"])
    op.create_index("ix_request_key_created_at", "request_key", ["created_at"])


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("request_key")
