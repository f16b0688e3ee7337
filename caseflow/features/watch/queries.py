"""What is counted of the outbox and seen of the processes. Nothing of any case."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, literal, or_, select, tuple_

from caseflow.db.paging import Place
from caseflow.models import Heartbeat, Mail, MailStatus, Reminder, ReminderSetting, ReminderStatus, User
from caseflow.unit_of_work import UnitOfWork


def heartbeats(uow: UnitOfWork) -> dict[str, datetime]:
    """Return when each process was last seen alive."""
    return {row.name: row.beat_at for row in uow.session.scalars(select(Heartbeat))}


def oldest_unsent(uow: UnitOfWork, at: datetime) -> datetime | None:
    """Return since when the oldest thing has been waiting that should have left: a mail, a reminder without one, a digest.

    One written late counts from its writing.
    """
    waiting = (
        select(func.min(func.greatest(Mail.due_at, Mail.created_at)).label("since"))
        .where(Mail.status == MailStatus.WAITING, Mail.due_at <= at)
        .union_all(
            select(func.min(func.greatest(Reminder.due_at, Reminder.created_at))).where(
                Reminder.status == ReminderStatus.WAITING, Reminder.mail_id.is_(None), Reminder.due_at <= at
            ),
            select(func.min(ReminderSetting.next_digest_at)).where(ReminderSetting.next_digest_at <= at),
        )
        .subquery()
    )
    found: datetime | None = uow.session.scalar(select(func.min(waiting.c.since)))
    return found


@dataclass(frozen=True, slots=True)
class QueueNumbers:
    """How many mails are due and not sent, and have failed for good; and how many reminders wait for their day."""

    due: int
    later: int
    failed: int


def queue_numbers(uow: UnitOfWork, at: datetime) -> QueueNumbers:
    """Count the outbox. The sent ones are many, and not counted."""
    is_due = and_(Mail.status == MailStatus.WAITING, Mail.due_at <= at)
    waits = and_(Reminder.status == ReminderStatus.WAITING, Reminder.mail_id.is_(None))
    one_row = select(
        select(func.count()).select_from(Mail).where(is_due).scalar_subquery(),
        select(func.count()).select_from(Reminder).where(waits).scalar_subquery(),
        select(func.count()).select_from(Mail).where(Mail.status == MailStatus.FAILED).scalar_subquery(),
    )
    return QueueNumbers(*uow.session.execute(one_row).one())


@dataclass(frozen=True, slots=True)
class Failure:
    """A mail that will not go out, or that the server puts off."""

    mail_id: UUID
    email: str
    due_at: datetime
    attempts: int
    reason: str
    is_final: bool


def failures(uow: UnitOfWork, at: datetime, place: Place | None, size: int) -> list[Failure]:
    """Return what has failed for good or is put off, the latest first, from a place on."""
    is_put_off = and_(Mail.status == MailStatus.WAITING, Mail.due_at <= at, Mail.reason != "")
    is_final = Mail.status == MailStatus.FAILED
    found = (
        select(Mail.id, User.email, Mail.due_at, Mail.attempts, Mail.reason, is_final)
        .join(User, User.id == Mail.recipient_id)
        .where(or_(is_final, is_put_off))
        .order_by(Mail.due_at.desc(), Mail.id.desc())
        .limit(size)
    )
    if place is not None:
        found = found.where(tuple_(Mail.due_at, Mail.id) < tuple_(literal(place.moment), literal(place.id)))
    return [Failure(*row) for row in uow.session.execute(found)]
