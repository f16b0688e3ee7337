"""The way to the page of interim measures from the page "Committee"."""

from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CasePage, CasePanel, CaseView


def nothing(_uow: UnitOfWork, _view: CaseView) -> None:
    """Return nothing: the template needs only the case."""


PANELS = (CasePanel(CasePage.COMMITTEE, 5, nothing, "interim/_link.html"),)
