"""Deadlines as the feed and the page of a month show them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from caseflow.models import DeadlineKind


@dataclass(frozen=True, slots=True)
class Event:
    """One deadline in the feed: when it is due, and nothing else. `due_at` is None for a whole day."""

    deadline_id: UUID
    version: int
    due_on: date
    due_at: datetime | None
    dated_at: datetime


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One deadline on the page of a month."""

    deadline_id: UUID
    kind: DeadlineKind
    title: str
    due_on: date
    due_at: datetime | None
    zone: str
    """The time zone of `due_at`; empty for a whole day."""
    case_id: UUID
    reference: str
    case_title: str
    state_code: str
