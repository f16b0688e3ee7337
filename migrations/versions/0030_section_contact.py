"""Public contacts of sections."""

import sqlalchemy as sa
from alembic import op

revision = "0030_section_contact"
down_revision = "0029_retired_keys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "section_contact",
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("is_published", sa.Boolean(), nullable=False),
        sa.Column("address", sa.String(length=300), server_default="", nullable=False),
        sa.Column("languages", sa.String(length=300), server_default="", nullable=False),
        sa.Column("safe_channel", sa.Text(), server_default="", nullable=False),
        sa.Column("hours", sa.String(length=300), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("NOT is_published OR address <> ''", name=op.f("ck_section_contact_published_with_address")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_section_contact_section_id_section")),
        sa.PrimaryKeyConstraint("section_id", name=op.f("pk_section_contact")),
    )


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("section_contact")
