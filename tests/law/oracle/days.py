"""Vague dates as intervals of days, in a calendar with a first and a last day."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

FIRST, LAST = date(1980, 1, 1), date(2060, 12, 31)
"""Used for open ends of intervals; all dates of the generator are far from them."""
DAY = timedelta(days=1)

Span = tuple[date, date]


def months_after(day: date, months: int) -> date:
    """The same day a number of months later, or the last of the month where there is no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@cache
def year_after(day: date) -> date:
    return months_after(day, 12)


@cache
def a_year_before(on: date) -> tuple[date, ...]:
    """The days whose year may end on a day; around 29 February two of them do, or none."""
    return tuple(on - days * DAY for days in range(364, 368))


@cache
def span(text: str) -> Span:
    """The earliest and the latest day of an EDTF text."""
    if text.startswith("../"):
        return FIRST, span(text[3:])[1]
    if text.endswith("/.."):
        return span(text[:-3])[0], LAST
    if text[-1] in "~?%":
        first, last = span(text[:-1])
        if len(text) == len("2013-10-03~"):
            return first - 7 * DAY, last + 7 * DAY
        months = 1 if len(text) == len("2013-10~") else 12
        return months_after(first, -months), months_after(last + DAY, months) - DAY
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        return date(parts[0], parts[1], 1), date(parts[0], parts[1], monthrange(*parts)[1])
    day = date(*parts)
    return day, day


def days_to_try(between: Span, critical: Iterable[date], *, every: bool = False) -> list[date]:
    """All days of an interval, or its ends and the critical days, on which answers change, with the days next to them."""
    first, last = between
    if first == last:
        return [first]
    if every:
        return [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]
    near = {day + n * DAY for day in critical for n in (-1, 0, 1)}
    return sorted({first, last, *(day for day in near if first < day < last)})
