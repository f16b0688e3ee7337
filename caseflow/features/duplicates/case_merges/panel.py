"""On the page of the facts of a case: that it was recorded twice."""

from collections.abc import Sequence
from dataclasses import dataclass

from caseflow.features.duplicates.case_merges.queries import merges_into
from caseflow.models import CaseMerge
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CasePage, CasePanel, CaseView


@dataclass(frozen=True, slots=True)
class MergesPanel:
    """The merges into a case that hold, the latest first."""

    merges: Sequence[CaseMerge]


def merges(uow: UnitOfWork, view: CaseView) -> MergesPanel:
    """Return the merges into a case: one statement."""
    return MergesPanel(merges_into(uow, view.case.id))


PANELS = (CasePanel(CasePage.FACTS, 80, merges, "duplicates/case_merges/_merges.html"),)
