"""The file itself: read by two libraries that know nothing of each other, and by the rules of RFC 5545."""

from datetime import UTC, date, datetime
from uuid import UUID

import icalendar
import pytest
import vobject

from caseflow.features.calendar.commands import Event
from caseflow.features.calendar.documents import LONGEST_LINE, calendar, escaped, folded

PERSON = UUID("5d3c6b1e-54b6-4b27-9e1f-d5a0a4cf2f4e")
DATED = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
WHOLE_DAY = Event(UUID(int=1), 3, date(2028, 2, 29), None, DATED)
HOUR = Event(UUID(int=2), 1, date(2026, 10, 25), datetime(2026, 10, 25, 0, 30, tzinfo=UTC), DATED)
SUMMARY = "caseflow: algo vence; pronto, mañana \\ 期限"


def written(*events: Event, person: UUID = PERSON) -> bytes:
    page = "https://cases.example.org/my-work"
    return calendar(person, events, summary=SUMMARY, host="cases.example.org", page=page)


def test_icalendar_reads_it():
    read = icalendar.Calendar.from_ical(written(WHOLE_DAY, HOUR))
    assert read["VERSION"] == "2.0"
    day, hour = read.walk("VEVENT")
    assert (day["DTSTART"].dt, day["DTEND"].dt) == (date(2028, 2, 29), date(2028, 3, 1))
    assert hour["DTSTART"].dt == HOUR.due_at
    assert (day["SUMMARY"], day["SEQUENCE"], day["LAST-MODIFIED"].dt) == (SUMMARY, 2, DATED)
    assert (day["CLASS"], day["TRANSP"]) == ("PRIVATE", "TRANSPARENT")
    assert not [error for one in (read, day, hour) for error in one.errors]


def test_vobject_reads_it():
    read = vobject.readOne(written(WHOLE_DAY, HOUR).decode(), validate=True)
    day, hour = read.vevent_list
    assert (day.dtstart.value, day.dtend.value) == (date(2028, 2, 29), date(2028, 3, 1))
    assert hour.dtstart.value == HOUR.due_at
    assert day.summary.value == SUMMARY
    assert day.url.value == "https://cases.example.org/my-work"


def test_without_events_it_is_a_calendar_too():
    assert icalendar.Calendar.from_ical(written()).walk("VEVENT") == []
    assert vobject.readOne(written().decode(), validate=True).version.value == "2.0"


def test_the_same_events_are_the_same_bytes_and_the_same_events_of_another_are_others():
    assert written(WHOLE_DAY, HOUR) == written(WHOLE_DAY, HOUR)
    mine, theirs = (
        {event["UID"] for event in icalendar.Calendar.from_ical(written(WHOLE_DAY, HOUR, person=who)).walk("VEVENT")}
        for who in (PERSON, UUID(int=9))
    )
    assert len(mine | theirs) == 4
    assert not any(str(one.deadline_id).encode() in written(one) for one in (WHOLE_DAY, HOUR))


@pytest.mark.parametrize("text", ["x" * 200, "ñ" * 100, "期" * 80, "x" * LONGEST_LINE, "", "a" + "😀" * 60])
def test_lines_are_folded_between_letters(text):
    lines = folded(text).split("\r\n")
    assert all(len(line.encode()) <= LONGEST_LINE for line in lines)
    assert "".join([lines[0], *(line[1:] for line in lines[1:])]) == text
    assert all(line.startswith(" ") for line in lines[1:])


def test_every_line_ends_as_the_rules_say():
    text = written(WHOLE_DAY, HOUR)
    assert text.endswith(b"END:VCALENDAR\r\n")
    assert text.count(b"\n") == text.count(b"\r\n")
    assert all(len(line) <= LONGEST_LINE for line in text.split(b"\r\n"))


def test_signs_that_mean_something_are_escaped():
    assert escaped("a\\b;c,d\ne") == "a\\\\b\\;c\\,d\\ne"
