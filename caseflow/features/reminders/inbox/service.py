"""The verbs of the inbox: list it, mark reminders as read. Reading is private, so the audit trail does not record it."""

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
    """One reminder, and the days left in its section's time zone. `is_unread`: it counts for the badge."""

    item: InboxItem
    days: int
    is_open: bool
    is_unread: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of the inbox."""

    lines: Sequence[Line]
    unread: int
    older: str
    drawn_at: datetime


def inbox(uow: UnitOfWork, page: str) -> Inbox:
    """Return a page of the acting person's inbox, the latest first: two statements."""
    at = now()
    found = queries.inbox_page(uow, at, Cursor.parse(page), PAGE + 1)
    is_more, found = len(found) > PAGE, found[:PAGE]
    return Inbox([_line(one) for one in found], queries.unread(uow, at), _after(found[-1]) if is_more else "", at)


def _line(item: InboxItem) -> Line:
    is_open = item.done_at is None and not item.is_over
    return Line(item, (item.due_on - today(item.zone)).days, is_open, is_open and not item.is_read)


def _after(item: InboxItem) -> str:
    return str(Cursor(item.notified_on, item.reminder_id))


def deadline_of(uow: UnitOfWork, reminder_id: UUID) -> UUID:
    """Return the id of the deadline of an own reminder.

    Raises:
        NotFound: it is another's, or its case may no longer be seen.
    """
    deadline_id = queries.own_deadline_id(uow, reminder_id)
    if deadline_id is None:
        raise NotFound("This reminder does not exist, or you do not have access to it.")
    return deadline_id


def mark_read(uow: UnitOfWork, deadline_id: UUID) -> None:
    """Mark all reminders of a deadline as read, as a later one makes the earlier ones obsolete."""
    queries.mark_read(uow, now(), now(), deadline_id)


def mark_all_read(uow: UnitOfWork, drawn_at: str) -> None:
    """Mark the reminders as read that were on the page when it was drawn; later ones stay unread."""
    try:
        moment = datetime.fromisoformat(drawn_at)
    except ValueError:
        moment = now()
    queries.mark_read(uow, now(), moment if moment.tzinfo else moment.replace(tzinfo=UTC))
