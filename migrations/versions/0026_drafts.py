"""What people typed and have not saved."""

import sqlalchemy as sa
from alembic import op

revision = "0026_drafts"
down_revision = "0030_section_contact"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("typed_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_draft_case_id_case")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_draft_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    op.create_index("uq_draft_form", "draft", ["user_id", "address", "form_key"], unique=True)
    op.create_index("ix_draft_saved_at", "draft", ["saved_at"])


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("draft")
