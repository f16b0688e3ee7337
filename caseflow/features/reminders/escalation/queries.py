"""The statements of escalation. Escalated reminders are urgent, as the new recipient's digest may have been sent."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Boolean, ColumnElement, Uuid, and_, column, exists, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from caseflow.clock import now
from caseflow.features.deadlines.queries import write_selected_reminders
from caseflow.models import Mail, MailBounce, MailStatus, Reminder, ReminderCause, ReminderStatus
from caseflow.outbound.bounces import Bounce
from caseflow.unit_of_work import UnitOfWork

NO_SESSION_SYNC = {"synchronize_session": False}
_STAFF = (
    func.caseflow_case_staff(Reminder.case_id)
    .table_valued(column("id", Uuid), column("is_coordinator", Boolean), column("is_owner", Boolean))
    .render_derived(name="staff")
)
_OTHER = aliased(Reminder)
_MAY_BE_ESCALATED = Reminder.cause != ReminderCause.HANDED_ON
"""Once only, so that two people who cannot be reached do not escalate to each other without end."""
_IS_OF_RESPONSIBLE = Reminder.cause.in_([ReminderCause.RESPONSIBLE, ReminderCause.SNOOZED])


def notify_substitute(uow: UnitOfWork, reminder_ids: Sequence[UUID], person: UUID, at: datetime, day: date) -> None:
    """Copy reminders to the substitute."""
    if reminder_ids:
        copied = _copied(literal(person), ReminderCause.SUBSTITUTE, at, day)
        write_selected_reminders(uow, _COPIED, select(*copied).where(Reminder.id.in_(reminder_ids)))


def notify_coordinators(uow: UnitOfWork, reminder_ids: Sequence[UUID], at: datetime, day: date) -> None:
    """Copy reminders that may be escalated to the coordinators of their case's section.

    Those of a person to whom a deadline was given go to the owner of the case too: of a sealed case often nobody else sees it.
    """
    copies = select(*_copied(_STAFF.c.id, ReminderCause.HANDED_ON, at, day)).join(_STAFF, literal(value=True))
    others = copies.where(
        Reminder.id.in_(reminder_ids),
        _MAY_BE_ESCALATED,
        or_(_STAFF.c.is_coordinator, and_(_STAFF.c.is_owner, _IS_OF_RESPONSIBLE)),
        _STAFF.c.id != Reminder.recipient_id,
    )
    write_selected_reminders(uow, _COPIED, others)


def _reaches_somebody_else(away: str) -> ColumnElement[bool]:
    """Return the condition that somebody else gets the same reminder; `away` is the reason of those who do not count."""
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


def reaching_nobody_else(uow: UnitOfWork, reminder_ids: Sequence[UUID], away: str) -> Sequence[UUID]:
    """Return the reminders that nobody else gets although they were delegated, as two people substitute each other."""
    return uow.session.scalars(
        select(Reminder.id).where(Reminder.id.in_(reminder_ids), ~_reaches_somebody_else(away))
    ).all()


def fail_unreached(uow: UnitOfWork, reminder_ids: Sequence[UUID], away: str, nobody: str) -> None:
    """Mark escalated reminders that reach nobody as failed, with the reason `nobody`; the page of delivery shows them."""
    is_lost = or_(~_MAY_BE_ESCALATED, ~_reaches_somebody_else(away))
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


def record_bounce(uow: UnitOfWork, user_id: UUID, bounce: Bounce, at: datetime) -> None:
    """Store that an address did not take an email."""
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
    """Return the ids of emails sent to a person since a moment, each with when it was sent."""
    sent = select(Mail.id, Mail.sent_at).where(
        Mail.recipient_id == user_id, Mail.status == MailStatus.SENT, Mail.sent_at > since
    )
    return [(mail_id, sent_at) for mail_id, sent_at in uow.session.execute(sent) if sent_at is not None]


def reminders_sent_in(uow: UnitOfWork, mail_ids: Sequence[UUID]) -> list[UUID]:
    """Return the ids of reminders that were sent with emails."""
    sent = select(Reminder.id).where(Reminder.mail_id.in_(mail_ids), Reminder.status == ReminderStatus.SENT)
    return list(uow.session.scalars(sent))
