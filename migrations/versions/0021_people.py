"""Persons, their roles in cases, and their identity, which is sealed and kept apart."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021_people"
down_revision = "0021_edited_decisions"
branch_labels = None
depends_on = None
TABLES = (
    "claim_person",
    "person_relation",
    "person_identity",
    "identity_token",
    "identity_reveal",
    "code_name_counter",
    "case_person",
    "person",
    "people_setting",
)


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "people_setting",
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("reveal_needs_second_person", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_people_setting_section_id_section")),
        sa.PrimaryKeyConstraint("section_id", name=op.f("pk_people_setting")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "individual",
                "household",
                "community",
                "organisation",
                name="person_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column(
            "life_status",
            sa.Enum(
                "alive", "dead", "missing", name="life_status", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("is_child", sa.Boolean(), nullable=True),
        sa.Column("lacks_capacity", sa.Boolean(), nullable=True),
        sa.Column("is_named", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_person_size_positive")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_person_section_id_section")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("id", "section_id", name=op.f("uq_person_id_section_id")),
    )
    op.create_table(
        "case_person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("code_name", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.String(length=40)), server_default="{}", nullable=False),
        sa.Column("description", sa.String(length=300), server_default="", nullable=False),
        sa.Column("is_within_jurisdiction", sa.Boolean(), nullable=True),
        sa.Column("is_affected", sa.Boolean(), nullable=True),
        sa.Column("affected_how", sa.Text(), server_default="", nullable=False),
        sa.Column("is_identified", sa.Boolean(), nullable=True),
        sa.Column("groups", postgresql.ARRAY(sa.String(length=40)), server_default="{}", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_person_case_id_case")),
        sa.ForeignKeyConstraint(
            ["person_id", "section_id"],
            ["person.id", "person.section_id"],
            name=op.f("fk_case_person_person_id_section_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_person")),
        sa.UniqueConstraint("case_id", "code_name", name=op.f("uq_case_person_case_id_code_name")),
        sa.UniqueConstraint("case_id", "person_id", name=op.f("uq_case_person_case_id_person_id")),
        sa.UniqueConstraint("id", "case_id", name=op.f("uq_case_person_id_case_id")),
    )
    op.create_index("ix_case_person_person_id", "case_person", ["person_id"])
    op.create_table(
        "code_name_counter",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("letter", sa.String(length=40), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_code_name_counter_case_id_case")),
        sa.PrimaryKeyConstraint("case_id", "letter", name=op.f("pk_code_name_counter")),
    )
    op.create_table(
        "identity_reveal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(approved_by_id IS NULL) = (approved_at IS NULL)", name=op.f("ck_identity_reveal_approval_is_whole")
        ),
        sa.CheckConstraint("approved_by_id <> user_id", name=op.f("ck_identity_reveal_second_person")),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["app_user.id"], name=op.f("fk_identity_reveal_approved_by_id_app_user")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_identity_reveal_case_id_case")),
        sa.ForeignKeyConstraint(
            ["person_id", "section_id"],
            ["person.id", "person.section_id"],
            name=op.f("fk_identity_reveal_person_id_section_id_person"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_identity_reveal_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_reveal")),
    )
    op.create_index("ix_identity_reveal_case_id", "identity_reveal", ["case_id"])
    op.create_index("ix_identity_reveal_person_id", "identity_reveal", ["person_id", "user_id", "expires_at"])
    op.create_index(
        "ix_identity_reveal_section_id",
        "identity_reveal",
        ["section_id", sa.text("requested_at DESC"), sa.text("id DESC")],
    )
    op.create_table(
        "identity_token",
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "field",
            sa.Enum(
                "name",
                "phone",
                "number",
                "email",
                name="identity_field",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["person_id", "section_id"],
            ["person.id", "person.section_id"],
            name=op.f("fk_identity_token_person_id_section_id_person"),
        ),
        sa.PrimaryKeyConstraint("section_id", "token", "person_id", name=op.f("pk_identity_token")),
    )
    op.create_index("ix_identity_token_person_id", "identity_token", ["person_id"])
    op.create_table(
        "person_identity",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("other_names_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("birth_date_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("email_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id", "section_id"],
            ["person.id", "person.section_id"],
            name=op.f("fk_person_identity_person_id_section_id_person"),
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_identity")),
    )
    op.create_table(
        "person_relation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "parent",
                "guardian",
                "spouse",
                "heir",
                "member",
                "carer",
                name="relation_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=300), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("person_id <> other_id", name=op.f("ck_person_relation_two_persons")),
        sa.ForeignKeyConstraint(
            ["other_id", "section_id"],
            ["person.id", "person.section_id"],
            name=op.f("fk_person_relation_other_id_section_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id", "section_id"],
            ["person.id", "person.section_id"],
            name=op.f("fk_person_relation_person_id_section_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_relation")),
        sa.UniqueConstraint("person_id", "other_id", "kind", name=op.f("uq_person_relation_person_id_other_id_kind")),
    )
    op.create_index("ix_person_relation_other_id", "person_relation", ["other_id"])
    op.create_table(
        "claim_person",
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("case_person_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("harm", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_claim_person_case_id_case")),
        sa.ForeignKeyConstraint(
            ["case_person_id", "case_id"],
            ["case_person.id", "case_person.case_id"],
            name=op.f("fk_claim_person_case_person_id_case_id_case_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["claim_id", "case_id"],
            ["claim.id", "claim.case_id"],
            name=op.f("fk_claim_person_claim_id_case_id_claim"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("claim_id", "case_person_id", name=op.f("pk_claim_person")),
    )
    op.create_index("ix_claim_person_case_id", "claim_person", ["case_id"])
    op.create_index("ix_claim_person_case_person_id", "claim_person", ["case_person_id"])


def downgrade() -> None:
    """Bring the schema back. All in one statement: policies of some of these tables name others of them."""
    op.execute(f"DROP TABLE {', '.join(TABLES)}")
