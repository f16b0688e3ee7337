"""What was said of deadlines, and writing it. Row security decides who may read and write it."""

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


_SAYS = aliased(User)
_OF_CASE = (
    select(
        Deadline,
        DeadlineAcknowledgement.deadline_id,
        DeadlineAcknowledgement.user_id,
        _SAYS.name,
        DeadlineAcknowledgement.acknowledged_for,
        DeadlineAcknowledgement.snoozed_until,
    )
    .outerjoin(DeadlineAcknowledgement, DeadlineAcknowledgement.deadline_id == Deadline.id)
    .outerjoin(_SAYS, _SAYS.id == DeadlineAcknowledgement.user_id)
    .where(Deadline.case_id == bindparam("case_id"))
    .order_by(Deadline.done_at.is_not(None), Deadline.due_on, Deadline.id, DeadlineAcknowledgement.acknowledged_at)
    .options(joinedload(Deadline.responsible).load_only(User.name))
)


def deadlines_with_acknowledgements(
    uow: UnitOfWork, case: Case
) -> tuple[Sequence[Deadline], Sequence[Acknowledgement]]:
    """Return all deadlines of a case, the open ones first and the soonest on top, and who acknowledged or snoozed them.

    One statement. A name is None where the person may not be seen.
    """
    rows = uow.session.execute(_OF_CASE, {"case_id": case.id}).all()
    said = [Acknowledgement(*row[1:]) for row in rows if row.deadline_id is not None]
    return list(dict.fromkeys(row[0] for row in rows)), said
