"""When a person's digest comes: once a day at their hour, on their own clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def digest_moment(day: date, hour: int, zone: str) -> datetime:
    """Return the moment of a day's digest. An hour that a change of the clocks skips comes right after it."""
    return datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(UTC)


def last_digest(at: datetime, hour: int, zone: str) -> date:
    """Return the day of the latest digest that is due at a moment: after a day without power it is one, not two."""
    day = at.astimezone(ZoneInfo(zone)).date()
    return day if digest_moment(day, hour, zone) <= at else day - timedelta(days=1)


def next_after_change(at: datetime, owed: date, hour: int, zone: str) -> datetime:
    """Return the moment of the next digest of somebody who now wants it at another hour or on another clock.

    `owed` is the day of the digest that would have come next. When that day's new hour has passed already, it comes at
    once and is not skipped. A second one of the same day is impossible: the mail of a day is there once.
    """
    day = last_digest(at, hour, zone)
    return digest_moment(day, hour, zone) if day >= owed else next_digest(at, hour, zone)


def next_digest(at: datetime, hour: int, zone: str) -> datetime:
    """Return the moment of the first digest after a moment."""
    return digest_moment(last_digest(at, hour, zone) + timedelta(days=1), hour, zone)
