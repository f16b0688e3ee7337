"""The page of a month: weeks of seven days, Monday first (ISO 8601)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_skeleton

from caseflow.access.own_day import own_today
from caseflow.features.calendar import queries
from caseflow.features.calendar.commands import CalendarEntry
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.texts import page_locale

MONTH: Final = re.compile(r"((?:19|20|21)\d\d)-(0[1-9]|1[0-2])", re.ASCII)
MOST_ENTRIES: Final = 500
"""In one month. If there are more, the page shows the first ones and says so."""
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the page, with its deadlines."""

    date: date
    words: str
    is_in_month: bool
    is_today: bool
    entries: list[CalendarEntry]


@dataclass(frozen=True, slots=True)
class Month:
    """The content of the page. `before` and `after` are the codes of the neighbouring months, such as `2026-10`."""

    code: str
    title: str
    weekdays: list[str]
    weeks: list[list[Day]]
    before: str
    after: str
    number: int
    """The number of deadlines in the month itself, without the other days of its first and last week."""
    is_cut_short: bool

    @property
    def days(self) -> list[Day]:
        """Return the days of the month that have deadlines, for the list."""
        return [day for week in self.weeks for day in week if day.is_in_month and day.entries]


def month(uow: UnitOfWork, wanted: str) -> Month:
    """Return a month (`2026-11`) of the acting person's deadlines; the present month if `wanted` is no month. Two statements."""
    this_day = own_today(uow.session, uow.person)
    found = MONTH.fullmatch(wanted)
    first = date(int(found[1]), int(found[2]), 1) if found else this_day.replace(day=1)
    after = _next_month(first)
    start, end = first - timedelta(days=first.weekday()), after + timedelta(days=-after.weekday() % 7)
    entries = queries.entries(uow, start, end - timedelta(days=1), MOST_ENTRIES + 1)
    by_day: dict[date, list[CalendarEntry]] = {}
    for entry in entries[:MOST_ENTRIES]:
        by_day.setdefault(entry.due_on, []).append(entry)
    days = [
        Day(day, _day_words(day), first <= day < after, day == this_day, by_day.get(day, []))
        for day in (start + timedelta(days=number) for number in range((end - start).days))
    ]
    return Month(
        code=_code(first),
        title=_capitalised(format_skeleton("yMMMM", first, locale=page_locale())),
        weekdays=[format_date(day.date, "EEEE", locale=page_locale()) for day in days[:7]],
        weeks=[days[place : place + 7] for place in range(0, len(days), 7)],
        before=_code(first - timedelta(days=1)),
        after=_code(after),
        number=sum(len(day.entries) for day in days if day.is_in_month),
        is_cut_short=len(entries) > MOST_ENTRIES,
    )


def hour_words(entry: CalendarEntry) -> str:
    """Return the hour of an entry in its own time zone: "14:05 CET"."""
    assert entry.due_at is not None
    return format_datetime(entry.due_at.astimezone(ZoneInfo(entry.zone)), "HH:mm z", locale=page_locale())


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _code(day: date) -> str:
    return f"{day:%Y-%m}"


def _day_words(day: date) -> str:
    locale = page_locale()
    return _capitalised(format_date(day, "EEEE d MMMM y" if locale.language == "en" else "full", locale=locale))


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]
