"""Links between two cases: what they have in common, or which of them leads."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseflow.db.base import Base, CreatedAt, Line, RandomId, choice
from caseflow.models.case import Case
from caseflow.models.section import User


class LinkKind(StrEnum):
    """What two cases have in common. Of a `LEAD` the first case leads, and the second follows it."""

    INCIDENT = "incident"
    OPPONENT = "opponent"
    """The same perpetrator, landlord, company or office."""
    LAW = "law"
    """The same law or policy."""
    LEAD = "lead"


class CaseLink(Base):
    """A link between two cases. It is seen by those who see both, and taken back, never removed.

    The ids are in order, but for a `LEAD`, so that each pair is linked once for each kind.
    """

    __tablename__ = "case_link"
    __table_args__ = (
        CheckConstraint("first_id <> second_id", name="two_cases"),
        CheckConstraint("kind = 'lead' OR first_id < second_id", name="in_order"),
        CheckConstraint("(removed_by_id IS NULL) = (removed_at IS NULL)", name="removal_is_whole"),
        Index(
            "uq_case_link_holds",
            "first_id",
            "second_id",
            "kind",
            unique=True,
            postgresql_where=text("removed_at IS NULL"),
        ),
        Index("ix_case_link_second_id", "second_id"),
    )

    id: Mapped[RandomId]
    first_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    second_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    kind: Mapped[LinkKind] = choice(LinkKind, "link_kind")
    reason: Mapped[Line]
    linked_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    linked_at: Mapped[CreatedAt]
    removed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    removed_at: Mapped[datetime | None]
    removal_reason: Mapped[Line] = mapped_column(default="", server_default="")

    first: Mapped[Case] = relationship(lazy="raise_on_sql", foreign_keys=[first_id])
    second: Mapped[Case] = relationship(lazy="raise_on_sql", foreign_keys=[second_id])
    linked_by: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=[linked_by_id])
    """Who linked them, where the reader sees them."""
    removed_by: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=[removed_by_id])
