"""Dates that may be vague: a day, a month or a year, exact, approximate, or open at one end.

The text form is the subset of EDTF (ISO 8601-2, levels 0 and 1) that the case facts format uses: `2013-10-03`, `2013-10`,
`2013`, each with `~` (about), `?` (uncertain) or `%` (both), and `../2013-05` (not later than), `2013-05/..` (not
earlier than). A date means the interval from its earliest to its latest day, both included.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal, Self

from caseflow.law.thresholds import load_thresholds

Bound = Literal["exact", "about", "not_before", "not_after"]
Precision = Literal["day", "month", "year"]
Qualifier = Literal["", "~", "?", "%"]

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ACCEPTED: Final = (
    'write a day, a month or a year as 2013-10-03, 2013-10 or 2013, with ~ for "about" and ? for "uncertain" at the end, '
    "../2013-05 for not later than, 2013-05/.. for not earlier than"
)
_IN_EVERY_MONTH = 28
_CACHE_SIZE = 2048
"""Results of `add_months` kept: rules and clocks count from the same days."""
_BASIC = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?([~?%]?)")


class DateError(ValueError):
    """There is no such date, or it is not in an accepted form.

    The message is an English sentence; `code` and `values` let a page say it in another language.
    """

    def __init__(self, message: str, code: str, **values: int | str) -> None:
        super().__init__(message)
        self.code = code
        self.values = values


@lru_cache(maxsize=_CACHE_SIZE)
def add_months(day: date, months: int) -> date:
    """Return the same day a number of calendar months later (earlier if negative).

    A day that does not exist becomes the last of its month (31 January + 3 months = 30 April). A result beyond
    `date.min` or `date.max` becomes that limit, so that open ends of intervals need no special case.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    if year < date.min.year:
        return date.min
    if day.day <= _IN_EVERY_MONTH:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """Return the same day a number of calendar years later; 29 February becomes 28 February."""
    return add_months(day, 12 * years)


def day_unless_open(day: date) -> date | None:
    """Return a day, or None where it was counted from the open end of an interval and so means nothing."""
    return None if day.year in (date.min.year, date.min.year + 1, date.max.year) else day


@dataclass(frozen=True, slots=True)
class UncertainDate:
    """A date with its precision and its bound. Dates written the same are equal; there is no order among them.

    `earliest` and `latest` are days. An open end is `date.min` or `date.max`, so that comparisons need no special case.
    """

    year: int
    month: int | None = None
    day: int | None = None
    bound: Bound = "exact"
    qualifier: Qualifier = ""
    earliest: date = field(init=False, compare=False, repr=False)
    latest: date = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        _check(self.year, self.month, self.day)
        if (self.bound == "about") != bool(self.qualifier):
            raise ValueError("A qualifier and the bound 'about' go together.")
        first = date(self.year, self.month or 1, self.day or 1)
        last = date(self.year, self.month or 12, self.day or monthrange(self.year, self.month or 12)[1])
        if self.bound == "about":
            first, last = _widen(first, last, self.precision)
        object.__setattr__(self, "earliest", date.min if self.bound == "not_after" else first)
        object.__setattr__(self, "latest", date.max if self.bound == "not_before" else last)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an EDTF text; raise `DateError` with a sentence when it is not one of the accepted forms."""
        bound: Bound = "exact"
        basic = text
        if text.startswith("../"):
            bound, basic = "not_after", text[3:]
        elif text.endswith("/.."):
            bound, basic = "not_before", text[:-3]
        match = _BASIC.fullmatch(basic)
        if match is None or (bound != "exact" and match[4]):
            shown = text if len(text) <= 40 else text[:40] + "…"  # noqa: PLR2004 - a message, not a log of what was sent
            raise DateError(f'"{shown}" is not a date of this format: {ACCEPTED}.', "form", text=shown)
        qualifier: Qualifier = match[4]  # type: ignore[assignment]  # the pattern lets nothing else through
        return cls(
            int(match[1]),
            int(match[2]) if match[2] else None,
            int(match[3]) if match[3] else None,
            "about" if qualifier else bound,
            qualifier,
        )

    @classmethod
    def build(cls, year: int, month: int | None = None, day: int | None = None, bound: Bound = "exact") -> Self:
        """Return a date made from the fields of a form; raise `DateError` with a sentence when there is no such day."""
        return cls(year, month, day, bound, "~" if bound == "about" else "")

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the exact day."""
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> Precision:
        """Return the smallest unit that is given."""
        if self.day is not None:
            return "day"
        return "year" if self.month is None else "month"

    @property
    def is_vague(self) -> bool:
        """Return whether the date means more than one day."""
        return self.bound != "exact" or self.day is None

    @property
    def edtf(self) -> str:
        """Return the canonical text; `parse` gives back an equal date."""
        basic = f"{self.year:04}"
        if self.month is not None:
            basic += f"-{self.month:02}"
        if self.day is not None:
            basic += f"-{self.day:02}"
        if self.bound == "not_after":
            return f"../{basic}"
        if self.bound == "not_before":
            return f"{basic}/.."
        return basic + self.qualifier

    def __str__(self) -> str:
        return self.edtf

    def before(self, day: date) -> bool | None:
        """Return whether all days that the date may mean are before a day; None if only some of them are."""
        if self.latest < day:
            return True
        return False if self.earliest >= day else None


def _check(year: int, month: int | None, day: int | None) -> None:
    if not date.min.year <= year <= date.max.year:
        raise DateError(f"{year} is not a year: years go from 1 to 9999, in four digits.", "year", year=year)
    if month is None:
        if day is not None:
            raise DateError(f"The day {day} needs its month.", "day_without_month", day=day)
        return
    if not 1 <= month <= 12:  # noqa: PLR2004 - the months of a year
        raise DateError(f"{month} is not a month: months go from 1 to 12.", "month", month=month)
    days = monthrange(year, month)[1]
    if day is not None and not 1 <= day <= days:
        name = MONTHS[month - 1]
        sentence = f"{day} {name} {year} does not exist: {name} {year} has {days} days."
        raise DateError(sentence, "day", day=day, month=month, year=year, days=days)


def _widen(first: date, last: date, precision: Precision) -> tuple[date, date]:
    """Widen an approximate date in both directions, by the figures of the ruleset; stop at the ends of the calendar."""
    figures = load_thresholds()
    if precision == "day":
        around = timedelta(days=figures.days_around_a_day.value)
        return first - min(around, first - date.min), last + min(around, date.max - last)
    months = figures.months_around_a_month.value if precision == "month" else 12 * figures.years_around_a_year.value
    earliest, latest = add_months(first, -months), add_months(last, months)
    return earliest, latest.replace(day=monthrange(latest.year, latest.month)[1])


def ends_before(later: UncertainDate | None, earlier: UncertainDate | None) -> bool:
    """Tell whether a date lies before another for certain: on every day that the two may mean."""
    return later is not None and earlier is not None and later.latest < earlier.earliest
