"""Heartbeats: worker and beat each record every ten seconds that they run.

The heartbeat is written by the main loop and not by a thread, so that it stops when the loop hangs. Each opens and closes
a connection of its own, because the worker's main process forks and connections can't be shared.
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
from caseflow.clock import JumpingClock
from caseflow.db.sealing import KeyRing
from caseflow.features.monitoring.service import beat, check_clock
from caseflow.sources import Sources
from caseflow.unit_of_work import Units

log = structlog.get_logger(__name__)
EVERY_SECONDS = 10.0
HEARTBEAT_ACTOR = JobActor(SystemRole.MONITOR)


class HeartbeatWriter:
    """Writes the heartbeat of one process, at most every ten seconds."""

    def __init__(self, app: Celery, name: str) -> None:
        settings = app.caseflow_settings
        self._name, self._next, self._clock = name, 0.0, JumpingClock()
        engine = create_engine(
            settings.database_url, poolclass=NullPool, hide_parameters=True, connect_args={"connect_timeout": 2}
        )
        keys = KeyRing(settings.data_keys, settings.current_data_key)
        self._units = Units(
            sessionmaker(engine),
            keys,
            send=_refuse_jobs,
            sources=Sources(),
            facts_changed=_refuse_cases,
            owner_changed=_refuse_cases,
        )

    def __call__(self) -> None:
        """Write the heartbeat if it is due. An unreachable database is logged, and does not stop the process."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + EVERY_SECONDS
        try:
            with self._units.begin(HEARTBEAT_ACTOR) as uow:
                check_clock(uow, self._name, self._clock.jump())
                beat(uow, self._name)
        except SQLAlchemyError as error:
            log.warning("heartbeat_failed", process=self._name, error=type(error).__name__)


def _refuse_jobs(*_job: object) -> None:
    raise TypeError("a heartbeat sends no jobs")


def _refuse_cases(*_case: object) -> None:
    raise TypeError("a heartbeat changes no case")


class WorkerHeartbeat(bootsteps.StartStopStep):  # type: ignore[misc]  # Celery publishes no types
    """Writes the worker's heartbeat from the loop that receives jobs; restarted with every connection to the queue."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, parent: Any, **options: Any) -> None:
        super().__init__(parent, **options)
        self._timer: Any = None

    def start(self, parent: Any) -> None:
        """Start when the worker receives jobs."""
        write = HeartbeatWriter(parent.app, "worker")
        write()
        self._timer = parent.timer.call_repeatedly(EVERY_SECONDS, write)

    def stop(self, parent: Any) -> None:  # noqa: ARG002 - Celery's signature
        """Stop when the connection to the queue is lost."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


HEARTBEAT_STEPS = {WorkerHeartbeat}


class Beat(Scheduler):  # type: ignore[misc]  # Celery publishes no types
    """The beat, with a heartbeat. The schedule is in memory: all entries are intervals, so a missed one does not matter."""

    def __init__(self, app: Celery, **options: Any) -> None:
        self._heartbeat = HeartbeatWriter(app, "beat")
        super().__init__(app, **options)

    def setup_schedule(self) -> None:
        """Make every entry due at once, so that nothing waits for the first interval after a restart."""
        super().setup_schedule()
        for entry in self.data.values():
            entry.last_run_at -= entry.schedule.run_every

    def tick(self, *arguments: Any, **options: Any) -> float:
        """Send what is due; return the seconds to sleep, at most until the next heartbeat."""
        wait = super().tick(*arguments, **options)
        self._heartbeat()
        return min(float(wait), EVERY_SECONDS)
