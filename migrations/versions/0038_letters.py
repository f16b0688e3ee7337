"""The docket: letters to and from the Committee."""

import sqlalchemy as sa
from alembic import op

revision = "0038_letters"
down_revision = "0035_users_by_name"
branch_labels = None
depends_on = None
KINDS = (
    "acknowledgement", "clarification", "registration", "not_registered", "state_admissibility", "state_merits",
    "comments_requested", "comments", "information_requested", "information", "third_party", "interim_requested",
    "interim_granted", "interim_refused", "interim_review", "interim_maintained", "interim_lifted", "suspension", "resumption", "settlement", "split",
    "joinder", "warning", "admissible", "inadmissible", "views", "discontinuance", "withdrawal", "state_follow_up", "follow_up",
    "follow_up_comments", "reprisal", "other",
)  # fmt: skip
CHECKS = {
    "received_after_its_day": "received_on >= dated_on",
    "due_after_received": "due_on >= coalesce(received_on, dated_on)",
    "due_from_whom": "due_on IS NULL OR awaited IN ('author', 'state')",
    "rule_of_a_day": "due_rule = '' OR due_on IS NOT NULL",
    "one_answer": "answered_by_id IS NULL OR (awaited IS NOT NULL AND no_answer_because = '')",
    "answered_by_another": "answered_by_id <> id",
    "number_of_registration": "registration_number = '' OR kind = 'registration'",
}


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _one_of("letter_kind", *KINDS), nullable=False),
        sa.Column("direction", _one_of("letter_direction", "received", "sent"), nullable=False),
        sa.Column("registration_number", sa.String(length=40), server_default="", nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("channel", _one_of("letter_channel", "online", "email", "post", "other"), nullable=True),
        sa.Column("asks", sa.Text(), server_default="", nullable=False),
        sa.Column("awaited", _one_of("letter_awaited", "author", "state", "committee"), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_rule", sa.String(length=40), server_default="", nullable=False),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("no_answer_because", sa.Text(), server_default="", nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=True),
        sa.Column("entered_by_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.CheckConstraint(sql, name=op.f(f"ck_letter_{name}")) for name, sql in CHECKS.items()),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_letter_case_id_case")),
        sa.ForeignKeyConstraint(
            ["evidence_id", "case_id"],
            ["evidence.id", "evidence.case_id"],
            name=op.f("fk_letter_evidence_id_case_id_evidence"),
        ),
        sa.UniqueConstraint("id", "case_id", name=op.f("uq_letter_id_case_id")),
        sa.ForeignKeyConstraint(
            ["answered_by_id", "case_id"],
            ["letter.id", "letter.case_id"],
            name=op.f("fk_letter_answered_by_id_case_id_letter"),
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["app_user.id"], name=op.f("fk_letter_entered_by_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    op.create_index("ix_letter_case_id", "letter", ["case_id", "dated_on", "created_at", "id"])
    is_open = sa.text("awaited IS NOT NULL AND answered_by_id IS NULL AND no_answer_because = ''")
    op.create_index("ix_letter_open", "letter", ["case_id"], postgresql_where=is_open)
    op.create_index("ix_letter_answered_by_id", "letter", ["answered_by_id"])
    op.create_index("ix_letter_evidence_id", "letter", ["evidence_id"])
    op.create_index(
        "uq_letter_registration",
        "letter",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("kind = 'registration'"),
    )


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("letter")
