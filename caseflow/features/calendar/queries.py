"""What is read for calendars. Row security decides which deadlines; nothing here filters for safety."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select, update

from caseflow.features.calendar.commands import Entry, Event
from caseflow.models import ENDED_STAGES, CalendarFeed, Case, Deadline, ReminderSetting, User
from caseflow.unit_of_work import UnitOfWork

READ_EVERY = timedelta(hours=1)
"""How exactly we note when a feed was last read."""


def owner_of_feed(uow: UnitOfWork, token_hash: bytes, at: datetime) -> UUID | None:
    """Return whose feed an address is, and note that it was read. None when there is no such address, or no more."""
    is_it = (CalendarFeed.token_hash == token_hash, CalendarFeed.revoked_at.is_(None))
    owner = uow.session.scalar(select(CalendarFeed.user_id).where(*is_it))
    is_old = or_(CalendarFeed.read_at.is_(None), CalendarFeed.read_at < at - READ_EVERY)
    uow.session.execute(update(CalendarFeed).where(*is_it, is_old).values(read_at=at))
    return owner


@dataclass(frozen=True, slots=True)
class Reader:
    """In which language an account reads, and whether it is open."""

    language: str
    is_active: bool


def reader(uow: UnitOfWork) -> Reader | None:
    """Return how the acting person reads; None when there is no such account."""
    found = uow.session.execute(select(User.language, User.is_active).where(User.id == uow.person.user_id))
    row = found.one_or_none()
    return Reader(*row) if row else None


def _mine(uow: UnitOfWork, columns: Sequence[Any], first: date, last: date, most: int) -> Select[Any]:
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
    """Return when the acting person has something to do: no title is even read."""
    when = (Deadline.id, Deadline.version, Deadline.due_on, Deadline.due_at, Deadline.dated_at)
    return [Event(*tuple(row)) for row in uow.session.execute(_mine(uow, when, first, last, most))]


def entries(uow: UnitOfWork, first: date, last: date, most: int) -> list[Entry]:
    """Return what the acting person has to do between two days, for the page."""
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
    return [Entry(*tuple(row)) for row in uow.session.execute(_mine(uow, what, first, last, most))]


def own_time_zone(uow: UnitOfWork) -> str:
    """Return on whose clock the acting person lives."""
    zone = uow.session.scalar(select(ReminderSetting.time_zone).where(ReminderSetting.user_id == uow.person.user_id))
    return zone or "UTC"


def own_feed(uow: UnitOfWork) -> CalendarFeed | None:
    """Return the acting person's feed, if they have one."""
    return uow.session.scalar(
        select(CalendarFeed).where(CalendarFeed.user_id == uow.person.user_id, CalendarFeed.revoked_at.is_(None))
    )


def end_own_feed(uow: UnitOfWork, at: datetime) -> bool:
    """Let the acting person's address lead nowhere; tell whether there was one.

    The account is held until the commit: of two addresses that are made at once (a double click) the later one counts.
    """
    uow.session.execute(select(User.id).where(User.id == uow.person.user_id).with_for_update())
    ended = update(CalendarFeed).where(CalendarFeed.user_id == uow.person.user_id, CalendarFeed.revoked_at.is_(None))
    return bool(uow.session.execute(ended.values(revoked_at=at).returning(CalendarFeed.token_hash)).all())
