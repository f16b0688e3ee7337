"""Decisions of the Committee: decided communications, and what was held on which rule."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0019_decisions"
down_revision = "0018_given_deadlines"
branch_labels = None
depends_on = None

CODE = sa.String(40)
DAY = sa.String(24)


def codes(name: str) -> sa.Column[list[str]]:
    return sa.Column(name, ARRAY(CODE), server_default="{}", nullable=False)


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "decided_communication",
        sa.Column("number", CODE, nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=True),
        sa.Column("short_name", sa.String(300), nullable=False),
        sa.Column("state_code", sa.String(2), nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("outcome", CODE, nullable=False),
        sa.Column("adopted_on", DAY, nullable=True),
        sa.Column("submitted_on", DAY, nullable=True),
        sa.Column("registered_on", DAY, nullable=True),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("interim_measures", CODE, nullable=False),
        codes("articles_found_violated"),
        codes("articles_claimed"),
        codes("grounds_inadmissible"),
        codes("rights"),
        codes("violation_types"),
        sa.Column("topic", CODE, nullable=False),
        codes("groups"),
        sa.Column("reason_discontinued", CODE, nullable=False),
        sa.Column("duration_days", sa.Integer(), nullable=True),
        sa.Column("individual_recommendations", ARRAY(sa.Text()), nullable=False),
        sa.Column("general_recommendations", ARRAY(sa.Text()), nullable=False),
        codes("joined_with"),
        sa.Column("text_basis", CODE, nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        codes("rules"),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("pack", CODE, nullable=False),
        sa.ForeignKeyConstraint(["state_code"], ["state.code"], name=op.f("fk_decided_communication_state_code_state")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_decided_communication")),
        sa.UniqueConstraint("serial", name=op.f("uq_decided_communication_serial")),
        sa.UniqueConstraint("symbol", name=op.f("uq_decided_communication_symbol")),
    )
    op.create_index("ix_decided_communication_order", "decided_communication", ["ordered_on", "serial"])
    op.create_table(
        "holding",
        sa.Column("id", CODE, nullable=False),
        sa.Column("rule", CODE, nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("paragraph", CODE, nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("direction", CODE, nullable=False),
        sa.Column("weight", CODE, nullable=False),
        sa.Column("pack", CODE, nullable=False),
        sa.ForeignKeyConstraint(
            ["symbol"], ["decided_communication.symbol"], name=op.f("fk_holding_symbol_decided_communication")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holding")),
    )
    op.create_index("ix_holding_rule", "holding", ["rule"])
    op.create_index("ix_holding_symbol", "holding", ["symbol"])


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("holding")
    op.drop_table("decided_communication")
