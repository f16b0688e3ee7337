"""The panels of cases on the pages of a case, and their part of the summary."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import request, url_for

from caseflow.features.cases import queries
from caseflow.features.cases.pages import show_history
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CasePage, CasePanel, CaseView
from caseflow.web.history import HistoryLine

HISTORY_PAGE = 50
LATEST = 3


@dataclass(frozen=True, slots=True)
class History:
    """A page of the history of a case, and who viewed it."""

    entries: Sequence[HistoryLine]
    older: str
    """Address of the entries before these; empty at the end."""
    viewers: Sequence[tuple[str, date]]


@dataclass(frozen=True, slots=True)
class Latest:
    """The last events of a case."""

    entries: Sequence[HistoryLine]


def history(uow: UnitOfWork, view: CaseView) -> History:
    """Return the history from the moment in the query string on, and the viewers."""
    entries, older = show_history(uow, view.case, limit=HISTORY_PAGE, before=request.args.get("before"))
    address = url_for("cases.show", case_id=view.case.id, page=CasePage.HISTORY.value, before=older) if older else ""
    return History(entries, address, queries.viewers(uow, view.case.id, limit=HISTORY_PAGE))


def latest(uow: UnitOfWork, view: CaseView) -> Latest:
    """Return the last events."""
    entries, _older = show_history(uow, view.case, limit=LATEST)
    return Latest(entries)


def nothing(_uow: UnitOfWork, _view: CaseView) -> None:
    """Return nothing: the template needs only the case."""


PANELS = (
    CasePanel(CasePage.SUMMARY, 10, nothing, "cases/_in_short.html"),
    CasePanel(CasePage.SUMMARY, 90, latest, "cases/_latest.html"),
    CasePanel(CasePage.FACTS, 10, nothing, "cases/_facts.html"),
    CasePanel(CasePage.HISTORY, 10, history, "cases/_history.html"),
)
