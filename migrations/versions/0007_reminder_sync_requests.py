"""Names of the glossary for tables and columns, the source of computed deadlines, and without the unused kind `remedy_map_step`."""

import sqlalchemy as sa
from alembic import op

revision = "0007_reminder_sync_requests"
down_revision = "0006_drop_vocabulary_term"
branch_labels = None
depends_on = None
LINT_EXCEPTIONS = {
    "renaming-table": "web, worker and beat are restarted with the release that brings this migration",
    "renaming-column": "web, worker and beat are restarted with the release that brings this migration",
    "ban-drop-constraint": "each check is replaced by a narrower one in the same transaction",
    "constraint-missing-not-valid": "validating reads a million deadlines in little more than a second",
}

TABLES = (("renewal", "reminder_sync_request"), ("deadline_attention", "deadline_acknowledgement"))
COLUMNS = (
    ("reminder_sync_request", "is_night", "is_full_pass"),
    ("reminder_sync_request", "put_right", "corrected"),
)
CONSTRAINTS = (
    ("reminder_sync_request", "pk_renewal", "pk_reminder_sync_request"),
    ("reminder_sync_request", "ck_renewal_night_is_everything", "ck_reminder_sync_request_full_pass_is_everything"),
    ("reminder_sync_request", "fk_renewal_section_id_section", "fk_reminder_sync_request_section_id_section"),
    ("reminder_sync_request", "fk_renewal_user_id_app_user", "fk_reminder_sync_request_user_id_app_user"),
    ("deadline_acknowledgement", "pk_deadline_attention", "pk_deadline_acknowledgement"),
    (
        "deadline_acknowledgement",
        "ck_deadline_attention_snooze_says_why",
        "ck_deadline_acknowledgement_snooze_says_why",
    ),
    ("deadline_acknowledgement", "fk_deadline_attention_case_id_case", "fk_deadline_acknowledgement_case_id_case"),
    (
        "deadline_acknowledgement",
        "fk_deadline_attention_deadline_id_deadline",
        "fk_deadline_acknowledgement_deadline_id_deadline",
    ),
    (
        "deadline_acknowledgement",
        "fk_deadline_attention_user_id_app_user",
        "fk_deadline_acknowledgement_user_id_app_user",
    ),
)
INDEXES = (
    ("ix_renewal_open", "ix_reminder_sync_request_open"),
    ("uq_renewal_open_night", "uq_reminder_sync_request_open_full_pass"),
    ("ix_renewal_night", "ix_reminder_sync_request_full_pass"),
    ("ix_deadline_attention_case_id", "ix_deadline_acknowledgement_case_id"),
)
KINDS = (
    *("one_year", "next_domestic_step", "threatened_act", "committee_request", "state_reply", "views_reply"),
    *("contact_check", "consent_expiry", "task", "manual"),
)
KINDS_BEFORE = (*KINDS, "remedy_map_step")
CHECKS = (
    ("deadline", "ck_deadline_deadline_kind", "ck_deadline_deadline_kind"),
    ("section_thresholds", "ck_section_thresholds_thresholds_kind", "ck_section_thresholds_thresholds_kind"),
    ("reminder_sync_request", "ck_renewal_renewal_kind", "ck_reminder_sync_request_reminder_sync_request_kind"),
)


def upgrade() -> None:
    """Bring the schema up."""
    for old, new in TABLES:
        op.rename_table(old, new)
    for table, old, new in COLUMNS:
        op.alter_column(table, old, new_column_name=new)
    for table, old, new in CONSTRAINTS:
        op.execute(f"ALTER TABLE {table} RENAME CONSTRAINT {old} TO {new}")
    for old, new in INDEXES:
        op.execute(f"ALTER INDEX {old} RENAME TO {new}")
    _check_kinds({table: (old, new) for table, old, new in CHECKS}, KINDS)
    op.add_column("deadline", sa.Column("source", sa.String(length=40), server_default="", nullable=False))
    # Row security holds the owner too; it is installed again at the end.
    op.execute("ALTER TABLE deadline NO FORCE ROW LEVEL SECURITY")
    op.execute("UPDATE deadline SET source = 'readiness' WHERE kind IN ('one_year', 'next_domestic_step')")


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_column("deadline", "source")
    _check_kinds({table: (new, old) for table, old, new in CHECKS}, KINDS_BEFORE)
    for old, new in INDEXES:
        op.execute(f"ALTER INDEX {new} RENAME TO {old}")
    for table, old, new in CONSTRAINTS:
        op.execute(f"ALTER TABLE {table} RENAME CONSTRAINT {new} TO {old}")
    for table, old, new in COLUMNS:
        op.alter_column(table, new, new_column_name=old)
    for old, new in TABLES:
        op.rename_table(new, old)


def _check_kinds(names: dict[str, tuple[str, str]], kinds: tuple[str, ...]) -> None:
    """Replace the check of each table that has a kind of deadline. NOT VALID first: adding it reads no row under the lock."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    for table, (before, after) in names.items():
        op.drop_constraint(op.f(before), table)
        op.create_check_constraint(op.f(after), table, sa.text(f"kind IN ({listed})"), postgresql_not_valid=True)
        op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {after}")
