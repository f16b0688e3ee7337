"""The filing of a case: when and how the communication was sent to the Committee."""

from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseflow.db.base import Base, CreatedAt, Line, LongText, RandomId, choice
from caseflow.models.section import User


class FilingChannel(StrEnum):
    """How a communication was sent."""

    ONLINE = "online"
    EMAIL = "email"
    POST = "post"
    OTHER = "other"


class Filing(Base):
    """One filing of a case. It is never changed: what was recorded by mistake is ended with a reason, and recorded again.

    A case has at most one that has not ended. It also ends when the case is reopened before filing.
    """

    __tablename__ = "filing"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (ended_because = '')", name="end_says_why"),
        CheckConstraint("prepared_by_id <> recorded_by_id OR alone_because <> ''", name="two_persons"),
        Index("uq_filing_current", "case_id", unique=True, postgresql_where=text("ended_at IS NULL")),
        Index("ix_filing_case_id", "case_id", "recorded_at"),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    filed_on: Mapped[date]
    """The day in the section's time zone."""
    filed_hour: Mapped[time | None]
    channel: Mapped[FilingChannel] = choice(FilingChannel, "filing_channel")
    proof: Mapped[Line]
    """Where the proof is: the number of a registered letter, the id of an email."""
    note: Mapped[LongText] = mapped_column(default="", server_default="")
    one_year_until: Mapped[date | None]
    """The last safe day of the one-year clock that ended first, as computed when the filing was recorded."""
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    """Who confirmed it."""
    recorded_at: Mapped[CreatedAt]
    prepared_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    """Who prepared it, which is somebody else; null for a filing from before this was asked."""
    alone_because: Mapped[LongText] = mapped_column(default="", server_default="")
    """Why one person did both, where a section has nobody else."""
    review_id: Mapped[UUID | None] = mapped_column(ForeignKey("case_review.id"))
    """The signed version that was filed."""
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[LongText] = mapped_column(default="", server_default="")

    recorded_by: Mapped[User] = relationship(lazy="raise_on_sql", foreign_keys=recorded_by_id)
    prepared_by: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=prepared_by_id)


class PreparedFiling(Base):
    """A filing that one person prepared and another has not confirmed yet. Nothing is filed by it."""

    __tablename__ = "prepared_filing"
    __table_args__ = (
        Index("uq_prepared_filing_current", "case_id", unique=True, postgresql_where=text("ended_at IS NULL")),
        Index("ix_prepared_filing_case_id", "case_id"),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    filed_on: Mapped[date]
    filed_hour: Mapped[time | None]
    channel: Mapped[FilingChannel] = choice(FilingChannel, "filing_channel")
    proof: Mapped[Line]
    note: Mapped[LongText] = mapped_column(default="", server_default="")
    prepared_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    prepared_at: Mapped[CreatedAt]
    ended_at: Mapped[datetime | None]
    """When it was confirmed, withdrawn or prepared again."""

    prepared_by: Mapped[User | None] = relationship(lazy="raise_on_sql")
