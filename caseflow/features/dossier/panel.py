"""The way to the dossier from the page "Committee"."""

from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CasePage, CasePanel, CaseView


def nothing(_uow: UnitOfWork, _view: CaseView) -> None:
    """Return nothing: the template needs only the case."""


PANELS = (CasePanel(CasePage.COMMITTEE, 8, nothing, "dossier/_link.html"),)
