"""What is counted of the outbox and seen of the processes. Nothing of any case."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Uuid,
    and_,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from caseflow.models import (
    Alarm,
    AlarmKind,
    Heartbeat,
    Mail,
    MailBounce,
    MailStatus,
    ReassessmentRun,
    Reminder,
    ReminderSetting,
    ReminderStatus,
    ReminderSyncRequest,
    User,
)
from caseflow.unit_of_work import UnitOfWork

RETURNED_FOR: Final = timedelta(days=7)
"""For so long an address is not tried whose mails come back for good. What it would have told goes to the coordinators."""


def heartbeats(uow: UnitOfWork) -> dict[str, datetime]:
    """Return when each process was last seen alive."""
    return {row.name: row.beat_at for row in uow.session.scalars(select(Heartbeat))}


def write_heartbeat(uow: UnitOfWork, name: str, at: datetime) -> None:
    """Note that a process was alive at a moment."""
    row = insert(Heartbeat).values(name=name, beat_at=at)
    uow.session.execute(row.on_conflict_do_update(index_elements=["name"], set_={"beat_at": at}))


def _oldest_unsent(at: datetime) -> Select[Any]:
    """Ask since when the oldest thing has been waiting that should have left: a mail, a reminder without one, a digest.

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
    return select(func.min(waiting.c.since))


@dataclass(frozen=True, slots=True)
class ProcessStatus:
    """What tells whether reminders are late: who was seen when, since when something waits; and whose mails come back."""

    worker: datetime | None
    beat: datetime | None
    oldest_unsent: datetime | None
    returned_to: frozenset[UUID] = frozenset()
    open_alarms: int = 0
    last_full_pass: datetime | None = None
    """When the last pass of the night over all reminders ended; while none has, when the first began."""


def process_status(uow: UnitOfWork, at: datetime) -> ProcessStatus:
    """Return the signs, in one statement."""
    seen = (select(Heartbeat.beat_at).where(Heartbeat.name == name).scalar_subquery() for name in ("worker", "beat"))
    returned = select(MailBounce.user_id).where(_counts(literal(at - RETURNED_FOR))).distinct().scalar_subquery()
    alarms = select(func.count()).select_from(Alarm).where(Alarm.seen_at.is_(None)).scalar_subquery()
    night = select(func.coalesce(func.max(ReminderSyncRequest.ended_at), func.min(ReminderSyncRequest.asked_at))).where(
        ReminderSyncRequest.is_full_pass
    )
    found = select(
        *seen,
        _oldest_unsent(at).scalar_subquery(),
        func.array(returned, type_=ARRAY(Uuid())),
        alarms,
        night.scalar_subquery(),
    )
    worker, beat, oldest_unsent, returned_to, open_alarms, last_full_pass = tuple(uow.session.execute(found).one())
    return ProcessStatus(worker, beat, oldest_unsent, frozenset(returned_to), open_alarms, last_full_pass)


def _counts(since: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Return the condition that a mail came back for good since a moment, and nobody has put the address right."""
    return and_(MailBounce.is_permanent, MailBounce.cleared_at.is_(None), MailBounce.at > since)


def is_returned(since: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Return the condition on `User` that mails to the present address came back for good since a moment."""
    return (
        select(MailBounce.id)
        .where(
            MailBounce.user_id == User.id,
            func.lower(MailBounce.address) == func.lower(User.email),
            _counts(since),
        )
        .exists()
    )


def own_returned_address(uow: UnitOfWork, at: datetime) -> str | None:
    """Return the acting person's address, if mails to it come back."""
    own = select(User.email).where(User.id == uow.person.user_id, is_returned(literal(at - RETURNED_FOR)))
    return uow.session.scalar(own)


def last_run(uow: UnitOfWork) -> ReassessmentRun | None:
    """Return the latest nightly assessment."""
    return uow.session.scalar(select(ReassessmentRun).order_by(ReassessmentRun.started_at.desc()).limit(1))


def last_full_pass(uow: UnitOfWork) -> ReminderSyncRequest | None:
    """Return the latest pass of the night over all reminders."""
    return uow.session.scalar(
        select(ReminderSyncRequest)
        .where(ReminderSyncRequest.is_full_pass)
        .order_by(ReminderSyncRequest.asked_at.desc())
        .limit(1)
    )


def raise_alarm(uow: UnitOfWork, kind: AlarmKind, number: int, at: datetime, *, is_total: bool = False) -> None:
    """Open an alarm, or let the open one of its kind grow: by a number, or to a total."""
    row = insert(Alarm).values(id=uuid4(), kind=kind, number=number, began_at=at, last_at=at)
    grown = {"number": func.greatest(Alarm.number, number) if is_total else Alarm.number + number, "last_at": at}
    uow.session.execute(
        row.on_conflict_do_update(index_elements=["kind"], index_where=Alarm.seen_at.is_(None), set_=grown)
    )


def failures_seen(uow: UnitOfWork, since: datetime) -> int:
    """Return how many cases somebody knows of, since a moment, that could not be worked through."""
    seen = select(func.max(Alarm.number)).where(Alarm.kind == AlarmKind.FAILURES, Alarm.seen_at > since)
    return uow.session.scalar(seen) or 0


@dataclass(frozen=True, slots=True)
class ShownAlarm:
    """An alarm, and who has looked into it; None while nobody has."""

    alarm_id: UUID
    kind: AlarmKind
    number: int
    began_at: datetime
    last_at: datetime
    seen_at: datetime | None
    seen_by: str | None


def alarms(uow: UnitOfWork, since: datetime, size: int) -> list[ShownAlarm]:
    """Return the open alarms and those of late, the latest first."""
    found = (
        select(Alarm.id, Alarm.kind, Alarm.number, Alarm.began_at, Alarm.last_at, Alarm.seen_at, User.name)
        .outerjoin(User, User.id == Alarm.seen_by_id)
        .where(or_(Alarm.seen_at.is_(None), Alarm.last_at > since))
        .order_by(Alarm.seen_at.is_not(None), Alarm.last_at.desc(), Alarm.id)
        .limit(size)
    )
    return [ShownAlarm(*row) for row in uow.session.execute(found)]


def end_alarm(uow: UnitOfWork, alarm_id: UUID, at: datetime) -> bool:
    """Note that the acting person has looked into an alarm; tell whether it was open."""
    is_open = update(Alarm).where(Alarm.id == alarm_id, Alarm.seen_at.is_(None))
    seen = is_open.values(seen_at=at, seen_by_id=uow.person.user_id).returning(Alarm.id)
    return bool(uow.session.execute(seen).all())
