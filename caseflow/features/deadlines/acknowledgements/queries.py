"""Queries on acknowledgements and snoozes. Row security decides who may read and write them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased, joinedload

from caseflow.features.deadlines.queries import NOTIFIED
from caseflow.models import Absence, Case, Deadline, DeadlineAcknowledgement, Reminder, User
from caseflow.unit_of_work import UnitOfWork


def acknowledgements_of(uow: UnitOfWork, deadline_ids: Iterable[UUID]) -> Sequence[DeadlineAcknowledgement]:
    """Return all acknowledgements and snoozes of deadlines."""
    found = select(DeadlineAcknowledgement).where(DeadlineAcknowledgement.deadline_id.in_(list(deadline_ids)))
    return uow.session.scalars(found).all()


def write_acknowledgement(uow: UnitOfWork, deadline: Deadline, values: Mapping[str, object]) -> None:
    """Set columns of the acting person's row for a deadline, which is inserted if it does not exist."""
    who = {"deadline_id": deadline.id, "user_id": uow.person.user_id, "case_id": deadline.case_id}
    written = insert(DeadlineAcknowledgement).values(**who, **values)
    uow.session.execute(written.on_conflict_do_update(index_elements=["deadline_id", "user_id"], set_=dict(values)))


def mark_read_of(uow: UnitOfWork, deadline: Deadline, day: date, at: datetime) -> None:
    """Mark the acting person's reminders of a deadline that are due by a day as read."""
    mine = update(Reminder).where(
        Reminder.deadline_id == deadline.id,
        Reminder.recipient_id == uow.person.user_id,
        Reminder.due_on <= day,
        Reminder.read_at.is_(None),
    )
    uow.session.execute(mine.values(read_at=at), execution_options={"synchronize_session": False})


def is_notified(uow: UnitOfWork, deadline: Deadline, day: date) -> bool:
    """Return whether the acting person is notified of another person's deadline: by escalation, or as today's substitute."""
    me = uow.person.user_id
    escalated = select(Reminder.id).where(
        Reminder.deadline_id == deadline.id, Reminder.recipient_id == me, Reminder.status.in_(NOTIFIED)
    )
    is_substitute = select(Absence.id).where(
        Absence.substitute_id == me,
        Absence.user_id == deadline.responsible_id,
        literal(day).between(Absence.starts_on, Absence.ends_on),
    )
    return bool(uow.session.scalar(select(or_(escalated.exists(), is_substitute.exists()))))


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """An acknowledgement or snooze of a deadline by one person. `name` is None if the person may not be seen."""

    deadline_id: UUID
    user_id: UUID
    name: str | None
    acknowledged_for: date | None
    snoozed_until: date | None


_ACKNOWLEDGED_BY = aliased(User)
_OF_CASE = (
    select(
        Deadline,
        DeadlineAcknowledgement.deadline_id,
        DeadlineAcknowledgement.user_id,
        _ACKNOWLEDGED_BY.name,
        DeadlineAcknowledgement.acknowledged_for,
        DeadlineAcknowledgement.snoozed_until,
    )
    .outerjoin(DeadlineAcknowledgement, DeadlineAcknowledgement.deadline_id == Deadline.id)
    .outerjoin(_ACKNOWLEDGED_BY, _ACKNOWLEDGED_BY.id == DeadlineAcknowledgement.user_id)
    .where(Deadline.case_id == bindparam("case_id"))
    .order_by(Deadline.done_at.is_not(None), Deadline.due_on, Deadline.id, DeadlineAcknowledgement.acknowledged_at)
    .options(
        joinedload(Deadline.responsible).load_only(User.name, User.shown_name),
        joinedload(Deadline.given_to).load_only(User.name, User.shown_name),
    )
)


def deadlines_with_acknowledgements(
    uow: UnitOfWork, case: Case
) -> tuple[Sequence[Deadline], Sequence[Acknowledgement]]:
    """Return all deadlines of a case, the open ones first, by date, and who acknowledged or snoozed them. One statement."""
    rows = uow.session.execute(_OF_CASE, {"case_id": case.id}).all()
    acknowledgements = [Acknowledgement(*row[1:]) for row in rows if row.deadline_id is not None]
    return list(dict.fromkeys(row[0] for row in rows)), acknowledgements
