"""The status of reminders, cached in each process for all pages: read from the tables at most four times a minute.

Nothing here relies on the processes that may have stopped (docs/threat-model.md#time-loss-crash, T7). In its first
minute a process reads nothing, so that starting everything together raises no banner about what is still starting.
"""

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Final
from uuid import UUID

from caseflow.access import JobActor
from caseflow.access.actor import SystemRole
from caseflow.clock import now
from caseflow.features.monitoring.queries import ProcessStatus, process_status
from caseflow.features.monitoring.service import CLOCK_DIFFERENCE, FULL_PASS_SECONDS, LATE_SECONDS
from caseflow.unit_of_work import Units

STARTUP_SECONDS: Final = 60.0
REFRESH_SECONDS: Final = 15.0
LONGEST_SILENCE: Final = timedelta(minutes=5)
"""Worker or beat may have no heartbeat for this long before a banner is shown; a restart takes less."""


def is_late(seen: ProcessStatus, at: datetime) -> bool:
    """Return whether something due was not sent in time, or worker or beat does not run."""
    if seen.oldest_unsent is not None and at - seen.oldest_unsent > timedelta(seconds=LATE_SECONDS):
        return True
    return any(
        process is None or not -CLOCK_DIFFERENCE <= at - process <= LONGEST_SILENCE
        for process in (seen.worker, seen.beat)
    )


@dataclass(slots=True)
class StatusCache:
    """The status for all pages of this process, refreshed every `refresh_seconds`."""

    units: Units
    startup_seconds: float = STARTUP_SECONDS
    refresh_seconds: float = REFRESH_SECONDS
    are_reminders_late: bool = False
    has_open_alarm: bool = False
    has_clock_alarm: bool = False
    is_full_pass_overdue: bool = False
    bounced_user_ids: frozenset[UUID] | None = None
    """Whose mails bounced recently; None before the first refresh."""
    _next: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._next = time.monotonic() + self.startup_seconds

    def refresh(self) -> None:
        """Read the status again if it is old. One thread reads, the others continue with the old status."""
        if time.monotonic() < self._next or not self._lock.acquire(blocking=False):
            return
        try:
            with self.units.begin(JobActor(SystemRole.STATUS)) as uow:
                at = now()
                found = process_status(uow, at)
            self.is_full_pass_overdue = found.last_full_pass is not None and at - found.last_full_pass > timedelta(
                seconds=FULL_PASS_SECONDS
            )
            self.has_clock_alarm = found.has_clock_alarm
            self.are_reminders_late, self.has_open_alarm, self.bounced_user_ids = (
                is_late(found, at),
                found.open_alarms > 0,
                found.bounced_user_ids,
            )
            self._next = time.monotonic() + self.refresh_seconds
        finally:
            self._lock.release()

    def may_have_bounced(self, user_id: UUID) -> bool:
        """Return whether mails to a person may have bounced, so that their pages must check it."""
        return self.bounced_user_ids is None or user_id in self.bounced_user_ids
