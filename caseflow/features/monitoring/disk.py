"""Whether the database can still write, cached in each process: tried by writing, at most four times a minute.

A full disk lets small changes of existing rows through, such as heartbeats, while nearly every save fails. So what is tried is to
write something new.
"""

import time
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from caseflow.access import JobActor
from caseflow.access.actor import SystemRole
from caseflow.features.monitoring.queries import write_and_discard
from caseflow.unit_of_work import Units

log = structlog.get_logger(__name__)
REFRESH_SECONDS: Final = 15.0


@dataclass(slots=True)
class DiskCheck:
    """Whether the last try to write succeeded."""

    units: Units
    refresh_seconds: float = REFRESH_SECONDS
    _can_write: bool = True
    _next: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def can_write(self) -> bool:
        """Try to write if the last try is old, and return whether it succeeded."""
        with self._lock:
            if time.monotonic() >= self._next:
                self._can_write = self._try()
                self._next = time.monotonic() + self.refresh_seconds
            return self._can_write

    def _try(self) -> bool:
        try:
            with self.units.begin(JobActor(SystemRole.STATUS)) as uow:
                write_and_discard(uow)
        except SQLAlchemyError as error:
            log.warning("database_cannot_write", error=type(getattr(error, "orig", error)).__name__)
            return False
        return True
