"""Queries on cases. Row security decides which are visible; the filters here are not for safety."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
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
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY, distinct_on, insert
from sqlalchemy.orm import joinedload, load_only, selectinload, undefer

from caseflow.clock import today
from caseflow.db.paging import Cursor
from caseflow.db.plans import planned_for_these_values
from caseflow.db.searching import Question, question
from caseflow.errors import NotFound
from caseflow.features.cases.commands import CaseFilters, Window
from caseflow.features.cases.owners.queries import owned_by
from caseflow.models import (
    ENDED_STAGES,
    AuditEntry,
    Case,
    CaseView,
    Claim,
    Deadline,
    DeadlineKind,
    DomesticRemedy,
    Section,
    User,
)
from caseflow.unit_of_work import UnitOfWork

PARTS_OF_CASE = (selectinload(Case.claims).joinedload(Claim.acts), selectinload(Case.other_procedures))
"""The children that facts are read from, besides remedies: three statements for any number of cases."""


MOST_BY_INDEX = 2_000
"""Cases that words or a right may match to be looked up before the list is read."""


@dataclass(frozen=True, slots=True)
class CasePage:
    """One page of the list. `total` is counted up to a limit; `is_more` says whether there are more than that."""

    cases: list[Case]
    newer: Cursor | None
    older: Cursor | None
    total: int
    is_more: bool


@dataclass(frozen=True, slots=True)
class NextDue:
    """The next deadline of a case, for its row in the list."""

    kind: DeadlineKind
    title: str
    due_on: date


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


def case_list(uow: UnitOfWork, filters: CaseFilters, window: Window) -> CasePage:
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
    return CasePage(
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


_CASE = (
    select(Case)
    .where(Case.id == bindparam("case_id"))
    .options(joinedload(Case.section), joinedload(Case.owner).undefer(User.shown_name), undefer(Case.owner_works_here))
)
_WHOLE_CASE = _CASE.options(*PARTS_OF_CASE)
"""Built once at import: building such a statement takes as long as PostgreSQL takes to run it."""


def one_case(uow: UnitOfWork, case_id: UUID) -> Case:
    """Return a case with section and owner.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    return _found(uow.session.scalar(_CASE, {"case_id": case_id}))


def whole_case(uow: UnitOfWork, case_id: UUID) -> Case:
    """Return a case with section, owner, claims, acts and procedures elsewhere: what its page shows.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    return _found(uow.session.scalar(_WHOLE_CASE, {"case_id": case_id}))


def whole_cases(uow: UnitOfWork, conditions: Sequence[ColumnElement[bool]]) -> Sequence[Case]:
    """Return the cases that meet all conditions, with everything that sources of facts and deadlines read."""
    found = select(Case).where(*conditions).options(joinedload(Case.section), *PARTS_OF_CASE).order_by(Case.id)
    return uow.session.scalars(found).all()


def lock_case(uow: UnitOfWork, case_id: UUID) -> None:
    """Lock a case until the transaction ends, waiting if somebody else has it. Changes of its facts and deadlines need this lock."""
    uow.session.execute(select(Case.id).where(Case.id == case_id).with_for_update(key_share=True))


def locked_case(uow: UnitOfWork, case_id: UUID) -> Case:
    """Lock a case (`lock_case`) and return its present state, with section and owner.

    Raises:
        NotFound: it may not be seen any more.
    """
    lock_case(uow, case_id)
    fresh = {"populate_existing": True}
    return _found(uow.session.scalar(_CASE, {"case_id": case_id}, execution_options=fresh))


def locked_whole_case(uow: UnitOfWork, case_id: UUID) -> Case:
    """Lock a case and return its present state, with everything that `whole_case` loads.

    Of two people who save parts of one case concurrently, the second waits here and then reads both changes.

    Raises:
        NotFound: it may not be seen any more.
    """
    lock_case(uow, case_id)
    fresh = {"populate_existing": True}
    return _found(uow.session.scalar(_WHOLE_CASE, {"case_id": case_id}, execution_options=fresh))


def case_by_reference(uow: UnitOfWork, reference: str) -> Case:
    """Return a visible case by its reference.

    Raises:
        NotFound: none has it.
    """
    found = select(Case).where(Case.reference == reference).options(joinedload(Case.section)).limit(1)
    return _found(uow.session.scalar(found))


def _found(case: Case | None) -> Case:
    if case is None:
        raise NotFound("This case does not exist, or you do not have access to it.")
    return case


def rights_of_claims(uow: UnitOfWork, case_id: UUID) -> list[str]:
    """Return the rights of a case's claims in the order of the claims, each once."""
    lists = uow.session.scalars(select(Claim.rights).where(Claim.case_id == case_id).order_by(Claim.position))
    return list(dict.fromkeys(right for rights in lists for right in rights))


def has_remedy(uow: UnitOfWork, case_id: UUID) -> bool:
    """Return whether any domestic remedy of a case is recorded."""
    return uow.session.scalar(select(DomesticRemedy.id).where(DomesticRemedy.case_id == case_id).limit(1)) is not None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One audit entry for the case's history. `who` is None for a background job, or a user who may not be seen."""

    at: datetime
    who: str | None
    action: str
    subject: str
    changes: dict[str, list[object]]


_HISTORY = (
    select(AuditEntry.at, User.shown_name, AuditEntry.action, AuditEntry.subject, AuditEntry.changes)
    .outerjoin(User, User.id == AuditEntry.actor_id)
    .where(AuditEntry.case_id == bindparam("case_id"))
    .order_by(AuditEntry.at.desc(), AuditEntry.sequence.desc())
    .limit(bindparam("limit", type_=Integer))
)


def history(uow: UnitOfWork, case_id: UUID, *, limit: int, before: datetime | None = None) -> list[HistoryEntry]:
    """Return the history of a case, the latest entry first."""
    entries = _HISTORY if before is None else _HISTORY.where(AuditEntry.at < before)
    return [HistoryEntry(*row) for row in uow.session.execute(entries, {"case_id": case_id, "limit": limit})]  # type: ignore[arg-type]  # JSONB holds just these


RECENT_VIEWERS = 5
_VIEWERS = (
    select(User.shown_name, func.max(CaseView.viewed_on))
    .join(User, User.id == CaseView.user_id)
    .where(CaseView.case_id == bindparam("case_id"))
    .group_by(User.id)
    .order_by(func.max(CaseView.viewed_on).desc(), User.name)
    .limit(bindparam("limit", type_=Integer))
)
_RECORDED = insert(CaseView).values({name: bindparam(name) for name in ("case_id", "user_id", "viewed_on")})
_RECORDED_AND_OTHERS = _VIEWERS.where(User.id != bindparam("user_id")).add_cte(
    _RECORDED.on_conflict_do_nothing().returning(CaseView.case_id).cte("recorded")
)


def record_view(uow: UnitOfWork, case: Case) -> list[tuple[str, date]]:
    """Record that the acting person viewed a case today, and return the latest viewers with their days. One statement."""
    day, person = today(case.section.time_zone), uow.person
    row = {"case_id": case.id, "user_id": person.user_id, "viewed_on": day, "limit": RECENT_VIEWERS}
    others = [(name, on) for name, on in uow.session.execute(_RECORDED_AND_OTHERS, row)]
    # The statement does not see the row that it inserts, so the acting person is added here.
    return [(person.name, day), *others][:RECENT_VIEWERS]


def viewers(uow: UnitOfWork, case_id: UUID, *, limit: int) -> list[tuple[str, date]]:
    """Return the latest viewers of a case, with their days."""
    return [(name, day) for name, day in uow.session.execute(_VIEWERS, {"case_id": case_id, "limit": limit})]


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


def state_of_latest_case(uow: UnitOfWork, section_id: UUID) -> str:
    """Return the State of a section's latest case; empty if it has no cases."""
    latest = (
        select(Case.state_code)
        .where(Case.section_id == section_id)
        .order_by(Case.opened_on.desc(), Case.id.desc())
        .limit(1)
    )
    return uow.session.scalar(latest) or ""


def count_and_last_position(uow: UnitOfWork, kind: Any, among: ColumnElement[bool]) -> tuple[int, int]:
    """Return the number of rows in a list, and their last position, or 0 if there are none."""
    found = uow.session.execute(select(func.count(), func.coalesce(func.max(kind.position), 0)).where(among)).one()
    return found[0], found[1]


def neighbour(uow: UnitOfWork, row: Any, among: ColumnElement[bool], *, earlier: bool) -> Any:
    """Return the row before or after another in its list; None at the end."""
    kind = type(row)
    found = select(kind).where(among)
    if earlier:
        found = found.where(kind.position < row.position).order_by(kind.position.desc())
    else:
        found = found.where(kind.position > row.position).order_by(kind.position)
    return uow.session.scalar(found.limit(1))
