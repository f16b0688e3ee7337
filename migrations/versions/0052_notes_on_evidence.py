"""Notes on evidence, and colleagues who are mentioned in notes."""

import sqlalchemy as sa
from alembic import op

revision = "0052_notes_on_evidence"
down_revision = "0050_interim_measures"
branch_labels = None
depends_on = None
LINT_EXCEPTIONS = {
    "constraint-missing-not-valid": "the columns are new and empty: validating reads the notes once, in well under a second",
    "require-concurrent-index-creation": "all rows are empty in it: reading a hundred thousand notes takes less than a second",
}
ONE_SUBJECT = "ck_note_one_subject_or_evidence"
TO_EVIDENCE = "fk_note_evidence_id_case_id_evidence"
IS_ONE = "num_nonnulls(claim_id, domestic_remedy_id, person_id, evidence_id) <= 1"


def upgrade() -> None:
    """Bring the schema up."""
    op.add_column("note", sa.Column("evidence_id", sa.Uuid(), nullable=True))
    op.create_check_constraint(op.f(ONE_SUBJECT), "note", sa.text(IS_ONE), postgresql_not_valid=True)
    op.create_foreign_key(
        op.f(TO_EVIDENCE),
        "note",
        "evidence",
        ["evidence_id", "case_id"],
        ["id", "case_id"],
        postgresql_not_valid=True,
    )
    for name in (ONE_SUBJECT, TO_EVIDENCE):
        op.execute(f"ALTER TABLE note VALIDATE CONSTRAINT {name}")
    op.create_index("ix_note_evidence_id", "note", ["evidence_id"])
    op.create_table(
        "note_mention",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("mentioned_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_note_mention_case_id_case")),
        sa.ForeignKeyConstraint(
            ["note_id", "case_id"], ["note.id", "note.case_id"], name=op.f("fk_note_mention_note_id_case_id_note")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_note_mention_user_id_app_user")),
        sa.ForeignKeyConstraint(
            ["mentioned_by_id"], ["app_user.id"], name=op.f("fk_note_mention_mentioned_by_id_app_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_mention")),
        sa.UniqueConstraint("note_id", "user_id", name=op.f("uq_note_mention_note_id_user_id")),
    )
    op.create_index("ix_note_mention_case_id", "note_mention", ["case_id"])
    op.create_index("ix_note_mention_unread", "note_mention", ["user_id"], postgresql_where=sa.text("read_at IS NULL"))


def downgrade() -> None:
    """Bring the schema back."""
    op.execute("DROP TABLE note_mention CASCADE")
    op.execute("ALTER TABLE note DROP COLUMN evidence_id CASCADE")
