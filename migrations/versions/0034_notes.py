"""Notes on a case, a claim, a remedy or a person, and their amendments."""

import sqlalchemy as sa
from alembic import op

revision = "0034_notes"
down_revision = "0031_merged_persons"
branch_labels = None
depends_on = None
KINDS = ("call", "interview", "meeting", "advice", "internal")
SUBJECTS = ("claim", "domestic_remedy", "person")


def upgrade() -> None:
    """Bring the schema up."""
    kind = sa.Enum(*KINDS, name="note_kind", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=True),
        sa.Column("domestic_remedy_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("note_id", sa.Uuid(), nullable=True),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(claim_id, domestic_remedy_id, person_id, note_id) <= 1",
            name=op.f("ck_note_one_subject"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_note_case_id_case")),
        *(
            sa.ForeignKeyConstraint(
                [f"{table}_id"], [f"{table}.id"], name=op.f(f"fk_note_{table}_id_{table}"), ondelete="SET NULL"
            )
            for table in SUBJECTS
        ),
        sa.ForeignKeyConstraint(
            ["note_id", "case_id"], ["note.id", "note.case_id"], name=op.f("fk_note_note_id_case_id_note")
        ),
        sa.UniqueConstraint("id", "case_id", name=op.f("uq_note_id_case_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["app_user.id"], name=op.f("fk_note_written_by_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index("ix_note_case_id", "note", ["case_id", "created_at", "id"])
    for name in ("note", *SUBJECTS):
        op.create_index(f"ix_note_{name}_id", "note", [f"{name}_id"])


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("note")
