"""Queries for calendars. Row security decides which deadlines are visible; the filters here are not for safety."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select, update

from caseflow.features.calendar.commands import CalendarEntry, Event
from caseflow.models import ENDED_STAGES, CalendarFeed, Case, Deadline, ReminderSetting, User
from caseflow.unit_of_work import UnitOfWork

READ_AT_PRECISION = timedelta(hours=1)
"""`CalendarFeed.read_at` is updated at most this often."""


def owner_of_feed(uow: UnitOfWork, token_hash: bytes, at: datetime) -> UUID | None:
    """Return the owner of a feed and record that it was read; None if it does not exist or was revoked."""
    is_open_feed = (CalendarFeed.token_hash == token_hash, CalendarFeed.revoked_at.is_(None))
    owner = uow.session.scalar(select(CalendarFeed.user_id).where(*is_open_feed))
    is_due = or_(CalendarFeed.read_at.is_(None), CalendarFeed.read_at < at - READ_AT_PRECISION)
    uow.session.execute(update(CalendarFeed).where(*is_open_feed, is_due).values(read_at=at))
    return owner


@dataclass(frozen=True, slots=True)
class Reader:
    """The language of an account, and whether it is active."""

    language: str
    is_active: bool


def reader(uow: UnitOfWork) -> Reader | None:
    """Return language and state of the acting person's account; None if there is none."""
    found = uow.session.execute(select(User.language, User.is_active).where(User.id == uow.person.user_id))
    row = found.one_or_none()
    return Reader(*row) if row else None


def _own_deadlines(uow: UnitOfWork, columns: Sequence[Any], first: date, last: date, most: int) -> Select[Any]:
    return (
        select(*columns)
        .join(Case, Case.id == Deadline.case_id)
        .where(
            Deadline.responsible_id == uow.person.user_id, Deadline.done_at.is_(None), Case.stage.not_in(ENDED_STAGES)
        )
        .where(Deadline.due_on.between(first, last))
        .order_by(Deadline.due_on, Deadline.due_at, Deadline.id)
        .limit(most)
    )


def events(uow: UnitOfWork, first: date, last: date, most: int) -> list[Event]:
    """Return the acting person's open deadlines between two days, without their titles."""
    when = (Deadline.id, Deadline.version, Deadline.due_on, Deadline.due_at, Deadline.dated_at)
    return [Event(*tuple(row)) for row in uow.session.execute(_own_deadlines(uow, when, first, last, most))]


def entries(uow: UnitOfWork, first: date, last: date, most: int) -> list[CalendarEntry]:
    """Return the acting person's open deadlines between two days, for the page."""
    what = (
        Deadline.id,
        Deadline.kind,
        Deadline.title,
        Deadline.due_on,
        Deadline.due_at,
        Deadline.zone,
        Case.id,
        Case.reference,
        Case.title,
        Case.state_code,
    )
    return [CalendarEntry(*tuple(row)) for row in uow.session.execute(_own_deadlines(uow, what, first, last, most))]


def own_time_zone(uow: UnitOfWork) -> str:
    """Return the time zone of the acting person, by default UTC."""
    zone = uow.session.scalar(select(ReminderSetting.time_zone).where(ReminderSetting.user_id == uow.person.user_id))
    return zone or "UTC"


def own_feed(uow: UnitOfWork) -> CalendarFeed | None:
    """Return the acting person's feed that is not revoked, if there is one."""
    return uow.session.scalar(
        select(CalendarFeed).where(CalendarFeed.user_id == uow.person.user_id, CalendarFeed.revoked_at.is_(None))
    )


def end_own_feed(uow: UnitOfWork, at: datetime) -> bool:
    """Revoke the acting person's feed, and return whether there was one.

    The account is locked until the commit: of two feeds made concurrently (a double click) the later one is valid.
    """
    uow.session.execute(select(User.id).where(User.id == uow.person.user_id).with_for_update())
    ended = update(CalendarFeed).where(CalendarFeed.user_id == uow.person.user_id, CalendarFeed.revoked_at.is_(None))
    return bool(uow.session.execute(ended.values(revoked_at=at).returning(CalendarFeed.token_hash)).all())
