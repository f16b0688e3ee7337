"""The statements of handing on. Always at once: the other's digest of the day may have left already."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Uuid, and_, column, exists, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from caseflow.clock import now
from caseflow.features.deadlines.queries import write_selected_reminders
from caseflow.models import Mail, MailBounce, MailStatus, Reminder, ReminderCause, ReminderStatus
from caseflow.outbound.bounces import Bounce
from caseflow.unit_of_work import UnitOfWork

NO_SESSION_SYNC = {"synchronize_session": False}
_COORDINATORS = (
    func.caseflow_escalation_recipients(Reminder.case_id)
    .table_valued(column("id", Uuid))
    .render_derived(name="coordinator")
)
_OTHER = aliased(Reminder)
_MAY_BE_HANDED_ON = Reminder.cause != ReminderCause.HANDED_ON
"""Once only: or two people who both can't be reached would hand it to and fro."""


def hand_to_substitute(uow: UnitOfWork, reminder_ids: Sequence[UUID], person: UUID, at: datetime, day: date) -> None:
    """Let who stands in be told of reminders."""
    if reminder_ids:
        copied = _copied(literal(person), ReminderCause.SUBSTITUTE, at, day)
        write_selected_reminders(uow, _COPIED, select(*copied).where(Reminder.id.in_(reminder_ids)))


def hand_to_coordinators(uow: UnitOfWork, reminder_ids: Sequence[UUID], at: datetime, day: date) -> None:
    """Let the coordinators of a case's section be told of reminders."""
    copies = select(*_copied(_COORDINATORS.c.id, ReminderCause.HANDED_ON, at, day)).join(
        _COORDINATORS, literal(value=True)
    )
    write_selected_reminders(
        uow,
        _COPIED,
        copies.where(Reminder.id.in_(reminder_ids), _MAY_BE_HANDED_ON, _COORDINATORS.c.id != Reminder.recipient_id),
    )


def _hears(away: str) -> ColumnElement[bool]:
    """Return the condition that somebody else hears of the same; who is away themselves (a reason) does not count."""
    return exists().where(
        _OTHER.deadline_id == Reminder.deadline_id,
        _OTHER.deadline_version == Reminder.deadline_version,
        _OTHER.threshold == Reminder.threshold,
        _OTHER.recipient_id != Reminder.recipient_id,
        or_(
            _OTHER.status == ReminderStatus.WAITING,
            and_(_OTHER.status == ReminderStatus.SENT, _OTHER.reason != away),
        ),
    )


def unheard(uow: UnitOfWork, reminder_ids: Sequence[UUID], away: str) -> Sequence[UUID]:
    """Return of which reminders nobody else hears, though they were left to a substitute: people stand in for each other."""
    return uow.session.scalars(select(Reminder.id).where(Reminder.id.in_(reminder_ids), ~_hears(away))).all()


def give_up_unheard(uow: UnitOfWork, reminder_ids: Sequence[UUID], away: str, nobody: str) -> None:
    """Let reminders have failed that were handed on and reached nobody: the administrator's page shows them."""
    is_lost = or_(~_MAY_BE_HANDED_ON, ~_hears(away))
    lost = update(Reminder).where(Reminder.id.in_(reminder_ids), is_lost)
    uow.session.execute(lost.values(status=ReminderStatus.FAILED, reason=nobody), execution_options=NO_SESSION_SYNC)


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


def mails_sent(uow: UnitOfWork, user_id: UUID, since: datetime) -> list[tuple[UUID, datetime]]:
    """Return the mails that were sent to a person since a moment, each with when."""
    sent = select(Mail.id, Mail.sent_at).where(
        Mail.recipient_id == user_id, Mail.status == MailStatus.SENT, Mail.sent_at > since
    )
    return [(mail_id, sent_at) for mail_id, sent_at in uow.session.execute(sent) if sent_at is not None]


def told_in(uow: UnitOfWork, mail_ids: Sequence[UUID]) -> list[UUID]:
    """Return the reminders that mails told."""
    told = select(Reminder.id).where(Reminder.mail_id.in_(mail_ids), Reminder.status == ReminderStatus.SENT)
    return list(uow.session.scalars(told))
