"""What is counted of the outbox and seen of the processes. Nothing of any case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Select,
    Uuid,
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
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert

from caseflow.db.paging import Place
from caseflow.models import (
    Alarm,
    AlarmKind,
    Heartbeat,
    Mail,
    MailBounce,
    MailKind,
    MailStatus,
    Membership,
    ReassessmentRun,
    Reminder,
    ReminderSetting,
    ReminderStatus,
    Renewal,
    Role,
    Section,
    SectionKind,
    User,
)
from caseflow.unit_of_work import UnitOfWork

NOBODY: Final = "nobody may be told: the case has no coordinator who sees it"
"""Why a reminder has failed that reached nobody at all."""
RETURNED_FOR: Final = timedelta(days=7)
"""For so long an address is not tried whose mails come back for good. What it would have told goes to the coordinators."""


def heartbeats(uow: UnitOfWork) -> dict[str, datetime]:
    """Return when each process was last seen alive."""
    return {row.name: row.beat_at for row in uow.session.scalars(select(Heartbeat))}


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
class Signs:
    """What tells whether reminders are late: who was seen when, since when something waits; and whose mails come back."""

    worker: datetime | None
    beat: datetime | None
    oldest_unsent: datetime | None
    returned_to: frozenset[UUID] = frozenset()
    open_alarms: int = 0
    last_night: datetime | None = None
    """When the last pass of the night over all reminders ended; while none has, when the first began."""


def signs(uow: UnitOfWork, at: datetime) -> Signs:
    """Return the signs, in one statement."""
    seen = (select(Heartbeat.beat_at).where(Heartbeat.name == name).scalar_subquery() for name in ("worker", "beat"))
    returned = select(MailBounce.user_id).where(_counts(literal(at - RETURNED_FOR))).distinct().scalar_subquery()
    alarms = select(func.count()).select_from(Alarm).where(Alarm.seen_at.is_(None)).scalar_subquery()
    night = select(func.coalesce(func.max(Renewal.ended_at), func.min(Renewal.asked_at))).where(Renewal.is_night)
    found = select(
        *seen,
        _oldest_unsent(at).scalar_subquery(),
        func.array(returned, type_=ARRAY(Uuid())),
        alarms,
        night.scalar_subquery(),
    )
    worker, beat, oldest_unsent, returned_to, open_alarms, last_night = tuple(uow.session.execute(found).one())
    return Signs(worker, beat, oldest_unsent, frozenset(returned_to), open_alarms, last_night)


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


@dataclass(frozen=True, slots=True)
class Hour:
    """What leaves in one hour, as things stand: how many mails, with how many reminders in them."""

    begins_at: datetime
    mails: int
    reminders: int


def next_hours(uow: UnitOfWork, at: datetime, until: datetime) -> list[Hour]:
    """Return what will leave by a moment, hour by hour: with the digests, and at once."""
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
class Lost:
    """How many reminders reached nobody, and since which day."""

    number: int
    since: date | None


_IS_LOST = and_(Reminder.status == ReminderStatus.FAILED, Reminder.reason == NOBODY)


def lost(uow: UnitOfWork) -> Lost:
    """Count the reminders that reached nobody."""
    return Lost(*uow.session.execute(select(func.count(), func.min(Reminder.due_on)).where(_IS_LOST)).one())


def sections_without_coordinator(uow: UnitOfWork) -> Sequence[str]:
    """Return the names of sections in which nobody hears what could not reach another."""
    coordinates = Membership.role.in_([Role.SECTION_COORDINATOR, Role.COALITION_COORDINATOR])
    held = select(Membership.id).where(Membership.section_id == Section.id, Membership.ended_at.is_(None), coordinates)
    found = select(Section.name).where(Section.kind == SectionKind.SECTION, ~held.exists()).order_by(Section.name)
    return uow.session.scalars(found).all()


@dataclass(frozen=True, slots=True)
class ReturnedAddress:
    """An address whose mails came back, how often and when last."""

    user_id: UUID
    address: str
    number: int
    last_at: datetime
    status: str
    is_permanent: bool


def returned_addresses(uow: UnitOfWork, since: datetime, size: int) -> list[ReturnedAddress]:
    """Return the addresses whose mails came back since a moment, the latest first."""
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
    """Forget what came back from a person's addresses; tell whether there was anything."""
    known = update(MailBounce).where(MailBounce.user_id == user_id, MailBounce.cleared_at.is_(None))
    return bool(uow.session.execute(known.values(cleared_at=at).returning(MailBounce.id)).all())


def last_run(uow: UnitOfWork) -> ReassessmentRun | None:
    """Return the latest nightly assessment."""
    return uow.session.scalar(select(ReassessmentRun).order_by(ReassessmentRun.started_at.desc()).limit(1))


def last_night(uow: UnitOfWork) -> Renewal | None:
    """Return the latest pass of the night over all reminders."""
    return uow.session.scalar(select(Renewal).where(Renewal.is_night).order_by(Renewal.asked_at.desc()).limit(1))


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


def put_back(uow: UnitOfWork, mail_id: UUID, at: datetime) -> bool:
    """Let a failed mail be sent once more with what it carries; tell whether it had failed."""
    failed = update(Mail).where(Mail.id == mail_id, Mail.status == MailStatus.FAILED)
    fresh = {"status": MailStatus.WAITING, "attempts": 0, "lease_until": None, "reason": "", "due_at": at}
    if not uow.session.execute(failed.values(**fresh).returning(Mail.id)).all():
        return False
    carried = update(Reminder).where(Reminder.mail_id == mail_id, Reminder.status == ReminderStatus.FAILED)
    uow.session.execute(carried.values(status=ReminderStatus.WAITING, reason=""))
    return True


def put_back_lost(uow: UnitOfWork, at: datetime) -> int:
    """Let what reached nobody be told anew, by itself; return how many reminders that are."""
    fresh = {"status": ReminderStatus.WAITING, "reason": "", "mail_id": None, "due_at": at}
    return len(uow.session.execute(update(Reminder).where(_IS_LOST).values(**fresh).returning(Reminder.id)).all())


def asked_for_test(uow: UnitOfWork, since: datetime) -> bool:
    """Tell whether the acting person asked for a test since a moment, or one still waits."""
    own = select(Mail.id).where(Mail.recipient_id == uow.person.user_id, Mail.kind == MailKind.TEST)
    recent = own.where(or_(Mail.created_at > since, Mail.status == MailStatus.WAITING))
    return uow.session.scalar(recent.limit(1)) is not None
