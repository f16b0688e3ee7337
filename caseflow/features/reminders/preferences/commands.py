"""What the services of habits take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseflow.models import DeadlineKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAbsence:
    """Somebody is away from one day until another, both included, and somebody stands in."""

    user_id: UUID
    substitute_id: UUID
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NewThresholds:
    """From how many days before a deadline on a section wants to be reminded. `version` is 0 where the rule held so far."""

    section_id: UUID
    kind: DeadlineKind
    version: int
    days: Sequence[int]
