"""Commands for the service of the follow-up."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseflow.models import ClosureReason, FollowUpGrade, FollowUpKind


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpDetails:
    """One step: `grade` of an assessment of the Committee, `closed_because` of a closure."""

    version: int | None = None
    kind: FollowUpKind
    on_day: date
    text: str = ""
    grade: FollowUpGrade | None = None
    closed_because: ClosureReason | None = None
    letter_id: UUID | None = None
