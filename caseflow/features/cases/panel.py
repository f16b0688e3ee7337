"""The panels of cases on the pages of a case, and their part of the summary."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import request, url_for

from caseflow.features.cases import queries
from caseflow.features.cases.flags.pages import flags_panel
from caseflow.features.cases.forms import HistoryForm
from caseflow.features.cases.links.pages import links_panel
from caseflow.features.cases.own.queries import OwnCase, own_cases
from caseflow.features.cases.pages import latest_history, show_history
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CasePage, CasePanel, CaseView
from caseflow.web.feature import WorkPanel, acts_of_cases
from caseflow.web.history import HistoryLine

HISTORY_PAGE = 50
LATEST = 3
OWN_CASES = 10


@dataclass(frozen=True, slots=True)
class History:
    """A page of the history of a case, and who viewed it."""

    form: HistoryForm
    entries: Sequence[HistoryLine]
    """Empty while the form has faults."""
    older: str
    """Address of the entries before these; empty at the end."""
    viewers: Sequence[tuple[str, date]]


@dataclass(frozen=True, slots=True)
class Latest:
    """The last events of a case."""

    entries: Sequence[HistoryLine]


def history(uow: UnitOfWork, view: CaseView) -> History:
    """Return the history that the query string asks for, from the moment in it on, and the viewers."""
    case, before = view.case, request.args.get("before")
    form = HistoryForm.from_address(queries.people_of_history(uow, case.id), acts_of_cases())
    found = form.validate() and show_history(
        uow, case, limit=HISTORY_PAGE, before=before, search=form.search(case.section.time_zone)
    )
    entries, older = found or ([], None)
    given: dict[str, Any] = {"case_id": case.id, "page": CasePage.HISTORY.value, **form.given()}
    address = url_for("cases.show", **given, before=older) if older else ""
    return History(form, entries, address, queries.viewers(uow, case.id, limit=HISTORY_PAGE))


def latest(uow: UnitOfWork, view: CaseView) -> Latest:
    """Return the last events."""
    return Latest(latest_history(uow, view.case, limit=LATEST))


@dataclass(frozen=True, slots=True)
class OwnCases:
    """The open cases of the acting person, and whether there are more."""

    person_id: UUID
    cases: Sequence[OwnCase]
    is_more: bool


def my_cases(uow: UnitOfWork) -> OwnCases:
    """Return the person's open cases: a new case without any deadline must not be out of sight. One statement."""
    found = own_cases(uow, OWN_CASES + 1)
    return OwnCases(uow.person.user_id, found[:OWN_CASES], is_more=len(found) > OWN_CASES)


def nothing(_uow: UnitOfWork, _view: CaseView) -> None:
    """Return nothing: the template needs only the case."""


PANELS = (
    CasePanel(CasePage.SUMMARY, 10, nothing, "cases/_in_short.html"),
    CasePanel(CasePage.SUMMARY, 90, latest, "cases/_latest.html"),
    CasePanel(CasePage.FACTS, 10, nothing, "cases/_facts.html"),
    CasePanel(CasePage.FACTS, 70, flags_panel, "case_flags/_flags.html"),
    CasePanel(CasePage.FACTS, 80, links_panel, "case_links/_links.html"),
    CasePanel(CasePage.HISTORY, 10, history, "cases/_history.html"),
)
WORK_PANELS = (WorkPanel(my_cases, "cases/_my_cases.html"),)
