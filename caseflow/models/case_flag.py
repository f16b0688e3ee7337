"""Flags on a case: what colleagues should know of it, with a reason, until it is resolved."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseflow.db.base import Base, CreatedAt, Line, RandomId, choice
from caseflow.models.section import User


class FlagKind(StrEnum):
    """What a flag says. The reason of an `OTHER` one is what it says."""

    SAFETY = "safety"
    """Somebody of the case may be in danger."""
    LAWYER = "lawyer"
    PAPERS = "papers"
    CONTACT = "contact"
    MEDIA = "media"
    STRATEGIC = "strategic"
    OTHER = "other"


class CaseFlag(Base):
    """A flag on a case. It is resolved, and never removed."""

    __tablename__ = "case_flag"
    __table_args__ = (
        CheckConstraint("(resolved_by_id IS NULL) = (resolved_at IS NULL)", name="resolving_is_whole"),
        Index("ix_case_flag_case_id", "case_id", "raised_at"),
        # Section first, as in the indexes of cases: the flags of a list are found without those of other sections.
        Index("ix_case_flag_open", "section_id", "kind", "case_id", postgresql_where=text("resolved_at IS NULL")),
        Index(
            "uq_case_flag_once",
            "case_id",
            "kind",
            unique=True,
            postgresql_where=text("resolved_at IS NULL AND kind <> 'other'"),
        ),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    section_id: Mapped[UUID] = mapped_column(ForeignKey("section.id"))
    """The section of the case."""
    kind: Mapped[FlagKind] = choice(FlagKind, "flag_kind")
    reason: Mapped[Line]
    raised_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    raised_at: Mapped[CreatedAt]
    resolution: Mapped[Line] = mapped_column(default="", server_default="")
    resolved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    resolved_at: Mapped[datetime | None]

    raised_by: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=[raised_by_id])
    """Who raised it, where the reader sees them."""
    resolved_by: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=[resolved_by_id])
