"""The queries of the list of cases. Row security decides which are visible; the filters here are not for safety."""

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    Subquery,
    UnaryExpression,
    Uuid,
    all_,
    any_,
    bindparam,
    cast,
    func,
    literal,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import joinedload, load_only
from sqlalchemy.sql.visitors import iterate

from caseflow.clock import latest_local_today
from caseflow.db.paging import Cursor
from caseflow.db.plans import planned_for_these_values
from caseflow.features.cases.commands import CaseFilters, ListView, Sort, Window
from caseflow.features.cases.filters.queries import IS_FOUND, VIEWS, conditions_of, found_by_index, parameters_of_views
from caseflow.features.cases.lists.orders import ORDERS, ListRow, Order
from caseflow.features.cases.queries import NextDue
from caseflow.models import (
    ENDED_STAGES,
    Case,
    CaseListing,
    Deadline,
    Section,
    User,
)
from caseflow.models.deadline_kinds import HARD_KINDS
from caseflow.unit_of_work import UnitOfWork

MOST_COUNTED: Final = 100
"""Cases of a view are counted up to this number."""
UNSELECTIVE: Final = frozenset({"stage"})
"""Columns of a case by which many cases are left: with them alone a list is read in its order until a page is full."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of the list. `total` is counted up to a limit; `is_more` says whether there are more than that."""

    rows: list[ListRow]
    newer: Cursor | None
    older: Cursor | None
    total: int
    is_more: bool

    @property
    def cases(self) -> list[Case]:
        """Return the cases."""
        return [row.case for row in self.rows]


_COLUMNS = (
    load_only(Case.reference, Case.title, Case.state_code, Case.rights, Case.stage, Case.suspended_from, Case.urgency,
              Case.opened_on, Case.place_region, Case.section_id, Case.owner_id, Case.confidentiality, Case.version),
    joinedload(Case.owner).load_only(User.name),
    joinedload(Case.section).load_only(Section.code, Section.time_zone),
)  # fmt: skip
_OWN = select(func.unnest(func.caseflow_case_sections(), type_=Uuid).label("section_id")).subquery()
_OWN_SECTIONS = cast(select(func.caseflow_case_sections()).scalar_subquery(), ARRAY(Uuid))
_GRANTED = select(func.caseflow_granted_cases("read", type_=Uuid).label("case_id")).distinct().subquery()


@cache
def _rows_statement(values: tuple[ColumnElement[Any], ...]) -> Select[Any]:
    """Return the statement for the rows of a page, with these values of each case; built once."""
    days = (CaseListing.one_year_on, CaseListing.irreversible_on, CaseListing.due_on, CaseListing.active_at)
    next_due = (
        select(Deadline.kind, Deadline.title, Deadline.due_on)
        .where(Deadline.case_id == Case.id, Deadline.done_at.is_(None), Case.stage.not_in(ENDED_STAGES))
        .order_by(Deadline.kind.not_in(HARD_KINDS), Deadline.due_on, Deadline.id)
        .limit(1)
        .lateral("next_due")
    )
    counted = [value.label(f"count_{number}") for number, value in enumerate(values)]
    due = (next_due.c.kind, next_due.c.title, next_due.c.due_on.label("next_due_on"))
    found: Select[Any] = select(Case, *days, *due, *counted)
    found = found.join(CaseListing, CaseListing.case_id == Case.id).outerjoin(next_due, true()).options(*_COLUMNS)
    return found.where(Case.id == any_(bindparam("ids", type_=ARRAY(Uuid))))


def case_list(
    uow: UnitOfWork, filters: CaseFilters, window: Window, values: tuple[ColumnElement[Any], ...] = ()
) -> ListPage:
    """Return a page of visible cases, each with its next deadline that cannot be undone; where there is none, the next other one.

    `values` are subqueries on `Case.id` that are read for each of them.

    Two statements for any number of cases: which they are and how many, and their rows. Words or a right add one, and filters
    two, for the plan.
    """
    cursor, order = window.cursor, ORDERS[window.sort]
    if cursor is not None and (cursor.then is None) is not (len(order.keys) == 1):
        window = replace(window, cursor=(cursor := None))  # a cursor of another order
    backwards = cursor is not None and cursor.is_backwards
    ids, total = _ids_and_total(uow, filters, window)
    has_next, ids = len(ids) > window.size, ids[: window.size]
    by_id = {
        case.id: ListRow(case, clock, hard, due, active, None if kind is None else NextDue(kind, title, due_on), counts)
        for case, clock, hard, due, active, kind, title, due_on, *counts in uow.session.execute(
            _rows_statement(values), {"ids": ids}
        )
    }
    found = [by_id[case_id] for case_id in ids if case_id in by_id]
    if backwards:
        found.reverse()
    has_newer = has_next if backwards else cursor is not None
    has_older = has_next if not backwards else True
    return ListPage(
        found,
        _cursor(order, found[0], is_backwards=True) if found and has_newer else None,
        _cursor(order, found[-1]) if found and has_older else None,
        min(total, window.count_up_to),
        total > window.count_up_to,
    )


def _cursor(order: Order, row: ListRow, *, is_backwards: bool = False) -> Cursor:
    value, *more = order.values(row)
    then = more[0] if more else None
    return Cursor(value, row.case.id, is_backwards=is_backwards, then=then)


def _ids_and_total(uow: UnitOfWork, filters: CaseFilters, window: Window) -> tuple[list[UUID], int]:
    """Return the ids of a page and of one case more, from the cursor on, and the total, at most one above `count_up_to`."""
    found, described = found_by_index(uow, filters)
    others, cursor = (*conditions_of(filters), *described), window.cursor
    values = {"found": found, **parameters_of_views(filters.on or latest_local_today(), uow.person.user_id)}
    if cursor is not None:
        values |= {"after_0": cursor.value, "after_1": cursor.then, "after_id": cursor.id}
    after = None if cursor is None else cursor.is_backwards
    selected = _selected if others else _usual_selected
    statement = selected(filters.view, others, found is not None, replace(window, cursor=None), after)
    with planned_for_these_values(uow.session) if others else nullcontext():
        row = uow.session.execute(statement, values).one()
    return row[0], row[1]


def _selected(
    view: ListView | None,
    others: tuple[ColumnElement[bool], ...],
    is_found: bool,  # noqa: FBT001 - as `cache` takes them
    window: Window,
    after: bool | None,  # noqa: FBT001 - the same
) -> Select[list[UUID], int]:
    """Return the statement for the ids of a page and the total.

    Args:
        view: its conditions have the days as parameters.
        others: the conditions of filters, with their values.
        is_found: only cases with ids in the parameter `found`.
        window: without the cursor, of which the parts are parameters.
        after: whether the page ends before the cursor; None for the first page.
    """
    order, is_plain = ORDERS[window.sort], window.sort is Sort.OPENED and not window.is_reversed
    down = order.is_descending ^ window.is_reversed ^ bool(after)
    conditions = [*(VIEWS[view] if view else ()), *others, *((IS_FOUND,) if is_found else ())]
    if is_plain:
        counted = _nearest(conditions, window.count_up_to + 1, order, down=True).cte("counted")
    else:
        counted = _some(conditions, window.count_up_to + 1).cte("counted")
    page = counted
    if after is not None or not is_plain:
        beyond = [] if after is None else [_beyond(order, down=down)]
        page = _nearest([*conditions, *beyond], window.size + 1, order, down=down).cte("page")
    ids = select(page.c.id).order_by(*_sorted(_keys(page.c, order), down=down)).limit(window.size + 1)
    total = select(func.count()).select_from(counted).scalar_subquery()
    return select(func.array(ids.scalar_subquery(), type_=ARRAY(Uuid)), total)


_usual_selected = cache(_selected)
"""The same without filters, built once for each order and view. One plan is good for all values, as each has its index."""


def _beyond(order: Order, *, down: bool) -> ColumnElement[bool]:
    place = tuple_(*order.keys, order.id)
    after = (bindparam(f"after_{number}", type_=key.type) for number, key in enumerate(order.keys))
    here = tuple_(*after, bindparam("after_id", type_=Uuid))
    return place < here if down else place > here


def _keys(columns: Any, order: Order) -> list[ColumnElement[Any]]:
    """Return the keys of an order and the id in the columns of a subquery."""
    return [*(columns[f"key_{number}"] for number in range(len(order.keys))), columns.id]


def _sorted(keys: Iterable[ColumnElement[Any]], *, down: bool) -> list[UnaryExpression[Any]]:
    return [key.desc() if down else key.asc() for key in keys]


def _nearest(conditions: Sequence[ColumnElement[bool]], most: int, order: Order, *, down: bool) -> Select[Any]:
    """Return ids and keys of the first `most` cases in an order."""
    keys = [key.label(f"key_{number}") for number, key in enumerate(order.keys)]
    first = _first_of_each_section(conditions, keys, _sorted((*order.keys, order.id), down=down), most)
    return select(first).order_by(*_sorted(_keys(first.c, order), down=down)).limit(most)


def _some(conditions: Sequence[ColumnElement[bool]], most: int) -> Select[Any]:
    """Return ids of up to `most` cases, in no order."""
    return select(_first_of_each_section(conditions, (), (), most)).limit(most)


def _columns_of(part: Any, table: type[Case | CaseListing]) -> set[str]:
    """Return the names of a table's columns in a key or condition."""
    columns = (inside for inside in iterate(part) if isinstance(inside, Column))
    return {column.name for column in columns if column.table is table.__table__}


def _first_of_each_section(
    conditions: Sequence[ColumnElement[bool]],
    keys: Sequence[ColumnElement[Any]],
    order: Sequence[UnaryExpression[Any]],
    most: int,
) -> Subquery:
    """Return the first `most` cases of each of the actor's sections, and the first of those granted by other sections.

    This is for speed, not for safety: row security applies to every part, and the sections and grants come from its own
    functions. Without this, PostgreSQL reads the cases of the whole coalition in order until it has enough visible ones:
    for a section of thirty cases among a hundred thousand that is nearly the whole table.
    """
    cases = _cases(conditions, keys)
    # OFFSET 0 keeps PostgreSQL from reordering this: it would search the words first, in the cases of all sections.
    granted_one = cases.where(Case.id == _GRANTED.c.case_id, Case.section_id != all_(_OWN_SECTIONS)).offset(0).lateral()
    of_grants = select(granted_one).select_from(_GRANTED.join(granted_one, true()))
    return union_all(_of_sections(conditions, keys, order, most), of_grants).subquery()


def _cases(conditions: Sequence[ColumnElement[bool]], keys: Sequence[ColumnElement[Any]]) -> Select[Any]:
    cases = select(Case.id.label("id"), *keys).where(*conditions)
    if any(_columns_of(part, CaseListing) for part in (*keys, *conditions)):
        cases = cases.join_from(Case, CaseListing, CaseListing.case_id == Case.id)
    return cases


def _of_sections(
    conditions: Sequence[ColumnElement[bool]],
    keys: Sequence[ColumnElement[Any]],
    order: Sequence[UnaryExpression[Any]],
    most: int,
) -> Select[Any]:
    """Return the first `most` cases of each of the actor's sections."""
    is_listed = any(_columns_of(part, CaseListing) for part in (*keys, *conditions))
    is_unselective = all(_columns_of(part, Case) <= UNSELECTIVE for part in conditions)
    first = _cases(conditions, keys).where(Case.section_id == _OWN.c.section_id)
    if is_listed and is_unselective and not any(_columns_of(key, Case) for key in keys):
        first = _from_listing(conditions, keys)
    elif is_listed:
        first = first.where(CaseListing.section_id == _OWN.c.section_id)
    of_section = first.order_by(*order).limit(most).lateral()
    return select(of_section).select_from(_OWN.join(of_section, true()))


def _from_listing(conditions: Sequence[ColumnElement[bool]], keys: Sequence[ColumnElement[Any]]) -> Select[Any]:
    """Return the cases of a section from `case_listing` alone, so that its index gives the order and the first are enough.

    Joined with the case, PostgreSQL would read and sort the whole section: it expects that policies let few rows through.
    OFFSET 0 keeps it from turning the conditions on the case into a join.
    """
    found = select(CaseListing.case_id.label("id"), *keys).where(CaseListing.section_id == _OWN.c.section_id)
    of_case = [part for part in conditions if _columns_of(part, Case)]
    found = found.where(*(part for part in conditions if not _columns_of(part, Case)))
    if not of_case:
        return found
    case = select(literal(1)).where(Case.id == CaseListing.case_id, *of_case).offset(0).correlate(CaseListing)
    return found.where(case.exists())


def _counts_of_views() -> Select[Any]:
    """Return the statement that counts the cases of each view, those of the actor's sections and granted ones, up to a limit."""
    of_grants = [
        func.count().filter(*conditions).label(f"view_{place}") for place, conditions in enumerate(VIEWS.values())
    ]
    granted = (
        select(*of_grants)
        .select_from(
            _GRANTED.join(Case, Case.id == _GRANTED.c.case_id).join(CaseListing, CaseListing.case_id == Case.id)
        )
        .where(Case.section_id != all_(_OWN_SECTIONS))
        .cte("granted")
    )
    own = (
        select(func.count())
        .select_from(_of_sections(conditions, (), (), MOST_COUNTED + 1).limit(MOST_COUNTED + 1).subquery())
        .scalar_subquery()
        for conditions in VIEWS.values()
    )
    return select(*(number + granted.c[f"view_{place}"] for place, number in enumerate(own)))


_VIEW_COUNTS = _counts_of_views()


def view_counts(uow: UnitOfWork, on: date) -> dict[ListView, int]:
    """Return how many cases each view has; more than `MOST_COUNTED` stands for "more". One statement."""
    found = uow.session.execute(_VIEW_COUNTS, parameters_of_views(on, uow.person.user_id)).one()
    return dict(zip(VIEWS, found, strict=True))
