"""Commands of the services of preferences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseflow.models import DeadlineKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAbsence:
    """An absence, first and last day included, with a substitute."""

    user_id: UUID
    substitute_id: UUID
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NewThresholds:
    """The thresholds of a section for a kind of deadline. `version` is 0 where it has used the defaults so far."""

    section_id: UUID
    kind: DeadlineKind
    version: int
    days: Sequence[int]
