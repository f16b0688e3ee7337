"""Flags on cases, and links between two cases."""

import sqlalchemy as sa
from alembic import op

revision = "0043_case_marks"
down_revision = "0041_evidence_removal"
branch_labels = None
depends_on = None
FLAGS = ("safety", "lawyer", "papers", "contact", "media", "strategic", "other")
LINKS = ("incident", "opponent", "law", "lead")


def _kind(name: str, values: tuple[str, ...]) -> sa.Column[str]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column("kind", kind, nullable=False)


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "case_flag",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        _kind("flag_kind", FLAGS),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("raised_by_id", sa.Uuid(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolution", sa.String(length=300), server_default="", nullable=False),
        sa.Column("resolved_by_id", sa.Uuid(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(resolved_by_id IS NULL) = (resolved_at IS NULL)", name=op.f("ck_case_flag_resolving_is_whole")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_flag_case_id_case")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_case_flag_section_id_section")),
        sa.ForeignKeyConstraint(["raised_by_id"], ["app_user.id"], name=op.f("fk_case_flag_raised_by_id_app_user")),
        sa.ForeignKeyConstraint(["resolved_by_id"], ["app_user.id"], name=op.f("fk_case_flag_resolved_by_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_flag")),
    )
    op.create_index("ix_case_flag_case_id", "case_flag", ["case_id", "raised_at"])
    op.create_index(
        "ix_case_flag_open",
        "case_flag",
        ["section_id", "kind", "case_id"],
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_index(
        "uq_case_flag_once",
        "case_flag",
        ["case_id", "kind"],
        unique=True,
        postgresql_where=sa.text("resolved_at IS NULL AND kind <> 'other'"),
    )
    op.create_table(
        "case_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        _kind("link_kind", LINKS),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("linked_by_id", sa.Uuid(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_by_id", sa.Uuid(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removal_reason", sa.String(length=300), server_default="", nullable=False),
        sa.CheckConstraint("first_id <> second_id", name=op.f("ck_case_link_two_cases")),
        sa.CheckConstraint("kind = 'lead' OR first_id < second_id", name=op.f("ck_case_link_in_order")),
        sa.CheckConstraint(
            "(removed_by_id IS NULL) = (removed_at IS NULL)", name=op.f("ck_case_link_removal_is_whole")
        ),
        sa.ForeignKeyConstraint(["first_id"], ["case.id"], name=op.f("fk_case_link_first_id_case")),
        sa.ForeignKeyConstraint(["second_id"], ["case.id"], name=op.f("fk_case_link_second_id_case")),
        sa.ForeignKeyConstraint(["linked_by_id"], ["app_user.id"], name=op.f("fk_case_link_linked_by_id_app_user")),
        sa.ForeignKeyConstraint(["removed_by_id"], ["app_user.id"], name=op.f("fk_case_link_removed_by_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_link")),
    )
    op.create_index(
        "uq_case_link_holds",
        "case_link",
        ["first_id", "second_id", "kind"],
        unique=True,
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_index("ix_case_link_second_id", "case_link", ["second_id"])


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("case_link")
    op.drop_table("case_flag")
