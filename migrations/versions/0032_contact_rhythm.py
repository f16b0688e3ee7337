"""How many days may pass between contacts in a section."""

import sqlalchemy as sa
from alembic import op

revision = "0032_contact_rhythm"
down_revision = "0033_evidence"
branch_labels = None
depends_on = None
DAYS = ("prepared_days", "filed_days", "urgent_days")


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "contact_rhythm",
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("prepared_days", sa.Integer(), nullable=False),
        sa.Column("filed_days", sa.Integer(), nullable=False),
        sa.Column("urgent_days", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *(
            sa.CheckConstraint(f"{name} BETWEEN 1 AND 366", name=op.f(f"ck_contact_rhythm_{name}_possible"))
            for name in DAYS
        ),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_contact_rhythm_section_id_section")),
        sa.PrimaryKeyConstraint("section_id", name=op.f("pk_contact_rhythm")),
    )


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("contact_rhythm")
