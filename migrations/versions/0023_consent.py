"""Consent of persons in cases, by scope."""

import sqlalchemy as sa
from alembic import op

revision = "0023_consent"
down_revision = "0022_saved_lists"
branch_labels = None
depends_on = None


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Bring the schema up."""
    scopes = ("record", "contact", "share", "refer", "submit", "disclose", "publish", "sensitive")
    reasons = ("dead", "missing", "child", "detained", "reprisals")
    op.create_table(
        "consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("case_person_id", sa.Uuid(), nullable=False),
        sa.Column("scope", _one_of("consent_scope", *scopes), nullable=False),
        sa.Column("status", _one_of("consent_status", "given", "refused", "withdrawn", "not_needed"), nullable=False),
        sa.Column("reason", _one_of("no_consent_reason", *reasons), nullable=True),
        sa.Column("words", sa.String(length=300), server_default="", nullable=False),
        sa.Column("given_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("how", _one_of("consent_form", "signed", "witnessed", "telephone"), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("proof", sa.String(length=300), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(status = 'not_needed') = (reason IS NOT NULL)", name=op.f("ck_consent_reason_if_not_needed")
        ),
        sa.CheckConstraint(
            "until IS NULL OR status IN ('given', 'not_needed')", name=op.f("ck_consent_only_what_is_allowed_ends")
        ),
        sa.CheckConstraint("given_by_id <> case_person_id", name=op.f("ck_consent_somebody_else")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_consent_case_id_case")),
        sa.ForeignKeyConstraint(
            ["case_person_id", "case_id"],
            ["case_person.id", "case_person.case_id"],
            name=op.f("fk_consent_case_person_id_case_id_case_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["given_by_id", "case_id"],
            ["case_person.id", "case_person.case_id"],
            name=op.f("fk_consent_given_by_id_case_id_case_person"),
            ondelete="SET NULL (given_by_id)",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("case_person_id", "scope", name=op.f("uq_consent_case_person_id_scope")),
    )
    op.create_index("ix_consent_case_id", "consent", ["case_id"])
    op.create_index("ix_consent_given_by_id", "consent", ["given_by_id"])


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("consent")
