"""Signs of life: worker and beat each say every ten seconds, from their own process, that they run.

Each comes out of the loop that does the work, not out of a thread beside it, so a loop that hangs falls silent. A
connection is opened for each sign and closed again: the worker's main process forks, and shares none.
"""

import time
from typing import Any

import structlog
from celery import Celery, bootsteps
from celery.beat import Scheduler
from sqlalchemy import NullPool, create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import sessionmaker

from caseflow.access import JobActor
from caseflow.access.actor import SystemRole
from caseflow.db.sealing import KeyRing
from caseflow.features.monitoring.service import beat
from caseflow.sources import Sources
from caseflow.unit_of_work import Units

log = structlog.get_logger(__name__)
EVERY_SECONDS = 10.0
WATCHER = JobActor(SystemRole.WATCH)


class Pulse:
    """Writes the sign of life of one process, at most every ten seconds."""

    def __init__(self, app: Celery, name: str) -> None:
        settings = app.caseflow_settings
        self._name, self._next = name, 0.0
        engine = create_engine(
            settings.database_url, poolclass=NullPool, hide_parameters=True, connect_args={"connect_timeout": 2}
        )
        keys = KeyRing(settings.data_keys, settings.current_data_key)
        self._units = Units(
            sessionmaker(engine),
            keys,
            send=_no_jobs,
            sources=Sources(),
            facts_changed=_no_cases,
            owner_changed=_no_cases,
        )

    def __call__(self) -> None:
        """Say that the process lives. A database that is away is reported, and does not stop it."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + EVERY_SECONDS
        try:
            with self._units.begin(WATCHER) as uow:
                beat(uow, self._name)
        except SQLAlchemyError as error:
            log.warning("no_sign_of_life", process=self._name, error=type(error).__name__)


def _no_jobs(*_job: object) -> None:
    raise TypeError("a sign of life sends no jobs")


def _no_cases(*_case: object) -> None:
    raise TypeError("a sign of life touches no case")


class WorkerPulse(bootsteps.StartStopStep):  # type: ignore[misc]  # Celery publishes no types
    """Writes the worker's sign of life from the loop that receives jobs; begins again with every new connection."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, parent: Any, **options: Any) -> None:
        super().__init__(parent, **options)
        self._timer: Any = None

    def start(self, parent: Any) -> None:
        """Begin, once the worker receives jobs."""
        pulse = Pulse(parent.app, "worker")
        pulse()
        self._timer = parent.timer.call_repeatedly(EVERY_SECONDS, pulse)

    def stop(self, parent: Any) -> None:  # noqa: ARG002 - Celery's signature
        """Fall silent when the connection to the queue is lost."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


HEARTBEAT_STEPS = {WorkerPulse}


class Beat(Scheduler):  # type: ignore[misc]  # Celery publishes no types
    """The beat: in memory, because every entry is an interval and a missed one is made up by the next; with a sign of life."""

    def __init__(self, app: Celery, **options: Any) -> None:
        self._pulse = Pulse(app, "beat")
        super().__init__(app, **options)

    def setup_schedule(self) -> None:
        """Let everything be due at once: after a stop nothing waits for the first interval."""
        super().setup_schedule()
        for entry in self.data.values():
            entry.last_run_at -= entry.schedule.run_every

    def tick(self, *arguments: Any, **options: Any) -> float:
        """Send what is due and say how long to sleep, never beyond the next sign of life."""
        wait = super().tick(*arguments, **options)
        self._pulse()
        return min(float(wait), EVERY_SECONDS)
