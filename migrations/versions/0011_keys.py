"""The key that signs who acts in a transaction, and the check of the data keys."""

import sqlalchemy as sa
from alembic import op

revision = "0011_keys"
down_revision = "0010_request_keys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "signing_key",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_signing_key_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
    )
    # Two random UUIDs have 244 bits from the system's source of randomness.
    op.execute(
        "INSERT INTO signing_key (id, key) "
        "VALUES (1, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())))"
    )
    op.create_table(
        "data_key_check",
        sa.Column("key_id", sa.String(length=60), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_data_key_check")),
    )


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("data_key_check")
    op.drop_table("signing_key")
