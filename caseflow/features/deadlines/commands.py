"""Commands and results of the service of deadlines."""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from caseflow.models import DeadlineKind

EXPLANATION_CHANGED = "explanation changed"
"""Only the explanation of the date changed, for example by a newer ruleset. This is not audited."""
NO_LONGER_APPLIES = "no longer applies"
"""The stored outcome of a computed deadline that its source no longer wants."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineChange:
    """A change of a computed deadline. `action` is the audited action, or `EXPLANATION_CHANGED`."""

    action: str
    due_on: date
    source: str = ""
    """The source that owns the deadline; empty if only the responsible person changed."""
    kind: DeadlineKind | None = None
    """Its kind, if the date changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDeadline:
    """The fields of a manual deadline."""

    title: str
    due_on: date
    note: str = ""
    kind: DeadlineKind = DeadlineKind.MANUAL
    hour: time | None = None
    """The hour in `zone`, for kinds that have one."""
    zone: str = ""
    given_to_id: UUID | None = None
    """The person responsible; None: whoever owns the case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """Postpone reminders of a deadline to a day, with a reason. `version` is the one that the person has seen."""

    version: int
    until: date
    reason: str
