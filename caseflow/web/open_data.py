"""What public pages read: open tables only, and at most once in `CACHE_LIFETIME`, for any number of requests."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, Generic, TypeVar, cast

from flask import current_app

from caseflow.access.actor import JobActor, SystemRole
from caseflow.clock import now
from caseflow.unit_of_work import UnitOfWork, Units
from caseflow.web.access import units

READER: Final = JobActor(SystemRole.REGISTER)
"""The role of public pages: it sees tables without cases."""
CACHE_LIFETIME: Final = timedelta(minutes=1)
"""How long what was read is used, so that public requests don't query the database."""

Data = TypeVar("Data")


class CachedData(Generic[Data]):
    """What was read last. It is replaced as a whole, so threads need no lock."""

    def __init__(self, read: Callable[[UnitOfWork], Data]) -> None:
        self._read = read
        self._cached: tuple[datetime, Data] | None = None

    def get(self, units: Units, at: datetime) -> Data:
        """Return the data, read again if the cached one is older than `CACHE_LIFETIME` (or the clock was set back)."""
        cached = self._cached
        if cached is None or not timedelta(0) <= at - cached[0] < CACHE_LIFETIME:
            with units.begin(READER) as uow:
                cached = self._cached = (at, self._read(uow))
        return cached[1]


def open_data(name: str, read: Callable[[UnitOfWork], Data]) -> Data:
    """Return what `read` returns, from the cache of this application with that name."""
    caches: dict[str, CachedData[Any]] = current_app.extensions.setdefault("caseflow.open_data", {})
    return cast("Data", caches.setdefault(name, CachedData(read)).get(units(), now()))
