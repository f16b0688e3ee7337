"""What is read about deadlines. Row security decides which; nothing here filters for safety."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from caseflow.errors import NotFound
from caseflow.models import Case, Deadline, DeadlineKind, Reminder, User
from caseflow.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class NextDeadline:
    """The next open deadline of a case. `responsible` is None for nobody, or for somebody whose name may not be seen."""

    deadline_id: UUID
    kind: DeadlineKind
    title: str
    due_on: date
    responsible_id: UUID | None
    responsible: str | None


def next_deadlines(uow: UnitOfWork, case_ids: Iterable[UUID]) -> dict[UUID, NextDeadline]:
    """Return the next open deadline of each case that has one: one statement for a whole page of a list."""
    soonest = (
        select(
            Deadline.case_id,
            Deadline.id,
            Deadline.kind,
            Deadline.title,
            Deadline.due_on,
            Deadline.responsible_id,
            User.name,
        )
        .outerjoin(User, User.id == Deadline.responsible_id)
        .where(Deadline.case_id.in_(list(case_ids)), Deadline.done_at.is_(None))
        .distinct(Deadline.case_id)
        .order_by(Deadline.case_id, Deadline.due_on, Deadline.id)
    )
    return {row.case_id: NextDeadline(*row[1:]) for row in uow.session.execute(soonest)}


def deadlines_of_case(uow: UnitOfWork, case_id: UUID) -> Sequence[Deadline]:
    """Return all deadlines of a case with who is responsible: the open ones first, the soonest on top."""
    all_of_it = (
        select(Deadline)
        .where(Deadline.case_id == case_id)
        .order_by(Deadline.done_at.is_not(None), Deadline.due_on, Deadline.id)
        .options(joinedload(Deadline.responsible).load_only(User.name))
    )
    return uow.session.scalars(all_of_it).all()


def one_deadline(uow: UnitOfWork, deadline_id: UUID) -> Deadline:
    """Return a deadline with its case and section.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = (
        select(Deadline).where(Deadline.id == deadline_id).options(joinedload(Deadline.case).joinedload(Case.section))
    )
    deadline = uow.session.scalar(found)
    if deadline is None:
        raise NotFound("There is no such deadline, or you may not see it.")
    return deadline


def rows_of_case(uow: UnitOfWork, case_id: UUID) -> Sequence[Deadline]:
    """Return all deadlines of a case, to be changed."""
    return uow.session.scalars(select(Deadline).where(Deadline.case_id == case_id).order_by(Deadline.key)).all()


def reminders_of(uow: UnitOfWork, deadline_ids: Iterable[UUID]) -> Sequence[Reminder]:
    """Return all reminders of deadlines, of whatever version and status."""
    return uow.session.scalars(select(Reminder).where(Reminder.deadline_id.in_(list(deadline_ids)))).all()


def coordinators_of(uow: UnitOfWork, section_id: UUID) -> tuple[UUID, ...]:
    """Return who coordinates a section.

    Through a function of the database: whoever works on another section's case by a grant does not see that section's
    members, and its coordinators must still be reminded.
    """
    return tuple(sorted(uow.session.scalars(select(func.caseflow_coordinators(section_id)))))
