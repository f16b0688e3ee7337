"""The panels of cases on the case page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseflow.features.cases import queries
from caseflow.features.cases.pages import show_history
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.feature import CasePanel, CasePlace, CaseView
from caseflow.web.history import HistoryLine

RECENT = 5


@dataclass(frozen=True, slots=True)
class Recent:
    """The latest events of a case, and who viewed it."""

    entries: Sequence[HistoryLine]
    viewers: Sequence[tuple[str, date]]


def recent(uow: UnitOfWork, view: CaseView) -> Recent:
    """Return the latest events and viewers. The view records the viewing, so that it does not depend on this panel."""
    entries, _older = show_history(uow, view.case, limit=RECENT)
    return Recent(entries, uow.cached(queries.record_view, view.case))


def nothing(_uow: UnitOfWork, _view: CaseView) -> None:
    """Return nothing: the template needs only the case."""


PANELS = (
    CasePanel(CasePlace.FACTS, nothing, "cases/_facts.html"),
    CasePanel(CasePlace.HISTORY, recent, "cases/_history.html"),
)
