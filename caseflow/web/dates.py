"""How dates are shown: exactly as precise as they are known, and the time left in words."""

from datetime import date, datetime
from functools import lru_cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from caseflow.law.dates import UncertainDate
from caseflow.models import DeadlineKind
from caseflow.models.deadline_kinds import HARD_KINDS
from caseflow.web.texts import gettext, lazy_gettext, ngettext, page_locale

Kind = Literal["neutral", "info", "good", "warn", "bad"]
"""The status of something. A page shows it as a shape and a colour, and always in words as well."""

UNIVERSAL: Final = ("UTC", "Etc/UTC")
URGENT_DAYS: Final = 14
WARNING_DAYS: Final = 90
"""Of what cannot be undone the last two weeks are urgent; preparing a communication takes three months (docs/ux.md#reminders)."""
URGENT_DAYS_OF_OTHERS: Final = 2
WARNING_DAYS_OF_OTHERS: Final = 14
"""The same of deadlines that can be made good later, such as a task: if all were red, nothing would be."""

DAY_FIRST: Final = "d MMMM y"

WORDS: Final = {
    ("exact", ""): "%(date)s",
    ("not_before", ""): lazy_gettext("not before %(date)s"),
    ("not_after", ""): lazy_gettext("not after %(date)s"),
    ("about", "~"): lazy_gettext("about %(date)s"),
    ("about", "?"): lazy_gettext("%(date)s (uncertain)"),
    ("about", "%"): lazy_gettext("about %(date)s (uncertain)"),
}


def show_date(value: UncertainDate | date | None) -> str:
    """Return a date as it is known: "3 October 2013", "October 2013", "2013", "about 2013", "not before May 2013"."""
    if value is None:
        return str(gettext("Not known"))
    if isinstance(value, date):
        return _day(value)
    return str(WORDS[value.bound, value.qualifier] % {"date": _basic(value)})


def show_number(value: int) -> str:
    """Return a count with the separators of the page's language: "1,240"."""
    return format_decimal(value, locale=page_locale())


def show_moment(value: datetime, zone: str = "UTC") -> str:
    """Return a moment in the local time of a zone, and the name of its city: "3 October 2013, 14:05 UTC", "..., 16:05 in Madrid"."""
    local = value.astimezone(ZoneInfo(zone))
    day, time = _day(local.date()), f"{local:%H:%M}"
    if zone in UNIVERSAL:
        return f"{day}, {time} UTC"
    return str(gettext("%(day)s, %(time)s in %(city)s", day=day, time=time, city=city_of(page_locale(), zone)))


def city_of(locale: Locale, zone: str) -> str:
    """Return the city by which a time zone is known."""
    return str(locale.time_zones.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " "))


def show_days_left(days: int, kind: DeadlineKind | None = None) -> str:
    """Return how long is left until a last day, counted in days from today: "12 days left", "due today", "3 days overdue".

    The one-year clock ends on the last safe day, and the year can end later: it is "3 days past the safe day", not overdue.
    """
    if days == 0:
        return str(gettext("Due today"))
    if days == 1:
        return str(gettext("Due tomorrow"))
    if days < 0 and kind is DeadlineKind.ONE_YEAR:
        return str(ngettext("%(num)d day past the safe day", "%(num)d days past the safe day", -days))
    if days < 0:
        return str(ngettext("%(num)d day overdue", "%(num)d days overdue", -days))
    return str(ngettext("%(num)d day left", "%(num)d days left", days))


def show_days_left_within(days: int, kind: DeadlineKind | None = None) -> str:
    """Return the same for the middle of a sentence: "due today", in Spanish "quedan 2 días"."""
    words = show_days_left(days, kind)
    return words[:1].lower() + words[1:]


def show_time_left(moment: datetime, at: datetime) -> str:
    """Return how long is left until a moment, in its two largest units: "1 day 3 hours left", "2 hours 5 minutes ago"."""
    minutes = int(abs((moment - at).total_seconds()) // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [
        ngettext("%(num)d day", "%(num)d days", days) if days else "",
        ngettext("%(num)d hour", "%(num)d hours", hours) if hours else "",
        ngettext("%(num)d minute", "%(num)d minutes", rest) if not days and (rest or not hours) else "",
    ]
    length = " ".join(part for part in parts if part)
    return str(gettext("%(time)s left", time=length) if moment > at else gettext("%(time)s ago", time=length))


def days_left_kind(days: int, kind: DeadlineKind | None = None) -> Kind:
    """Return the status of a last day: bad when overdue or urgent, a warning when it is near.

    Args:
        days: days from today until the last day.
        kind: the kind of the deadline; by default it is one that cannot be undone.
    """
    is_hard = kind is None or kind in HARD_KINDS
    if days <= (URGENT_DAYS if is_hard else URGENT_DAYS_OF_OTHERS):
        return "bad"
    return "warn" if days <= (WARNING_DAYS if is_hard else WARNING_DAYS_OF_OTHERS) else "info"


def _basic(value: UncertainDate) -> str:
    first = date(value.year, value.month or 1, value.day or 1)
    if value.precision == "day":
        return _day(first)
    return format_skeleton("yMMMM" if value.precision == "month" else "y", first, locale=page_locale())


def _day(value: date) -> str:
    return _written(value, page_locale())


@lru_cache(maxsize=10_000)
def _written(value: date, locale: Locale) -> str:
    """Return a day. English dates are written day first, because 3/10 must never be read as 10 March."""
    return format_date(value, DAY_FIRST if locale.language == "en" else "long", locale=locale)
