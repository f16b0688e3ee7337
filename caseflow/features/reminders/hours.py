"""When a person's digest is due: once a day at their hour, in their time zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def digest_moment(day: date, hour: int, zone: str) -> datetime:
    """Return the moment of a day's digest. An hour skipped by daylight saving time is moved to just after it."""
    return datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(UTC)


def last_digest(at: datetime, hour: int, zone: str) -> date:
    """Return the day of the latest digest that is due at a moment; earlier ones that were missed are included in it."""
    day = at.astimezone(ZoneInfo(zone)).date()
    return day if digest_moment(day, hour, zone) <= at else day - timedelta(days=1)


def next_after_change(at: datetime, owed: date, hour: int, zone: str) -> datetime:
    """Return the moment of the next digest after somebody changed its hour or time zone.

    `owed` is the day of the digest that would have been next. If the new hour has already passed on that day, the digest is
    due at once instead of being skipped. A unique index prevents a second digest on the same day.
    """
    day = last_digest(at, hour, zone)
    return digest_moment(day, hour, zone) if day >= owed else next_digest(at, hour, zone)


def next_digest(at: datetime, hour: int, zone: str) -> datetime:
    """Return the moment of the first digest after a moment."""
    return digest_moment(last_digest(at, hour, zone) + timedelta(days=1), hour, zone)
