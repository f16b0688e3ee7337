"""Reviews of cases with the versions that were approved, their comments, and filings that two persons record."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0046_reviews"
down_revision = "0044_list_settings"
branch_labels = None
depends_on = None
STATUS = ("open", "half_signed", "signed", "returned", "replaced", "ended")
COMMENTS = ("comment", "must_fix", "accepted", "answer")
CHANNELS = ("online", "email", "post", "other")


def _moment(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def _words(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _code(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _users(table: str, *names: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([f"{name}_id"], ["app_user.id"], name=op.f(f"fk_{table}_{name}_id_app_user"))
        for name in names
    ]


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "case_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        _words("note"),
        sa.Column("reviewer_ids", postgresql.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
        sa.Column("task_ids", postgresql.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
        sa.Column("wished_on", sa.Date(), nullable=True),
        sa.Column("requested_by_id", sa.Uuid(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", _code("review_status", STATUS), nullable=False),
        sa.Column("signed_by_id", sa.Uuid(), nullable=True),
        _moment("signed_at"),
        sa.Column("stops", postgresql.ARRAY(sa.String(40)), server_default="{}", nullable=False),
        _words("reason"),
        _words("alone_because"),
        sa.Column("second_by_id", sa.Uuid(), nullable=True),
        _moment("second_at"),
        _moment("changed_at"),
        _moment("ended_at"),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        _words("ended_because"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_case_review_number_positive")),
        sa.CheckConstraint("sha256 = sha256(convert_to(content, 'UTF8'))", name=op.f("ck_case_review_hash_of_content")),
        sa.CheckConstraint(
            "signed_by_id <> requested_by_id OR alone_because <> ''", name=op.f("ck_case_review_signed_by_another")
        ),
        sa.CheckConstraint(
            "second_by_id <> signed_by_id AND second_by_id <> requested_by_id",
            name=op.f("ck_case_review_second_person"),
        ),
        sa.CheckConstraint("(signed_by_id IS NULL) = (signed_at IS NULL)", name=op.f("ck_case_review_signed_whole")),
        sa.CheckConstraint("(second_by_id IS NULL) = (second_at IS NULL)", name=op.f("ck_case_review_second_whole")),
        sa.CheckConstraint(
            "status <> 'signed' OR signed_by_id IS NOT NULL", name=op.f("ck_case_review_signed_by_somebody")
        ),
        sa.CheckConstraint(
            "stops = '{}' OR status <> 'signed' OR second_by_id IS NOT NULL",
            name=op.f("ck_case_review_stopped_without_second"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_review_case_id_case")),
        *_users("case_review", "requested_by", "signed_by", "second_by", "ended_by"),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_case_review_case_id_number")),
        sa.UniqueConstraint("id", "case_id", name=op.f("uq_case_review_id_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_review")),
    )
    op.create_index(
        "uq_case_review_current",
        "case_review",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('open', 'half_signed', 'signed')"),
    )
    op.create_table(
        "review_comment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _code("comment_kind", COMMENTS), nullable=False),
        sa.Column("about", sa.String(120), server_default="", nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("comment_id", sa.Uuid(), nullable=True),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _moment("resolved_at"),
        sa.Column("resolved_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'answer') = (comment_id IS NOT NULL)", name=op.f("ck_review_comment_answers_a_comment")
        ),
        sa.CheckConstraint(
            "(resolved_at IS NULL) = (resolved_by_id IS NULL)", name=op.f("ck_review_comment_resolved_whole")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_review_comment_case_id_case")),
        sa.ForeignKeyConstraint(
            ["review_id", "case_id"],
            ["case_review.id", "case_review.case_id"],
            name=op.f("fk_review_comment_review_id_case_id_case_review"),
        ),
        sa.UniqueConstraint("id", "case_id", name=op.f("uq_review_comment_id_case_id")),
        sa.ForeignKeyConstraint(
            ["comment_id", "case_id"],
            ["review_comment.id", "review_comment.case_id"],
            name=op.f("fk_review_comment_comment_id_case_id_review_comment"),
        ),
        *_users("review_comment", "written_by", "resolved_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_comment")),
    )
    op.create_index("ix_review_comment_case_id", "review_comment", ["case_id", "created_at"])
    op.create_index("ix_review_comment_review_id", "review_comment", ["review_id"])
    op.create_index("ix_review_comment_comment_id", "review_comment", ["comment_id"])
    op.create_table(
        "prepared_filing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("filed_hour", sa.Time(), nullable=True),
        sa.Column("channel", _code("filing_channel", CHANNELS), nullable=False),
        sa.Column("proof", sa.String(300), nullable=False),
        _words("note"),
        sa.Column("prepared_by_id", sa.Uuid(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        _moment("ended_at"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_prepared_filing_case_id_case")),
        *_users("prepared_filing", "prepared_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prepared_filing")),
    )
    op.create_index("ix_prepared_filing_case_id", "prepared_filing", ["case_id"])
    op.create_index(
        "uq_prepared_filing_current",
        "prepared_filing",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("prepared_filing")
    op.drop_table("review_comment")
    op.drop_table("case_review")
