"""Signs of life of the processes, and what they found that nothing explains."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from caseflow.db.base import Base, CreatedAt, RandomId, choice


class Heartbeat(Base):
    """When the worker, the beat and the sweep of reminders were last seen alive."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    beat_at: Mapped[datetime]


class AlarmKind(StrEnum):
    """What the night found."""

    ANSWERS = "answers"
    """An answer or a clock was another than the stored one, though neither day nor data explains it."""
    REMINDERS = "reminders"
    """A reminder was missing, or stood there for nothing, though every change had brought reminders in line."""
    FAILURES = "failures"
    """Cases whose answer or reminders could not be computed: a fault of ours."""


class Alarm(Base):
    """What a pass of the night can't explain: a number, and nothing of any case. One is open a kind, until it is seen."""

    __tablename__ = "alarm"
    __table_args__ = (
        CheckConstraint("(seen_at IS NULL) = (seen_by_id IS NULL)", name="seen_by_somebody"),
        Index("uq_alarm_open", "kind", unique=True, postgresql_where=text("seen_at IS NULL")),
        Index("ix_alarm_last_at", "last_at", "id"),
    )

    id: Mapped[RandomId]
    kind: Mapped[AlarmKind] = choice(AlarmKind, "alarm_kind")
    number: Mapped[int]
    """How many cases or deadlines; the log names them by their ids."""
    began_at: Mapped[CreatedAt]
    last_at: Mapped[CreatedAt]
    seen_at: Mapped[datetime | None]
    seen_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
