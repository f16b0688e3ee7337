"""The way to the chronology from the pages of a case."""

from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CasePage, CasePanel, CaseView


def nothing(_uow: UnitOfWork, _view: CaseView) -> None:
    """Return nothing: the template needs only the case."""


PANELS = (
    CasePanel(CasePage.FACTS, 90, nothing, "chronology/_link.html"),
    CasePanel(CasePage.TASKS, 90, nothing, "chronology/_link.html"),
)
