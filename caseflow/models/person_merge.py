"""Merges of persons who were recorded twice: what was changed, so that it can be undone."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseflow.db.base import Base, Code, CreatedAt, Line, RandomId, choice
from caseflow.models.section import User


class KeptIdentity(StrEnum):
    """Whose sealed identity is shown for a person who was recorded twice. Nothing is opened for it."""

    BOTH = "both"
    KEPT = "kept"
    MERGED = "merged"


class RowChange(StrEnum):
    """What a merge did to a row."""

    NONE = "none"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class PersonMerge(Base):
    """That two records are one person: `merged_id` was merged into `kept_id`."""

    __tablename__ = "person_merge"
    __table_args__ = (
        ForeignKeyConstraint(["kept_id", "section_id"], ["person.id", "person.section_id"]),
        ForeignKeyConstraint(["merged_id", "section_id"], ["person.id", "person.section_id"]),
        CheckConstraint("kept_id <> merged_id", name="two_persons"),
        CheckConstraint("(undone_by_id IS NULL) = (undone_at IS NULL)", name="undoing_is_whole"),
        Index("ix_person_merge_kept_id", "kept_id"),
        Index("ix_person_merge_once", "merged_id", unique=True, postgresql_where=text("undone_at IS NULL")),
    )

    id: Mapped[RandomId]
    section_id: Mapped[UUID]
    kept_id: Mapped[UUID]
    merged_id: Mapped[UUID]
    identity: Mapped[KeptIdentity] = choice(KeptIdentity, "kept_identity")
    row_count: Mapped[int]
    """Rows of `PersonMergeRow`: whoever sees fewer can't undo the merge."""
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    merged_at: Mapped[CreatedAt]
    """By the clock of the database."""
    undone_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    undone_at: Mapped[datetime | None]
    undo_reason: Mapped[Line] = mapped_column(default="", server_default="")

    user: Mapped[User] = relationship(lazy="raise_on_sql", foreign_keys=[user_id])
    undone_by: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=[undone_by_id])


class PersonMergeRow(Base):
    """A row that belonged to one of two persons when they were merged: as it was before, and by what it is known since.

    Of rows that the merge did not change only the digest is kept, to see whether somebody changed them since.
    """

    __tablename__ = "person_merge_row"
    __table_args__ = (
        Index("ix_person_merge_row_role", "case_id", "row_key", postgresql_where=text("source = 'case_person'")),
    )

    merge_id: Mapped[UUID] = mapped_column(ForeignKey("person_merge.id"), primary_key=True)
    source: Mapped[Code] = mapped_column(primary_key=True)
    """The table of the row."""
    row_key: Mapped[Line] = mapped_column(primary_key=True)
    """Its primary key."""
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"))
    change: Mapped[RowChange] = choice(RowChange, "row_change")
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """The row before the merge, where the merge changed or removed it."""
    after: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Digest of the row after the merge; null where it is gone."""
