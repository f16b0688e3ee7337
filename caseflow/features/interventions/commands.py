"""Commands for the service of interventions."""

from dataclasses import dataclass

from caseflow.law.dates import UncertainDate
from caseflow.models import InterventionKind, InterventionResult


@dataclass(frozen=True, slots=True, kw_only=True)
class InterventionDetails:
    """The fields of an intervention. `version` is that of the row when the form was drawn; None for a new one."""

    version: int | None = None
    kind: InterventionKind
    measure: str = ""
    party: str = ""
    began: UncertainDate | None = None
    result: InterventionResult | None = None
    ended: UncertainDate | None = None
    outcome: str = ""
