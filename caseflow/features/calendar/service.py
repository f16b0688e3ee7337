"""The verbs of the calendar: make, revoke and answer a feed; lay out a month."""

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from caseflow.access import JobActor, PersonActor
from caseflow.access.actor import SystemRole
from caseflow.clock import now, today
from caseflow.errors import NotFound
from caseflow.features.calendar import queries
from caseflow.features.calendar.documents import calendar
from caseflow.models import CalendarFeed, User
from caseflow.translations import words_of
from caseflow.unit_of_work import UnitOfWork, Units

DOOR: Final = JobActor(SystemRole.CALENDAR)
NOBODY: Final = UUID(int=0)
BEFORE, AFTER = timedelta(days=30), timedelta(days=400)
MOST_EVENTS = 1000


def token_hash(token: str) -> bytes:
    """Return what is stored of an address."""
    return sha256(token.encode()).digest()


def make_feed(uow: UnitOfWork) -> str:
    """Make the acting person's secret address and return its token, which nobody can ever read again; an older one ends."""
    queries.end_own_feed(uow, now())
    token = secrets.token_urlsafe(32)
    uow.session.add(CalendarFeed(token_hash=token_hash(token), user_id=uow.person.user_id))
    _record(uow, "user.calendar_made")
    return token


def revoke_feed(uow: UnitOfWork) -> None:
    """Let the acting person's address lead nowhere."""
    if queries.end_own_feed(uow, now()):
        _record(uow, "user.calendar_revoked")


def _record(uow: UnitOfWork, action: str) -> None:
    user = uow.session.get_one(User, uow.person.user_id)
    for section_id in dict.fromkeys(member.section_id for member in uow.person.memberships):
        uow.audit.record(action, user, section_id=section_id, changes={})


def feed(units: Units, token: str, base_url: str) -> bytes:
    """Return the calendar behind an address. What may be in it is asked as its owner, at this moment.

    An address that leads nowhere takes the same statements, in the name of nobody.

    Raises:
        NotFound: nobody made this address, it was revoked, or the account is closed.
    """
    with units.begin(DOOR) as uow:
        owner = queries.owner_of_feed(uow, token_hash(token), now()) or NOBODY
    with units.begin(PersonActor(owner, "")) as uow:
        reader, day = queries.reader(uow), today()
        events = queries.events(uow, day - BEFORE, day + AFTER, MOST_EVENTS)
    if reader is None or not reader.is_active:
        raise NotFound("There is no such calendar.")
    return calendar(
        owner,
        events,
        summary=words_of(reader.language).gettext("caseflow: something is due"),
        host=urlsplit(base_url).hostname or "",
        page=f"{base_url}/my-work",
    )
