"""The way to the log of reprisals from the page "Committee", for people who work in the section of the case."""

from caseflow.features.communications.reprisals.service import may_see_reprisals
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CasePage, CasePanel, CaseView


def is_offered(uow: UnitOfWork, view: CaseView) -> bool:
    """Return whether the acting person may see the log: no statement."""
    return may_see_reprisals(uow, view.case)


PANELS = (CasePanel(CasePage.COMMITTEE, 90, is_offered, "reprisals/_link.html"),)
