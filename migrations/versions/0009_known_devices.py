"""Buckets of a bounded number instead of delays, devices that are known, and an alarm for clocks."""

import sqlalchemy as sa
from alembic import op

revision = "0009_known_devices"
down_revision = "0008_search_as_people_type"
branch_labels = None
depends_on = None
LINT_EXCEPTIONS = {
    "ban-drop-table": "its rows delay sign-ins for some minutes, and web is restarted with this release",
    "ban-drop-constraint": "the check is replaced by a wider one in the same transaction",
    "constraint-missing-not-valid": "validating reads the few alarms there are",
}

ALARMS = ("answers", "reminders", "failures")


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "sign_in_bucket",
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("full_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_bucket")),
    )
    op.create_index("ix_sign_in_bucket_full_at", "sign_in_bucket", ["full_at"])
    op.drop_table("sign_in_delay")
    op.add_column("app_user", sa.Column("device_generation", sa.Integer(), server_default="0", nullable=False))
    _check_alarms((*ALARMS, "clock"))


def downgrade() -> None:
    """Bring the schema back."""
    op.execute("ALTER TABLE alarm NO FORCE ROW LEVEL SECURITY")  # it holds the owner too
    op.execute("DELETE FROM alarm WHERE kind = 'clock'")
    _check_alarms(ALARMS)
    op.drop_column("app_user", "device_generation")
    op.create_table(
        "sign_in_delay",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("blocked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_delay")),
    )
    op.drop_table("sign_in_bucket")


def _check_alarms(kinds: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    op.drop_constraint(op.f("ck_alarm_alarm_kind"), "alarm")
    op.create_check_constraint(
        op.f("ck_alarm_alarm_kind"), "alarm", sa.text(f"kind IN ({listed})"), postgresql_not_valid=True
    )
    op.execute("ALTER TABLE alarm VALIDATE CONSTRAINT ck_alarm_alarm_kind")
