"""What is due, and the reminders of it."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseflow.db.base import Base, CreatedAt, Line, LongText, RandomId, choice
from caseflow.models.case import Case
from caseflow.models.section import User


class DeadlineKind(StrEnum):
    """Where a date comes from. The first two are computed by the law engine, the last is typed."""

    ONE_YEAR = "one_year"
    NEXT_DOMESTIC_STEP = "next_domestic_step"
    MANUAL = "manual"


class ReminderStatus(StrEnum):
    """The life of a reminder in the outbox."""

    WAITING = "waiting"
    SENT = "sent"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Deadline(Base):
    """A date that must not be missed, with the rule and the facts it was computed from.

    `version` grows whenever the date or the person changes, so that reminders of an older date can't be sent.
    `key` names a computed deadline within its case (such as `one_year:<claim id>`), so that it is found again.
    """

    __tablename__ = "deadline"
    __table_args__ = (
        UniqueConstraint("case_id", "key"),
        CheckConstraint("(done_at IS NULL) OR (outcome <> '')", name="done_says_how"),
        Index("ix_deadline_case_open", "case_id", "due_on", postgresql_where=text("done_at IS NULL")),
        Index("ix_deadline_open", "due_on", "id", postgresql_where=text("done_at IS NULL")),
        Index(
            "ix_deadline_responsible_open", "responsible_id", "due_on", "id", postgresql_where=text("done_at IS NULL")
        ),
    )

    id: Mapped[RandomId]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    claim_id: Mapped[UUID | None] = mapped_column(ForeignKey("claim.id", ondelete="SET NULL"))
    kind: Mapped[DeadlineKind] = choice(DeadlineKind, "deadline_kind")
    key: Mapped[str] = mapped_column(String(100))
    title: Mapped[Line] = mapped_column(default="", server_default="")
    due_on: Mapped[date]
    basis: Mapped[dict[str, object]] = mapped_column(JSONB, default=dict, server_default="{}")
    """Rule, citation, the facts used and the sentence that explains the date; empty for typed ones."""
    note: Mapped[LongText] = mapped_column(default="", server_default="")
    responsible_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    done_at: Mapped[datetime | None]
    outcome: Mapped[Line] = mapped_column(default="", server_default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[CreatedAt]

    case: Mapped[Case] = relationship(lazy="raise_on_sql")
    responsible: Mapped[User | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own way of saying it


class Reminder(Base):
    """One mail that is to go out: the outbox. Written in the same commit as its deadline.

    The unique key makes a second one for the same threshold impossible; `lease_until` says for how long a sweep may
    hold it before another takes it over.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("deadline_id", "deadline_version", "threshold", "recipient_id"),
        Index("ix_reminder_waiting", "due_at", "id", postgresql_where=text("status = 'waiting'")),
        Index("ix_reminder_failed", "due_at", postgresql_where=text("status = 'failed'")),
        Index("ix_reminder_case_id", "case_id"),
    )

    id: Mapped[RandomId]
    deadline_id: Mapped[UUID] = mapped_column(ForeignKey("deadline.id", ondelete="CASCADE"))
    deadline_version: Mapped[int]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    recipient_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    threshold: Mapped[int]
    """Days before the deadline; -1 is the day after it."""
    due_at: Mapped[datetime]
    status: Mapped[ReminderStatus] = choice(ReminderStatus, "reminder_status", default=ReminderStatus.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    reason: Mapped[Line] = mapped_column(default="", server_default="")
    """Why it was cancelled, superseded or has failed; never anything of the case."""
    created_at: Mapped[CreatedAt]
