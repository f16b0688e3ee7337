"""The queries of the list of cases. Row security decides which are visible; the filters here are not for safety."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
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

from caseflow.db.paging import Cursor
from caseflow.db.plans import planned_for_these_values
from caseflow.db.searching import Question, question
from caseflow.features.cases.commands import CaseFilters, Window
from caseflow.features.cases.owners.queries import owned_by
from caseflow.features.cases.queries import NextDue
from caseflow.models import ENDED_STAGES, Case, Deadline, Section, User
from caseflow.unit_of_work import UnitOfWork

MOST_BY_INDEX = 2_000
"""Cases that words or a right may match to be looked up before the list is read."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of the list. `total` is counted up to a limit; `is_more` says whether there are more than that."""

    cases: list[Case]
    newer: Cursor | None
    older: Cursor | None
    total: int
    is_more: bool


_LISTED = select(Case).options(
    load_only(Case.reference, Case.title, Case.state_code, Case.rights, Case.stage, Case.urgency, Case.opened_on,
              Case.place_region, Case.section_id, Case.owner_id, Case.confidentiality),
    joinedload(Case.owner).load_only(User.name),
    joinedload(Case.section).load_only(Section.code, Section.time_zone),
).where(Case.id == any_(bindparam("ids", type_=ARRAY(Uuid))))  # fmt: skip
_DATED = select(Case.id, Case.opened_on)
_OWN = select(func.unnest(func.caseflow_case_sections(), type_=Uuid).label("section_id")).subquery()
_OWN_SECTIONS = cast(select(func.caseflow_case_sections()).scalar_subquery(), ARRAY(Uuid))
_GRANTED = select(func.caseflow_granted_cases("read", type_=Uuid).label("case_id")).distinct().subquery()


def case_list(uow: UnitOfWork, filters: CaseFilters, window: Window) -> ListPage:
    """Return a page of visible cases, the latest opened first.

    Two statements for any number of cases: which they are and how many, and their rows. Filters add two, for the plan, and
    words or a right one more.
    """
    cursor = window.cursor
    backwards = cursor is not None and cursor.is_backwards
    ids, total = _ids_and_total(uow, [*_conditions(filters), *_found_by_index(uow, filters)], window)
    has_next, ids = len(ids) > window.size, ids[: window.size]
    by_id = {case.id: case for case in uow.session.scalars(_LISTED, {"ids": ids})}
    found = [by_id[case_id] for case_id in ids if case_id in by_id]
    if backwards:
        found.reverse()
    has_newer = has_next if backwards else cursor is not None
    has_older = has_next if not backwards else True
    return ListPage(
        found,
        Cursor(found[0].opened_on, found[0].id, is_backwards=True) if found and has_newer else None,
        Cursor(found[-1].opened_on, found[-1].id) if found and has_older else None,
        min(total, window.count_up_to),
        total > window.count_up_to,
    )


def _ids_and_total(uow: UnitOfWork, conditions: list[ColumnElement[bool]], window: Window) -> tuple[list[UUID], int]:
    """Return the ids of a page and of one case more, from the cursor on, and the total, at most one above `count_up_to`."""
    cursor, counted = window.cursor, _nearest(conditions, window.count_up_to + 1).cte("counted")
    page = counted
    if cursor is not None:
        place, here = tuple_(Case.opened_on, Case.id), tuple_(literal(cursor.value), literal(cursor.id))
        beyond = place > here if cursor.is_backwards else place < here
        page = _nearest([*conditions, beyond], window.size + 1, backwards=cursor.is_backwards).cte("page")
    backwards = cursor is not None and cursor.is_backwards
    ids = select(page.c.id).order_by(*_order(page.c, backwards=backwards)).limit(window.size + 1)
    total = select(func.count()).select_from(counted).scalar_subquery()
    with planned_for_these_values(uow.session) if conditions else nullcontext():
        found = uow.session.execute(select(func.array(ids.scalar_subquery(), type_=ARRAY(Uuid)), total)).one()
    return found[0], found[1]


def _order(columns: Any, *, backwards: bool) -> list[UnaryExpression[Any]]:
    """Return the order of the list: the latest opened first."""
    return [column.asc() if backwards else column.desc() for column in (columns.opened_on, columns.id)]


def _nearest(conditions: Sequence[ColumnElement[bool]], most: int, *, backwards: bool = False) -> Select[Any]:
    """Return id and day of the first `most` cases in the order of the list."""
    first = _first_of_each_section(conditions, _order(Case, backwards=backwards), most)
    return select(first).order_by(*_order(first.c, backwards=backwards)).limit(most)


def _first_of_each_section(
    conditions: Sequence[ColumnElement[bool]], order: Sequence[UnaryExpression[Any]], most: int
) -> Subquery:
    """Return the first `most` cases of each of the actor's sections, and the first of those granted by other sections.

    This is for speed, not for safety: row security applies to every part, and the sections and grants come from its own
    functions. Without this, PostgreSQL reads the cases of the whole coalition in order until it has enough visible ones:
    for a section of thirty cases among a hundred thousand that is nearly the whole table.
    """
    cases = _DATED.where(*conditions)
    of_section = cases.where(Case.section_id == _OWN.c.section_id).order_by(*order).limit(most).lateral()
    # OFFSET 0 keeps PostgreSQL from reordering this: it would search the words first, in the cases of all sections.
    granted_one = cases.where(Case.id == _GRANTED.c.case_id, Case.section_id != all_(_OWN_SECTIONS)).offset(0).lateral()
    of_grants = select(granted_one).select_from(_GRANTED.join(granted_one, true()))
    return union_all(select(of_section).select_from(_OWN.join(of_section, true())), of_grants).subquery()


def _conditions(filters: CaseFilters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.section:
        conditions.append(
            Case.section_id == select(Section.id).where(Section.code == filters.section).scalar_subquery()
        )
    if filters.state:
        conditions.append(Case.state_code == filters.state)
    if filters.stage:
        conditions.append(Case.stage == filters.stage)
    if filters.owner:
        conditions.append(owned_by(filters.owner))
    if filters.opened_from:
        conditions.append(Case.opened_on >= filters.opened_from)
    if filters.opened_until:
        conditions.append(Case.opened_on <= filters.opened_until)
    return conditions


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
    .order_by(Deadline.case_id, Deadline.due_on, Deadline.id)
)


def next_due(uow: UnitOfWork, case_ids: list[UUID]) -> dict[UUID, NextDue]:
    """Return the next open deadline of each case that has one. One statement."""
    return {row.case_id: NextDue(*row[1:]) for row in uow.session.execute(_NEXT_DUE, {"case_ids": case_ids})}
