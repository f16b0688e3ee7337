"""Kinds of deadlines, digests and mails, snoozing, absences, calendars."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003_calm_reminders"
down_revision = "0002_register_and_assessments"
branch_labels = None
depends_on = None

KINDS_BEFORE = ("one_year", "next_domestic_step", "manual")
KINDS = (
    *("one_year", "next_domestic_step", "threatened_act", "committee_request", "state_reply", "views_reply"),
    *("contact_check", "consent_expiry", "remedy_map_step", "task", "manual"),
)
BOUND = ("app_user", "membership", "section", "case", "deadline", "reminder", "reminder_setting")
"""Tables whose rows are carried over: row security holds the owner too, and is installed again at the end."""


def _rows_are_seen() -> None:
    for table in BOUND:
        op.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')


def _allow_kinds(kinds: tuple[str, ...]) -> None:
    op.drop_constraint(op.f("ck_deadline_deadline_kind"), "deadline", type_="check")
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    op.create_check_constraint(op.f("ck_deadline_deadline_kind"), "deadline", f"kind IN ({listed})")


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "absence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("substitute_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_absence_ends_after_start")),
        sa.CheckConstraint("user_id <> substitute_id", name=op.f("ck_absence_somebody_else")),
        sa.ForeignKeyConstraint(["substitute_id"], ["app_user.id"], name=op.f("fk_absence_substitute_id_app_user")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_absence_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index("ix_absence_substitute_id", "absence", ["substitute_id", "ends_on"], unique=False)
    op.create_index("ix_absence_user_id", "absence", ["user_id", "ends_on"], unique=False)
    op.create_table(
        "calendar_feed",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_calendar_feed_user_id_app_user")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_calendar_feed")),
    )
    op.create_index(
        "uq_calendar_feed_open",
        "calendar_feed",
        ["user_id"],
        unique=True,
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "mail",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "digest", "at_once", "test", name="mail_kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("digest_on", sa.Date(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "waiting",
                "sent",
                "cancelled",
                "failed",
                name="mail_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(kind = 'digest') = (digest_on IS NOT NULL)", name=op.f("ck_mail_digest_has_day")),
        sa.ForeignKeyConstraint(["recipient_id"], ["app_user.id"], name=op.f("fk_mail_recipient_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
    )
    op.create_index(
        "ix_mail_failed", "mail", ["due_at", "id"], unique=False, postgresql_where=sa.text("status = 'failed'")
    )
    op.create_index(
        "ix_mail_waiting", "mail", ["due_at", "id"], unique=False, postgresql_where=sa.text("status = 'waiting'")
    )
    op.create_index(
        "uq_mail_digest",
        "mail",
        ["recipient_id", "digest_on"],
        unique=True,
        postgresql_where=sa.text("kind = 'digest'"),
    )
    op.create_table(
        "mail_bounce",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("is_permanent", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_mail_bounce_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_bounce")),
    )
    op.create_index("ix_mail_bounce_at", "mail_bounce", ["at"], unique=False)
    op.create_index("ix_mail_bounce_user_id", "mail_bounce", ["user_id", "at"], unique=False)
    op.create_table(
        "reminder_setting",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("hour", sa.Integer(), server_default="7", nullable=False),
        sa.Column("time_zone", sa.String(length=60), server_default="UTC", nullable=False),
        sa.Column("next_digest_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("hour BETWEEN 0 AND 23", name=op.f("ck_reminder_setting_hour_of_day")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_reminder_setting_user_id_app_user")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_reminder_setting")),
    )
    op.create_index("ix_reminder_setting_next", "reminder_setting", ["next_digest_at", "user_id"], unique=False)
    op.create_table(
        "section_thresholds",
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "one_year",
                "next_domestic_step",
                "threatened_act",
                "committee_request",
                "state_reply",
                "views_reply",
                "contact_check",
                "consent_expiry",
                "remedy_map_step",
                "task",
                "manual",
                name="thresholds_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("thresholds", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_section_thresholds_section_id_section")),
        sa.PrimaryKeyConstraint("section_id", "kind", name=op.f("pk_section_thresholds")),
    )
    op.create_table(
        "deadline_attention",
        sa.Column("deadline_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("acknowledged_for", sa.Date(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("snooze_reason", sa.String(length=300), server_default="", nullable=False),
        sa.CheckConstraint(
            "(snoozed_until IS NULL) = (snooze_reason = '')", name=op.f("ck_deadline_attention_snooze_says_why")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_deadline_attention_case_id_case")),
        sa.ForeignKeyConstraint(
            ["deadline_id"],
            ["deadline.id"],
            name=op.f("fk_deadline_attention_deadline_id_deadline"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_deadline_attention_user_id_app_user")),
        sa.PrimaryKeyConstraint("deadline_id", "user_id", name=op.f("pk_deadline_attention")),
    )
    op.create_index("ix_deadline_attention_case_id", "deadline_attention", ["case_id"], unique=False)
    op.add_column("deadline", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("deadline", sa.Column("zone", sa.String(length=60), server_default="", nullable=False))
    op.add_column("deadline", sa.Column("dated_at", sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(op.f("ck_deadline_hour_has_zone"), "deadline", "(due_at IS NULL) = (zone = '')")
    _allow_kinds(KINDS)
    op.add_column(
        "reminder",
        sa.Column(
            "cause",
            sa.Enum(
                "responsible",
                "snoozed",
                "overdue",
                "not_acknowledged",
                "handed_on",
                "substitute",
                name="reminder_cause",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            server_default="responsible",
            nullable=False,
        ),
    )
    op.add_column("reminder", sa.Column("due_on", sa.Date(), nullable=True))
    op.add_column("reminder", sa.Column("mail_id", sa.Uuid(), nullable=True))
    op.add_column("reminder", sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))
    op.alter_column("reminder", "due_at", existing_type=sa.DateTime(timezone=True), nullable=True)
    op.drop_index(
        op.f("ix_reminder_failed"), table_name="reminder", postgresql_where="((status)::text = 'failed'::text)"
    )
    op.drop_index(
        op.f("ix_reminder_waiting"), table_name="reminder", postgresql_where="((status)::text = 'waiting'::text)"
    )
    op.create_index(
        "ix_reminder_at_once",
        "reminder",
        ["due_at", "recipient_id"],
        unique=False,
        postgresql_where=sa.text("status = 'waiting' AND mail_id IS NULL AND due_at IS NOT NULL"),
    )
    op.create_index(
        "ix_reminder_digest",
        "reminder",
        ["recipient_id", "due_on"],
        unique=False,
        postgresql_where=sa.text("status = 'waiting'"),
    )
    op.create_index("ix_reminder_mail_id", "reminder", ["mail_id"], unique=False)
    op.create_index(
        "ix_reminder_lost", "reminder", ["due_on"], unique=False, postgresql_where=sa.text("status = 'failed'")
    )
    op.create_index("ix_reminder_told", "reminder", ["recipient_id", "due_on", "id"], unique=False)
    op.create_index(
        "ix_reminder_unread",
        "reminder",
        ["recipient_id", "due_on"],
        unique=False,
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_foreign_key(op.f("fk_reminder_mail_id_mail"), "reminder", "mail", ["mail_id"], ["id"])
    op.drop_column("reminder", "lease_until")
    op.drop_column("reminder", "attempts")
    _carry_over()
    op.alter_column("reminder", "cause", server_default=None)
    op.alter_column("reminder", "due_on", nullable=False)
    op.alter_column("deadline", "dated_at", nullable=False)


def _carry_over() -> None:
    """Every account gets its hour; what is close in a hard kind is told at once, all else waits for the digest."""
    _rows_are_seen()
    op.execute("UPDATE deadline SET dated_at = created_at")
    op.execute(
        "UPDATE reminder r SET due_on = (r.due_at AT TIME ZONE s.time_zone)::date, "
        "due_at = CASE WHEN d.kind <> 'manual' AND r.threshold <= 3 THEN r.due_at END "
        'FROM deadline d, "case" c, section s '
        "WHERE d.id = r.deadline_id AND c.id = r.case_id AND s.id = c.section_id"
    )
    op.execute(
        "INSERT INTO reminder_setting (user_id, time_zone) SELECT u.id, coalesce((SELECT s.time_zone FROM membership m "
        "JOIN section s ON s.id = m.section_id WHERE m.user_id = u.id ORDER BY m.started_at LIMIT 1), 'UTC') FROM app_user u"
    )
    # Rows were changed in this transaction: their foreign keys are checked before the tables change again.
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")


def downgrade() -> None:
    """Take the schema down. Kinds that were not known before become typed deadlines."""
    _rows_are_seen()
    op.execute("DROP TRIGGER IF EXISTS reminder_setting ON app_user")
    op.execute("DROP TRIGGER IF EXISTS reminder_setting ON membership")
    op.execute("UPDATE deadline SET kind = 'manual' WHERE kind NOT IN ('one_year', 'next_domestic_step', 'manual')")
    op.execute("UPDATE reminder SET due_at = due_on + interval '7 hours' WHERE due_at IS NULL")
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    _allow_kinds(KINDS_BEFORE)
    op.drop_constraint(op.f("ck_deadline_hour_has_zone"), "deadline", type_="check")
    op.add_column("reminder", sa.Column("attempts", sa.Integer(), server_default="0", nullable=False))
    op.alter_column("reminder", "attempts", server_default=None)
    op.add_column("reminder", sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True))
    op.drop_constraint(op.f("fk_reminder_mail_id_mail"), "reminder", type_="foreignkey")
    op.drop_index("ix_reminder_told", table_name="reminder")
    op.drop_index("ix_reminder_unread", table_name="reminder", postgresql_where=sa.text("read_at IS NULL"))
    op.drop_index("ix_reminder_lost", table_name="reminder", postgresql_where=sa.text("status = 'failed'"))
    op.drop_index("ix_reminder_mail_id", table_name="reminder")
    op.drop_index("ix_reminder_digest", table_name="reminder", postgresql_where=sa.text("status = 'waiting'"))
    op.drop_index(
        "ix_reminder_at_once",
        table_name="reminder",
        postgresql_where=sa.text("status = 'waiting' AND mail_id IS NULL AND due_at IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_reminder_waiting"),
        "reminder",
        ["due_at", "id"],
        unique=False,
        postgresql_where="((status)::text = 'waiting'::text)",
    )
    op.create_index(
        op.f("ix_reminder_failed"),
        "reminder",
        ["due_at"],
        unique=False,
        postgresql_where="((status)::text = 'failed'::text)",
    )
    op.alter_column("reminder", "due_at", existing_type=sa.DateTime(timezone=True), nullable=False)
    op.drop_column("reminder", "read_at")
    op.drop_column("reminder", "mail_id")
    op.drop_column("reminder", "due_on")
    op.drop_column("reminder", "cause")
    op.drop_column("deadline", "dated_at")
    op.drop_column("deadline", "zone")
    op.drop_column("deadline", "due_at")
    op.drop_index("ix_deadline_attention_case_id", table_name="deadline_attention")
    op.drop_table("deadline_attention")
    op.drop_table("section_thresholds")
    op.drop_index("ix_reminder_setting_next", table_name="reminder_setting")
    op.drop_table("reminder_setting")
    op.drop_index("ix_mail_bounce_user_id", table_name="mail_bounce")
    op.drop_index("ix_mail_bounce_at", table_name="mail_bounce")
    op.drop_table("mail_bounce")
    op.drop_index("uq_mail_digest", table_name="mail", postgresql_where=sa.text("kind = 'digest'"))
    op.drop_index("ix_mail_waiting", table_name="mail", postgresql_where=sa.text("status = 'waiting'"))
    op.drop_index("ix_mail_failed", table_name="mail", postgresql_where=sa.text("status = 'failed'"))
    op.drop_table("mail")
    op.drop_index("uq_calendar_feed_open", table_name="calendar_feed", postgresql_where=sa.text("revoked_at IS NULL"))
    op.drop_table("calendar_feed")
    op.drop_index("ix_absence_user_id", table_name="absence")
    op.drop_index("ix_absence_substitute_id", table_name="absence")
    op.drop_table("absence")
