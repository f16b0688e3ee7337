"""Reminders, their mails, and the preferences, absences and calendars of recipients."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from caseflow.db.base import Base, CreatedAt, Line, RandomId, choice


class ReminderStatus(StrEnum):
    """The status of a reminder in the outbox."""

    WAITING = "waiting"
    SENT = "sent"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"
    FAILED = "failed"


class ReminderCause(StrEnum):
    """Why the recipient is reminded."""

    RESPONSIBLE = "responsible"
    SNOOZED = "snoozed"
    """The recipient snoozed the deadline until that day."""
    OVERDUE = "overdue"
    """The recipient coordinates the section, and the deadline has passed."""
    NOT_ACKNOWLEDGED = "not_acknowledged"
    """The recipient coordinates the section, and nobody has acknowledged the deadline."""
    HANDED_ON = "handed_on"
    """Escalated, because the original recipient left, may no longer see the case, or has an address that refuses mails."""
    SUBSTITUTE = "substitute"
    """The recipient is the substitute of an absent person."""


class Reminder(Base):
    """One threshold of one deadline for one recipient. Written in the same commit as its deadline.

    The unique key prevents a second one for the same threshold. It is sent with a mail (`mail_id`) that can have several
    reminders, and is shown in the inbox from `due_on` on.
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
        # In the order of deadlines, so that they are counted up to a limit without reading and sorting them all.
        Index(
            "ix_reminder_unread",
            "recipient_id",
            "deadline_id",
            "due_on",
            "status",
            postgresql_where=text("read_at IS NULL"),
        ),
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
    """The day of the digest that has it, and from which it is in the inbox."""
    due_at: Mapped[datetime | None]
    """The moment at which it is sent in a mail of its own; null if it waits for the digest."""
    status: Mapped[ReminderStatus] = choice(ReminderStatus, "reminder_status", default=ReminderStatus.WAITING)
    mail_id: Mapped[UUID | None] = mapped_column(ForeignKey("mail.id"))
    sent_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    """When the recipient marked it as read."""
    reason: Mapped[Line] = mapped_column(default="", server_default="")
    """Why it was cancelled, superseded or failed; no data of the case."""
    created_at: Mapped[CreatedAt]


class MailKind(StrEnum):
    """The kind of a mail. All kinds have the same words, except the test."""

    DIGEST = "digest"
    AT_ONCE = "at_once"
    TEST = "test"


class MailStatus(StrEnum):
    """The status of a mail."""

    WAITING = "waiting"
    SENT = "sent"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Mail(Base):
    """A mail in the outbox, to one person. A sweep has it leased until `lease_until`.

    A unique index allows one digest per person and day. The Message-ID is derived from `id`.
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
    """Why it was delayed or failed: a word and the server's status code."""
    created_at: Mapped[CreatedAt]


class ReminderSetting(Base):
    """When a person gets the digest. One row per person, added with the account by a trigger (`db/sql/reminder_setting.sql`)."""

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
    """A person is away, and a substitute gets their reminders."""

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
    """A report that a mail was not delivered. `address` is the person's address at that time."""

    __tablename__ = "mail_bounce"
    __table_args__ = (Index("ix_mail_bounce_user_id", "user_id", "at"), Index("ix_mail_bounce_at", "at"))

    id: Mapped[RandomId]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    address: Mapped[Line]
    is_permanent: Mapped[bool]
    status: Mapped[str] = mapped_column(String(20), default="")
    """The server's status code, such as 550 or 5.1.1."""
    at: Mapped[CreatedAt]
    cleared_at: Mapped[datetime | None]
    """When an administrator confirmed that the address works again."""


class CalendarFeed(Base):
    """The secret address of a person's calendar. Only a digest of it is stored."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        Index("uq_calendar_feed_open", "user_id", unique=True, postgresql_where=text("revoked_at IS NULL")),
    )

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    created_at: Mapped[CreatedAt]
    read_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
