"""The dossier: its texts in versions, the annexes and their numbers, and the documents that were built of them."""

import sqlalchemy as sa
from alembic import op

revision = "0048_dossier"
down_revision = "0042_evidence_uploads"
branch_labels = None
depends_on = None
PARTS = (
    "summary", "identity", "facts", "exhaustion", "admissibility", "other_bodies", "interim", "merits",
    "individual_remedies", "general_remedies",
)  # fmt: skip


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "dossier_text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("part", _choice("dossier_part", *PARTS), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=True),
        sa.Column("rule", sa.String(40), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(part = 'admissibility') = (rule <> '')", name=op.f("ck_dossier_text_rule_of_admissibility")
        ),
        sa.CheckConstraint(
            "(part IN ('exhaustion', 'merits')) = (claim_id IS NOT NULL)",
            name=op.f("ck_dossier_text_claim_of_its_parts"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_dossier_text_case_id_case")),
        sa.ForeignKeyConstraint(
            ["claim_id", "case_id"],
            ["claim.id", "claim.case_id"],
            name=op.f("fk_dossier_text_claim_id_case_id_claim"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["app_user.id"], name=op.f("fk_dossier_text_written_by_id_app_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_text")),
        sa.UniqueConstraint(
            "case_id", "part", "claim_id", "rule", "version",
            name=op.f("uq_dossier_text_case_id_part_claim_id_rule_version"),
            postgresql_nulls_not_distinct=True,
        ),
    )  # fmt: skip
    op.create_index("ix_dossier_text_claim_id", "dossier_text", ["claim_id"])
    op.create_table(
        "dossier_annex",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("left_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_dossier_annex_number_positive")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_dossier_annex_case_id_case")),
        sa.ForeignKeyConstraint(
            ["evidence_id", "case_id"],
            ["evidence.id", "evidence.case_id"],
            name=op.f("fk_dossier_annex_evidence_id_case_id_evidence"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_annex")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_dossier_annex_case_id_number")),
        sa.UniqueConstraint("evidence_id", name=op.f("uq_dossier_annex_evidence_id")),
    )
    op.create_table(
        "dossier_build",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", _choice("dossier_kind", "full", "redacted", "memo"), nullable=False),
        sa.Column("language", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(300), server_default="", nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", _choice("build_state", "waiting", "building", "ready", "failed"), nullable=False),
        sa.Column("fault", _choice("build_fault", "name_found", "too_large", "no_room", "broken"), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("input_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("stored_as", sa.Uuid(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.LargeBinary(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_dossier_build_number_positive")),
        sa.CheckConstraint("kind <> 'full' OR reason <> ''", name=op.f("ck_dossier_build_reason_for_names")),
        sa.CheckConstraint(
            "(state = 'ready') = (stored_as IS NOT NULL)", name=op.f("ck_dossier_build_stored_when_ready")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_dossier_build_case_id_case")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["app_user.id"], name=op.f("fk_dossier_build_asked_by_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_build")),
        sa.UniqueConstraint("case_id", "kind", "number", name=op.f("uq_dossier_build_case_id_kind_number")),
        sa.UniqueConstraint("stored_as", name=op.f("uq_dossier_build_stored_as")),
    )
    op.create_index("ix_dossier_build_state", "dossier_build", ["state", "begun_at"])


def downgrade() -> None:
    """Bring the schema back."""
    for table in ("dossier_build", "dossier_annex", "dossier_text"):
        op.drop_table(table)
