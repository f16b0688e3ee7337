"""Ways to reach persons, and the log of attempts."""

import sqlalchemy as sa
from alembic import op

revision = "0025_contacts"
down_revision = "0024_housing_applications"
branch_labels = None
depends_on = None
KINDS = ("phone", "messenger", "email", "in_person", "through_person")
RESULTS = ("reached", "no_answer", "message_left", "wrong_person", "refused")
TABLES = ("contact_attempt", "contact_channel_value", "contact_channel")


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "contact_channel",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of("contact_kind", *KINDS), nullable=False),
        sa.Column("safe_from", sa.Time(), nullable=True),
        sa.Column("safe_until", sa.Time(), nullable=True),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("never_call", sa.Boolean(), nullable=False),
        sa.Column("no_message", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("rank BETWEEN 1 AND 9", name=op.f("ck_contact_channel_rank_is_one_digit")),
        sa.CheckConstraint(
            "(safe_from IS NULL) = (safe_until IS NULL)", name=op.f("ck_contact_channel_hours_are_whole")
        ),
        sa.CheckConstraint("safe_from <> safe_until", name=op.f("ck_contact_channel_hours_differ")),
        sa.ForeignKeyConstraint(
            ["person_id", "section_id"],
            ["person.id", "person.section_id"],
            name=op.f("fk_contact_channel_person_id_section_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_channel")),
        sa.UniqueConstraint("id", "person_id", "section_id", name=op.f("uq_contact_channel_id_person_id_section_id")),
    )
    op.create_index("ix_contact_channel_person_id", "contact_channel", ["person_id"])
    op.create_table(
        "contact_channel_value",
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("word_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["channel_id", "person_id", "section_id"],
            ["contact_channel.id", "contact_channel.person_id", "contact_channel.section_id"],
            name=op.f("fk_contact_channel_value_channel"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("channel_id", name=op.f("pk_contact_channel_value")),
    )
    op.create_table(
        "contact_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("case_person_id", sa.Uuid(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _one_of("contact_kind", *KINDS), nullable=False),
        sa.Column("result", _one_of("contact_result", *RESULTS), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("next_on >= made_on", name=op.f("ck_contact_attempt_next_is_later")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_contact_attempt_case_id_case")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_contact_attempt_user_id_app_user")),
        sa.ForeignKeyConstraint(
            ["case_person_id", "case_id"],
            ["case_person.id", "case_person.case_id"],
            name=op.f("fk_contact_attempt_case_person_id_case_id_case_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_attempt")),
    )
    op.create_index("ix_contact_attempt_case_id", "contact_attempt", ["case_id"])
    op.create_index("ix_contact_attempt_case_person_id", "contact_attempt", ["case_person_id", "made_on", "created_at"])


def downgrade() -> None:
    """Bring the schema back. All in one statement: policies of some of these tables name others of them."""
    op.execute(f"DROP TABLE {', '.join(TABLES)}")
