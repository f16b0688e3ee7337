"""First tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001_first_tables"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    # unaccent() is only STABLE (its dictionary could be exchanged); ours is the one that came with the extension.
    op.execute(
        "CREATE FUNCTION caseflow_fold(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE "
        "AS $body$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, value)) $body$"
    )
    op.execute("CREATE TEXT SEARCH CONFIGURATION caseflow (COPY = simple)")
    op.execute(
        "ALTER TEXT SEARCH CONFIGURATION caseflow ALTER MAPPING FOR asciiword, word, hword, hword_part, hword_asciipart, asciihword, numword, numhword WITH unaccent, simple"
    )
    op.create_table(
        "app_user",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("password_hash", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_user")),
    )
    op.create_index("uq_app_user_email", "app_user", [sa.literal_column("lower(email)")], unique=True)
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "section",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "section", "secretariat", name="section_kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
        sa.UniqueConstraint("code", name=op.f("uq_section_code")),
    )
    op.create_table(
        "sign_in_delay",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("blocked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_delay")),
    )
    op.create_table(
        "state",
        sa.Column("code", sa.String(length=2), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("covenant", sa.String(length=40), nullable=False),
        sa.Column("op_signed", sa.Date(), nullable=True),
        sa.Column("op_deposit", sa.Date(), nullable=True),
        sa.Column("op_in_force", sa.Date(), nullable=True),
        sa.Column("verification", sa.String(length=40), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("pack", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_state")),
    )
    op.create_table(
        "vocabulary_term",
        sa.Column("vocabulary", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("parent_code", sa.String(length=60), nullable=True),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("pack", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("vocabulary", "code", name=op.f("pk_vocabulary_term")),
    )
    op.create_table(
        "audit_chain",
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("last_sequence", sa.Integer(), nullable=False),
        sa.Column("last_hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_audit_chain_section_id_section")),
        sa.PrimaryKeyConstraint("section_id", name=op.f("pk_audit_chain")),
    )
    op.create_table(
        "case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("state_code", sa.String(length=2), nullable=False),
        sa.Column("place_region", sa.String(length=300), server_default="", nullable=False),
        sa.Column("place_district", sa.String(length=300), server_default="", nullable=False),
        sa.Column("happened", sa.String(length=24), nullable=True),
        sa.Column("narrative", sa.Text(), server_default="", nullable=False),
        sa.Column("lateness_reason", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "urgency",
            sa.Enum(
                "normal", "urgent", "emergency", name="urgency", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "confidentiality",
            sa.Enum("section", "sealed", name="confidentiality", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "stage",
            sa.Enum(
                "intake",
                "verification",
                "domestic_remedies",
                "readiness_review",
                "approved",
                "filed",
                "registered",
                "pending",
                "decided",
                "follow_up",
                "closed",
                "referred",
                "suspended",
                "withdrawn",
                "closed_without_filing",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "suspended_from",
            sa.Enum(
                "intake",
                "verification",
                "domestic_remedies",
                "readiness_review",
                "approved",
                "filed",
                "registered",
                "pending",
                "decided",
                "follow_up",
                "closed",
                "referred",
                "suspended",
                "withdrawn",
                "closed_without_filing",
                name="suspended_from",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("rights", postgresql.ARRAY(sa.String(length=40)), server_default="{}", nullable=False),
        sa.Column("contact_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed(
                "to_tsvector('caseflow', coalesce(title, '') || ' ' || coalesce(narrative, '') || ' ' || coalesce(place_region, '') || ' ' || coalesce(place_district, ''))",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.Column(
            "lookup",
            sa.String(),
            sa.Computed(
                "caseflow_fold(reference || ' ' || coalesce(place_region, '') || ' ' || coalesce(place_district, ''))",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_case_number_positive")),
        sa.ForeignKeyConstraint(["owner_id"], ["app_user.id"], name=op.f("fk_case_owner_id_app_user")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_case_section_id_section")),
        sa.ForeignKeyConstraint(["state_code"], ["state.code"], name=op.f("fk_case_state_code_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("section_id", "reference", name=op.f("uq_case_section_id_reference")),
        sa.UniqueConstraint("section_id", "year", "number", name=op.f("uq_case_section_id_year_number")),
    )
    op.create_index(
        "ix_case_lookup",
        "case",
        ["section_id", "lookup"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"lookup": "gin_trgm_ops"},
    )
    op.create_index("ix_case_rights", "case", ["section_id", "rights"], unique=False, postgresql_using="gin")
    op.create_index("ix_case_search", "case", ["section_id", "search"], unique=False, postgresql_using="gin")
    # With a hundred kinds of words known by their number, a rare one is reckoned to stand in five hundred cases of 100,000.
    op.execute('ALTER TABLE "case" ALTER search SET STATISTICS 1000')
    latest_first: list[sa.ColumnElement[object]] = [sa.literal_column("opened_on DESC"), sa.literal_column("id DESC")]
    op.create_index("ix_case_section_opened", "case", ["section_id", *latest_first], unique=False)
    op.create_index("ix_case_owner_opened", "case", ["section_id", "owner_id", *latest_first], unique=False)
    op.create_index("ix_case_stage_opened", "case", ["section_id", "stage", *latest_first], unique=False)
    op.create_index("ix_case_state_opened", "case", ["section_id", "state_code", *latest_first], unique=False)
    op.create_table(
        "case_counter",
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_case_counter_section_id_section")),
        sa.PrimaryKeyConstraint("section_id", "year", name=op.f("pk_case_counter")),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "caseworker",
                "section_coordinator",
                "section_reporter",
                "coalition_coordinator",
                "administrator",
                "auditor",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_membership_section_id_section")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_membership_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("id", "section_id", name=op.f("uq_membership_id_section_id")),
    )
    op.create_index("ix_membership_section_id", "membership", ["section_id"], unique=False)
    op.create_index(
        "uq_membership_active",
        "membership",
        ["user_id", "section_id", "role"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "user_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("browser", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_user_session_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_user_session_token_hash")),
    )
    op.create_index(
        "ix_user_session_open", "user_session", ["user_id"], unique=False, postgresql_where=sa.text("ended_at IS NULL")
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("job", sa.String(length=60), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["app_user.id"], name=op.f("fk_audit_entry_actor_id_app_user")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_audit_entry_case_id_case")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_audit_entry_section_id_section")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("section_id", "sequence", name=op.f("uq_audit_entry_section_id_sequence")),
    )
    op.create_index("ix_audit_entry_case_id", "audit_entry", ["case_id", "at", "sequence"], unique=False)
    op.create_index("ix_audit_entry_section_id", "audit_entry", ["section_id", "at", "sequence"], unique=False)
    op.create_table(
        "case_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column(
            "level",
            sa.Enum("read", "write", name="grant_level", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(section_id IS NULL) <> (user_id IS NULL)", name=op.f("ck_case_grant_one_receiver")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_grant_case_id_case")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_case_grant_section_id_section")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_case_grant_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_grant")),
    )
    op.create_index("ix_case_grant_case_id", "case_grant", ["case_id"], unique=False)
    op.create_index("ix_case_grant_section_id", "case_grant", ["section_id"], unique=False)
    op.create_index("ix_case_grant_user_id", "case_grant", ["user_id"], unique=False)
    op.create_table(
        "case_view",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("viewed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_view_case_id_case")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_case_view_user_id_app_user")),
        sa.PrimaryKeyConstraint("case_id", "user_id", "viewed_on", name=op.f("pk_case_view")),
    )
    op.create_table(
        "claim",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=300), server_default="", nullable=False),
        sa.Column("rights", postgresql.ARRAY(sa.String(length=40)), server_default="{}", nullable=False),
        sa.Column("violation_types", postgresql.ARRAY(sa.String(length=40)), server_default="{}", nullable=False),
        sa.Column("articles", postgresql.ARRAY(sa.String(length=40)), server_default="{}", nullable=False),
        sa.Column("disadvantage", sa.Text(), server_default="", nullable=False),
        sa.Column("delay_claimed", sa.Boolean(), nullable=False),
        sa.Column("delay_since", sa.String(length=24), nullable=True),
        sa.Column("delay_explanation", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_claim_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("case_id", "position", name=op.f("uq_claim_case_id_position")),
        sa.UniqueConstraint("id", "case_id", name=op.f("uq_claim_id_case_id")),
    )
    op.create_table(
        "act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("began", sa.String(length=24), nullable=True),
        sa.Column("ended", sa.String(length=24), nullable=True),
        sa.Column("is_continuing", sa.Boolean(), nullable=False),
        sa.Column("continuing_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("is_attributable", sa.Boolean(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_act_case_id_case")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_act_claim_id_claim"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
    )
    op.create_index("ix_act_case_id", "act", ["case_id"], unique=False)
    op.create_index("ix_act_claim_id", "act", ["claim_id", "position"], unique=False)
    op.create_table(
        "deadline",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "one_year",
                "next_domestic_step",
                "manual",
                name="deadline_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=300), server_default="", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("basis", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("responsible_id", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=300), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(done_at IS NULL) OR (outcome <> '')", name=op.f("ck_deadline_done_says_how")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_deadline_case_id_case")),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_deadline_claim_id_claim"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["responsible_id"], ["app_user.id"], name=op.f("fk_deadline_responsible_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
        sa.UniqueConstraint("case_id", "key", name=op.f("uq_deadline_case_id_key")),
    )
    op.create_index(
        "ix_deadline_case_open",
        "deadline",
        ["case_id", "due_on"],
        unique=False,
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_index(
        "ix_deadline_open", "deadline", ["due_on", "id"], unique=False, postgresql_where=sa.text("done_at IS NULL")
    )
    op.create_index(
        "ix_deadline_responsible_open",
        "deadline",
        ["responsible_id", "due_on", "id"],
        unique=False,
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "domestic_remedy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ordinary",
                "extraordinary",
                "discretionary",
                name="remedy_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("authority", sa.String(length=300), server_default="", nullable=False),
        sa.Column("file_number", sa.String(length=300), server_default="", nullable=False),
        sa.Column("filed", sa.String(length=24), nullable=True),
        sa.Column("decided", sa.String(length=24), nullable=True),
        sa.Column("notified", sa.String(length=24), nullable=True),
        sa.Column("notified_to", sa.String(length=300), server_default="", nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("raised_right", sa.Boolean(), nullable=True),
        sa.Column("could_repair", sa.Boolean(), nullable=True),
        sa.Column("is_suspensive", sa.Boolean(), nullable=True),
        sa.Column("next_step", sa.String(length=40), nullable=True),
        sa.Column("next_step_due", sa.Date(), nullable=True),
        sa.Column("reason_not_used", sa.String(length=40), nullable=True),
        sa.Column("explanation", sa.Text(), server_default="", nullable=False),
        sa.Column("is_documented", sa.Boolean(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "NOT is_used OR reason_not_used IS NULL", name=op.f("ck_domestic_remedy_no_reason_when_used")
        ),
        sa.CheckConstraint("is_used OR reason_not_used IS NOT NULL", name=op.f("ck_domestic_remedy_used_or_reason")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_domestic_remedy_case_id_case")),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_domestic_remedy_claim_id_claim"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_domestic_remedy")),
    )
    op.create_index("ix_domestic_remedy_case_id", "domestic_remedy", ["case_id"], unique=False)
    op.create_index("ix_domestic_remedy_claim_id", "domestic_remedy", ["claim_id", "position"], unique=False)
    op.create_table(
        "reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deadline_id", sa.Uuid(), nullable=False),
        sa.Column("deadline_version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "waiting",
                "sent",
                "superseded",
                "cancelled",
                "failed",
                name="reminder_status",
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
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_reminder_case_id_case")),
        sa.ForeignKeyConstraint(
            ["deadline_id"], ["deadline.id"], name=op.f("fk_reminder_deadline_id_deadline"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["recipient_id"], ["app_user.id"], name=op.f("fk_reminder_recipient_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "deadline_id",
            "deadline_version",
            "threshold",
            "recipient_id",
            name=op.f("uq_reminder_deadline_id_deadline_version_threshold_recipient_id"),
        ),
    )
    op.create_index("ix_reminder_case_id", "reminder", ["case_id"], unique=False)
    op.create_index(
        "ix_reminder_failed", "reminder", ["due_at"], unique=False, postgresql_where=sa.text("status = 'failed'")
    )
    op.create_index(
        "ix_reminder_waiting",
        "reminder",
        ["due_at", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'waiting'"),
    )


def downgrade() -> None:
    """Take the schema down."""
    op.drop_index("ix_reminder_waiting", table_name="reminder", postgresql_where=sa.text("status = 'waiting'"))
    op.drop_index("ix_reminder_failed", table_name="reminder", postgresql_where=sa.text("status = 'failed'"))
    op.drop_index("ix_reminder_case_id", table_name="reminder")
    op.drop_table("reminder")
    op.drop_index("ix_domestic_remedy_claim_id", table_name="domestic_remedy")
    op.drop_index("ix_domestic_remedy_case_id", table_name="domestic_remedy")
    op.drop_table("domestic_remedy")
    op.drop_index("ix_deadline_open", table_name="deadline", postgresql_where=sa.text("done_at IS NULL"))
    op.drop_index("ix_deadline_responsible_open", table_name="deadline", postgresql_where=sa.text("done_at IS NULL"))
    op.drop_index("ix_deadline_case_open", table_name="deadline", postgresql_where=sa.text("done_at IS NULL"))
    op.drop_table("deadline")
    op.drop_index("ix_act_claim_id", table_name="act")
    op.drop_index("ix_act_case_id", table_name="act")
    op.drop_table("act")
    op.drop_table("claim")
    op.drop_table("case_view")
    op.drop_index("ix_case_grant_user_id", table_name="case_grant")
    op.drop_index("ix_case_grant_section_id", table_name="case_grant")
    op.drop_index("ix_case_grant_case_id", table_name="case_grant")
    op.drop_table("case_grant")
    op.drop_index("ix_audit_entry_section_id", table_name="audit_entry")
    op.drop_index("ix_audit_entry_case_id", table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_index("ix_user_session_open", table_name="user_session", postgresql_where=sa.text("ended_at IS NULL"))
    op.drop_table("user_session")
    op.drop_index("uq_membership_active", table_name="membership", postgresql_where=sa.text("ended_at IS NULL"))
    op.drop_index("ix_membership_section_id", table_name="membership")
    op.drop_table("membership")
    op.drop_table("case_counter")
    op.drop_index("ix_case_state_opened", table_name="case")
    op.drop_index("ix_case_stage_opened", table_name="case")
    op.drop_index("ix_case_section_opened", table_name="case")
    op.drop_index("ix_case_search", table_name="case", postgresql_using="gin")
    op.drop_index("ix_case_rights", table_name="case", postgresql_using="gin")
    op.drop_index("ix_case_owner_opened", table_name="case")
    op.drop_index(
        "ix_case_lookup", table_name="case", postgresql_using="gin", postgresql_ops={"lookup": "gin_trgm_ops"}
    )
    op.drop_table("case")
    op.drop_table("audit_chain")
    op.drop_table("vocabulary_term")
    op.drop_table("state")
    op.drop_table("sign_in_delay")
    op.drop_table("section")
    op.drop_table("heartbeat")
    op.drop_index("uq_app_user_email", table_name="app_user")
    op.drop_table("app_user")
    op.execute("DROP TEXT SEARCH CONFIGURATION caseflow")
    op.execute("DROP FUNCTION caseflow_fold(text)")
