"""The only reader of the time. Everything else takes a moment or a day as an argument."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return this moment, in UTC."""
    return datetime.now(UTC)


def today(zone: str = "UTC") -> date:
    """Return today's date in an IANA time zone."""
    return datetime.now(ZoneInfo(zone)).date()
