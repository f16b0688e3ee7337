"""The service of the calendar: make, revoke and read a feed."""

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from caseflow.access import JobActor
from caseflow.access.actor import SystemRole
from caseflow.clock import latest_local_today, now
from caseflow.errors import NotFound
from caseflow.features.calendar import queries
from caseflow.features.calendar.documents import calendar
from caseflow.models import CalendarFeed, User
from caseflow.translations import words_of
from caseflow.unit_of_work import UnitOfWork, Units

NO_PERSON: Final = JobActor(SystemRole.REGISTER)
NOBODY: Final = UUID(int=0)
PAST, FUTURE = timedelta(days=30), timedelta(days=400)
MOST_EVENTS = 1000


def token_hash(token: str) -> bytes:
    """Return the hash of a feed's token, as it is stored."""
    return sha256(token.encode()).digest()


def make_feed(uow: UnitOfWork) -> str:
    """Make a feed for the acting person, revoke their older one, and return its token, of which only the hash is stored."""
    queries.end_own_feed(uow, now())
    token = secrets.token_urlsafe(32)
    uow.session.add(CalendarFeed(token_hash=token_hash(token), user_id=uow.person.user_id))
    _record(uow, "user.calendar_made")
    return token


def revoke_feed(uow: UnitOfWork) -> None:
    """Revoke the acting person's feed."""
    if queries.end_own_feed(uow, now()):
        _record(uow, "user.calendar_revoked")


def _record(uow: UnitOfWork, action: str) -> None:
    user = uow.session.get_one(User, uow.person.user_id)
    for section_id in dict.fromkeys(member.section_id for member in uow.person.memberships):
        uow.audit.record(action, user, section_id=section_id, changes={})


def feed(units: Units, token: str, base_url: str) -> bytes:
    """Return the calendar of a feed. Its deadlines are read as its owner, with their present rights.

    An unknown token takes the same statements, as a user that does not exist.

    Raises:
        NotFound: the token is unknown or revoked, or the account is inactive.
    """
    day = latest_local_today()
    entered = units.identify(lambda session: queries.enter_feed(session, token, now()))
    with units.begin(NO_PERSON) if entered is None else units.resume(entered) as uow:
        owner = NOBODY if entered is None else entered.person.user_id
        events = queries.events(uow, owner, day - PAST, day + FUTURE, MOST_EVENTS)
    if entered is None:
        raise NotFound("There is no such calendar.")
    return calendar(
        owner,
        events,
        summary=words_of(entered.person.language).gettext("caseflow: something is due"),
        host=urlsplit(base_url).hostname or "",
        page=f"{base_url}/my-work",
    )
