"""The interventions of a case on its page "Remedies"."""

from collections.abc import Sequence
from dataclasses import dataclass

from caseflow.features.interventions.queries import interventions_of
from caseflow.models import Intervention, InterventionResult
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CasePage, CasePanel, CaseView
from caseflow.web.dates import Kind

KINDS: dict[InterventionResult, Kind] = {
    InterventionResult.OPEN: "neutral",
    InterventionResult.ACHIEVED: "good",
    InterventionResult.PARTLY: "warn",
    InterventionResult.REFUSED: "bad",
    InterventionResult.NO_EFFECT: "bad",
}


@dataclass(frozen=True, slots=True)
class InterventionsPanel:
    """The interventions of a case, in the order in which they were recorded."""

    rows: Sequence[Intervention]
    kinds: dict[InterventionResult, Kind]


def interventions(uow: UnitOfWork, view: CaseView) -> InterventionsPanel:
    """Return the interventions of a case: one statement."""
    return InterventionsPanel(interventions_of(uow, view.case), KINDS)


PANELS = (CasePanel(CasePage.REMEDIES, 30, interventions, "interventions/_interventions.html"),)
