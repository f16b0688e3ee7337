"""Values passed between the parts of a sweep."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from caseflow.models import MailKind


@dataclass(frozen=True, slots=True)
class DuePerson:
    """Somebody whose digest is due: the digest of `day` was due at `at`, and the next one is due at `next_at`."""

    user_id: UUID
    day: date
    at: datetime
    next_at: datetime


@dataclass(frozen=True, slots=True)
class LeasedMail:
    """An email that a sweep has leased."""

    mail_id: UUID
    recipient_id: UUID
    kind: MailKind
    attempts: int
    at: datetime
    """When it was due, or written if that was later: the date of the email."""
    reminder_ids: tuple[UUID, ...]
    """The waiting reminders that it carries."""


@dataclass(frozen=True, slots=True)
class DeliveryDecision:
    """What to do with the reminders of an email, decided as its recipient just before sending."""

    email: str
    language: str
    deliver: tuple[UUID, ...]
    """Reminders to be sent."""
    obsolete: dict[UUID, str]
    """Reminders that are no longer needed, with the reason."""
    forbidden: dict[UUID, str]
    """Reminders that the recipient may not get, with the reason; they are escalated."""
    substitute_id: UUID | None = None
    """The substitute, if the recipient is away today."""
    delegated: tuple[UUID, ...] = ()
    """Reminders that the substitute gets instead."""
    is_returned: bool = False
    """Whether emails to this address came back, so that it is not tried for some days."""


NOBODY: Final = "nobody may be told: the case has no coordinator who sees it"
"""The reason of a failed reminder that reached nobody."""
