"""The pages of a case, and what features contribute to them: panels, counts in the navigation, and parts of the summary."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID, uuid5

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from sqlalchemy import ColumnElement

from caseflow.clock import today
from caseflow.models import Case, Stage
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.clocks import ClockBox
from caseflow.web.texts import lazy_gettext as _l


class CasePage(StrEnum):
    """The pages of a case, in the order of the navigation. One without panels is not shown."""

    SUMMARY = "summary"
    FACTS = "facts"
    PEOPLE = "people"
    REMEDIES = "remedies"
    EVIDENCE = "evidence"
    READINESS = "readiness"
    COMMITTEE = "committee"
    TASKS = "tasks"
    HISTORY = "history"


PAGE_NAMES: Final[Mapping[CasePage, LazyString]] = {
    CasePage.SUMMARY: _l("Summary"),
    CasePage.FACTS: _l("Facts and claims"),
    CasePage.PEOPLE: _l("People"),
    CasePage.REMEDIES: _l("Remedies"),
    CasePage.EVIDENCE: _l("Evidence"),
    CasePage.READINESS: _l("Readiness"),
    CasePage.COMMITTEE: _l("Committee"),
    CasePage.TASKS: _l("Tasks"),
    CasePage.HISTORY: _l("History and access"),
}


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as one person sees it. Its claims, acts and procedures elsewhere are loaded."""

    case: Case
    on: date
    """Today, in the case's section."""
    may_edit: bool


@dataclass(frozen=True, slots=True)
class CasePanel:
    """A feature's part of one page of a case; the lowest `order` comes first.

    `build` returns a dataclass, which the template gets as `data`. It runs only for its page.
    """

    page: CasePage
    order: int
    build: Callable[[UnitOfWork, CaseView], object]
    template: str


@dataclass(frozen=True, slots=True)
class CaseCount:
    """A number beside a page's name in the navigation.

    `values` are scalar subqueries on `Case.id`; all counts of a page are read in one statement. `words` takes their results
    and returns what is shown, or nothing.
    """

    page: CasePage
    values: tuple[ColumnElement[Any], ...]
    words: Callable[..., str]
    words_in_list: Callable[..., str] | None = None
    """The same in the list of cases, where there is more room; only counts that have it are shown there."""


@dataclass(frozen=True, slots=True)
class MovePanel:
    """What a feature shows on the page on which a case is moved to a stage. `build` returns what the template gets as `data`."""

    to: Stage
    build: Callable[[UnitOfWork, CaseView], object]
    template: str


@dataclass(frozen=True, slots=True)
class Banner:
    """A warning on top of the summary. Of all only the two with the lowest `rank` are shown."""

    rank: int
    kind: str
    text: str
    href: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do next, with the place to do it. Of all only the three with the lowest `rank` are shown."""

    rank: tuple[int, int]
    """What comes first (0: cannot be undone, 1: blocks the filing, 2: the rest), and the order in it, such as days left."""
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A line of the summary's task list: a part of the case, and its status in words."""

    order: int
    page: CasePage
    anchors: tuple[str, ...]
    """Ids of the line: what the former single page of a case called these parts, so that old links arrive."""
    name: str
    status: str
    kind: str
    href: str = ""
    """Where it leads; by default the page."""


@dataclass(frozen=True, slots=True)
class SummaryPart:
    """What one feature contributes to the summary of a case."""

    banners: Sequence[Banner] = ()
    steps: Sequence[NextStep] = ()
    clocks: Sequence[ClockBox] = ()
    rows: Sequence[TaskRow] = ()


MOST_BANNERS: Final = 2
MOST_STEPS: Final = 3


@dataclass(frozen=True, slots=True)
class Summary:
    """The summary of a case, of the parts of all features."""

    banners: list[Banner]
    steps: list[NextStep]
    clocks: list[ClockBox]
    """Those that run."""
    not_running: list[ClockBox]
    rows: list[TaskRow]


def summary_of(parts: Sequence[SummaryPart]) -> Summary:
    """Return the summary from the parts of features."""
    banners = sorted((one for part in parts for one in part.banners), key=lambda one: one.rank)
    steps = sorted((one for part in parts for one in part.steps), key=lambda one: one.rank)
    clocks = sorted((one for part in parts for one in part.clocks), key=lambda one: one.order)
    return Summary(
        banners[:MOST_BANNERS],
        steps[:MOST_STEPS],
        [one for one in clocks if one.date],
        [one for one in clocks if not one.date],
        sorted((one for part in parts for one in part.rows), key=lambda one: one.order),
    )


def view_of(case: Case, *, may_edit: bool) -> CaseView:
    """Return a case as the acting person sees it today."""
    return CaseView(case, today(case.section.time_zone), may_edit)


_NO_CASE: Final = UUID(int=0)


def case_url(case_id: UUID, page: CasePage = CasePage.SUMMARY, anchor: str | None = None) -> str:
    """Return the address of a page of a case."""
    address = _address_of_case(request.script_root, page).replace(str(_NO_CASE), str(case_id))
    return f"{address}#{quote(anchor, safe='')}" if anchor else address


@lru_cache(maxsize=100)
def _address_of_case(_root: str, page: CasePage) -> str:
    """Return the address for no case. A list asks for a hundred, and `url_for` takes 20 µs for each."""
    return url_for("cases.show", case_id=_NO_CASE, page=page.value)


def form_url(case_id: UUID, endpoint: str, ids: Mapping[str, UUID]) -> str:
    """Return the address of a form of a case for the row of these ids, as `url_for` builds it."""
    values = {"case_id": case_id, **ids}
    address = _address_of_form(request.script_root, endpoint, tuple(values))
    for name, value in values.items():
        address = address.replace(str(_instead_of(name)), str(value))
    return address


@lru_cache(maxsize=200)
def _address_of_form(_root: str, endpoint: str, names: tuple[str, ...]) -> str:
    """Return the address with an id of no row for each name. The readiness of a case asks for forty of them."""
    values: dict[str, Any] = {name: _instead_of(name) for name in names}
    return url_for(endpoint, **values)


@cache
def _instead_of(name: str) -> UUID:
    return uuid5(_NO_CASE, name)


def to_case(case_id: UUID, page: CasePage = CasePage.SUMMARY) -> ResponseReturnValue:
    """Redirect to a page of a case after something was saved; the message about it is on top of that page."""
    return redirect(case_url(case_id, page), 303)
