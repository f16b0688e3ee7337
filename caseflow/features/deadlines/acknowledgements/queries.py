"""What was said of deadlines, and writing it. Row security decides who may read and write it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from caseflow.features.deadlines.queries import NOTIFIED
from caseflow.models import Absence, Deadline, DeadlineAcknowledgement, Reminder, User
from caseflow.unit_of_work import UnitOfWork


def acknowledgements_of(uow: UnitOfWork, deadline_ids: Iterable[UUID]) -> Sequence[DeadlineAcknowledgement]:
    """Return what people said of deadlines."""
    said = select(DeadlineAcknowledgement).where(DeadlineAcknowledgement.deadline_id.in_(list(deadline_ids)))
    return uow.session.scalars(said).all()


def write_acknowledgement(uow: UnitOfWork, deadline: Deadline, said: Mapping[str, object]) -> None:
    """Write what the acting person says of a deadline, over what they said before."""
    who = {"deadline_id": deadline.id, "user_id": uow.person.user_id, "case_id": deadline.case_id}
    written = insert(DeadlineAcknowledgement).values(**who, **said)
    uow.session.execute(written.on_conflict_do_update(index_elements=["deadline_id", "user_id"], set_=dict(said)))


def mark_read_of(uow: UnitOfWork, deadline: Deadline, day: date, at: datetime) -> None:
    """Mark as read what the acting person was told of a deadline by a day."""
    mine = update(Reminder).where(
        Reminder.deadline_id == deadline.id,
        Reminder.recipient_id == uow.person.user_id,
        Reminder.due_on <= day,
        Reminder.read_at.is_(None),
    )
    uow.session.execute(mine.values(read_at=at), execution_options={"synchronize_session": False})


def is_notified(uow: UnitOfWork, deadline: Deadline, day: date) -> bool:
    """Tell whether the acting person is told of a deadline that is another's: handed on, or as who stands in today."""
    me = uow.person.user_id
    handed = select(Reminder.id).where(
        Reminder.deadline_id == deadline.id, Reminder.recipient_id == me, Reminder.status.in_(NOTIFIED)
    )
    stands_in = select(Absence.id).where(
        Absence.substitute_id == me,
        Absence.user_id == deadline.responsible_id,
        literal(day).between(Absence.starts_on, Absence.ends_on),
    )
    return bool(uow.session.scalar(select(or_(handed.exists(), stands_in.exists()))))


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """What somebody said of a deadline of a case."""

    deadline_id: UUID
    user_id: UUID
    name: str | None
    acknowledged_for: date | None
    snoozed_until: date | None


def acknowledgements_of_case(uow: UnitOfWork, case_id: UUID) -> list[Acknowledgement]:
    """Return what people said of the deadlines of a case. The name is None where the person may not be seen."""
    found = (
        select(
            DeadlineAcknowledgement.deadline_id,
            DeadlineAcknowledgement.user_id,
            User.name,
            DeadlineAcknowledgement.acknowledged_for,
            DeadlineAcknowledgement.snoozed_until,
        )
        .outerjoin(User, User.id == DeadlineAcknowledgement.user_id)
        .where(DeadlineAcknowledgement.case_id == case_id)
        .order_by(DeadlineAcknowledgement.acknowledged_at)
    )
    return [Acknowledgement(*row) for row in uow.session.execute(found)]
