"""What travels between the parts of a sweep."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from caseflow.models import MailKind


@dataclass(frozen=True, slots=True)
class DuePerson:
    """Somebody whose hour has come: the digest is of `day`, was meant for `at`, and the next one follows at `next_at`."""

    user_id: UUID
    day: date
    at: datetime
    next_at: datetime


@dataclass(frozen=True, slots=True)
class LeasedMail:
    """A mail that a sweep holds until its lease ends."""

    mail_id: UUID
    recipient_id: UUID
    kind: MailKind
    attempts: int
    at: datetime
    """When it was due, or written if that was later: the date of the mail."""
    reminder_ids: tuple[UUID, ...]
    """What it carries and has not been told yet."""


@dataclass(frozen=True, slots=True)
class DeliveryDecision:
    """How things stand for a recipient at the moment of sending, asked in their name."""

    email: str
    language: str
    good: tuple[UUID, ...]
    """Reminders that are still to be told."""
    dropped: dict[UUID, str]
    """Reminders that need not be told any more, and why."""
    unreachable: dict[UUID, str]
    """Reminders that this person must not be told of, and why: somebody else is to hear."""
    substitute_id: UUID | None = None
    """Who stands in today, while the recipient is away."""
    handed: tuple[UUID, ...] = ()
    """Reminders that who stands in is told of instead."""
    is_returned: bool = False
    """Mails to this address come back: it is not tried for some days."""


NOBODY: Final = "nobody may be told: the case has no coordinator who sees it"
"""Why a reminder has failed that reached nobody at all."""
