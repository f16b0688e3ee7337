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
    recorded_at: Mapped[CreatedAt]
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[LongText] = mapped_column(default="", server_default="")

    recorded_by: Mapped[User] = relationship(lazy="raise_on_sql")
