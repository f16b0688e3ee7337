"""What services of deadlines take."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID

from caseflow.models import DeadlineKind

EXPLANATION_CHANGED = "explained anew"
"""The date stays and its explanation changed: a newer ruleset, a better sentence. No act of the trail."""
NO_LONGER_APPLIES = "no longer applies"
"""The outcome of a computed deadline whose clock is gone, as it is stored."""


@dataclass(frozen=True, slots=True)
class ComputedDeadline:
    """A last day that the law engine computed from the facts of a case.

    `key` names it within its case (such as `one_year:<claim id>`), so that the same clock is found again when its date
    moves. `basis` holds what explains the date: rule, citation, facts used, sentence. JSON values only.
    """

    kind: DeadlineKind
    key: str
    due_on: date
    claim_id: UUID | None = None
    basis: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeadlineChange:
    """What was put right of a computed deadline: the act of the trail (or `EXPLAINED_ANEW`), and the day it is due."""

    what: str
    due_on: date


@dataclass(frozen=True, slots=True)
class NewDeadline:
    """A last day that somebody types: what must be done, and by when."""

    title: str
    due_on: date
    note: str = ""
    kind: DeadlineKind = DeadlineKind.MANUAL
    hour: time | None = None
    """The hour on the clocks of `zone`, for kinds that have one."""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Snooze:
    """Somebody wants to hear of a deadline on a later day, and says why. `version` is the one that they looked at."""

    version: int
    until: date
    reason: str
