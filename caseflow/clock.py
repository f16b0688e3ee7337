"""The only module that reads the system time. All others take a moment or a day as an argument."""

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo, available_timezones


def now() -> datetime:
    """Return the current moment, in UTC."""
    return datetime.now(UTC)


EARLIEST_ZONE = timezone(timedelta(hours=14))
"""The zone in which a day begins first (Kiribati)."""
LATEST_ZONE = timezone(timedelta(hours=-12))
"""The zone in which a day begins last (Baker Island)."""


def today(zone: str = "UTC") -> date:
    """Return today's date in an IANA time zone."""
    return datetime.now(ZoneInfo(zone)).date()


@dataclass
class JumpingClock:
    """Notices that the system time was set: it is compared with the time since the machine started, which nobody sets."""

    _offset: float | None = None

    def jump(self) -> timedelta:
        """Return by how much the system time has moved since the last call, beside the time that passed; zero at the first."""
        before, self._offset = self._offset, now().timestamp() - _since_start()
        return timedelta(seconds=0 if before is None else self._offset - before)


def _since_start() -> float:
    """Return the seconds since the machine started, with those in which it slept where the system counts them (Linux)."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def latest_today() -> date:
    """Return today's date in the zone where a day begins first: a later date is in the future everywhere."""
    return latest_day(now())


def latest_day(at: datetime) -> date:
    """Return the date at a moment in the zone where a day begins first."""
    return at.astimezone(EARLIEST_ZONE).date()


def earliest_day(at: datetime) -> date:
    """Return the date at a moment in the zone where a day begins last: it has begun everywhere."""
    return at.astimezone(LATEST_ZONE).date()


@cache
def time_zones() -> frozenset[str]:
    """Return the names of all zones of the IANA database, cached because Python reads six hundred files for them."""
    return frozenset(available_timezones())
