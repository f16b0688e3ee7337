"""Whether reminders are late, an alarm is open, and whose mails come back: known to every page, and asked of the tables four times a minute.

Nothing here relies on the processes that may have stopped (threat_model.md, T7). In the first minute of its life a
process asks nothing: whoever starts everything at once finds no alarm about what is just starting.
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
from caseflow.features.monitoring.service import FULL_PASS_SECONDS, LATE_SECONDS
from caseflow.unit_of_work import Units

QUIET_SECONDS: Final = 60.0
KEPT_SECONDS: Final = 15.0
SILENT: Final = timedelta(minutes=5)
"""For so long worker or beat may be silent before people are told: a restart takes less."""


def is_late(seen: ProcessStatus, at: datetime) -> bool:
    """Tell whether something is late, or will be because nobody is there to send it."""
    if seen.oldest_unsent is not None and at - seen.oldest_unsent > timedelta(seconds=LATE_SECONDS):
        return True
    return any(process is None or at - process > SILENT for process in (seen.worker, seen.beat))


@dataclass(slots=True)
class StatusCache:
    """Looks now and then, for all pages of this process."""

    units: Units
    quiet_seconds: float = QUIET_SECONDS
    kept_seconds: float = KEPT_SECONDS
    finds_late: bool = False
    finds_alarm: bool = False
    finds_overdue_full_pass: bool = False
    returned_to: frozenset[UUID] | None = None
    """Whose mails came back lately; None before the first look."""
    _next: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._next = time.monotonic() + self.quiet_seconds

    def look(self) -> None:
        """Look, when the last look is old; one thread looks, the others go on with what was seen."""
        if time.monotonic() < self._next or not self._lock.acquire(blocking=False):
            return
        try:
            with self.units.begin(JobActor(SystemRole.MONITOR)) as uow:
                at = now()
                found = process_status(uow, at)
            self.finds_overdue_full_pass = found.last_full_pass is not None and at - found.last_full_pass > timedelta(
                seconds=FULL_PASS_SECONDS
            )
            self.finds_late, self.finds_alarm, self.returned_to = (
                is_late(found, at),
                found.open_alarms > 0,
                found.returned_to,
            )
            self._next = time.monotonic() + self.kept_seconds
        finally:
            self._lock.release()

    def may_have_returned(self, user_id: UUID) -> bool:
        """Tell whether it is worth asking if mails to a person come back: no page of anybody else asks."""
        return self.returned_to is None or user_id in self.returned_to
