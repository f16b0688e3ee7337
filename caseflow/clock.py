"""The only module that reads the system time. All others take a moment or a day as an argument."""

from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo, available_timezones


def now() -> datetime:
    """Return the current moment, in UTC."""
    return datetime.now(UTC)


EARLIEST_ZONE = timezone(timedelta(hours=14))
"""The zone in which a day begins first (Kiribati)."""


def today(zone: str = "UTC") -> date:
    """Return today's date in an IANA time zone."""
    return datetime.now(ZoneInfo(zone)).date()


def latest_today() -> date:
    """Return today's date in the zone where a day begins first: a later date is in the future everywhere."""
    return datetime.now(EARLIEST_ZONE).date()


@cache
def time_zones() -> frozenset[str]:
    """Return the names of all zones of the IANA database, cached because Python reads six hundred files for them."""
    return frozenset(available_timezones())
