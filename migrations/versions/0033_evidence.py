"""Evidence of a case: what it is and what it supports, its sealed file and its custody; an alarm for files that changed."""

import sqlalchemy as sa
from alembic import op

revision = "0033_evidence"
down_revision = "0031_unread_by_deadline"
branch_labels = None
depends_on = None
LINT_EXCEPTIONS = {
    "ban-drop-constraint": "the check is replaced by a wider one in the same transaction",
    "constraint-missing-not-valid": "validating reads the few alarms there are",
}
KINDS = (
    "decision", "notification_proof", "testimony", "official", "medical", "expert", "photo", "statistics",
    "correspondence", "media", "other", "authorisation", "consent_proof",
)  # fmt: skip
CUSTODY = ("received", "stored", "downloaded", "verified", "damaged", "sent")
ALARMS = ("answers", "reminders", "failures", "clock")


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _of_evidence(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["evidence_id", "case_id"],
        ["evidence.id", "evidence.case_id"],
        name=op.f(f"fk_{table}_evidence_id_case_id_evidence"),
    )


def _of_case(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f(f"fk_{table}_case_id_case"))


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of("evidence_kind", *KINDS), nullable=True),
        sa.Column("is_restricted", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _of_case("evidence"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_evidence_case_id_number")),
        sa.UniqueConstraint("id", "case_id", name=op.f("uq_evidence_id_case_id")),
    )
    op.create_table(
        "evidence_content",
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=300), server_default="", nullable=False),
        sa.Column("dated", sa.String(length=24), nullable=True),
        sa.Column("language", sa.String(length=40), server_default="", nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=300), server_default="", nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("obtained", sa.Text(), server_default="", nullable=False),
        sa.Column("original_place", sa.String(length=300), server_default="", nullable=False),
        sa.Column("shows", sa.Text(), server_default="", nullable=False),
        sa.Column("file_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("media_type", sa.String(length=300), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("stored_as", sa.Uuid(), nullable=False),
        sa.Column("key_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("damage", _one_of("damage", "altered", "missing"), nullable=True),
        sa.CheckConstraint("pages > 0", name=op.f("ck_evidence_content_pages_positive")),
        sa.CheckConstraint("size > 0", name=op.f("ck_evidence_content_size_positive")),
        sa.CheckConstraint("octet_length(sha256) = 32", name=op.f("ck_evidence_content_sha256_whole")),
        _of_evidence("evidence_content"),
        _of_case("evidence_content"),
        sa.PrimaryKeyConstraint("evidence_id", name=op.f("pk_evidence_content")),
        sa.UniqueConstraint("stored_as", name=op.f("uq_evidence_content_stored_as")),
    )
    op.create_index("ix_evidence_content_case_id", "evidence_content", ["case_id"])
    op.create_index("ix_evidence_content_verified_at", "evidence_content", ["verified_at"])
    op.create_table(
        "evidence_support",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=True),
        sa.Column("act_id", sa.Uuid(), nullable=True),
        sa.Column("remedy_id", sa.Uuid(), nullable=True),
        sa.Column("case_person_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(claim_id, act_id, remedy_id, case_person_id) = 1",
            name=op.f("ck_evidence_support_one_thing"),
        ),
        _of_evidence("evidence_support"),
        _of_case("evidence_support"),
        sa.ForeignKeyConstraint(
            ["claim_id", "case_id"],
            ["claim.id", "claim.case_id"],
            name=op.f("fk_evidence_support_claim_id_case_id_claim"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["act_id"], ["act.id"], name=op.f("fk_evidence_support_act_id_act"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["remedy_id"],
            ["domestic_remedy.id"],
            name=op.f("fk_evidence_support_remedy_id_domestic_remedy"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["case_person_id", "case_id"],
            ["case_person.id", "case_person.case_id"],
            name=op.f("fk_evidence_support_case_person_id_case_id_case_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_support")),
        sa.UniqueConstraint(
            "evidence_id",
            "claim_id",
            "act_id",
            "remedy_id",
            "case_person_id",
            name=op.f("uq_evidence_support_evidence_id_claim_id_act_id_remedy_id_case_person_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    for column in ("case_id", "claim_id", "act_id", "remedy_id", "case_person_id"):
        op.create_index(f"ix_evidence_support_{column}", "evidence_support", [column])
    op.create_table(
        "evidence_custody",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _one_of("custody_kind", *CUSTODY), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(length=300), server_default="", nullable=False),
        _of_evidence("evidence_custody"),
        _of_case("evidence_custody"),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_evidence_custody_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_custody")),
    )
    op.create_index("ix_evidence_custody_evidence_id", "evidence_custody", ["evidence_id", "at"])
    op.create_index("ix_evidence_custody_case_id", "evidence_custody", ["case_id"])
    _check_alarms((*ALARMS, "files"))


def downgrade() -> None:
    """Bring the schema back."""
    op.execute("ALTER TABLE alarm NO FORCE ROW LEVEL SECURITY")  # it holds the owner too
    op.execute("DELETE FROM alarm WHERE kind = 'files'")
    _check_alarms(ALARMS)
    for table in ("evidence_custody", "evidence_support", "evidence_content", "evidence"):
        op.drop_table(table)


def _check_alarms(kinds: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    op.drop_constraint(op.f("ck_alarm_alarm_kind"), "alarm")
    op.create_check_constraint(
        op.f("ck_alarm_alarm_kind"), "alarm", sa.text(f"kind IN ({listed})"), postgresql_not_valid=True
    )
    op.execute("ALTER TABLE alarm VALIDATE CONSTRAINT ck_alarm_alarm_kind")
