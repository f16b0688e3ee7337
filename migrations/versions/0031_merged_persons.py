"""Persons who were recorded twice are merged, which can be undone; whole names and dates of birth have digests."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0031_merged_persons"
down_revision = "0032_contact_rhythm"
branch_labels = None
depends_on = None
LINT_EXCEPTIONS = {
    "constraint-missing-not-valid": "the columns are empty, and the digests have only values that the new check allows too",
    "require-concurrent-index-creation": "reads a million digests in two seconds, while only the saving of a name waits",
    "ban-drop-constraint": "the new check allows all that the old one did",
}
OLD_FIELDS = ("name", "phone", "number", "email")
NEW_FIELDS = (*OLD_FIELDS, "whole_name", "birth_date")


def _fields(*values: str) -> str:
    return f"field IN ({', '.join(repr(one) for one in values)})"


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Bring the schema up."""
    op.add_column("person", sa.Column("merged_into_id", sa.Uuid(), nullable=True))
    op.add_column("person", sa.Column("is_set_aside", sa.Boolean(), server_default="false", nullable=False))
    op.create_check_constraint(
        op.f("ck_person_merged_into_another"), "person", "merged_into_id <> id", postgresql_not_valid=True
    )
    op.create_foreign_key(
        op.f("fk_person_merged_into_id_section_id_person"),
        "person",
        "person",
        ["merged_into_id", "section_id"],
        ["id", "section_id"],
        postgresql_not_valid=True,
    )
    op.execute("ALTER TABLE person VALIDATE CONSTRAINT ck_person_merged_into_another")
    op.execute("ALTER TABLE person VALIDATE CONSTRAINT fk_person_merged_into_id_section_id_person")
    op.create_index("ix_person_merged_into_id", "person", ["merged_into_id"])
    op.drop_constraint(op.f("ck_identity_token_identity_field"), "identity_token")
    op.create_check_constraint(
        op.f("ck_identity_token_identity_field"),
        "identity_token",
        _fields(*NEW_FIELDS),
        postgresql_not_valid=True,
    )
    op.execute("ALTER TABLE identity_token VALIDATE CONSTRAINT ck_identity_token_identity_field")
    op.create_index("ix_identity_token_same", "identity_token", ["section_id", "field", "token", "person_id"])
    op.create_table(
        "person_merge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("merged_id", sa.Uuid(), nullable=False),
        sa.Column("identity", _one_of("kept_identity", "both", "kept", "merged"), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by_id", sa.Uuid(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undo_reason", sa.String(length=300), server_default="", nullable=False),
        sa.CheckConstraint("kept_id <> merged_id", name=op.f("ck_person_merge_two_persons")),
        sa.CheckConstraint(
            "(undone_by_id IS NULL) = (undone_at IS NULL)", name=op.f("ck_person_merge_undoing_is_whole")
        ),
        *(
            sa.ForeignKeyConstraint(
                [f"{one}_id", "section_id"],
                ["person.id", "person.section_id"],
                name=op.f(f"fk_person_merge_{one}_id_section_id_person"),
            )
            for one in ("kept", "merged")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_person_merge_user_id_app_user")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["app_user.id"], name=op.f("fk_person_merge_undone_by_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge")),
    )
    op.create_index("ix_person_merge_kept_id", "person_merge", ["kept_id"])
    op.create_index(
        "ix_person_merge_once",
        "person_merge",
        ["merged_id"],
        unique=True,
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    op.create_table(
        "person_merge_row",
        sa.Column("merge_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("row_key", sa.String(length=300), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("change", _one_of("row_change", "none", "changed", "added", "removed"), nullable=False),
        sa.Column("before", postgresql.JSONB(), nullable=True),
        sa.Column("after", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_person_merge_row_case_id_case")),
        sa.ForeignKeyConstraint(
            ["merge_id"], ["person_merge.id"], name=op.f("fk_person_merge_row_merge_id_person_merge")
        ),
        sa.PrimaryKeyConstraint("merge_id", "source", "row_key", name=op.f("pk_person_merge_row")),
    )
    op.create_index(
        "ix_person_merge_row_role",
        "person_merge_row",
        ["case_id", "row_key"],
        postgresql_where=sa.text("source = 'case_person'"),
    )


def downgrade() -> None:
    """Bring the schema back. Persons who were merged stay merged: their roles are those of the kept person."""
    op.execute("DROP TABLE person_merge_row, person_merge CASCADE")
    op.execute("ALTER TABLE identity_token NO FORCE ROW LEVEL SECURITY")
    op.execute("DELETE FROM identity_token WHERE field IN ('whole_name', 'birth_date')")
    op.execute("ALTER TABLE identity_token FORCE ROW LEVEL SECURITY")
    op.drop_index("ix_identity_token_same", "identity_token")
    op.drop_constraint(op.f("ck_identity_token_identity_field"), "identity_token")
    op.create_check_constraint(op.f("ck_identity_token_identity_field"), "identity_token", _fields(*OLD_FIELDS))
    op.execute("ALTER TABLE person DROP COLUMN is_set_aside, DROP COLUMN merged_into_id CASCADE")
