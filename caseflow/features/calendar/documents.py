"""The feed as a file: iCalendar (RFC 5545) with constant words, and without names, places, kinds or ids."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import icalendar

from caseflow.features.calendar.commands import Event

UID_NAMESPACE = UUID("b0f3c1de-5a0c-4a53-93c5-7d6b7f1f5d20")
"""Random, chosen once. With another one, programs that keep old events would show each event twice."""
EVENT_LENGTH = timedelta(minutes=30)
"""The length of an event with an hour, as programs hide events without a length."""
REFRESH_INTERVAL = timedelta(hours=1)
"""How often programs are asked to read the feed."""


def calendar(user_id: UUID, events: Iterable[Event], *, summary: str, host: str, page: str) -> bytes:
    """Return the file: for each event its time, the same `summary`, and the address of "My work"."""
    made = icalendar.Calendar()
    made.add("VERSION", "2.0")
    made.add("PRODID", "-//caseflow//calendar//EN")
    made.add("CALSCALE", "GREGORIAN")
    made.add("NAME", "caseflow")  # RFC 7986; the next line is for older programs
    made.add("X-WR-CALNAME", "caseflow")
    made.add("REFRESH-INTERVAL", REFRESH_INTERVAL, {"VALUE": "DURATION"})
    made.add("X-PUBLISHED-TTL", icalendar.vDuration(REFRESH_INTERVAL))
    made.add_component(_utc_zone())
    for event in events:
        made.add_component(_event(user_id, event, summary, host, page))
    return bytes(made.to_ical(sorted=False))


def _utc_zone() -> icalendar.Timezone:
    """Return the only time zone of the file. A calendar needs at least one component, even without events (section 3.6).

    All times are in UTC: the name of a time zone would reveal the country.
    """
    zone, standard = icalendar.Timezone(), icalendar.TimezoneStandard()
    zone.add("TZID", "UTC")
    standard.add("DTSTART", datetime(1970, 1, 1))  # noqa: DTZ001 - DTSTART of a time zone is local (section 3.6.5)
    standard.add("TZOFFSETFROM", timedelta())
    standard.add("TZOFFSETTO", timedelta())
    zone.add_component(standard)
    return zone


def _event(user_id: UUID, event: Event, summary: str, host: str, page: str) -> icalendar.Event:
    made = icalendar.Event()
    # The person is part of it, so that equal deadlines of two calendars can't be linked.
    made.add("UID", f"{uuid5(UID_NAMESPACE, f'{user_id}:{event.deadline_id}')}@{host}")
    made.add("DTSTAMP", event.dated_at)
    made.add("LAST-MODIFIED", event.dated_at)
    made.add("SEQUENCE", event.version - 1)
    if event.due_at is None:
        made.add("DTSTART", event.due_on)
        made.add("DTEND", event.due_on + timedelta(days=1))  # the first day after it (section 3.6.1)
    else:
        start = event.due_at.astimezone(UTC)
        made.add("DTSTART", start)
        made.add("DTEND", start + EVENT_LENGTH)
    made.add("SUMMARY", summary)
    made.add("URL", page)
    made.add("CLASS", "PRIVATE")
    made.add("TRANSP", "TRANSPARENT")
    return made
