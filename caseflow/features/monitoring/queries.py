"""Queries on the outbox, heartbeats and alarms. They read no case."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast
from uuid import UUID, uuid4

from sqlalchemy import (
    ColumnElement,
    and_,
    func,
    literal,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from caseflow.models import (
    Alarm,
    AlarmKind,
    Heartbeat,
    MailBounce,
    ReassessmentRun,
    ReminderSyncRequest,
    User,
)
from caseflow.unit_of_work import UnitOfWork

BOUNCE_PAUSE: Final = timedelta(days=7)
"""How long no mail is sent to an address after a permanent bounce. Its reminders go to the coordinators instead."""


def heartbeats(uow: UnitOfWork) -> dict[str, datetime]:
    """Return the last heartbeat of each process, by name."""
    return {row.name: row.beat_at for row in uow.session.scalars(select(Heartbeat))}


def heartbeat(uow: UnitOfWork, name: str) -> datetime | None:
    """Return the last heartbeat of a process."""
    return uow.session.scalar(select(Heartbeat.beat_at).where(Heartbeat.name == name))


def database_time(uow: UnitOfWork) -> datetime:
    """Return the time of the database's clock."""
    return cast("datetime", uow.session.scalar(select(func.clock_timestamp())))


LITTLE_MEMORY: Final = text("SET LOCAL work_mem = '64kB'")
SORT_FOUR_MEGABYTES: Final = text(
    "SELECT count(*) FROM (SELECT repeat('x', 1000) AS filler, n FROM generate_series(1, 4000) AS n ORDER BY filler, n OFFSET 0) AS spilled"
)


def write_and_discard(uow: UnitOfWork) -> None:
    """Let the database write four megabytes into new blocks of its disk, and drop them: a sort that does not fit into memory.

    Needs no table and leaves nothing behind.

    Raises:
        DBAPIError: it can't.
    """
    uow.session.execute(LITTLE_MEMORY)
    uow.session.execute(SORT_FOUR_MEGABYTES)


def write_heartbeat(uow: UnitOfWork, name: str, at: datetime) -> None:
    """Record a heartbeat."""
    row = insert(Heartbeat).values(name=name, beat_at=at)
    uow.session.execute(row.on_conflict_do_update(index_elements=["name"], set_={"beat_at": at}))


_STATUS = text(
    "SELECT worker, beat, oldest_unsent, bounced, alarms, is_clock_wrong, full_pass "
    "FROM caseflow_process_status(:at, :bounced_since)"
)


@dataclass(frozen=True, slots=True)
class ProcessStatus:
    """Heartbeats of worker and beat, since when something due is waiting, whose mails bounced, and open alarms."""

    worker: datetime | None
    beat: datetime | None
    oldest_unsent: datetime | None
    bounced_user_ids: frozenset[UUID] = frozenset()
    open_alarms: int = 0
    has_clock_alarm: bool = False
    last_full_pass: datetime | None = None
    """When the last full pass over reminders ended; if none has ended, when the first began."""


def process_status(uow: UnitOfWork, at: datetime) -> ProcessStatus:
    """Return the status of the processes. One statement."""
    found = uow.session.execute(_STATUS, {"at": at, "bounced_since": at - BOUNCE_PAUSE}).one()
    return ProcessStatus(
        found.worker,
        found.beat,
        found.oldest_unsent,
        frozenset(found.bounced),
        found.alarms,
        found.is_clock_wrong,
        found.full_pass,
    )


def _is_uncleared_bounce(since: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Return the condition that a permanent bounce came after a moment, and nobody has corrected the address."""
    return and_(MailBounce.is_permanent, MailBounce.cleared_at.is_(None), MailBounce.at > since)


def is_returned(since: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Return the condition on `User` that the present address had a permanent bounce after a moment."""
    return (
        select(MailBounce.id)
        .where(
            MailBounce.user_id == User.id,
            func.lower(MailBounce.address) == func.lower(User.email),
            _is_uncleared_bounce(since),
        )
        .exists()
    )


def own_bounced_address(uow: UnitOfWork, at: datetime) -> str | None:
    """Return the acting person's email address if mails to it have bounced, otherwise None."""
    own = select(User.email).where(User.id == uow.person.user_id, is_returned(literal(at - BOUNCE_PAUSE)))
    return uow.session.scalar(own)


def last_run(uow: UnitOfWork) -> ReassessmentRun | None:
    """Return the latest full pass over assessments."""
    return uow.session.scalar(select(ReassessmentRun).order_by(ReassessmentRun.started_at.desc()).limit(1))


def last_full_pass(uow: UnitOfWork) -> ReminderSyncRequest | None:
    """Return the latest full pass over reminders."""
    return uow.session.scalar(
        select(ReminderSyncRequest)
        .where(ReminderSyncRequest.is_full_pass)
        .order_by(ReminderSyncRequest.asked_at.desc())
        .limit(1)
    )


def raise_alarm(uow: UnitOfWork, kind: AlarmKind, number: int, at: datetime, *, is_total: bool = False) -> None:
    """Open an alarm, or increase the open one of its kind: by a number, or to a total if `is_total`."""
    row = insert(Alarm).values(id=uuid4(), kind=kind, number=number, began_at=at, last_at=at)
    grown = {"number": func.greatest(Alarm.number, number) if is_total else Alarm.number + number, "last_at": at}
    uow.session.execute(
        row.on_conflict_do_update(index_elements=["kind"], index_where=Alarm.seen_at.is_(None), set_=grown)
    )


def known_failures(uow: UnitOfWork, since: datetime) -> int:
    """Return the highest number of failed cases in alarms that somebody has closed since a moment."""
    seen = select(func.max(Alarm.number)).where(Alarm.kind == AlarmKind.FAILURES, Alarm.seen_at > since)
    return uow.session.scalar(seen) or 0


@dataclass(frozen=True, slots=True)
class ShownAlarm:
    """An alarm, and when and by whom it was closed; None while it is open."""

    alarm_id: UUID
    kind: AlarmKind
    number: int
    began_at: datetime
    last_at: datetime
    seen_at: datetime | None
    seen_by: str | None


def alarms(uow: UnitOfWork, since: datetime, size: int) -> list[ShownAlarm]:
    """Return the open alarms, then those raised after a moment, the latest first."""
    found = (
        select(Alarm.id, Alarm.kind, Alarm.number, Alarm.began_at, Alarm.last_at, Alarm.seen_at, User.name)
        .outerjoin(User, User.id == Alarm.seen_by_id)
        .where(or_(Alarm.seen_at.is_(None), Alarm.last_at > since))
        .order_by(Alarm.seen_at.is_not(None), Alarm.last_at.desc(), Alarm.id)
        .limit(size)
    )
    return [ShownAlarm(*row) for row in uow.session.execute(found)]


def end_alarm(uow: UnitOfWork, alarm_id: UUID, at: datetime) -> bool:
    """Close an alarm for the acting person, and return whether it was open."""
    is_open = update(Alarm).where(Alarm.id == alarm_id, Alarm.seen_at.is_(None))
    seen = is_open.values(seen_at=at, seen_by_id=uow.person.user_id).returning(Alarm.id)
    return bool(uow.session.execute(seen).all())
