"""The log of reprisals."""

import sqlalchemy as sa
from alembic import op

revision = "0055_reprisals"
down_revision = "0052_notes_on_evidence"
branch_labels = None
depends_on = None
KINDS = (
    "event", "reported", "protection_asked", "protection_granted", "protection_refused", "result", "ended", "amended",
)  # fmt: skip
TO_WHOM = ("committee", "special_rapporteur", "un_focal_point", "police", "court", "institution", "other")


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "reprisal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("reprisal_id", sa.Uuid(), nullable=True),
        sa.Column("kind", _one_of("reprisal_entry_kind", *KINDS), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("whom", sa.String(length=300), server_default="", nullable=False),
        sa.Column("happened", sa.String(length=24), nullable=True),
        sa.Column("by_whom", sa.String(length=300), server_default="", nullable=False),
        sa.Column("is_continuing", sa.Boolean(), nullable=True),
        sa.Column("to_whom", _one_of("reported_to", *TO_WHOM), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(kind = 'event') = (reprisal_id IS NULL)", name=op.f("ck_reprisal_entry_on_event")),
        sa.CheckConstraint(
            "kind = 'event' OR (person_id IS NULL AND whom = '' AND by_whom = '' AND is_continuing IS NULL)",
            name=op.f("ck_reprisal_said_of_event"),
        ),
        sa.CheckConstraint(
            "(to_whom IS NOT NULL) = (kind IN ('reported', 'protection_asked'))",
            name=op.f("ck_reprisal_to_whom_of_report"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_reprisal_case_id_case")),
        sa.ForeignKeyConstraint(
            ["reprisal_id", "case_id"],
            ["reprisal.id", "reprisal.case_id"],
            name=op.f("fk_reprisal_reprisal_id_case_id_reprisal"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reprisal_person_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["written_by_id"], ["app_user.id"], name=op.f("fk_reprisal_written_by_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reprisal")),
        sa.UniqueConstraint("id", "case_id", name=op.f("uq_reprisal_id_case_id")),
    )
    op.create_index("ix_reprisal_case_id", "reprisal", ["case_id", "created_at", "id"])
    op.create_index("ix_reprisal_reprisal_id", "reprisal", ["reprisal_id"])
    op.create_index("ix_reprisal_person_id", "reprisal", ["person_id"])


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("reprisal")
