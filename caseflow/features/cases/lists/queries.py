"""The queries of the list of cases. Row security decides which are visible; the filters here are not for safety."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, Final, Self
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    DateTime,
    Select,
    Subquery,
    UnaryExpression,
    Uuid,
    all_,
    any_,
    bindparam,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    text,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY, distinct_on
from sqlalchemy.orm import joinedload, load_only
from sqlalchemy.sql.visitors import iterate

from caseflow.clock import latest_local_today
from caseflow.db.paging import Cursor
from caseflow.db.plans import planned_for_these_values
from caseflow.db.searching import Question, question
from caseflow.features.cases.commands import CaseFilters, ListView, Sort, Window
from caseflow.features.cases.lists.orders import ORDERS, ListRow, Order, or_last
from caseflow.features.cases.owners.queries import owned_by
from caseflow.features.cases.queries import NextDue
from caseflow.models import (
    ENDED_STAGES,
    NO_DAY,
    STAGES_BEFORE_FILING,
    Case,
    CaseListing,
    Deadline,
    Outlook,
    Section,
    Stage,
    User,
)
from caseflow.models.deadline_kinds import HARD_KINDS
from caseflow.unit_of_work import UnitOfWork

UNSELECTIVE: Final = frozenset({"stage"})
"""Columns of a case by which many cases are left: with them alone a list is read in its order until a page is full."""
MOST_BY_INDEX = 2_000
"""Cases that words or a right may match to be looked up before the list is read."""


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
    counted = [value.label(f"count_{number}") for number, value in enumerate(values)]
    found = select(Case, *days, *counted).join(CaseListing, CaseListing.case_id == Case.id).options(*_COLUMNS)
    return found.where(Case.id == any_(bindparam("ids", type_=ARRAY(Uuid))))


def case_list(
    uow: UnitOfWork, filters: CaseFilters, window: Window, values: tuple[ColumnElement[Any], ...] = ()
) -> ListPage:
    """Return a page of visible cases. `values` are subqueries on `Case.id` that are read for each of them.

    Two statements for any number of cases: which they are and how many, and their rows. Filters and other orders than by the
    day of opening add two, for the plan, and words or a right one more.
    """
    cursor, order = window.cursor, ORDERS[window.sort]
    if cursor is not None and (cursor.then is None) is not (len(order.keys) == 1):
        window = replace(window, cursor=(cursor := None))  # a cursor of another order
    backwards = cursor is not None and cursor.is_backwards
    conditions = [*_conditions(filters, uow.person.user_id), *_found_by_index(uow, filters)]
    ids, total = _ids_and_total(uow, conditions, window)
    has_next, ids = len(ids) > window.size, ids[: window.size]
    by_id = {
        row[0].id: ListRow(row[0], row[1], row[2], row[3], row[4], row[5:])
        for row in uow.session.execute(_rows_statement(values), {"ids": ids})
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


def _ids_and_total(uow: UnitOfWork, conditions: list[ColumnElement[bool]], window: Window) -> tuple[list[UUID], int]:
    """Return the ids of a page and of one case more, from the cursor on, and the total, at most one above `count_up_to`."""
    cursor, order, is_plain = window.cursor, ORDERS[window.sort], window.sort is Sort.OPENED and not window.is_reversed
    backwards = cursor is not None and cursor.is_backwards
    down = order.is_descending ^ window.is_reversed ^ backwards
    if is_plain:
        counted = _nearest(conditions, window.count_up_to + 1, order, down=True).cte("counted")
    else:
        counted = _some(conditions, window.count_up_to + 1).cte("counted")
    page = counted
    if cursor is not None or not is_plain:
        beyond = [] if cursor is None else [_beyond(order, cursor, down=down)]
        page = _nearest([*conditions, *beyond], window.size + 1, order, down=down).cte("page")
    ids = select(page.c.id).order_by(*_sorted(_keys(page.c, order), down=down)).limit(window.size + 1)
    total = select(func.count()).select_from(counted).scalar_subquery()
    with planned_for_these_values(uow.session) if conditions or not is_plain else nullcontext():
        found = uow.session.execute(select(func.array(ids.scalar_subquery(), type_=ARRAY(Uuid)), total)).one()
    return found[0], found[1]


def _beyond(order: Order, cursor: Cursor, *, down: bool) -> ColumnElement[bool]:
    place = tuple_(*order.keys, order.id)
    here = tuple_(*(literal(value) for value in (cursor.value, cursor.then) if value is not None), literal(cursor.id))
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
    cases, own = select(Case.id.label("id"), *keys).where(*conditions), [Case.section_id == _OWN.c.section_id]
    is_listed = any(_columns_of(part, CaseListing) for part in (*keys, *conditions))
    if is_listed:
        cases = cases.join_from(Case, CaseListing, CaseListing.case_id == Case.id)
        own.append(CaseListing.section_id == _OWN.c.section_id)
    first = cases.where(*own)
    is_unselective = all(_columns_of(part, Case) <= UNSELECTIVE for part in conditions)
    if is_listed and is_unselective and not any(_columns_of(key, Case) for key in keys):
        first = _from_listing(conditions, keys)
    of_section = first.order_by(*order).limit(most).lateral()
    # OFFSET 0 keeps PostgreSQL from reordering this: it would search the words first, in the cases of all sections.
    granted_one = cases.where(Case.id == _GRANTED.c.case_id, Case.section_id != all_(_OWN_SECTIONS)).offset(0).lateral()
    of_grants = select(granted_one).select_from(_GRANTED.join(granted_one, true()))
    return union_all(select(of_section).select_from(_OWN.join(of_section, true())), of_grants).subquery()


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


def _conditions(filters: CaseFilters, person_id: UUID) -> list[ColumnElement[bool]]:
    section = select(Section.id).where(Section.code == filters.section).scalar_subquery()
    outlook = [Outlook(filters.outlook)] if filters.outlook else []
    wanted: tuple[tuple[object, ColumnElement[bool]], ...] = (
        (filters.section, Case.section_id == section),
        (filters.state, Case.state_code == filters.state),
        (filters.stage, Case.stage.in_(filters.stage)),
        (filters.urgency, Case.urgency == filters.urgency),
        (filters.outlook, CaseListing.outlook.in_(outlook)),
        (filters.clock_before, or_last(CaseListing.one_year_on) <= (filters.clock_before or NO_DAY)),
        (filters.active_before, CaseListing.active_at < _end_of(filters.active_before or NO_DAY)),
        (filters.opened_from, Case.opened_on >= (filters.opened_from or NO_DAY)),
        (filters.opened_until, Case.opened_on <= (filters.opened_until or NO_DAY)),
    )
    conditions = [condition for value, condition in wanted if value]
    if filters.owner:
        conditions.append(owned_by(filters.owner))
    if filters.view is not None:
        conditions += VIEWS[filters.view](Days.of(filters.on or latest_local_today(), person_id))
    return conditions


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, UTC)


@dataclass(frozen=True, slots=True)
class Days:
    """What the conditions of the views are made of: values, or the parameters of a statement."""

    person: Any
    today: Any
    week: Any
    quiet_since: Any

    @classmethod
    def of(cls, on: date, person_id: UUID) -> Self:
        """Return the values for a day and a person."""
        return cls(person_id, on, on + timedelta(days=WEEK), _end_of(on - timedelta(days=QUIET)))


WEEK: Final = 7
QUIET: Final = 60
"""Days without an act of a person after which a case is in the view of quiet ones."""
MOST_COUNTED: Final = 100
"""Cases of a view are counted up to this number."""
_IS_OPEN = Case.stage.not_in(ENDED_STAGES)
_FILEABLE = (Outlook.INCOMPLETE, Outlook.ARGUABLE, Outlook.CLEAR)
VIEWS: Final[Mapping[ListView, Callable[[Days], list[ColumnElement[bool]]]]] = {
    ListView.MINE: lambda days: [Case.owner_id == days.person, _IS_OPEN],
    ListView.DUE: lambda days: [CaseListing.due_on <= days.week],
    ListView.FILEABLE: lambda days: [
        Case.stage.in_(STAGES_BEFORE_FILING),
        CaseListing.outlook.in_(_FILEABLE),
        or_last(CaseListing.one_year_on) >= days.today,
        CaseListing.one_year_on.is_not(None),
    ],
    ListView.REVIEW: lambda _days: [Case.stage == Stage.READINESS_REVIEW],
    ListView.UNOWNED: lambda _days: [Case.owner_id.is_(None), _IS_OPEN],
    ListView.QUIET: lambda days: [CaseListing.active_at < days.quiet_since, _IS_OPEN],
}
_PARAMETERS = Days(
    bindparam("person", type_=Uuid),
    bindparam("today", type_=Date),
    bindparam("week", type_=Date),
    bindparam("quiet_since", type_=DateTime(timezone=True)),
)
_VIEW_COUNTS = select(
    *(
        select(func.count()).select_from(_some(conditions, MOST_COUNTED + 1).subquery()).scalar_subquery()
        for conditions in (*(view(_PARAMETERS) for view in VIEWS.values()), [])
    )
)


def view_counts(uow: UnitOfWork, on: date) -> dict[ListView | None, int]:
    """Return how many cases each view has, and all together (None); one more than `MOST_COUNTED` for more. One statement."""
    found = uow.session.execute(_VIEW_COUNTS, asdict(Days.of(on, uow.person.user_id))).one()
    return dict(zip((*VIEWS, None), found, strict=True))


_FOUND_BY_INDEX = text("SELECT caseflow_matching_cases(CAST(:words AS tsquery), :part, :right, :most)")


def _found_by_index(uow: UnitOfWork, filters: CaseFilters) -> list[ColumnElement[bool]]:
    """Return the conditions for words (anywhere in the text, or a part of reference or place) and for a right.

    Few cases are looked up by a function of the database, by indexes that row security does not use
    (docs/decisions/0023-no-operator-is-marked-leakproof.md). Many are found sooner by reading the list in its order.
    """
    if not filters.text and not filters.right:
        return []
    asked = question(filters.text) if filters.text else Question("", "")
    if filters.text and not asked.words and not asked.part:
        return [false()]
    values = {"words": asked.words or None, "part": asked.part or None, "right": filters.right or None}
    found = uow.session.scalar(_FOUND_BY_INDEX, {**values, "most": MOST_BY_INDEX})
    if found is not None:
        return [Case.id.in_(found)]
    words = Case.search.op("@@")(cast(asked.words, TSQUERY)) if asked.words else false()
    # The part has only letters, digits and blanks, so that LIKE reads every character as itself.
    described = or_(words, Case.lookup.like(f"%{asked.part}%")) if asked.part else words
    right = Case.rights.contains([filters.right])
    return [*([described] if filters.text else []), *([right] if filters.right else [])]


_NEXT_DUE = (
    select(Deadline.case_id, Deadline.kind, Deadline.title, Deadline.due_on)
    .join(Deadline.case)
    .where(
        Deadline.case_id == any_(bindparam("case_ids", type_=ARRAY(Uuid))),
        Deadline.done_at.is_(None),
        Case.stage.not_in(ENDED_STAGES),
    )
    .ext(distinct_on(Deadline.case_id))
    .order_by(Deadline.case_id, Deadline.kind.not_in(HARD_KINDS), Deadline.due_on, Deadline.id)
)


def next_due(uow: UnitOfWork, case_ids: list[UUID]) -> dict[UUID, NextDue]:
    """Return the next open deadline of each case that cannot be undone; where there is none, the next other one. One statement."""
    return {row.case_id: NextDue(*row[1:]) for row in uow.session.execute(_NEXT_DUE, {"case_ids": case_ids})}
