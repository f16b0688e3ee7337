"""The claims on the case page."""

from caseflow.unit_of_work import UnitOfWork
from caseflow.web.feature import CasePanel, CasePlace, CaseView


def nothing(_uow: UnitOfWork, _view: CaseView) -> None:
    """Return nothing: the claims are loaded with the case."""


PANELS = (CasePanel(CasePlace.CLAIMS, nothing, "claims/_claims.html"),)
