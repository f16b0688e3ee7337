"""Merges of cases that were recorded twice."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0040_case_merges"
down_revision = "0048_dossier"
branch_labels = None
depends_on = None
LINT_EXCEPTIONS = {
    "ban-drop-constraint": "the constraint is there again, deferrable, when the transaction ends",
    "constraint-missing-not-valid": "the column is empty: validating it takes well under a second",
    "disallowed-unique-constraint": "a case has some persons: the index is built in a second, in the transaction that drops the old one",
}
ONCE = "uq_case_person_case_id_person_id"
MERGED_INTO = "fk_case_merged_into_id_case"


def _one_role(further: str = "") -> None:
    op.execute(f"ALTER TABLE case_person DROP CONSTRAINT {ONCE}")
    op.execute(f"ALTER TABLE case_person ADD CONSTRAINT {ONCE} UNIQUE (case_id, person_id) {further}")


def upgrade() -> None:
    """Bring the schema up."""
    op.add_column("case", sa.Column("merged_into_id", sa.Uuid(), nullable=True))
    op.execute(
        f'ALTER TABLE "case" ADD CONSTRAINT {MERGED_INTO} FOREIGN KEY (merged_into_id) REFERENCES "case" (id) NOT VALID'
    )
    op.execute(f'ALTER TABLE "case" VALIDATE CONSTRAINT {MERGED_INTO}')
    _one_role("DEFERRABLE INITIALLY IMMEDIATE")
    op.create_table(
        "case_merge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("merged_id", sa.Uuid(), nullable=False),
        sa.Column("merged_reference", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved", postgresql.JSONB(), nullable=False),
        sa.Column("changed", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("undone_by_id", sa.Uuid(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undo_reason", sa.String(length=300), server_default="", nullable=False),
        sa.CheckConstraint("kept_id <> merged_id", name=op.f("ck_case_merge_two_cases")),
        sa.CheckConstraint("(undone_by_id IS NULL) = (undone_at IS NULL)", name=op.f("ck_case_merge_undoing_is_whole")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_case_merge_section_id_section")),
        sa.ForeignKeyConstraint(["kept_id"], ["case.id"], name=op.f("fk_case_merge_kept_id_case")),
        sa.ForeignKeyConstraint(["merged_id"], ["case.id"], name=op.f("fk_case_merge_merged_id_case")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_case_merge_user_id_app_user")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["app_user.id"], name=op.f("fk_case_merge_undone_by_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_merge")),
    )
    op.create_index("ix_case_merge_kept_id", "case_merge", ["kept_id"])
    op.create_index(
        "ix_case_merge_section_id", "case_merge", ["section_id", sa.text("merged_at DESC"), sa.text("id DESC")]
    )
    op.create_index(
        "uq_case_merge_once", "case_merge", ["merged_id"], unique=True, postgresql_where=sa.text("undone_at IS NULL")
    )


def downgrade() -> None:
    """Bring the schema back. Cases that were merged stay so: the other one is an empty file, and the kept one has what was moved."""
    op.execute("DROP TABLE case_merge CASCADE")
    _one_role()
    op.execute('ALTER TABLE "case" DROP COLUMN merged_into_id CASCADE')
