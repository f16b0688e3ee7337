"""Two persons, or two cases, that look the same and are not."""

import sqlalchemy as sa
from alembic import op

revision = "0035_differences"
down_revision = "0038_letters"
branch_labels = None
depends_on = None


def _table(kind: str, *keys: sa.ForeignKeyConstraint) -> None:
    table = f"{kind}_difference"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_by_id", sa.Uuid(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f(f"ck_{table}_two_in_order")),
        sa.CheckConstraint(
            "(taken_back_by_id IS NULL) = (taken_back_at IS NULL)", name=op.f(f"ck_{table}_taking_back_is_whole")
        ),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f(f"fk_{table}_section_id_section")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f(f"fk_{table}_user_id_app_user")),
        sa.ForeignKeyConstraint(
            ["taken_back_by_id"], ["app_user.id"], name=op.f(f"fk_{table}_taken_back_by_id_app_user")
        ),
        *keys,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(
        f"uq_{table}_holds",
        table,
        ["first_id", "second_id"],
        unique=True,
        postgresql_where=sa.text("taken_back_at IS NULL"),
    )
    op.create_index(f"ix_{table}_second_id", table, ["second_id"])
    op.create_index(f"ix_{table}_section_id", table, ["section_id", sa.text("said_at DESC"), sa.text("id DESC")])


def upgrade() -> None:
    """Bring the schema up."""
    _table(
        "person",
        *(
            sa.ForeignKeyConstraint(
                [f"{one}_id", "section_id"],
                ["person.id", "person.section_id"],
                name=op.f(f"fk_person_difference_{one}_id_section_id_person"),
            )
            for one in ("first", "second")
        ),
    )
    _table(
        "case",
        *(
            sa.ForeignKeyConstraint([f"{one}_id"], ["case.id"], name=op.f(f"fk_case_difference_{one}_id_case"))
            for one in ("first", "second")
        ),
    )


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("case_difference")
    op.drop_table("person_difference")
