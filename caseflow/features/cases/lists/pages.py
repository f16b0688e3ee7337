"""The page of the list: what a row shows, the views, the order, and the filters in use."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import request, url_for

from caseflow.access import Permission
from caseflow.clock import today
from caseflow.db.paging import Cursor
from caseflow.features.accounts.queries import sections_of_actor
from caseflow.features.cases.assigning.queries import may_assign
from caseflow.features.cases.columns.queries import shown_columns
from caseflow.features.cases.commands import Column, ListView, Sort, Window
from caseflow.features.cases.downloads.commands import ListToTake
from caseflow.features.cases.excerpts.queries import Found, excerpts
from caseflow.features.cases.flags.queries import OPEN_KINDS, kinds_in
from caseflow.features.cases.lists.forms import LIMITS, FilterForm
from caseflow.features.cases.lists.orders import ListRow
from caseflow.features.cases.lists.queries import MOST_COUNTED, ListPage, case_list, view_counts
from caseflow.features.cases.lists.words import (
    COLUMN_WORDS,
    FALLING,
    ORDER_WORDS,
    PLACE_WORDS,
    SORT_WORDS,
    VIEW_MEANINGS,
    VIEW_WORDS,
)
from caseflow.features.cases.owners.queries import owners
from caseflow.features.cases.pages import owner_names
from caseflow.features.cases.saved.queries import saved_lists
from caseflow.features.reference.queries import state_codes
from caseflow.models import Case, DeadlineKind, SavedList
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.access import today_of_reader
from caseflow.web.case_pages import CaseCount, CasePage, case_url
from caseflow.web.dates import days_left_kind, show_date, show_days_left, show_number
from caseflow.web.feature import case_counts
from caseflow.web.kit import Link
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext
from caseflow.web.trail import Trail, remember_trail
from caseflow.web.words import label, labels, state_name


@dataclass(frozen=True, slots=True)
class View:
    """A view of the list: its words, its address, and how many cases it has, in words; empty where the list has filters."""

    label: str
    href: str
    count: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a column, or an entry of "Sort by". `href` is empty for columns that do not sort."""

    label: str
    href: str = ""
    aria_sort: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a row: how long is left in words, the kind of status, what it is, and the date."""

    left: str
    kind: str
    what: str
    date: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the list."""

    case: Case
    href: str
    under: str
    """Reference, place, State and rights."""
    clock: Day | None
    due: Day | None
    missing: str
    missing_href: str
    owner: str
    active: str
    opened: str
    found: Found | None
    """Where the words of a search are."""
    found_in: str
    flags: list[str]
    """What its open flags say."""
    may_choose: bool
    """Whether it can be chosen, to be flagged or assigned with others."""
    may_assign: bool


@dataclass(frozen=True, slots=True)
class ShownList:
    """The page of the list."""

    form: FilterForm
    rows: list[ShownRow]
    views: list[View]
    saved: list[View]
    save_href: str
    """Where this list is saved under a name; empty for all cases, and for a list that is saved already."""
    meaning: str
    headings: dict[str, Heading]
    """By column: that of the case, and those that the person chose."""
    columns_href: str
    download_href: str
    orders: list[Heading]
    order_words: str
    chosen: list[Link]
    clear: str
    """The address of the view without filters."""
    total: str
    newer: str
    older: str
    may_find_people: bool
    """By name, phone or number, which this search does not read."""


@dataclass(frozen=True, slots=True)
class AskedList:
    """The list that an address asks for: its query string, its address, and what it shows in words."""

    query: str
    href: str
    words: list[str]


def asked_list(uow: UnitOfWork) -> AskedList:
    """Return the list that the query string asks for."""
    form = FilterForm(request.args)
    form.set_choices(state_codes(uow), sections_of_actor(uow), owners(uow))
    form.validate()
    order = form.chosen_sort()
    words = [str(VIEW_WORDS[form.chosen_view()]), *(link.label for link in chosen_filters(form))]
    return AskedList(_query(form), _address(form), words + ([str(ORDER_WORDS[order])] if order else []))


def list_to_take(uow: UnitOfWork, reason: str) -> ListToTake:
    """Return the command that takes the list out that the query string asks for."""
    form = FilterForm(request.args)
    form.set_choices(state_codes(uow), sections_of_actor(uow), owners(uow))
    form.validate()
    sort, is_reversed = form.chosen_sort() or _usual_sort(uow, form.chosen_view())
    return ListToTake(filters=form.filters(today_of_reader()), sort=sort, is_reversed=is_reversed, reason=reason)


def saved_address(saved: SavedList) -> str:
    """Return the address of a saved list."""
    return f"{_address_of_list(request.script_root)}?{saved.query}"


def shown_list(uow: UnitOfWork, page: str) -> ShownList:
    """Return the page of the list that the query string asks for. Statements do not depend on the number of cases."""
    form, people, on = FilterForm(request.args), owners(uow), today_of_reader()
    form.set_choices(state_codes(uow), sections_of_actor(uow), people)
    form.validate()
    chosen = chosen_filters(form)
    query, kept = _query(form), saved_lists(uow)
    sort, is_reversed = form.chosen_sort() or _usual_sort(uow, form.chosen_view())
    window = Window(sort=sort, is_reversed=is_reversed, cursor=Cursor.parse(page))
    missing = [count for count in case_counts() if count.words_in_list]
    values = (OPEN_KINDS, *(value for count in missing for value in count.values))
    found = case_list(uow, form.filters(on), window, values)
    names = owner_names(uow, found.cases, people)
    where = excerpts(uow, [case.id for case in found.cases], form.question(), PLACE_WORDS)
    remember_trail(
        Trail(
            _address(form, **({"page": page} if page else {})),
            _name(form),
            [str(case.id) for case in found.cases],
            is_whole=not (found.newer or found.older),
        )
    )
    rows = [
        _shown(
            row,
            missing,
            names[row.case.id],
            where.get(row.case.id),
            may_edit=uow.person.may(Permission.CASE_EDIT, row.case.section_id),
            may_assign=may_assign(uow, row.case),
        )
        for row in found.rows
    ]
    return ShownList(
        form=form,
        rows=rows,
        views=_views(form.chosen_view(), {} if chosen or page else view_counts(uow, on)),
        saved=[View(one.name, saved_address(one), "", is_current=one.query == query) for one in kept],
        save_href=f"{url_for('saved_lists.add')}?{query}" if query and query not in {one.query for one in kept} else "",
        meaning=str(VIEW_MEANINGS[form.chosen_view()]),
        headings=_headings(form, sort, shown_columns(uow), is_reversed=is_reversed),
        columns_href=f"{url_for('cases.columns')}?{query}",
        download_href=f"{url_for('case_list.download')}?{query}",
        orders=[_heading(form, one, sort, is_reversed=is_reversed) for one in Sort],
        order_words=str(ORDER_WORDS[sort, is_reversed]),
        chosen=chosen,
        clear=_list_url({"view": form.view.data} if form.chosen_view() else {}),
        total=_total(found),
        newer=_address(form, page=found.newer) if found.newer else "",
        older=_address(form, page=found.older) if found.older else "",
        may_find_people=uow.person.may(Permission.CASE_EDIT),
    )


def _usual_sort(uow: UnitOfWork, view: ListView | None) -> tuple[Sort, bool]:
    """Return the order of a list whose address names none: what lapses next for those who watch over a section."""
    if view in {ListView.FILEABLE, ListView.QUIET, ListView.DUE}:
        return {ListView.FILEABLE: Sort.CLOCK, ListView.QUIET: Sort.ACTIVITY, ListView.DUE: Sort.DUE}[view], (
            view is ListView.QUIET
        )
    return Sort.DUE if uow.person.may(Permission.CASE_ASSIGN) else Sort.OPENED, False


def _address(form: FilterForm, **more: object) -> str:
    sort = {"sort": form.sort.data} if form.chosen_sort() else {}
    return _list_url({**form.given(), **sort, **{name: str(value) for name, value in more.items()}})


def _query(form: FilterForm) -> str:
    """Return the query string of the list with its view, filters and order, without the page."""
    return _address(form).partition("?")[2]


def _list_url(query: Mapping[str, Any]) -> str:
    given = urlencode({name: value for name, value in query.items() if value}, doseq=True)
    return f"{_address_of_list(request.script_root)}{'?' if given else ''}{given}"


@lru_cache(maxsize=10)
def _address_of_list(_root: str) -> str:
    return url_for("cases.index")


def _views(current: ListView | None, counts: Mapping[ListView, int]) -> list[View]:
    """Return the views. That of all cases has no count: the list says how many it has."""
    return [
        View(
            str(words),
            _list_url({"view": view.value} if view else {}),
            _up_to_most(counts[view]) if view is not None and counts else "",
            is_current=view is current,
        )
        for view, words in VIEW_WORDS.items()
    ]


def _up_to_most(count: int) -> str:
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)


def _headings(form: FilterForm, sort: Sort, columns: Collection[Column], *, is_reversed: bool) -> dict[str, Heading]:
    """Return the headings of the columns. "Case" sorts by the day of opening where that has no column."""
    orders = {_SORTING[one]: _heading(form, one, sort, is_reversed=is_reversed) for one in Sort}
    case = Heading(_("Case")) if Column.OPENED in columns else replace(orders[Column.OPENED], label=_("Case"))
    shown = (one for one in COLUMN_WORDS if one in columns)
    return {"case": case} | {
        one.value: replace(orders[one], label=words) if one in orders else Heading(words)
        for one, words in ((one, str(COLUMN_WORDS[one])) for one in shown)
    }


_SORTING = {
    Sort.DUE: Column.DUE,
    Sort.CLOCK: Column.CLOCK,
    Sort.ACTIVITY: Column.ACTIVE,
    Sort.OPENED: Column.OPENED,
}


def _heading(form: FilterForm, sort: Sort, current: Sort, *, is_reversed: bool) -> Heading:
    """Return the link that sorts by something: in its usual direction, and in the other one where that is the present one."""
    is_current = sort is current
    falls = (sort in FALLING) is not is_reversed
    turned = "-" if is_current and not is_reversed else ""
    href = _address(form, sort=f"{turned}{sort.value}")
    return Heading(str(SORT_WORDS[sort]), href, ("descending" if falls else "ascending") if is_current else "")


def _name(form: FilterForm) -> str:
    """Return what the list is called on the pages of its cases."""
    if form.text.data:
        return _("Cases: search")
    view = form.chosen_view()
    return _("Cases: %(view)s", view=str(VIEW_WORDS[view])) if view else _("Cases")


def _total(page: ListPage) -> str:
    number = show_number(page.total)
    if page.is_more:
        return _("More than %(shown)s cases", shown=number)
    return ngettext("%(shown)s case", "%(shown)s cases", page.total, shown=number)


def _shown(
    row: ListRow, counts: Sequence[CaseCount], owner: str, found: Found | None, *, may_edit: bool, may_assign: bool
) -> ShownRow:
    case, due = row.case, row.next_due
    here = today(case.section.time_zone)
    (flags, *values), missing = row.counts, []
    for count in counts:
        own, values = values[: len(count.values)], values[len(count.values) :]
        missing.append(count.words_in_list(*own) if count.words_in_list else "")
    places = (case.reference, case.place_region, state_name(case.state_code), labels("right", case.rights))
    return ShownRow(
        case=case,
        href=case_url(case.id),
        under=" · ".join(place for place in places if place),
        clock=_day(row.one_year_on, here, "", DeadlineKind.ONE_YEAR) if row.one_year_on else None,
        due=_day(due.due_on, here, due.title or label("deadline_kind", due.kind.value), due.kind) if due else None,
        missing=", ".join(words for words in missing if words),
        missing_href=case_url(case.id, CasePage.READINESS),
        owner=owner,
        active=_ago((here - row.active_at.astimezone(ZoneInfo(case.section.time_zone)).date()).days),
        opened=show_date(case.opened_on),
        found=found,
        found_in=str(PLACE_WORDS[found.place]) if found else "",
        flags=[label("flag_kind", kind.value) for kind in kinds_in(flags)],
        may_choose=may_edit or may_assign,
        may_assign=may_assign,
    )


def _day(day: date, here: date, what: str, kind: DeadlineKind) -> Day:
    days = (day - here).days
    return Day(show_days_left(days, kind), days_left_kind(days, kind), what, show_date(day))


def _ago(days: int) -> str:
    """Return how long ago a day was, in words."""
    if days <= 1:
        return _("Today") if days <= 0 else _("Yesterday")
    return ngettext("%(num)d day ago", "%(num)d days ago", days)


def chosen_filters(form: FilterForm) -> list[Link]:
    """Return each filter in use, in words, with the link that removes it. Of several stages each can be removed."""
    given, left_out = form.given(), form.left_out()
    chosen = []
    for field in form:
        if field.name not in given or field.name in left_out or field.name == "view":
            continue
        rest = {name: value for name, value in given.items() if name != field.name}
        if field.name == "stage":
            for code in given["stage"]:
                others = [one for one in given["stage"] if one != code]
                chosen.append(_tag(form, field.label.text, field.choices[code], {**rest, "stage": others}))
        else:
            chosen.append(_tag(form, field.label.text, _in_words(field), rest))
    return chosen


def _in_words(field: Any) -> str:
    if field.name in LIMITS:
        return show_date(field.data)
    return str((getattr(field, "choices", None) or {}).get(field.data, field.data))


def _tag(form: FilterForm, name: object, words: object, rest: Mapping[str, Any]) -> Link:
    sort = {"sort": form.sort.data} if form.chosen_sort() else {}
    return Link(f"{name}: {words}", _list_url({**rest, **sort}))
