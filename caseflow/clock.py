"""The only reader of the time. Everything else takes a moment or a day as an argument."""

from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo, available_timezones


def now() -> datetime:
    """Return this moment, in UTC."""
    return datetime.now(UTC)


FIRST_ZONE = timezone(timedelta(hours=14))
"""Where a day begins first (Kiribati)."""


def today(zone: str = "UTC") -> date:
    """Return today's date in an IANA time zone."""
    return datetime.now(ZoneInfo(zone)).date()


def latest_today() -> date:
    """Return the date where the day begins first: what lies after it has not come yet for anybody."""
    return datetime.now(FIRST_ZONE).date()


@cache
def time_zones() -> frozenset[str]:
    """Return the names of the IANA database. Python reads six hundred files for them, so they are read once."""
    return frozenset(available_timezones())
