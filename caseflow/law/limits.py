"""The last day of a time limit: a number of calendar days, working days, months or years after an event.

How it is counted (docs/law/limits.md):

- the day of the event is not counted; the first day is the day after it;
- an event on a vague date is taken to be on its earliest day, so that the last day is safe whichever day it was;
- months and years are calendar months and years; a day that does not exist becomes the last of its month (31 January +
  1 month = 28 February);
- a last day that falls on a weekend or a holiday is not moved to a later day: the earlier day is the safe one;
- working days exclude the weekend, public holidays and closed periods. Holidays are passed in, year by year: this package
  holds no national calendars.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Literal, Self

from caseflow.law.dates import UncertainDate, add_months, add_years
from caseflow.law.sentences import DayOfYear, Items, Text, Value, fill, say

Unit = Literal["calendar_days", "working_days", "months", "years"]
HolidaysOf = Callable[[int], frozenset[date]]
"""A function from a year to its public holidays."""

SATURDAY_AND_SUNDAY: Final = frozenset({5, 6})
MAX_COUNT: Final = 1000
"""The largest number of days, months or years; more is a typing error."""
MAX_YEARS_AHEAD: Final = 20
"""How far working days are counted. A thousand take about four years; far more means mistaken closed periods."""
_ONE_DAY = timedelta(days=1)
_DAY_OF_YEAR = re.compile(r"([0-9]{2})-([0-9]{2})")
_ANY_LEAP_YEAR = 2024
_NAMED_HOLIDAYS = 4
_LENGTHS: Final = {
    "calendar_days": (say("{number} calendar day"), say("{number} calendar days")),
    "working_days": (say("{number} working day"), say("{number} working days")),
    "months": (say("{number} month"), say("{number} months")),
    "years": (say("{number} year"), say("{number} years")),
}


@dataclass(frozen=True, slots=True)
class Limit:
    """The length of a time limit.

    Raises:
        ValueError: `count` is not between 1 and `MAX_COUNT`.
    """

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 1 <= self.count <= MAX_COUNT:
            raise ValueError(f"A time limit is of 1 to {MAX_COUNT} days, months or years, not of {self.count}.")

    @property
    def words(self) -> Text:
        """Return the length for use in a sentence."""
        one, many = _LENGTHS[self.unit]
        return fill(one if self.count == 1 else many, number=self.count)


@dataclass(frozen=True, slots=True)
class ClosedPeriod:
    """A period of each year without working days, from its first to its last day inclusive; it may span New Year."""

    first: tuple[int, int]
    last: tuple[int, int]

    @classmethod
    def parse(cls, first: str, last: str) -> Self:
        """Read two days written as `MM-DD`.

        Raises:
            ValueError: one of them is no day of a year.
        """
        return cls(_day_of_year(first), _day_of_year(last))

    def contains(self, day: date) -> bool:
        """Return whether a day lies in the period."""
        month_and_day = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= month_and_day <= self.last
        return month_and_day >= self.first or month_and_day <= self.last

    @property
    def words(self) -> Text:
        """Return the period for use in a sentence."""
        (month, day), last = self.first, DayOfYear(*self.last)
        first = day if month == last.month and day <= last.day else DayOfYear(month, day)
        return say("the closed period {first} to {last}", first=first, last=last)


def closed_days(closed: Iterable[ClosedPeriod]) -> int:
    """Return how many days of a leap year lie in closed periods, each counted once."""
    periods = tuple(closed)
    year = (date(_ANY_LEAP_YEAR, 1, 1) + timedelta(days=number) for number in range(366))
    return sum(any(period.contains(day) for period in periods) for day in year)


def _day_of_year(text: str) -> tuple[int, int]:
    match = _DAY_OF_YEAR.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a month and a day like 08-31.")
    day = date(_ANY_LEAP_YEAR, int(match[1]), int(match[2]))
    return day.month, day.day


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The days that are not working days.

    Raises:
        ValueError: no working day is left in a week or in a year.
    """

    holidays_of: HolidaysOf
    weekend: frozenset[int] = SATURDAY_AND_SUNDAY
    """Days of the week; Monday is 0."""
    closed: tuple[ClosedPeriod, ...] = ()

    def __post_init__(self) -> None:
        year = (date(_ANY_LEAP_YEAR - 1, 1, 1) + timedelta(days=number) for number in range(365))
        if len(self.weekend) >= 7 or not any(self.period_of(day) is None for day in year):  # noqa: PLR2004 - days of a week
            raise ValueError("These weekends or closed periods leave no working day.")

    def period_of(self, day: date) -> ClosedPeriod | None:
        """Return the closed period in which a day lies."""
        return next((period for period in self.closed if period.contains(day)), None)


def no_holidays(_year: int) -> frozenset[date]:
    """Return no holidays, for a calendar whose holidays are not known."""
    return frozenset()


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day of a limit, the days that were not counted, and a sentence that says how it was counted."""

    day: date
    holidays: tuple[date, ...] = ()
    """Public holidays that were not counted, without those on a weekend or in a closed period."""
    closed: tuple[ClosedPeriod, ...] = ()
    because: Text = field(default=(), compare=False)


def last_day(limit: Limit, after: Text, event: UncertainDate, calendar: WorkingCalendar) -> LastDay | None:
    """Count a limit from an event.

    Args:
        limit: the length.
        after: the name of the event for the sentence, such as "notification".
        event: the date of the event.
        calendar: used for working days only.

    Returns:
        The last day; None where the event has no earliest day ("not later than"), where the day would be later than
        `date.max`, or where there are not enough working days within `MAX_YEARS_AHEAD`.
    """
    if event.earliest == date.min:
        return None
    try:
        found = (
            _working(limit.count, event.earliest, calendar) if limit.unit == "working_days" else _plain(limit, event)
        )
    except OverflowError:
        return None
    return LastDay(found.day, found.holidays, found.closed, _sentence(limit, after, event, calendar, found))


def _plain(limit: Limit, event: UncertainDate) -> LastDay:
    if limit.unit == "calendar_days":
        return LastDay(event.earliest + timedelta(days=limit.count))
    add = add_months if limit.unit == "months" else add_years
    day = add(event.earliest, limit.count)
    if day == date.max:
        raise OverflowError("The calendar ends before that day.")
    return LastDay(day)


def _working(count: int, start: date, calendar: WorkingCalendar) -> LastDay:
    day, holidays, closed = start, [], {}
    farthest = add_years(start, MAX_YEARS_AHEAD)
    while count:
        day += _ONE_DAY
        if day > farthest:
            raise OverflowError("So many working days are not reached.")
        period = calendar.period_of(day)
        if period is not None:
            closed[period] = True
        elif day.weekday() not in calendar.weekend:
            if day in calendar.holidays_of(day.year):
                holidays.append(day)
            else:
                count -= 1
    return LastDay(day, tuple(holidays), tuple(closed))


def _sentence(limit: Limit, after: Text, event: UncertainDate, calendar: WorkingCalendar, found: LastDay) -> Text:
    left_out = _left_out(calendar, found) if limit.unit == "working_days" else ()
    counted: dict[str, Value] = {"limit": limit.words, "event": after, "day": event}
    if not event.is_vague:
        if not left_out:
            return say("{limit:first} after {event} {day:on}.", **counted)
        return say("{limit:first} after {event} {day:on}, without {left_out}.", **counted, left_out=Items(left_out))
    counted["earliest"] = event.earliest
    if not left_out:
        return say(
            "{limit:first} after {event} {day:on}, counted from the earliest day it can have been, {earliest}.",
            **counted,
        )
    return say(
        "{limit:first} after {event} {day:on}, counted from the earliest day it can have been, {earliest}, without {left_out}.",
        **counted,
        left_out=Items(left_out),
    )


def _left_out(calendar: WorkingCalendar, found: LastDay) -> tuple[Text, ...]:
    weekends = (say("weekends"),) if calendar.weekend else ()
    holidays = (_holidays(found.holidays),) if found.holidays else ()
    return (*weekends, *holidays, *(period.words for period in found.closed))


def _holidays(days: tuple[date, ...]) -> Text:
    if len(days) == 1:
        return say("1 public holiday ({day})", day=days[0])
    if len(days) <= _NAMED_HOLIDAYS:
        return say("{number} public holidays ({days})", number=len(days), days=Items(days))
    return say("{number} public holidays", number=len(days))
