"""The statements of handing on. Always at once: the other's digest of the day may have left already."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Select, Uuid, column, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from caseflow.clock import now
from caseflow.models import Mail, MailBounce, MailStatus, Reminder, ReminderCause, ReminderStatus
from caseflow.outbound.bounces import Bounce
from caseflow.unit_of_work import UnitOfWork

NEVER_SYNCED = {"synchronize_session": False}
_HEIRS = func.caseflow_heirs(Reminder.case_id).table_valued(column("id", Uuid)).render_derived(name="heir")
_MAY_BE_HANDED_ON = Reminder.cause != ReminderCause.HANDED_ON
"""Once only: or two people who both can't be reached would hand it to and fro."""


def hand_to_substitute(uow: UnitOfWork, reminder_ids: Sequence[UUID], person: UUID, at: datetime, day: date) -> None:
    """Let who stands in be told of reminders."""
    if reminder_ids:
        copied = _copied(literal(person), ReminderCause.SUBSTITUTE, at, day)
        _write_copies(uow, select(*copied).where(Reminder.id.in_(reminder_ids)))


def hand_to_coordinators(uow: UnitOfWork, reminder_ids: Sequence[UUID], at: datetime, day: date, nobody: str) -> None:
    """Let the coordinators of a case's section be told of reminders; where there is none, they have failed."""
    lost = update(Reminder).where(
        Reminder.id.in_(reminder_ids),
        or_(
            ~_MAY_BE_HANDED_ON,
            ~select(_HEIRS.c.id).where(_HEIRS.c.id != Reminder.recipient_id).correlate(Reminder).exists(),
        ),
    )
    uow.session.execute(lost.values(status=ReminderStatus.FAILED, reason=nobody), execution_options=NEVER_SYNCED)
    copies = select(*_copied(_HEIRS.c.id, ReminderCause.HANDED_ON, at, day)).join(_HEIRS, literal(value=True))
    _write_copies(
        uow,
        copies.where(Reminder.id.in_(reminder_ids), _MAY_BE_HANDED_ON, _HEIRS.c.id != Reminder.recipient_id),
    )


_COPIED = (
    "id", "recipient_id", "cause", "due_on", "due_at", "status", "reason", "created_at",
    "deadline_id", "deadline_version", "case_id", "threshold",
)  # fmt: skip


def _copied(person: ColumnElement[Any], cause: ReminderCause, at: datetime, day: date) -> list[Any]:
    return [
        func.gen_random_uuid(),
        person,
        literal(cause, Reminder.cause.type),
        literal(day),
        literal(at),
        literal(ReminderStatus.WAITING, Reminder.status.type),
        literal(""),
        literal(now()),
        Reminder.deadline_id,
        Reminder.deadline_version,
        Reminder.case_id,
        Reminder.threshold,
    ]


def _write_copies(uow: UnitOfWork, copies: Select[Any]) -> None:
    written = insert(Reminder).from_select(list(_COPIED), copies)
    fresh = {
        "status": ReminderStatus.WAITING,
        "cause": written.excluded.cause,
        "due_on": written.excluded.due_on,
        "due_at": written.excluded.due_at,
        "mail_id": None,
        "read_at": None,
        "reason": "",
    }
    again = written.on_conflict_do_update(
        index_elements=["deadline_id", "deadline_version", "threshold", "recipient_id"],
        set_=fresh,
        where=Reminder.status.in_([ReminderStatus.CANCELLED, ReminderStatus.SUPERSEDED]),
    )
    uow.session.execute(again)


def note_bounce(uow: UnitOfWork, user_id: UUID, bounce: Bounce, at: datetime) -> None:
    """Note that an address took no mail."""
    row = {
        "id": uuid4(),
        "user_id": user_id,
        "address": bounce.address,
        "is_permanent": bounce.is_permanent,
        "status": bounce.status,
        "at": at,
    }
    uow.session.execute(insert(MailBounce).values(row))


def told_by_mail(uow: UnitOfWork, user_id: UUID, since: datetime) -> list[UUID]:
    """Return what mails told a person since a moment."""
    told = (
        select(Reminder.id)
        .join(Mail, Mail.id == Reminder.mail_id)
        .where(Mail.recipient_id == user_id, Mail.status == MailStatus.SENT, Mail.sent_at > since)
        .where(Reminder.status == ReminderStatus.SENT)
    )
    return list(uow.session.scalars(told))
