"""The feed as a file: iCalendar (RFC 5545), constant words, and no name, place, kind or id in it."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import icalendar

from caseflow.features.calendar.commands import Event

NAMESPACE = UUID("b0f3c1de-5a0c-4a53-93c5-7d6b7f1f5d20")
"""Of the events' UIDs. Random, chosen once; another one would show every event twice in programs that keep old ones."""
LENGTH = timedelta(minutes=30)
"""Of an event with an hour: programs hide what takes no time."""
EVERY = timedelta(hours=1)
"""How often programs are asked to look again."""


def calendar(user_id: UUID, events: Iterable[Event], *, summary: str, host: str, page: str) -> bytes:
    """Return the file: for each event when it is, the same `summary`, and the address of my work."""
    made = icalendar.Calendar()
    made.add("VERSION", "2.0")
    made.add("PRODID", "-//caseflow//calendar//EN")
    made.add("CALSCALE", "GREGORIAN")
    made.add("NAME", "caseflow")  # RFC 7986; the next line for programs that are older
    made.add("X-WR-CALNAME", "caseflow")
    made.add("REFRESH-INTERVAL", EVERY, {"VALUE": "DURATION"})
    made.add("X-PUBLISHED-TTL", icalendar.vDuration(EVERY))
    made.add_component(_utc())
    for event in events:
        made.add_component(_event(user_id, event, summary, host, page))
    return bytes(made.to_ical(sorted=False))


def _utc() -> icalendar.Timezone:
    """Return the only zone of the file: a calendar has at least one component (section 3.6), also one without events.

    All hours are in UTC: the name of a zone would say in which country something happens.
    """
    zone, standard = icalendar.Timezone(), icalendar.TimezoneStandard()
    zone.add("TZID", "UTC")
    standard.add("DTSTART", datetime(1970, 1, 1))  # noqa: DTZ001 - the hour of a zone is local (section 3.6.5)
    standard.add("TZOFFSETFROM", timedelta())
    standard.add("TZOFFSETTO", timedelta())
    zone.add_component(standard)
    return zone


def _event(user_id: UUID, event: Event, summary: str, host: str, page: str) -> icalendar.Event:
    made = icalendar.Event()
    # The person is in it, too: two calendars say nothing about each other.
    made.add("UID", f"{uuid5(NAMESPACE, f'{user_id}:{event.deadline_id}')}@{host}")
    made.add("DTSTAMP", event.dated_at)
    made.add("LAST-MODIFIED", event.dated_at)
    made.add("SEQUENCE", event.version - 1)
    if event.due_at is None:
        made.add("DTSTART", event.due_on)
        made.add("DTEND", event.due_on + timedelta(days=1))  # the first day after it (section 3.6.1)
    else:
        start = event.due_at.astimezone(UTC)
        made.add("DTSTART", start)
        made.add("DTEND", start + LENGTH)
    made.add("SUMMARY", summary)
    made.add("URL", page)
    made.add("CLASS", "PRIVATE")
    made.add("TRANSP", "TRANSPARENT")
    return made
