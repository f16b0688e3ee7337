"""Heartbeats of the processes, and alarms."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from caseflow.db.base import Base, CreatedAt, RandomId, choice


class Heartbeat(Base):
    """When the worker, the beat or the sweep of reminders ran last."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    beat_at: Mapped[datetime]


class AlarmKind(StrEnum):
    """What a full pass found."""

    ANSWERS = "answers"
    """An answer or a clock differed from the stored one without new data or another day as the reason."""
    REMINDERS = "reminders"
    """A reminder was missing or superfluous, although reminders are reconciled after every change."""
    FAILURES = "failures"
    """Answers or reminders of cases could not be computed because of a program error."""
    CLOCK = "clock"
    """The clock of the servers jumped, or was ahead and is right again. The number is of seconds."""
    FILES = "files"
    """Files of evidence are missing or are not as they were stored. The number is of files."""


class Alarm(Base):
    """Unexplained results of full passes: a number, no data of a case. One alarm per kind is open until a person closes it."""

    __tablename__ = "alarm"
    __table_args__ = (
        CheckConstraint("(seen_at IS NULL) = (seen_by_id IS NULL)", name="seen_by_somebody"),
        Index("uq_alarm_open", "kind", unique=True, postgresql_where=text("seen_at IS NULL")),
        Index("ix_alarm_last_at", "last_at", "id"),
    )

    id: Mapped[RandomId]
    kind: Mapped[AlarmKind] = choice(AlarmKind, "alarm_kind")
    number: Mapped[int]
    """Number of cases or deadlines; the log has their ids."""
    began_at: Mapped[CreatedAt]
    last_at: Mapped[CreatedAt]
    seen_at: Mapped[datetime | None]
    seen_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
