"""Uploads of evidence in progress."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0042_evidence_uploads"
down_revision = "0047_two_persons_file"
branch_labels = None
depends_on = None
TABLE = "evidence_upload"
CHECKS = {
    "received_of_size": "received >= 0 AND received <= size",
    "beginning_whole": "octet_length(beginning) = 32",
    "stored_with_key": "(stored_as IS NULL) = (key_sealed IS NULL)",
}


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("file_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("beginning", sa.LargeBinary(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("parts_as", postgresql.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
        sa.Column("keys_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("media_type", sa.String(length=300), server_default="", nullable=False),
        sa.Column("stored_as", sa.Uuid(), nullable=True),
        sa.Column("key_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.LargeBinary(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *(sa.CheckConstraint(sql, name=op.f(f"ck_{TABLE}_{name}")) for name, sql in CHECKS.items()),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f(f"fk_{TABLE}_case_id_case")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f(f"fk_{TABLE}_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    for column in ("case_id", "user_id", "touched_at"):
        op.create_index(f"ix_{TABLE}_{column}", TABLE, [column])


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table(TABLE)
