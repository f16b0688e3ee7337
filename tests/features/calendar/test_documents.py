"""The file itself: read by two independent libraries, and checked against RFC 5545."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from caseflow.features.calendar.commands import Event
from caseflow.features.calendar.documents import calendar

PERSON = UUID("5d3c6b1e-54b6-4b27-9e1f-d5a0a4cf2f4e")
DATED = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
WHOLE_DAY = Event(UUID(int=1), 3, date(2028, 2, 29), None, DATED)
HOUR = Event(UUID(int=2), 1, date(2026, 10, 25), datetime(2026, 10, 25, 0, 30, tzinfo=UTC), DATED)
SUMMARY = "caseflow: algo vence; pronto, mañana \\ 期限"
LONGEST_LINE = 75
"""Octets, without the line break (section 3.1)."""


def written(*events: Event, person: UUID = PERSON, summary: str = SUMMARY) -> bytes:
    page = "https://cases.example.org/my-work"
    return calendar(person, events, summary=summary, host="cases.example.org", page=page)


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


def test_a_calendar_without_events_is_valid():
    assert icalendar.Calendar.from_ical(written()).walk("VEVENT") == []
    assert vobject.readOne(written().decode(), validate=True).version.value == "2.0"


def test_equal_events_give_equal_bytes_and_other_uids_for_another_person():
    assert written(WHOLE_DAY, HOUR) == written(WHOLE_DAY, HOUR)
    mine, theirs = (
        {event["UID"] for event in icalendar.Calendar.from_ical(written(WHOLE_DAY, HOUR, person=who)).walk("VEVENT")}
        for who in (PERSON, UUID(int=9))
    )
    assert len(mine | theirs) == 4
    assert not any(str(one.deadline_id).encode() in written(one) for one in (WHOLE_DAY, HOUR))


@pytest.mark.parametrize("text", ["x" * 200, "ñ" * 100, "期" * 80, "x" * LONGEST_LINE, "", "a" + "😀" * 60])
def test_lines_are_folded_between_characters(text):
    lines = [line.decode() for line in written(HOUR, summary=text).split(b"\r\n")]
    assert all(len(line.encode()) <= LONGEST_LINE for line in lines)
    assert f"SUMMARY:{text}\n" in "\n".join(lines).replace("\n ", "")


def test_lines_end_with_crlf_and_are_at_most_75_octets():
    text = written(WHOLE_DAY, HOUR)
    assert text.endswith(b"END:VCALENDAR\r\n")
    assert text.count(b"\n") == text.count(b"\r\n")
    assert all(len(line) <= LONGEST_LINE for line in text.split(b"\r\n"))


def test_special_characters_are_escaped():
    assert b"\r\nSUMMARY:a\\\\b\\;c\\,d\\ne\r\n" in written(HOUR, summary="a\\b;c,d\ne")


def test_hours_of_any_zone_are_written_in_utc_and_no_zone_is_named():
    madrid = ZoneInfo("Europe/Madrid")
    there = replace(HOUR, due_at=HOUR.due_at.astimezone(madrid), dated_at=DATED.astimezone(madrid))
    assert written(there) == written(HOUR)
    assert b"DTSTART:20261025T003000Z\r\nDTEND:20261025T010000Z\r\n" in written(there)


def test_it_has_no_properties_but_these():
    """A property that the library adds by itself could reveal more than intended."""
    lines = written(WHOLE_DAY).decode().replace("\r\n ", "").split("\r\n")
    head, tail = lines.index("END:VTIMEZONE"), lines.index("END:VCALENDAR")
    assert [line.partition(":")[0] for line in lines[:8]] == [
        "BEGIN",
        "VERSION",
        "PRODID",
        "CALSCALE",
        "NAME",
        "X-WR-CALNAME",
        "REFRESH-INTERVAL;VALUE=DURATION",
        "X-PUBLISHED-TTL",
    ]
    assert lines[head + 1 : tail] == [
        "BEGIN:VEVENT",
        "UID:1de252a7-ae3d-5dc3-a10c-2ed93004babb@cases.example.org",
        "DTSTAMP:20260301T093000Z",
        "LAST-MODIFIED:20260301T093000Z",
        "SEQUENCE:2",
        "DTSTART;VALUE=DATE:20280229",
        "DTEND;VALUE=DATE:20280301",
        "SUMMARY:caseflow: algo vence\\; pronto\\, mañana \\\\ 期限",
        "URL:https://cases.example.org/my-work",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]
