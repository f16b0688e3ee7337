"""Queries of the inbox. Row security leaves out what the person may no longer see.

A reminder is listed from its day on, in the recipient's time zone, whether or not its email was sent.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Date, DateTime, and_, bindparam, cast, func, literal, select, tuple_, update

from caseflow.db.paging import Cursor
from caseflow.features.deadlines.queries import NOTIFIED, snooze_end_if_active
from caseflow.features.notes.mentions.queries import NUMBER_WAITING
from caseflow.models import (
    ENDED_STAGES,
    Case,
    Deadline,
    DeadlineAcknowledgement,
    DeadlineKind,
    Reminder,
    ReminderCause,
    ReminderSetting,
    Section,
)
from caseflow.unit_of_work import UnitOfWork

AT = bindparam("at", type_=DateTime(timezone=True))
ME = bindparam("me", type_=Reminder.recipient_id.type)
MOST_COUNTED = 100

_MY_DAY = (
    select(cast(func.timezone(ReminderSetting.time_zone, AT), Date))
    .where(ReminderSetting.user_id == ME)
    .scalar_subquery()
)
_NOTIFIED = and_(Reminder.recipient_id == ME, Reminder.due_on <= _MY_DAY, Reminder.status.in_(NOTIFIED))
_IS_OPEN: ColumnElement[bool] = and_(Deadline.done_at.is_(None), Case.stage.not_in(ENDED_STAGES))
_UNREAD = (
    select(func.count())
    .select_from(
        select(Reminder.deadline_id)
        .distinct()
        .join(Deadline, Deadline.id == Reminder.deadline_id)
        .join(Case, Case.id == Deadline.case_id)
        .where(_NOTIFIED, Reminder.read_at.is_(None), _IS_OPEN)
        .limit(MOST_COUNTED)
        .subquery()
    )
)  # fmt: skip


def unread(uow: UnitOfWork, at: datetime) -> int:
    """Return the number of open deadlines with unread reminders of the acting person, at most `MOST_COUNTED`."""
    return uow.session.scalar(_UNREAD, {"at": at, "me": uow.person.user_id}) or 0


_ALL_UNREAD = select(_UNREAD.scalar_subquery() + NUMBER_WAITING)


def all_unread(uow: UnitOfWork, at: datetime) -> int:
    """Return the number of open deadlines with unread reminders, and of notes that wait for the acting person."""
    return uow.session.scalar(_ALL_UNREAD, {"at": at, "me": uow.person.user_id}) or 0


@dataclass(frozen=True, slots=True)
class InboxItem:
    """One line of the inbox: a reminder, its cause, and the present state of its deadline."""

    reminder_id: UUID
    notified_on: date
    cause: ReminderCause
    is_read: bool
    deadline_id: UUID
    version: int
    kind: DeadlineKind
    title: str
    due_on: date
    due_at: datetime | None
    place_zone: str
    done_at: datetime | None
    responsible_id: UUID | None
    case_id: UUID
    reference: str
    case_title: str
    zone: str
    is_over: bool
    """The case has ended."""
    is_seen: bool
    snoozed_until: date | None

    @property
    def active_snooze_until(self) -> date | None:
        """Return the end of the person's snooze, if it is still to come."""
        return snooze_end_if_active(self.snoozed_until, self.zone)


_LINES = (
    select(
        Reminder.id,
        Reminder.due_on,
        Reminder.cause,
        Reminder.read_at.is_not(None),
        Deadline.id,
        Deadline.version,
        Deadline.kind,
        Deadline.title,
        Deadline.due_on,
        Deadline.due_at,
        Deadline.zone,
        Deadline.done_at,
        Deadline.responsible_id,
        Case.id,
        Case.reference,
        Case.title,
        Section.time_zone,
        Case.stage.in_(ENDED_STAGES),
        select(DeadlineAcknowledgement.deadline_id)
        .where(
            DeadlineAcknowledgement.deadline_id == Deadline.id,
            DeadlineAcknowledgement.acknowledged_for == Deadline.due_on,
        )
        .exists(),
        select(DeadlineAcknowledgement.snoozed_until)
        .where(DeadlineAcknowledgement.deadline_id == Deadline.id, DeadlineAcknowledgement.user_id == ME)
        .scalar_subquery(),
    )
    .join(Deadline, Deadline.id == Reminder.deadline_id)
    .join(Case, Case.id == Deadline.case_id)
    .join(Section, Section.id == Case.section_id)
    .where(_NOTIFIED)
    .order_by(Reminder.due_on.desc(), Reminder.id.desc())
)


def inbox_page(uow: UnitOfWork, at: datetime, place: Cursor | None, size: int) -> list[InboxItem]:
    """Return the inbox of the acting person, the latest first, after a cursor."""
    page = _LINES.limit(size)
    if place is not None:
        page = page.where(tuple_(Reminder.due_on, Reminder.id) < tuple_(literal(place.value), literal(place.id)))
    return [InboxItem(*tuple(row)) for row in uow.session.execute(page, {"at": at, "me": uow.person.user_id})]


def own_deadline_id(uow: UnitOfWork, reminder_id: UUID) -> UUID | None:
    """Return the id of the deadline of an own reminder; None when there is none, or it may not be seen."""
    mine = select(Reminder.deadline_id).where(Reminder.id == reminder_id, Reminder.recipient_id == uow.person.user_id)
    found: UUID | None = uow.session.scalar(mine)
    return found


def mark_read(uow: UnitOfWork, at: datetime, drawn_at: datetime, deadline_id: UUID | None = None) -> None:
    """Mark the reminders as read that existed when a page was drawn: of one deadline, or all."""
    mine = update(Reminder).where(_NOTIFIED, Reminder.read_at.is_(None), Reminder.created_at <= drawn_at)
    if deadline_id is not None:
        mine = mine.where(Reminder.deadline_id == deadline_id)
    uow.session.execute(
        mine.values(read_at=at),
        {"at": drawn_at, "me": uow.person.user_id},
        execution_options={"synchronize_session": False},
    )
