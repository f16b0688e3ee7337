"""The data of the page of the audit trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import url_for

from caseflow.access.own_day import own_time_zone
from caseflow.db.paging import Cursor
from caseflow.features.audit import queries
from caseflow.features.audit.commands import TrailSearch
from caseflow.features.audit.forms import PERIOD, TrailForm
from caseflow.features.audit.queries import Chain, TrailEntry
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.words import words_of_app

PAGE: Final = 50
VIEWS: Final = 100


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in words."""

    entry: TrailEntry
    action: str
    reference: str


@dataclass(frozen=True, slots=True)
class Trail:
    """A page of entries. `is_unknown` says that there is no case with the reference; `views` are those of the case."""

    lines: Sequence[Line]
    older: str
    zone: str
    is_unknown: bool
    views: Sequence[tuple[str | None, date]] | None


def trail(uow: UnitOfWork, form: TrailForm, on: date, page: str) -> Trail:
    """Return a page of the entries that a valid form asks for. Four statements at most."""
    zone = own_time_zone(uow.session, uow.person)
    asked = queries.references(uow, [], form.reference) if form.reference else {}
    case_id = next(iter(asked), None)
    if form.reference and case_id is None:
        return Trail([], "", zone, is_unknown=True, views=None)
    search = TrailSearch(
        begins_at=_begin(form.first_day.data or on - PERIOD, zone),
        ends_at=_begin((form.last_day.data or on) + timedelta(days=1), zone),
        case_id=case_id,
        person_id=form.person_id(),
        action=form.action.data or "",
    )
    found = queries.entries(uow, search, Cursor.parse(page), PAGE + 1)
    names = queries.references(uow, {one.case_id for one in found if one.case_id})
    actions = words_of_app().of("action")
    lines = [
        Line(one, actions.get(one.action, one.action), names.get(one.case_id, "") if one.case_id else "")
        for one in found[:PAGE]
    ]
    last = lines[-1].entry if len(found) > PAGE else None
    older = (
        url_for("audit.show", **dict[str, Any](form.given()), page=str(Cursor(last.at, last.entry_id))) if last else ""
    )
    views = queries.views(uow, case_id, VIEWS) if case_id else None
    return Trail(lines, older, zone, is_unknown=False, views=views)


def _begin(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))


def chains(uow: UnitOfWork) -> list[Chain]:
    """Return the state of the chains."""
    return queries.chains(uow)
