"""What travels between the parts of the calendar."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from caseflow.models import DeadlineKind


@dataclass(frozen=True, slots=True)
class Event:
    """One deadline as the feed tells it: when, and nothing else. `due_at` is None where a whole day is meant."""

    deadline_id: UUID
    version: int
    due_on: date
    due_at: datetime | None
    dated_at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One deadline as the page shows it."""

    deadline_id: UUID
    kind: DeadlineKind
    title: str
    due_on: date
    due_at: datetime | None
    zone: str
    """Where the hour is meant; empty where a whole day is."""
    case_id: UUID
    reference: str
    case_title: str
    state_code: str
