"""What administrators see and change in the outbox. Nothing of any case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    and_,
    cast,
    distinct,
    func,
    literal,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from caseflow.db.paging import Cursor
from caseflow.features.reminders.commands import NOBODY
from caseflow.models import (
    Mail,
    MailBounce,
    MailKind,
    MailStatus,
    Membership,
    Reminder,
    ReminderSetting,
    ReminderStatus,
    Role,
    Section,
    SectionKind,
    User,
)
from caseflow.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class QueueNumbers:
    """Numbers of emails that are due or have failed for good, and of reminders that are due `later`."""

    due: int
    later: int
    failed: int


def queue_numbers(uow: UnitOfWork, at: datetime) -> QueueNumbers:
    """Count the outbox without the sent emails, which are many."""
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
    """An email that has failed for good, or that the server deferred."""

    mail_id: UUID
    email: str
    due_at: datetime
    attempts: int
    reason: str
    is_final: bool


def failures(uow: UnitOfWork, at: datetime, place: Cursor | None, size: int) -> list[Failure]:
    """Return emails that have failed for good or are deferred, the latest first, after a cursor."""
    is_deferred = and_(Mail.status == MailStatus.WAITING, Mail.due_at <= at, Mail.reason != "")
    is_final = Mail.status == MailStatus.FAILED
    found = (
        select(Mail.id, User.email, Mail.due_at, Mail.attempts, Mail.reason, is_final)
        .join(User, User.id == Mail.recipient_id)
        .where(or_(is_final, is_deferred))
        .order_by(Mail.due_at.desc(), Mail.id.desc())
        .limit(size)
    )
    if place is not None:
        found = found.where(tuple_(Mail.due_at, Mail.id) < tuple_(literal(place.value), literal(place.id)))
    return [Failure(*row) for row in uow.session.execute(found)]


@dataclass(frozen=True, slots=True)
class Hour:
    """How many emails will be sent in one hour, with how many reminders."""

    begins_at: datetime
    mails: int
    reminders: int


def next_hours(uow: UnitOfWork, at: datetime, until: datetime) -> list[Hour]:
    """Return what will be sent until a moment, hour by hour: digests and urgent reminders."""
    waits = and_(Reminder.status == ReminderStatus.WAITING, Reminder.mail_id.is_(None))
    own_day = cast(func.timezone(ReminderSetting.time_zone, ReminderSetting.next_digest_at), Date)
    digests = (
        _by_hour(ReminderSetting.next_digest_at)
        .join(ReminderSetting, ReminderSetting.user_id == Reminder.recipient_id)
        .where(waits, Reminder.due_at.is_(None), Reminder.due_on <= own_day)
        .where(ReminderSetting.next_digest_at.between(at, until))
    )
    at_once = _by_hour(Reminder.due_at).where(waits, Reminder.due_at.between(at, until))
    both = digests.union_all(at_once).subquery()
    found = select(both.c.hour, func.sum(both.c.mails), func.sum(both.c.reminders)).group_by(both.c.hour)
    return [Hour(row[0], int(row[1]), int(row[2])) for row in uow.session.execute(found.order_by(both.c.hour))]


def _by_hour(moment: ColumnElement[Any] | Any) -> Select[Any]:
    hour = func.date_trunc("hour", moment)
    counts = (func.count(distinct(Reminder.recipient_id)).label("mails"), func.count().label("reminders"))
    return select(hour.label("hour"), *counts).select_from(Reminder).group_by(hour)


@dataclass(frozen=True, slots=True)
class Undelivered:
    """How many reminders reached nobody, and the earliest day of one."""

    number: int
    since: date | None


_IS_LOST = and_(Reminder.status == ReminderStatus.FAILED, Reminder.reason == NOBODY)


def lost(uow: UnitOfWork) -> Undelivered:
    """Count the reminders that reached nobody."""
    return Undelivered(*uow.session.execute(select(func.count(), func.min(Reminder.due_on)).where(_IS_LOST)).one())


def sections_without_coordinator(uow: UnitOfWork) -> Sequence[str]:
    """Return the names of sections without a coordinator to whom reminders could be escalated."""
    coordinates = Membership.role.in_([Role.SECTION_COORDINATOR, Role.COALITION_COORDINATOR])
    held = select(Membership.id).where(Membership.section_id == Section.id, Membership.ended_at.is_(None), coordinates)
    found = select(Section.name).where(Section.kind == SectionKind.SECTION, ~held.exists()).order_by(Section.name)
    return uow.session.scalars(found).all()


@dataclass(frozen=True, slots=True)
class ReturnedAddress:
    """An address with bounces, how many and when the last."""

    user_id: UUID
    address: str
    number: int
    last_at: datetime
    status: str
    is_permanent: bool


def returned_addresses(uow: UnitOfWork, since: datetime, size: int) -> list[ReturnedAddress]:
    """Return the addresses with bounces since a moment, the latest first."""
    found = (
        select(
            MailBounce.user_id,
            MailBounce.address,
            func.count(),
            func.max(MailBounce.at),
            func.array_agg(aggregate_order_by(MailBounce.status, MailBounce.at.desc()))[1],
            func.bool_or(MailBounce.is_permanent),
        )
        .where(MailBounce.at > since, MailBounce.cleared_at.is_(None))
        .group_by(MailBounce.user_id, MailBounce.address)
        .order_by(func.max(MailBounce.at).desc())
        .limit(size)
    )
    return [ReturnedAddress(*row) for row in uow.session.execute(found)]


def clear_bounces(uow: UnitOfWork, user_id: UUID, at: datetime) -> bool:
    """Clear the bounces of a person's addresses; return whether there were any."""
    known = update(MailBounce).where(MailBounce.user_id == user_id, MailBounce.cleared_at.is_(None))
    return bool(uow.session.execute(known.values(cleared_at=at).returning(MailBounce.id)).all())


def requeue(uow: UnitOfWork, mail_id: UUID, at: datetime) -> bool:
    """Queue a failed email again with its reminders; return whether it had failed."""
    failed = update(Mail).where(Mail.id == mail_id, Mail.status == MailStatus.FAILED)
    requeued = {"status": MailStatus.WAITING, "attempts": 0, "lease_until": None, "reason": "", "due_at": at}
    if not uow.session.execute(failed.values(**requeued).returning(Mail.id)).all():
        return False
    carried = update(Reminder).where(Reminder.mail_id == mail_id, Reminder.status == ReminderStatus.FAILED)
    uow.session.execute(carried.values(status=ReminderStatus.WAITING, reason=""))
    return True


def requeue_undelivered(uow: UnitOfWork, at: datetime) -> int:
    """Queue reminders that reached nobody again, without their old email; return their number."""
    requeued = {"status": ReminderStatus.WAITING, "reason": "", "mail_id": None, "due_at": at}
    return len(uow.session.execute(update(Reminder).where(_IS_LOST).values(**requeued).returning(Reminder.id)).all())


def has_recent_test(uow: UnitOfWork, since: datetime) -> bool:
    """Return whether the acting person requested a test since a moment, or one is still waiting."""
    own = select(Mail.id).where(Mail.recipient_id == uow.person.user_id, Mail.kind == MailKind.TEST)
    recent = own.where(or_(Mail.created_at > since, Mail.status == MailStatus.WAITING))
    return uow.session.scalar(recent.limit(1)) is not None
