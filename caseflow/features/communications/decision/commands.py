"""Commands for the service of decisions."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseflow.models import ClaimResult, RecommendationKind, RecommendationStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDecisionDetails:
    """What the decision found on a claim; `why_inadmissible` only where it is inadmissible."""

    version: int | None = None
    claim_id: UUID | None
    result: ClaimResult
    why_inadmissible: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationDetails:
    """A recommendation of the Views, and what the State did about it."""

    version: int | None = None
    kind: RecommendationKind
    text: str
    progress: RecommendationStatus
    as_of: date | None = None
    note: str = ""
