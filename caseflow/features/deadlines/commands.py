"""What services of deadlines take."""

from dataclasses import dataclass
from datetime import date, time

from caseflow.models import DeadlineKind

EXPLANATION_CHANGED = "explanation changed"
"""The date stays and its explanation changed: a newer ruleset, a better sentence. The trail does not record it."""
NO_LONGER_APPLIES = "no longer applies"
"""The outcome of a computed deadline that its source no longer wants, as it is stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineChange:
    """What changed of a computed deadline: the action of the audit trail, or `EXPLANATION_CHANGED`."""

    action: str
    due_on: date
    source: str = ""
    """The source that owns it; empty where an open deadline went to the case's present owner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDeadline:
    """A last day that somebody types: what must be done, and by when."""

    title: str
    due_on: date
    note: str = ""
    kind: DeadlineKind = DeadlineKind.MANUAL
    hour: time | None = None
    """The hour on the clocks of `zone`, for kinds that have one."""
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """Somebody wants to hear of a deadline on a later day, and says why. `version` is the one that they looked at."""

    version: int
    until: date
    reason: str
