"""Renewals that are asked for in the commit that makes them necessary, and alarms of what the night can't explain."""

import sqlalchemy as sa
from alembic import op

revision = "0004_renewals_and_alarms"
down_revision = "0003_calm_reminders"
branch_labels = None
depends_on = None

KINDS = (
    *("one_year", "next_domestic_step", "threatened_act", "committee_request", "state_reply", "views_reply"),
    *("contact_check", "consent_expiry", "remedy_map_step", "task", "manual"),
)
ALARMS = ("answers", "reminders", "failures")


def _choice(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "alarm",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", _choice(ALARMS, "alarm_kind"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(seen_at IS NULL) = (seen_by_id IS NULL)", name=op.f("ck_alarm_seen_by_somebody")),
        sa.ForeignKeyConstraint(["seen_by_id"], ["app_user.id"], name=op.f("fk_alarm_seen_by_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm")),
    )
    op.create_index("uq_alarm_open", "alarm", ["kind"], unique=True, postgresql_where=sa.text("seen_at IS NULL"))
    op.create_index("ix_alarm_last_at", "alarm", ["last_at", "id"], unique=False)
    op.create_table(
        "renewal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("kind", _choice(KINDS, "renewal_kind"), nullable=True),
        sa.Column("is_night", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reached_id", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rules", sa.String(length=40), nullable=False),
        sa.Column("deadlines", sa.Integer(), nullable=False),
        sa.Column("put_right", sa.Integer(), nullable=False),
        sa.Column("alarms", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.CheckConstraint("is_night = (section_id IS NULL)", name=op.f("ck_renewal_night_is_everything")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_renewal_section_id_section")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_renewal_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_renewal")),
    )
    op.create_index(
        "ix_renewal_open",
        "renewal",
        ["is_night", "asked_at"],
        unique=False,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "uq_renewal_open_night",
        "renewal",
        ["is_night"],
        unique=True,
        postgresql_where=sa.text("is_night AND ended_at IS NULL"),
    )
    op.create_index("ix_renewal_night", "renewal", ["asked_at"], unique=False, postgresql_where=sa.text("is_night"))
    op.create_index(
        "ix_mail_sent", "mail", ["recipient_id", "sent_at"], unique=False, postgresql_where=sa.text("status = 'sent'")
    )
    op.create_check_constraint(
        op.f("ck_section_thresholds_within_bounds"),
        "section_thresholds",
        "cardinality(thresholds) <= 15 AND -1 <= ALL (thresholds) AND 730 >= ALL (thresholds)",
    )

    # Nights are rows of their own now. The owner of the table is bound by its policies, so they are set aside for a moment.
    op.execute("ALTER TABLE heartbeat NO FORCE ROW LEVEL SECURITY")
    op.execute("DELETE FROM heartbeat WHERE name = 'renewal'")


def downgrade() -> None:
    """Take the schema down."""
    op.drop_constraint(op.f("ck_section_thresholds_within_bounds"), "section_thresholds", type_="check")
    op.drop_index("ix_mail_sent", table_name="mail", postgresql_where=sa.text("status = 'sent'"))
    op.drop_index("ix_renewal_night", table_name="renewal", postgresql_where=sa.text("is_night"))
    op.drop_index(
        "uq_renewal_open_night", table_name="renewal", postgresql_where=sa.text("is_night AND ended_at IS NULL")
    )
    op.drop_index("ix_renewal_open", table_name="renewal", postgresql_where=sa.text("ended_at IS NULL"))
    op.drop_table("renewal")
    op.drop_index("ix_alarm_last_at", table_name="alarm")
    op.drop_index("uq_alarm_open", table_name="alarm", postgresql_where=sa.text("seen_at IS NULL"))
    op.drop_table("alarm")
