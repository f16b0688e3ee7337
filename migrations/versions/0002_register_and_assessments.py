"""The register of States and treaties, remedy maps, stored assessments, procedures elsewhere."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002_register_and_assessments"
down_revision = "0001_first_tables"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "register_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_key", sa.String(length=60), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["app_user.id"], name=op.f("fk_register_change_actor_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_change")),
    )
    op.create_index("ix_register_change_at", "register_change", ["at"], unique=False)
    op.create_index("ix_register_change_subject", "register_change", ["subject", "subject_key", "at"], unique=False)
    op.create_table(
        "remedy_map",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state_code", sa.String(length=2), nullable=False),
        sa.Column("right", sa.String(length=40), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("holiday_region", sa.String(length=300), server_default="", nullable=False),
        sa.Column("closed_periods", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("reviewed_by", sa.String(length=300), server_default="", nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("pack", sa.String(length=40), server_default="", nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["state_code"], ["state.code"], name=op.f("fk_remedy_map_state_code_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remedy_map")),
        sa.UniqueConstraint("state_code", "right", name=op.f("uq_remedy_map_state_code_right")),
    )
    op.create_table(
        "treaty_acceptance",
        sa.Column("treaty", sa.String(length=40), nullable=False),
        sa.Column("state_code", sa.String(length=2), nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.Column("in_force_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["state_code"], ["state.code"], name=op.f("fk_treaty_acceptance_state_code_state")),
        sa.PrimaryKeyConstraint("treaty", "state_code", name=op.f("pk_treaty_acceptance")),
    )
    op.create_index("ix_treaty_acceptance_state_code", "treaty_acceptance", ["state_code"], unique=False)
    op.create_table(
        "assessment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "cause",
            sa.Enum(
                "change", "time", "data", name="assessment_cause", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column(
            "outlook",
            sa.Enum(
                "barred",
                "premature",
                "incomplete",
                "arguable",
                "clear",
                name="outlook",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "previous_outlook",
            sa.Enum(
                "barred",
                "premature",
                "incomplete",
                "arguable",
                "clear",
                name="previous_outlook",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("ruleset", sa.String(length=40), nullable=False),
        sa.Column("data", sa.String(length=100), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("findings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_assessment_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )
    op.create_index("ix_assessment_case_id", "assessment", ["case_id", "made_at"], unique=False)
    op.create_index(
        "ix_assessment_unseen",
        "assessment",
        ["case_id", "made_at"],
        unique=False,
        postgresql_where=sa.text("seen_at IS NULL AND previous_outlook <> outlook"),
    )
    op.create_index(
        "uq_assessment_current", "assessment", ["case_id"], unique=True, postgresql_where=sa.text("is_current")
    )
    op.create_table(
        "reassessment_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state_code", sa.String(length=2), nullable=True),
        sa.Column("ruleset", sa.String(length=40), nullable=False),
        sa.Column("data", sa.String(length=100), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("changed", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("outlooks", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("mended", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("alarms", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["state_code"], ["state.code"], name=op.f("fk_reassessment_run_state_code_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reassessment_run")),
    )
    op.create_index("ix_reassessment_run_started_at", "reassessment_run", ["started_at"], unique=False)
    op.create_table(
        "other_procedure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(length=40), nullable=False),
        sa.Column("file_number", sa.String(length=300), server_default="", nullable=False),
        sa.Column("status", sa.String(length=40), nullable=True),
        sa.Column("began", sa.String(length=24), nullable=True),
        sa.Column("ended", sa.String(length=24), nullable=True),
        sa.Column("same_persons", sa.Boolean(), nullable=True),
        sa.Column("same_facts", sa.Boolean(), nullable=True),
        sa.Column("same_rights", sa.Boolean(), nullable=True),
        sa.Column("has_anything_new", sa.Boolean(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_other_procedure_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_other_procedure")),
    )
    op.create_index("ix_other_procedure_case_id", "other_procedure", ["case_id", "position"], unique=False)
    op.create_table(
        "remedy_map_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("map_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("authority", sa.String(length=300), server_default="", nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ordinary",
                "extraordinary",
                "discretionary",
                name="map_remedy_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("limit_count", sa.Integer(), nullable=True),
        sa.Column(
            "limit_unit",
            sa.Enum(
                "calendar_days",
                "working_days",
                "months",
                "years",
                name="limit_unit",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "limit_from",
            sa.Enum(
                "act",
                "decision",
                "notification",
                "publication",
                "silence",
                name="limit_from",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("runs_in_closed_periods", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("limit_note", sa.Text(), server_default="", nullable=False),
        sa.Column("is_suspensive", sa.Boolean(), nullable=True),
        sa.Column("costs", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "effectiveness",
            sa.Enum(
                "effective",
                "doubtful",
                "ineffective",
                "not_known",
                name="effectiveness",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("effectiveness_note", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(limit_count IS NULL) = (limit_from IS NULL)", name=op.f("ck_remedy_map_step_limit_has_event")
        ),
        sa.CheckConstraint(
            "(limit_count IS NULL) = (limit_unit IS NULL)", name=op.f("ck_remedy_map_step_limit_has_unit")
        ),
        sa.CheckConstraint("limit_count > 0", name=op.f("ck_remedy_map_step_limit_positive")),
        sa.ForeignKeyConstraint(
            ["map_id"], ["remedy_map.id"], name=op.f("fk_remedy_map_step_map_id_remedy_map"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remedy_map_step")),
        sa.UniqueConstraint(
            "map_id", "position", deferrable=True, initially="DEFERRED", name=op.f("uq_remedy_map_step_map_id_position")
        ),
    )
    op.add_column(
        "case", sa.Column("is_without_other_procedures", sa.Boolean(), server_default="false", nullable=False)
    )
    op.add_column("claim", sa.Column("general_importance", sa.Text(), server_default="", nullable=False))
    op.add_column("state", sa.Column("op_deposit_kind", sa.String(length=40), nullable=True))
    op.add_column("state", sa.Column("op_denounced", sa.Date(), nullable=True))
    op.add_column("state", sa.Column("inquiry", sa.String(length=40), nullable=True))
    op.add_column("state", sa.Column("interstate", sa.String(length=40), nullable=True))
    op.add_column("state", sa.Column("declarations", sa.Text(), server_default="", nullable=False))
    op.add_column("state", sa.Column("checked_on", sa.Date(), nullable=True))
    op.add_column("state", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("state", sa.Column("version", sa.Integer(), server_default="1", nullable=False))


def downgrade() -> None:
    """Take the schema down."""
    op.drop_column("state", "version")
    op.drop_column("state", "changed_at")
    op.drop_column("state", "checked_on")
    op.drop_column("state", "declarations")
    op.drop_column("state", "interstate")
    op.drop_column("state", "inquiry")
    op.drop_column("state", "op_denounced")
    op.drop_column("state", "op_deposit_kind")
    op.drop_column("claim", "general_importance")
    op.drop_column("case", "is_without_other_procedures")
    op.drop_table("remedy_map_step")
    op.drop_index("ix_other_procedure_case_id", table_name="other_procedure")
    op.drop_table("other_procedure")
    op.drop_index("ix_reassessment_run_started_at", table_name="reassessment_run")
    op.drop_table("reassessment_run")
    op.drop_index("uq_assessment_current", table_name="assessment", postgresql_where=sa.text("is_current"))
    op.drop_index(
        "ix_assessment_unseen",
        table_name="assessment",
        postgresql_where=sa.text("seen_at IS NULL AND previous_outlook <> outlook"),
    )
    op.drop_index("ix_assessment_case_id", table_name="assessment")
    op.drop_table("assessment")
    op.drop_index("ix_treaty_acceptance_state_code", table_name="treaty_acceptance")
    op.drop_table("treaty_acceptance")
    op.drop_table("remedy_map")
    op.drop_index("ix_register_change_subject", table_name="register_change")
    op.drop_index("ix_register_change_at", table_name="register_change")
    op.drop_table("register_change")
