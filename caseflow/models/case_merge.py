"""Merges of cases that were recorded twice: what was moved and changed, so that it can be undone."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseflow.db.base import Base, Code, CreatedAt, Line, RandomId
from caseflow.models.section import User


class CaseMerge(Base):
    """That two files are of one event: `merged_id` was merged into `kept_id`. Written by the functions of `db/sql/case_merges.sql` alone."""

    __tablename__ = "case_merge"
    __table_args__ = (
        CheckConstraint("kept_id <> merged_id", name="two_cases"),
        CheckConstraint("(undone_by_id IS NULL) = (undone_at IS NULL)", name="undoing_is_whole"),
        Index("ix_case_merge_kept_id", "kept_id"),
        Index("ix_case_merge_section_id", "section_id", text("merged_at DESC"), text("id DESC")),
        Index("uq_case_merge_once", "merged_id", unique=True, postgresql_where=text("undone_at IS NULL")),
    )

    id: Mapped[RandomId]
    section_id: Mapped[UUID] = mapped_column(ForeignKey("section.id"))
    kept_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    merged_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    merged_reference: Mapped[Code]
    reason: Mapped[Line]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    merged_at: Mapped[CreatedAt]
    """By the clock of the database."""
    moved: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """The rows that were moved, by table: their ids, and what they were numbered by."""
    changed: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    """What else was changed, before and after; the code names that were given; and a digest of each table as the merge left it."""
    undone_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    undone_at: Mapped[datetime | None]
    undo_reason: Mapped[Line] = mapped_column(default="", server_default="")

    user: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=[user_id])
    undone_by: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=[undone_by_id])
