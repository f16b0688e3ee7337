"""What the list of cases is sorted and filtered by."""

import sqlalchemy as sa
from alembic import op

revision = "0014_case_listing"
down_revision = "0013_filings"
branch_labels = None
depends_on = None

LAST = "'9999-12-31'::date"
FILL = """
    INSERT INTO case_listing (case_id, section_id, irreversible_on, due_on, one_year_on, outlook, active_at)
    SELECT c.id, c.section_id, d.irreversible_on, d.due_on, d.one_year_on, a.outlook, coalesce(e.active_at, c.created_at)
    FROM "case" c
    LEFT JOIN (
      SELECT case_id,
        min(due_on) FILTER (WHERE kind IN ('one_year', 'next_domestic_step', 'threatened_act', 'committee_request'))
          AS irreversible_on,
        min(due_on) AS due_on,
        min(due_on) FILTER (WHERE kind = 'one_year') AS one_year_on
      FROM deadline WHERE done_at IS NULL GROUP BY case_id
    ) d ON d.case_id = c.id AND c.stage NOT IN ('closed', 'closed_without_filing', 'withdrawn', 'referred')
    LEFT JOIN assessment a ON a.case_id = c.id AND a.is_current
    LEFT JOIN (
      SELECT case_id, max(at) AS active_at FROM audit_entry
      WHERE case_id IS NOT NULL AND actor_id IS NOT NULL GROUP BY case_id
    ) e ON e.case_id = c.id
"""


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "case_listing",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("irreversible_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("one_year_on", sa.Date(), nullable=True),
        sa.Column("outlook", sa.String(length=40), nullable=True),
        sa.Column("active_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outlook IN ('barred', 'premature', 'incomplete', 'arguable', 'clear')",
            name=op.f("ck_case_listing_case_listing_outlook"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_case_listing_case_id_case"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_case_listing_section_id_section")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_listing")),
    )
    # Row security holds the owner too; it is installed again at the end.
    for table in ('"case"', "deadline", "assessment", "audit_entry"):
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(FILL)
    due = (sa.text(f"coalesce(irreversible_on, {LAST})"), sa.text(f"coalesce(due_on, {LAST})"))
    op.create_index("ix_case_listing_due", "case_listing", ["section_id", *due, "case_id"])
    clock = sa.text(f"coalesce(one_year_on, {LAST})")
    op.create_index("ix_case_listing_clock", "case_listing", ["section_id", clock, "case_id"])
    op.create_index("ix_case_listing_next", "case_listing", ["section_id", "due_on"])
    op.create_index("ix_case_listing_active", "case_listing", ["section_id", "active_at", "case_id"])


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("case_listing")
