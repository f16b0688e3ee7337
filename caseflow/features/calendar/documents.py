"""The feed as a file: iCalendar (RFC 5545), constant words, and no name, place, kind or id in it.

Written here and not by a library: what we send is one kind of component with constant words, and the usual library is
five megabytes of what else a calendar may hold. Two libraries read what is written here in the tests.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from caseflow.features.calendar.commands import Event

NAMESPACE = UUID("b0f3c1de-5a0c-4a53-93c5-7d6b7f1f5d20")
"""Of the events' UIDs. Random, chosen once; another one would show every event twice in programs that keep old ones."""
LENGTH = timedelta(minutes=30)
"""Of an event with an hour: programs hide what takes no time."""
LONGEST_LINE = 75
"""Octets, without the line break (section 3.1)."""
EVERY = "PT1H"
"""How often programs are asked to look again."""
NO_ZONES = (
    # A calendar has at least one component (section 3.6), also one without events. All hours are in UTC: the name of a
    # zone would say in which country something happens.
    "BEGIN:VTIMEZONE",
    "TZID:UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def calendar(user_id: UUID, events: Iterable[Event], *, summary: str, host: str, page: str) -> bytes:
    """Return the file: for each event when it is, the same `summary`, and the address of my work."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//caseflow//calendar//EN",
        "CALSCALE:GREGORIAN",
        "NAME:caseflow",  # RFC 7986; the next line for programs that are older
        "X-WR-CALNAME:caseflow",
        f"REFRESH-INTERVAL;VALUE=DURATION:{EVERY}",
        f"X-PUBLISHED-TTL:{EVERY}",
        *NO_ZONES,
        *(line for event in events for line in _event(user_id, event, summary, host, page)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def _event(user_id: UUID, event: Event, summary: str, host: str, page: str) -> Iterator[str]:
    # The person is in it, too: two calendars say nothing about each other.
    uid = uuid5(NAMESPACE, f"{user_id}:{event.deadline_id}")
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}@{host}"
    yield f"DTSTAMP:{_moment(event.dated_at)}"
    yield f"LAST-MODIFIED:{_moment(event.dated_at)}"
    yield f"SEQUENCE:{event.version - 1}"
    if event.due_at is None:
        yield f"DTSTART;VALUE=DATE:{_day(event.due_on)}"
        yield f"DTEND;VALUE=DATE:{_day(event.due_on + timedelta(days=1))}"  # the first day after it (section 3.6.1)
    else:
        yield f"DTSTART:{_moment(event.due_at)}"
        yield f"DTEND:{_moment(event.due_at + LENGTH)}"
    yield f"SUMMARY:{escaped(summary)}"
    yield f"URL:{page}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """Return a text as a value (section 3.3.11)."""
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(sign, written)
    return text


def folded(line: str) -> str:
    """Return a line broken into lines of at most 75 octets, each further one after a blank; no letter is cut in two."""
    if len(line.encode()) <= LONGEST_LINE:
        return line
    parts, length = [""], 0
    for letter in line:
        size = len(letter.encode())
        if length + size > LONGEST_LINE:
            parts.append(" ")
            length = 1
        parts[-1] += letter
        length += size
    return "\r\n".join(parts)
