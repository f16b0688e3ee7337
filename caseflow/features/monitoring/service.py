"""The verbs of monitoring: note signs of life, look how the whole is doing (what `/health` answers), raise and end alarms.

A sweep that has stopped must be noticed (threat_model.md, T7), so nothing here relies on the processes it watches.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from caseflow.access import JobActor
from caseflow.access.actor import SystemRole
from caseflow.clock import now
from caseflow.db.migrate import is_current
from caseflow.features.monitoring import queries
from caseflow.models import AlarmKind
from caseflow.unit_of_work import UnitOfWork, Units

log = structlog.get_logger(__name__)
ALIVE_SECONDS = 60
"""A process that has not been seen for longer is not well; each says every ten seconds that it lives."""
LATE_SECONDS = 900
FULL_PASS_SECONDS = 36 * 3600
"""The pass of the night over all reminders comes once a day; when none has ended for longer, somebody must look."""
REDIS_SECONDS = 1.0
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Health:
    """How the parts are doing. Ages in seconds; None for what was never seen, or can't be known now."""

    database: bool
    redis: bool
    schema_is_current: bool
    worker_seconds: int | None
    beat_seconds: int | None
    oldest_unsent_reminder_seconds: int | None
    last_full_pass_seconds: int | None = None
    """Since the last pass over all reminders ended."""
    open_alarms: int | None = None
    """What a pass of the night found and can't explain, and nobody has looked into yet."""

    @property
    def is_full_pass_overdue(self) -> bool:
        """Tell whether no pass over all reminders has ended for a day and a half."""
        return (self.last_full_pass_seconds or 0) > FULL_PASS_SECONDS

    @property
    def is_well(self) -> bool:
        """Tell whether everything runs, and no alarm waits for somebody to look."""
        return self.is_running and not self.open_alarms

    @property
    def is_running(self) -> bool:
        """Tell whether everything runs that reminders need."""
        seen = (self.worker_seconds, self.beat_seconds)
        return (
            self.database
            and self.redis
            and self.schema_is_current
            and all(age is not None and age <= ALIVE_SECONDS for age in seen)
            and (self.oldest_unsent_reminder_seconds or 0) <= LATE_SECONDS
            and not self.is_full_pass_overdue
        )

    def as_json(self) -> dict[str, object]:
        """Return the answer of `/health`."""
        return {"is_well": self.is_well, **asdict(self)}


def beat(uow: UnitOfWork, name: str) -> None:
    """Note that a process is alive."""
    queries.write_heartbeat(uow, name, now())


def look(units: Units, redis_url: str) -> Health:
    """Look at everything. What can't be reached is not well; why stands in the log, not in the answer."""
    try:
        with units.begin(JobActor(SystemRole.MONITOR)) as uow:
            return look_in(uow, redis_url)
    except SQLAlchemyError as error:
        log.warning("health_database", error=type(error).__name__)
        return Health(database=False, redis=_answers(redis_url), schema_is_current=False, worker_seconds=None, beat_seconds=None,
                      oldest_unsent_reminder_seconds=None)  # fmt: skip


def look_in(uow: UnitOfWork, redis_url: str) -> Health:
    """Look at everything in the name of whoever acts: the job of the watch, or an administrator."""
    at = now()
    seen = queries.process_status(uow, at)
    return Health(
        database=True,
        redis=_answers(redis_url),
        schema_is_current=is_current(uow.session.connection()),
        worker_seconds=_age(at, seen.worker),
        beat_seconds=_age(at, seen.beat),
        oldest_unsent_reminder_seconds=_age(at, seen.oldest_unsent) or 0,
        last_full_pass_seconds=_age(at, seen.last_full_pass),
        open_alarms=seen.open_alarms,
    )


def _age(at: datetime, then: datetime | None) -> int | None:
    return None if then is None else max(0, int((at - then).total_seconds()))


def _answers(redis_url: str) -> bool:
    try:
        with Redis.from_url(redis_url, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS) as client:
            return bool(client.ping())
    except (RedisError, OSError) as error:
        log.warning("health_redis", error=type(error).__name__)
        return False


def raise_alarm(uow: UnitOfWork, kind: AlarmKind, number: int) -> None:
    """Let administrators know of what a pass found and can't explain; one that is open already grows."""
    if number:
        queries.raise_alarm(uow, kind, number, now())


def report_failures(uow: UnitOfWork, number: int) -> None:
    """Let administrators know how many cases could not be worked through. They are tried again and again: each counts once.

    When somebody has looked, the same number rings no more before the next day.
    """
    at = now()
    if number > queries.failures_seen(uow, at - A_DAY):
        queries.raise_alarm(uow, AlarmKind.FAILURES, number, at, is_total=True)


def end_alarm(uow: UnitOfWork, alarm_id: UUID) -> bool:
    """Say that one has looked into an alarm; False when somebody had already. What is found from now on is a new one."""
    return queries.end_alarm(uow, alarm_id, now())
