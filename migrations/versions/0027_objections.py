"""What the State objected to and when, and articles of other treaties that claims invoke."""

import sqlalchemy as sa
from alembic import op

revision = "0027_objections"
down_revision = "0028_interventions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.add_column(
        "case", sa.Column("is_without_objections", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.create_table(
        "state_objection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("raised", sa.String(length=24), nullable=True),
        sa.Column("names_remedy", sa.Boolean(), nullable=True),
        sa.Column("summary", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_state_objection_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_objection")),
    )
    op.create_index("ix_state_objection_case_id", "state_objection", ["case_id", "position"])
    op.create_table(
        "other_treaty_article",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("treaty", sa.String(length=40), nullable=False),
        sa.Column("article", sa.String(length=300), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_other_treaty_article_case_id_case")),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_other_treaty_article_claim_id_claim"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_other_treaty_article")),
    )
    op.create_index("ix_other_treaty_article_case_id", "other_treaty_article", ["case_id"])
    op.create_index("ix_other_treaty_article_claim_id", "other_treaty_article", ["claim_id", "position"])


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("other_treaty_article")
    op.drop_table("state_objection")
    op.drop_column("case", "is_without_objections")
