"""Reminders, the mails that carry them, and how each person wants to be reached."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from caseflow.db.base import Base, CreatedAt, Line, RandomId, choice


class ReminderStatus(StrEnum):
    """The life of a reminder in the outbox."""

    WAITING = "waiting"
    SENT = "sent"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"
    FAILED = "failed"


class ReminderCause(StrEnum):
    """Why this person is reminded."""

    RESPONSIBLE = "responsible"
    SNOOZED = "snoozed"
    """They asked to be reminded on that day."""
    OVERDUE = "overdue"
    """They coordinate the section, and the day has passed."""
    NOT_ACKNOWLEDGED = "not_acknowledged"
    """They coordinate the section, and nobody has said that they have seen it."""
    HANDED_ON = "handed_on"
    """It could not reach whom it was meant for: they left, may no longer see the case, or their address refuses mails."""
    SUBSTITUTE = "substitute"
    """They stand in for somebody who is away."""


class Reminder(Base):
    """One person is to be told of one threshold of one deadline. Written in the same commit as its deadline.

    The unique key makes a second one for the same threshold impossible. It is carried by a mail (`mail_id`) that may
    carry others too, and stands in the application from `due_on` on.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("deadline_id", "deadline_version", "threshold", "recipient_id"),
        Index("ix_reminder_digest", "recipient_id", "due_on", postgresql_where=text("status = 'waiting'")),
        Index(
            "ix_reminder_at_once",
            "due_at",
            "recipient_id",
            postgresql_where=text("status = 'waiting' AND mail_id IS NULL AND due_at IS NOT NULL"),
        ),
        Index("ix_reminder_unread", "recipient_id", "due_on", postgresql_where=text("read_at IS NULL")),
        Index("ix_reminder_told", "recipient_id", "due_on", "id"),
        Index("ix_reminder_mail_id", "mail_id"),
        Index("ix_reminder_in_mail", "mail_id", postgresql_where=text("status = 'waiting' AND mail_id IS NOT NULL")),
        Index("ix_reminder_lost", "due_on", postgresql_where=text("status = 'failed'")),
        Index("ix_reminder_case_id", "case_id"),
    )

    id: Mapped[RandomId]
    deadline_id: Mapped[UUID] = mapped_column(ForeignKey("deadline.id", ondelete="CASCADE"))
    deadline_version: Mapped[int]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    recipient_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    threshold: Mapped[int]
    """Days before the deadline; -1 is the day after it."""
    cause: Mapped[ReminderCause] = choice(ReminderCause, "reminder_cause", default=ReminderCause.RESPONSIBLE)
    due_on: Mapped[date]
    """The day from which it is told: with the digest of that day."""
    due_at: Mapped[datetime | None]
    """The moment at which it is told by itself; null for what waits for the digest."""
    status: Mapped[ReminderStatus] = choice(ReminderStatus, "reminder_status", default=ReminderStatus.WAITING)
    mail_id: Mapped[UUID | None] = mapped_column(ForeignKey("mail.id"))
    sent_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    """When the person marked it as read in the application."""
    reason: Mapped[Line] = mapped_column(default="", server_default="")
    """Why it was cancelled, superseded or has failed; never anything of the case."""
    created_at: Mapped[CreatedAt]


class MailKind(StrEnum):
    """What a mail is. All have the same words but the test."""

    DIGEST = "digest"
    AT_ONCE = "at_once"
    TEST = "test"


class MailStatus(StrEnum):
    """The life of a mail."""

    WAITING = "waiting"
    SENT = "sent"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Mail(Base):
    """One mail to one person: the outbox. `lease_until` says for how long a sweep may hold it.

    There is one digest a person a day, by a unique index. The Message-ID is made from `id`.
    """

    __tablename__ = "mail"
    __table_args__ = (
        CheckConstraint("(kind = 'digest') = (digest_on IS NOT NULL)", name="digest_has_day"),
        Index("uq_mail_digest", "recipient_id", "digest_on", unique=True, postgresql_where=text("kind = 'digest'")),
        Index("ix_mail_waiting", "due_at", "id", postgresql_where=text("status = 'waiting'")),
        Index("ix_mail_sent", "recipient_id", "sent_at", postgresql_where=text("status = 'sent'")),
        Index("ix_mail_failed", "due_at", "id", postgresql_where=text("status = 'failed'")),
    )

    id: Mapped[RandomId]
    recipient_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    kind: Mapped[MailKind] = choice(MailKind, "mail_kind")
    digest_on: Mapped[date | None]
    due_at: Mapped[datetime]
    status: Mapped[MailStatus] = choice(MailStatus, "mail_status", default=MailStatus.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    reason: Mapped[Line] = mapped_column(default="", server_default="")
    """Why it was put off or given up: a word and the server's number."""
    created_at: Mapped[CreatedAt]


class ReminderSetting(Base):
    """When a person gets the digest. One row a person, made with the account by a trigger (`db/sql/reminder_setting.sql`)."""

    __tablename__ = "reminder_setting"
    __table_args__ = (
        CheckConstraint("hour BETWEEN 0 AND 23", name="hour_of_day"),
        Index("ix_reminder_setting_next", "next_digest_at", "user_id"),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"), primary_key=True)
    hour: Mapped[int] = mapped_column(default=7, server_default="7")
    time_zone: Mapped[str] = mapped_column(String(60), default="UTC", server_default="UTC")
    next_digest_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class Absence(Base):
    """Somebody is away and somebody else looks after their deadlines."""

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("user_id <> substitute_id", name="somebody_else"),
        Index("ix_absence_user_id", "user_id", "ends_on"),
        Index("ix_absence_substitute_id", "substitute_id", "ends_on"),
    )

    id: Mapped[RandomId]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    substitute_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    created_at: Mapped[CreatedAt]


class MailBounce(Base):
    """A mail server's answer that an address takes no mails. The address is kept as it was then."""

    __tablename__ = "mail_bounce"
    __table_args__ = (Index("ix_mail_bounce_user_id", "user_id", "at"), Index("ix_mail_bounce_at", "at"))

    id: Mapped[RandomId]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    address: Mapped[Line]
    is_permanent: Mapped[bool]
    status: Mapped[str] = mapped_column(String(20), default="")
    """The server's number, such as 550 or 5.1.1."""
    at: Mapped[CreatedAt]
    cleared_at: Mapped[datetime | None]
    """When an administrator said that the address is right again."""


class CalendarFeed(Base):
    """The secret address of a person's calendar. Only a digest of it is kept."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        Index("uq_calendar_feed_open", "user_id", unique=True, postgresql_where=text("revoked_at IS NULL")),
    )

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    created_at: Mapped[CreatedAt]
    read_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
