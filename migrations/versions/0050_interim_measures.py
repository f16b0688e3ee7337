"""Requests for interim measures and their breaches, the weekly check of compliance, and the letter about a breach."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0050_interim_measures"
down_revision = "0053_follow_up"
branch_labels = None
depends_on = None
LINT_EXCEPTIONS = {
    "ban-drop-constraint": "each check is replaced by a wider one in the same transaction",
    "constraint-missing-not-valid": "validating reads columns of short codes, without blocking anybody who writes",
}
CHANNELS = ("online", "email", "post", "other")
DEADLINES = (
    "one_year", "next_domestic_step", "threatened_act", "committee_request", "state_reply", "views_reply",
    "contact_check", "consent_expiry", "task", "manual",
)  # fmt: skip
LETTERS = (
    "acknowledgement", "clarification", "registration", "not_registered", "state_admissibility", "state_merits",
    "comments_requested", "comments", "information_requested", "information", "third_party", "interim_requested",
    "interim_granted", "interim_refused", "interim_review", "interim_maintained", "interim_lifted", "suspension",
    "resumption", "settlement", "split", "joinder", "warning", "admissible", "inadmissible", "views", "discontinuance",
    "withdrawal", "state_follow_up", "follow_up", "follow_up_comments", "reprisal", "other",
)  # fmt: skip
CHECKS = (
    ("deadline", "kind", "ck_deadline_deadline_kind", DEADLINES, "interim_check"),
    ("section_thresholds", "kind", "ck_section_thresholds_thresholds_kind", DEADLINES, "interim_check"),
    (
        "reminder_sync_request",
        "kind",
        "ck_reminder_sync_request_reminder_sync_request_kind",
        DEADLINES,
        "interim_check",
    ),
    ("letter", "kind", "ck_letter_letter_kind", LETTERS, "interim_breach"),
)
"""Table, column, check, the values that it allowed, and the new one."""
AFTER = {"interim_check": "consent_expiry", "interim_breach": "interim_lifted"}


def _words(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _ids(name: str, default: str | None = None) -> "sa.Column[object]":
    return sa.Column(name, postgresql.ARRAY(sa.Uuid()), server_default=default, nullable=False)


def _users(table: str, *names: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([name], ["app_user.id"], name=op.f(f"fk_{table}_{name}_app_user")) for name in names
    ]


def _replace(table: str, column: str, check: str, values: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{value}'" for value in values)
    op.drop_constraint(op.f(check), table, type_="check")
    op.create_check_constraint(op.f(check), table, f"{column} IN ({listed})", postgresql_not_valid=True)
    op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {check}")


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "interim_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *map(_words, ("threat", "harm", "prima_facie", "alternatives", "who_can_stop", "measures")),
        _ids("evidence_ids", "{}"),
        _ids("writer_ids"),
        sa.Column("signed_by_id", sa.Uuid(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        _words("alone_because"),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("sha256", sa.LargeBinary(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("sent_hour", sa.Time(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum(*CHANNELS, name="interim_channel", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("proof", sa.String(300), server_default="", nullable=False),
        sa.Column("sent_by_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_interim_request_number_positive")),
        sa.CheckConstraint(
            "num_nulls(signed_by_id, signed_at, content, sha256) IN (0, 4)",
            name=op.f("ck_interim_request_signed_whole"),
        ),
        sa.CheckConstraint(
            "sha256 = sha256(convert_to(content, 'UTF8'))", name=op.f("ck_interim_request_hash_of_content")
        ),
        sa.CheckConstraint(
            "NOT (signed_by_id = ANY (writer_ids)) OR alone_because <> ''",
            name=op.f("ck_interim_request_signed_by_another"),
        ),
        sa.CheckConstraint(
            "num_nulls(sent_on, channel, sent_by_id, recorded_at) IN (0, 4) AND (sent_on IS NULL) = (proof = '')",
            name=op.f("ck_interim_request_sent_whole"),
        ),
        sa.CheckConstraint(
            "sent_on IS NULL OR signed_at IS NOT NULL", name=op.f("ck_interim_request_sent_when_signed")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_interim_request_case_id_case")),
        *_users("interim_request", "signed_by_id", "sent_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interim_request")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_interim_request_case_id_number")),
    )
    op.create_index(
        "uq_interim_request_unsent",
        "interim_request",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("sent_on IS NULL"),
    )
    op.create_table(
        "interim_breach",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("act_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_interim_breach_case_id_case")),
        sa.ForeignKeyConstraint(
            ["letter_id", "case_id"],
            ["letter.id", "letter.case_id"],
            name=op.f("fk_interim_breach_letter_id_case_id_letter"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_interim_breach_act_id_act"), ondelete="CASCADE"),
        *_users("interim_breach", "recorded_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interim_breach")),
        sa.UniqueConstraint("act_id", name=op.f("uq_interim_breach_act_id")),
    )
    op.create_index("ix_interim_breach_case_id", "interim_breach", ["case_id"])
    op.create_index("ix_interim_breach_letter_id", "interim_breach", ["letter_id"])
    for table, column, check, values, new in CHECKS:
        place = values.index(AFTER[new]) + 1
        _replace(table, column, check, (*values[:place], new, *values[place:]))


def downgrade() -> None:
    """Bring the schema back."""
    # Row security binds the owner too; it is installed again at the end.
    for table in ("reminder", "deadline", "section_thresholds", "reminder_sync_request", "letter"):
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute("DELETE FROM reminder WHERE deadline_id IN (SELECT id FROM deadline WHERE kind = 'interim_check')")
    for table in ("deadline", "section_thresholds", "reminder_sync_request"):
        op.execute(f"DELETE FROM {table} WHERE kind = 'interim_check'")  # noqa: S608 - our own names
    op.execute("UPDATE letter SET kind = 'information' WHERE kind = 'interim_breach'")
    for table, column, check, values, _new in CHECKS:
        _replace(table, column, check, values)
    op.drop_table("interim_breach")
    op.drop_table("interim_request")
