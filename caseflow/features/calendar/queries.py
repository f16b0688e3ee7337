"""Queries for calendars. Row security decides which deadlines are visible; the filters here are not for safety."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, text, update
from sqlalchemy.orm import Session

from caseflow.access import PersonActor
from caseflow.features.calendar.commands import CalendarEntry, Event
from caseflow.models import ENDED_STAGES, CalendarFeed, Case, Deadline, User
from caseflow.unit_of_work import Identified, UnitOfWork

_ENTER = text("SELECT user_id, name, language FROM caseflow_enter_feed(:token, :at)")


def enter_feed(session: Session, token: str, at: datetime) -> Identified | None:
    """Return the owner of a feed, and make them the actor of the transaction. One statement, which records that it was read.

    Returns None if the feed does not exist or was revoked, or the account is inactive.
    """
    found = session.execute(_ENTER, {"token": token.encode(), "at": at}).one_or_none()
    return (
        None if found is None else Identified(PersonActor(found.user_id, found.name, found.language), is_written=False)
    )


def _deadlines(owner: UUID, columns: Sequence[Any], first: date, last: date, most: int) -> Select[Any]:
    return (
        select(*columns)
        .join(Case, Case.id == Deadline.case_id)
        .where(Deadline.responsible_id == owner, Deadline.done_at.is_(None), Case.stage.not_in(ENDED_STAGES))
        .where(Deadline.due_on.between(first, last))
        .order_by(Deadline.due_on, Deadline.due_at, Deadline.id)
        .limit(most)
    )


def events(uow: UnitOfWork, owner: UUID, first: date, last: date, most: int) -> list[Event]:
    """Return the open deadlines of a person between two days, without their titles."""
    when = (Deadline.id, Deadline.version, Deadline.due_on, Deadline.due_at, Deadline.dated_at)
    return [Event(*tuple(row)) for row in uow.session.execute(_deadlines(owner, when, first, last, most))]


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
    return [
        CalendarEntry(*tuple(row))
        for row in uow.session.execute(_deadlines(uow.person.user_id, what, first, last, most))
    ]


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
