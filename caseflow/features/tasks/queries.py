"""Queries on tasks. Row security decides which are visible; the filters here are not for safety."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, bindparam, func, literal, or_, select, tuple_
from sqlalchemy.orm import aliased, joinedload

from caseflow.db.paging import Cursor
from caseflow.errors import NotFound
from caseflow.models import ENDED_STAGES, Case, Section, Task, TaskStatus, User
from caseflow.unit_of_work import UnitOfWork, one

_IS_OPEN = Task.status == TaskStatus.OPEN
_WITH_PEOPLE = tuple(
    joinedload(person).load_only(User.name, User.shown_name) for person in (Task.given_to, Task.asked_by, Task.ended_by)
)
_HOLDER: ColumnElement[Any] = func.coalesce(Task.given_to_id, Case.owner_id)
"""To whom a task without a day is given; without a choice it is whoever owns the case."""
NUMBER_WITHOUT_DAY = (
    select(func.count())
    .where(Task.case_id == Case.id, _IS_OPEN, Task.due_on.is_(None))
    .correlate(Case)
    .scalar_subquery()
)
"""How many open tasks without a day a case has, as part of a query on cases. Those with a day are deadlines."""


def number_of_tasks(uow: UnitOfWork, case: Case) -> int:
    """Return how many tasks a case has, with those that have ended."""
    return uow.session.scalar(select(func.count()).where(Task.case_id == case.id)) or 0


def tasks_of_case(uow: UnitOfWork, case: Case, most_ended: int) -> Sequence[Task]:
    """Return the open tasks of a case by day, then the latest that have ended: one statement."""
    ended = (
        select(Task.id)
        .where(Task.case_id == case.id, ~_IS_OPEN)
        .order_by(Task.ended_at.desc(), Task.id)
        .limit(most_ended)
    )
    found = (
        select(Task)
        .where(Task.case_id == case.id, or_(_IS_OPEN, Task.id.in_(ended)))
        .options(*_WITH_PEOPLE)
        .order_by(~_IS_OPEN, Task.ended_at.desc(), Task.due_on.asc().nulls_last(), Task.created_at, Task.id)
    )
    return uow.session.scalars(found).all()


def one_task(uow: UnitOfWork, case: Case, task_id: UUID) -> Task:
    """Return a task of a case, with its people.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = select(Task).where(Task.id == task_id, Task.case_id == case.id).options(*_WITH_PEOPLE)
    return one(uow, found, NotFound("This task does not exist, or you do not have access to it."))


def tasks_with_day(uow: UnitOfWork, case_ids: Collection[UUID]) -> Sequence[Task]:
    """Return the open tasks of cases that have a day: one statement."""
    found = select(Task).where(Task.case_id.in_(case_ids), _IS_OPEN, Task.due_on.is_not(None))
    return uow.session.scalars(found.order_by(Task.created_at, Task.id)).all()


class GapTask(NamedTuple):
    """An open task that was made from a gap of readiness."""

    id: UUID
    gap: str
    title: str
    due_on: date | None
    holder: str | None


_OF_GAPS = (
    select(Task.id, Task.gap, Task.title, Task.due_on, User.shown_name)
    .outerjoin(User, User.id == Task.given_to_id)
    .where(Task.case_id == bindparam("case_id"), _IS_OPEN, Task.gap != "")
    .order_by(Task.created_at, Task.id)
)


def open_tasks_of_gaps(uow: UnitOfWork, case: Case) -> Sequence[GapTask]:
    """Return the open tasks of a case that were made from a gap: one statement."""
    return [GapTask(*row) for row in uow.session.execute(_OF_GAPS, {"case_id": case.id})]


@dataclass(frozen=True, slots=True)
class TaskItem:
    """An open task in a list over several cases."""

    task_id: UUID
    version: int
    title: str
    due_on: date | None
    steps: list[str]
    done_steps: list[str]
    case_id: UUID
    reference: str
    case_title: str
    holder_id: UUID | None
    holder: str | None
    asked_by: str | None
    at: date
    """By which the list is ordered: the last day; those without one come last."""


_NEVER = date(9999, 12, 31)
_AT = func.coalesce(Task.due_on, _NEVER)
_ASKED_BY = aliased(User)
_ITEM = (
    select(
        Task.id,
        Task.version,
        Task.title,
        Task.due_on,
        Task.steps,
        Task.done_steps,
        Case.id,
        Case.reference,
        Case.title,
        _HOLDER,
        User.shown_name,
        _ASKED_BY.shown_name,
        _AT,
    )
    .join(Case, Case.id == Task.case_id)
    .outerjoin(User, User.id == _HOLDER)
    .outerjoin(_ASKED_BY, _ASKED_BY.id == Task.asked_by_id)
    .where(_IS_OPEN, Case.stage.not_in(ENDED_STAGES))
)


def my_tasks_without_day(uow: UnitOfWork, size: int) -> list[TaskItem]:
    """Return the acting person's open tasks without a day, the oldest first. Those with a day are among the deadlines."""
    me = uow.person.user_id
    given = select(Task.id).where(_IS_OPEN, Task.given_to_id == me)
    owned = (
        select(Task.id)
        .join(Case, Case.id == Task.case_id)
        .where(_IS_OPEN, Case.owner_id == me, Task.given_to_id.is_(None))
    )
    found = _ITEM.where(Task.id.in_(given.union(owned)), Task.due_on.is_(None))
    return _items(uow, found.order_by(Task.created_at, Task.id).limit(size))


def tasks_of_section(
    uow: UnitOfWork, section_id: UUID, person_id: UUID | None, size: int, place: Cursor | None = None
) -> list[TaskItem]:
    """Return the open tasks of a section by day, of one person if one is chosen."""
    found = _ITEM.where(Case.section_id == section_id)
    if person_id is not None:
        found = found.where(_HOLDER.in_([person_id]))
    if place is not None:
        found = found.where(tuple_(_AT, Task.id) > tuple_(literal(place.value), literal(place.id)))
    return _items(uow, found.order_by(_AT, Task.id).limit(size))


def _items(uow: UnitOfWork, found: Executable) -> list[TaskItem]:
    return [TaskItem(*tuple(row)) for row in uow.session.execute(found)]


def numbers_of_section(uow: UnitOfWork, section_id: UUID) -> dict[UUID | None, int]:
    """Return how many open tasks people have in the cases of a section: one statement."""
    found = (
        select(_HOLDER, func.count())
        .select_from(Task)
        .join(Case, Case.id == Task.case_id)
        .where(_IS_OPEN, Case.stage.not_in(ENDED_STAGES), Case.section_id == section_id)
        .group_by(_HOLDER)
    )
    return {row[0]: row[1] for row in uow.session.execute(found)}


def section_of_tasks(uow: UnitOfWork, section_id: UUID) -> Section:
    """Return a section."""
    return uow.session.get_one(Section, section_id)
