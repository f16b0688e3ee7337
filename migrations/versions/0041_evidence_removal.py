"""Removing the file of a piece of evidence; looks at copies in the custody."""

import sqlalchemy as sa
from alembic import op

revision = "0041_evidence_removal"
down_revision = "0039_evidence_copies"
branch_labels = None
depends_on = None
LINT_EXCEPTIONS = {
    "ban-drop-constraint": "the check is replaced by a wider one in the same transaction",
    "ban-drop-not-null": "the key of a removed file is destroyed; the code before this one removes none",
    "constraint-missing-not-valid": "validating reads two small tables, in well under a second",
}
REASONS = ("wrong_file", "wrong_case", "withdrawn", "other")
CUSTODY = ("received", "stored", "downloaded", "verified", "damaged", "sent")
CHECKS = {
    "removal_reason": "removed_because IN ({})".format(", ".join(f"'{one}'" for one in REASONS)),
    "removal_says_why": "(removed_at IS NULL) = (removed_because IS NULL)",
}


def upgrade() -> None:
    """Bring the schema up."""
    op.add_column("evidence", sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("evidence", sa.Column("removed_because", sa.String(40), nullable=True))
    for name, check in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_evidence_{name}"), "evidence", sa.text(check), postgresql_not_valid=True)
        op.execute(f"ALTER TABLE evidence VALIDATE CONSTRAINT ck_evidence_{name}")
    op.alter_column("evidence_content", "key_sealed", existing_type=sa.LargeBinary(), nullable=True)
    op.add_column("evidence_content", sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True))
    _check_custody((*CUSTODY, "viewed", "removed"))


def downgrade() -> None:
    """Bring the schema back."""
    for table in ("evidence_custody", "evidence_content"):
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")  # it holds the owner too
    op.execute("DELETE FROM evidence_custody WHERE kind IN ('viewed', 'removed')")
    op.execute("UPDATE evidence_content SET key_sealed = '' WHERE key_sealed IS NULL")
    _check_custody(CUSTODY)
    op.drop_column("evidence_content", "destroyed_at")
    op.alter_column("evidence_content", "key_sealed", existing_type=sa.LargeBinary(), nullable=False)
    for name in CHECKS:
        op.drop_constraint(op.f(f"ck_evidence_{name}"), "evidence")
    op.drop_column("evidence", "removed_because")
    op.drop_column("evidence", "removed_at")


def _check_custody(kinds: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    name = "ck_evidence_custody_custody_kind"
    op.drop_constraint(op.f(name), "evidence_custody")
    op.create_check_constraint(
        op.f(name), "evidence_custody", sa.text(f"kind IN ({listed})"), postgresql_not_valid=True
    )
    op.execute(f"ALTER TABLE evidence_custody VALIDATE CONSTRAINT {name}")
