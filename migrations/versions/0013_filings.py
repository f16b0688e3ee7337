"""When and how each communication was filed."""

import sqlalchemy as sa
from alembic import op

revision = "0013_filings"
down_revision = "0012_gaps_of_assessments"
branch_labels = None
depends_on = None

CHANNELS = sa.Enum(
    "online", "email", "post", "other", name="filing_channel", native_enum=False, create_constraint=True, length=40
)


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "filing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("filed_hour", sa.Time(), nullable=True),
        sa.Column("channel", CHANNELS, nullable=False),
        sa.Column("proof", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("one_year_until", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_because = '')", name=op.f("ck_filing_end_says_why")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_filing_case_id_case")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["app_user.id"], name=op.f("fk_filing_recorded_by_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing")),
    )
    op.create_index(
        "uq_filing_current", "filing", ["case_id"], unique=True, postgresql_where=sa.text("ended_at IS NULL")
    )
    op.create_index("ix_filing_case_id", "filing", ["case_id", "recorded_at"])


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("filing")
