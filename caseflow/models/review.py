"""The review of a case before filing: the versions that were reviewed, what was said about them, who approved one."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    Uuid,
    select,
    text,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from caseflow.db.base import Base, CreatedAt, LongText, RandomId, choice
from caseflow.models.case import Case
from caseflow.models.section import User


class ReviewStatus(StrEnum):
    """What became of a version that was put up for review."""

    OPEN = "open"
    HALF_SIGNED = "half_signed"
    """One person approved it against something that stops it; a second one has not agreed yet."""
    SIGNED = "signed"
    RETURNED = "returned"
    REPLACED = "replaced"
    """A later version was put up for review, or the case left the review."""
    ENDED = "ended"
    """It was signed, and the approval was taken back."""


class CommentKind(StrEnum):
    """What a comment of a review is."""

    COMMENT = "comment"
    MUST_FIX = "must_fix"
    """The gap must be closed before the case is approved."""
    ACCEPTED = "accepted"
    """The gap is accepted, for the reason in the text."""
    ANSWER = "answer"


class CaseReview(Base):
    """A version of a case that was put up for review: all that would be filed, as canonical JSON, with its SHA-256.

    The version never changes: what people may write are the columns that say what became of it.
    """

    __tablename__ = "case_review"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        UniqueConstraint("id", "case_id"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("sha256 = sha256(convert_to(content, 'UTF8'))", name="hash_of_content"),
        CheckConstraint("signed_by_id <> requested_by_id OR alone_because <> ''", name="signed_by_another"),
        CheckConstraint("second_by_id <> signed_by_id AND second_by_id <> requested_by_id", name="second_person"),
        CheckConstraint("(signed_by_id IS NULL) = (signed_at IS NULL)", name="signed_whole"),
        CheckConstraint("(second_by_id IS NULL) = (second_at IS NULL)", name="second_whole"),
        CheckConstraint("status <> 'signed' OR signed_by_id IS NOT NULL", name="signed_by_somebody"),
        CheckConstraint(
            "stops = '{}' OR status <> 'signed' OR second_by_id IS NOT NULL", name="stopped_without_second"
        ),
        Index(
            "uq_case_review_current",
            "case_id",
            unique=True,
            postgresql_where=text("status IN ('open', 'half_signed', 'signed')"),
        ),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]
    content: Mapped[LongText] = mapped_column(info={"audit": "hidden"}, deferred=True, deferred_raiseload=True)
    """The canonical JSON of `review.snapshot`."""
    sha256: Mapped[bytes] = mapped_column(LargeBinary, info={"audit": "hidden"})
    note: Mapped[LongText] = mapped_column(default="", server_default="")
    reviewer_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()), default=list, server_default="{}")
    wished_on: Mapped[date | None]
    task_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()), default=list, server_default="{}")
    """The tasks of the reviewers, which end with the review."""
    requested_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    requested_at: Mapped[CreatedAt]
    status: Mapped[ReviewStatus] = choice(ReviewStatus, "review_status", default=ReviewStatus.OPEN)
    signed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    signed_at: Mapped[datetime | None]
    stops: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list, server_default="{}")
    """What stopped the approval and was overridden: codes of the vocabulary `review_stop`."""
    reason: Mapped[LongText] = mapped_column(default="", server_default="")
    """Why the version was approved nevertheless."""
    alone_because: Mapped[LongText] = mapped_column(default="", server_default="")
    """Why one person asked for the review and approved, where nobody else works on the case. Never against a stop."""
    second_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    second_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]
    """Since when the case differs from the signed version; null while it does not."""
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    ended_because: Mapped[LongText] = mapped_column(default="", server_default="")
    """What the reviewer wrote when the case was returned, or why the approval was taken back."""
    version: Mapped[int] = mapped_column(default=1)

    requested_by: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=requested_by_id)
    signed_by: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=signed_by_id)
    second_by: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=second_by_id)
    ended_by: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=ended_by_id)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy documents it

    @property
    def is_open(self) -> bool:
        """Return whether it still waits for somebody to approve or return it."""
        return self.status in {ReviewStatus.OPEN, ReviewStatus.HALF_SIGNED}


Case.stale_version = column_property(
    select(CaseReview.number)
    .where(CaseReview.case_id == Case.id, CaseReview.status == ReviewStatus.SIGNED, CaseReview.changed_at.is_not(None))
    .correlate(Case)
    .scalar_subquery(),
    deferred=True,
)


class ReviewComment(Base):
    """A comment on a gap or on a page of a case in its review, a decision on a gap, or an answer. Only its end is added later."""

    __tablename__ = "review_comment"
    __table_args__ = (
        UniqueConstraint("id", "case_id"),
        ForeignKeyConstraint(["review_id", "case_id"], ["case_review.id", "case_review.case_id"]),
        ForeignKeyConstraint(["comment_id", "case_id"], ["review_comment.id", "review_comment.case_id"]),
        CheckConstraint("(kind = 'answer') = (comment_id IS NOT NULL)", name="answers_a_comment"),
        CheckConstraint("(resolved_at IS NULL) = (resolved_by_id IS NULL)", name="resolved_whole"),
        Index("ix_review_comment_case_id", "case_id", "created_at"),
        Index("ix_review_comment_review_id", "review_id"),
        Index("ix_review_comment_comment_id", "comment_id"),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    review_id: Mapped[UUID]
    """The version of which it was written."""
    kind: Mapped[CommentKind] = choice(CommentKind, "comment_kind")
    about: Mapped[str] = mapped_column(String(120), default="", server_default="")
    """The key of a gap ("gap:" and what `readiness.gaps` calls it), or a page of the case ("page:facts")."""
    text: Mapped[LongText]
    comment_id: Mapped[UUID | None]
    """The comment that it answers."""
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    created_at: Mapped[CreatedAt]
    resolved_at: Mapped[datetime | None]
    resolved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    written_by: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=written_by_id)
    resolved_by: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=resolved_by_id)
