"""The only module that reads the system time. All others take a moment or a day as an argument."""

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo, available_timezones


def now() -> datetime:
    """Return the current moment, in UTC."""
    return datetime.now(UTC)


FIRST_ZONE = timezone(timedelta(hours=14))
"""The zone in which a day begins first (Kiribati)."""
LAST_ZONE = timezone(timedelta(hours=-12))
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


def latest_local_today() -> date:
    """Return the latest date that it is anywhere on Earth now: a later one is in the future everywhere."""
    return latest_local_date(now())


def latest_local_date(at: datetime) -> date:
    """Return the latest date that it is anywhere on Earth at a moment."""
    return at.astimezone(FIRST_ZONE).date()


def earliest_local_date(at: datetime) -> date:
    """Return the earliest date that it is anywhere on Earth at a moment: it has begun everywhere."""
    return at.astimezone(LAST_ZONE).date()


@cache
def time_zones() -> frozenset[str]:
    """Return the names of all zones of the IANA database, cached because Python reads six hundred files for them."""
    return frozenset(available_timezones())
