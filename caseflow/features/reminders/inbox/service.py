"""What a person was told of, page by page, and the verbs of reading it. To read is nobody's business: no trail of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from caseflow.clock import now, today
from caseflow.db.paging import Cursor
from caseflow.errors import NotFound
from caseflow.features.reminders.inbox import queries
from caseflow.features.reminders.inbox.queries import InboxItem
from caseflow.unit_of_work import UnitOfWork

PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One reminder, and how many days are left where its section is. `is_unread`: it counts for the bell."""

    told: InboxItem
    days: int
    is_open: bool
    is_unread: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of what a person was told of."""

    lines: Sequence[Line]
    unread: int
    older: str
    drawn_at: datetime


def inbox(uow: UnitOfWork, page: str) -> Inbox:
    """Return a page of what the acting person was told of, the latest first: two statements."""
    at = now()
    found = queries.told(uow, at, Cursor.parse(page), PAGE + 1)
    is_more, found = len(found) > PAGE, found[:PAGE]
    return Inbox([_line(one) for one in found], queries.unread(uow, at), _after(found[-1]) if is_more else "", at)


def _line(told: InboxItem) -> Line:
    is_open = told.done_at is None and not told.is_over
    return Line(told, (told.due_on - today(told.zone)).days, is_open, is_open and not told.is_read)


def _after(told: InboxItem) -> str:
    return str(Cursor(told.told_on, told.reminder_id))


def deadline_of(uow: UnitOfWork, reminder_id: UUID) -> UUID:
    """Return the deadline of a reminder of the acting person.

    Raises:
        NotFound: it is another's, or its case may no longer be seen.
    """
    deadline_id = queries.deadline_of_mine(uow, reminder_id)
    if deadline_id is None:
        raise NotFound("This reminder does not exist, or you do not have access to it.")
    return deadline_id


def mark_read(uow: UnitOfWork, deadline_id: UUID) -> None:
    """Mark as read what the acting person was told of a deadline: a later warning makes the earlier ones old."""
    queries.mark_read(uow, now(), now(), deadline_id)


def mark_all_read(uow: UnitOfWork, drawn_at: str) -> None:
    """Mark as read what stood on the page when it was drawn: what came since has been read by nobody."""
    try:
        moment = datetime.fromisoformat(drawn_at)
    except ValueError:
        moment = now()
    queries.mark_read(uow, now(), moment if moment.tzinfo else moment.replace(tzinfo=UTC))
