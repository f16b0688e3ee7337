"""Commands of the services of remedies."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseflow.law.dates import UncertainDate
from caseflow.models import RemedyKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyDetails:
    """One domestic remedy: used (dates and outcome) or not used (reason)."""

    version: int | None
    is_used: bool
    stage: str
    kind: RemedyKind = RemedyKind.ORDINARY
    authority: str = ""
    file_number: str = ""
    filed: UncertainDate | None = None
    decided: UncertainDate | None = None
    notified: UncertainDate | None = None
    notified_to: str = ""
    outcome: str | None = None
    raised_right: bool | None = None
    could_repair: bool | None = None
    is_suspensive: bool | None = None
    next_step: str | None = None
    next_step_due: date | None = None
    next_step_reason: str = ""
    next_step_computed: date | None = None
    reason_not_used: str | None = None
    explanation: str = ""
    is_documented: bool | None = None
    concerns_some: bool = False
    """Whether it concerns `person_ids` only; otherwise all victims of the claim."""
    person_ids: tuple[UUID, ...] = ()
    """Roles in the case (`case_person`)."""
