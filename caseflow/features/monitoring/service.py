"""The service of monitoring: record heartbeats, check the health of the installation (`/health`), raise and end alarms.

It must be noticed when sweeps stop (docs/threat-model.md#time-loss-crash, T7), so nothing here relies on the processes
that it monitors.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
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
from caseflow.db.prepare import WEB
from caseflow.db.rights import unsafe_rights
from caseflow.features.monitoring import queries
from caseflow.models import AlarmKind
from caseflow.unit_of_work import UnitOfWork, Units

log = structlog.get_logger(__name__)
ALIVE_SECONDS = 60
"""A process whose last heartbeat is older is treated as stopped. Heartbeats come every ten seconds."""
LATE_SECONDS = 900
FULL_PASS_SECONDS = 36 * 3600
"""If no full pass over reminders has ended for longer, something is wrong. There is one each day."""
REDIS_SECONDS = 1.0
FAILURE_REPEAT = timedelta(days=1)
CLOCK_DIFFERENCE = timedelta(minutes=1)
"""By how much two clocks may differ, and a clock may be set. Time services keep servers within milliseconds."""
MOST_CLOCK_SECONDS = 2**31 - 1
"""What the column holds."""


@dataclass(frozen=True, slots=True)
class Health:
    """The health of the installation. Ages in seconds; None if there is no value, or it can't be read now."""

    database: bool
    redis: bool
    schema_is_current: bool
    rights_are_safe: bool
    """Whether row security binds the role that answers, and nothing lets it do more than it needs."""
    worker_seconds: int | None
    beat_seconds: int | None
    oldest_unsent_reminder_seconds: int | None
    last_full_pass_seconds: int | None = None
    """Since the last full pass over reminders ended."""
    can_write: bool = True
    """Whether the database can write something new: not when its disk is full."""
    open_alarms: int | None = None
    """Alarms that nobody has closed."""
    clock_difference_seconds: int | None = None
    """Between this server and the database."""

    @property
    def is_full_pass_overdue(self) -> bool:
        """Return whether no full pass over reminders has ended for a day and a half."""
        return (self.last_full_pass_seconds or 0) > FULL_PASS_SECONDS

    @property
    def is_well(self) -> bool:
        """Return whether everything runs, the clocks agree, and no alarm is open."""
        return self.is_running and not self.open_alarms and not self.is_clock_wrong

    @property
    def is_clock_wrong(self) -> bool:
        """Return whether the clocks of this server and the database differ."""
        return (self.clock_difference_seconds or 0) > CLOCK_DIFFERENCE.total_seconds()

    @property
    def is_running(self) -> bool:
        """Return whether everything runs that reminders need."""
        seen = (self.worker_seconds, self.beat_seconds)
        return (
            self.database
            and self.can_write
            and self.redis
            and self.schema_is_current
            and self.rights_are_safe
            and all(age is not None and age <= ALIVE_SECONDS for age in seen)
            and (self.oldest_unsent_reminder_seconds or 0) <= LATE_SECONDS
            and not self.is_full_pass_overdue
        )

    def as_json(self) -> dict[str, object]:
        """Return the body of `/health`."""
        return {"is_well": self.is_well, **asdict(self)}


def beat(uow: UnitOfWork, name: str) -> None:
    """Record a heartbeat of a process."""
    queries.write_heartbeat(uow, name, now())


def check_clock(uow: UnitOfWork, name: str, jump: timedelta) -> None:
    """Raise an alarm if the clock jumped, is not that of the database, or was ahead when the process had its last heartbeat.

    Call it before `beat`, which replaces that heartbeat. Dates and reminders are computed from the clock, so a person must look.
    """
    at, last = now(), queries.heartbeat(uow, name)
    was_ahead = last - at if last is not None else timedelta(0)
    found = max(abs(jump), abs(at - queries.database_time(uow)), was_ahead)
    if found > CLOCK_DIFFERENCE:
        log.error("clock_is_wrong", process=name, seconds=int(found.total_seconds()))
        seconds = min(int(found.total_seconds()), MOST_CLOCK_SECONDS)
        queries.raise_alarm(uow, AlarmKind.CLOCK, seconds, at, is_total=True)


def check_health(units: Units, redis_url: str, can_write: Callable[[], bool]) -> Health:
    """Check everything, in a transaction of its own. Reasons for failures go to the log, not to the answer."""
    try:
        with units.begin(JobActor(SystemRole.STATUS)) as uow:
            found = check_health_as(uow, redis_url)
        return replace(found, can_write=can_write())
    except SQLAlchemyError as error:
        log.warning("health_database", error=type(error).__name__)
        return Health(database=False, redis=_redis_answers(redis_url), schema_is_current=False, rights_are_safe=False, worker_seconds=None,
                      beat_seconds=None, oldest_unsent_reminder_seconds=None)  # fmt: skip


def check_health_as(uow: UnitOfWork, redis_url: str) -> Health:
    """Check everything as the actor of a unit of work: the monitoring job or an administrator."""
    at = now()
    seen = queries.process_status(uow, at)
    return Health(
        database=True,
        redis=_redis_answers(redis_url),
        schema_is_current=is_current(uow.session.connection()),
        rights_are_safe=_rights_are_safe(uow),
        worker_seconds=_age_of_heartbeat(at, seen.worker),
        beat_seconds=_age_of_heartbeat(at, seen.beat),
        oldest_unsent_reminder_seconds=_age(at, seen.oldest_unsent) or 0,
        last_full_pass_seconds=_age(at, seen.last_full_pass),
        open_alarms=seen.open_alarms,
        clock_difference_seconds=int(_clock_difference(uow).total_seconds()),
    )


def _clock_difference(uow: UnitOfWork) -> timedelta:
    """Return by how much the database's clock differs from ours at least; its answer may take a while."""
    asked, theirs, answered = now(), queries.database_time(uow), now()
    return max(asked - theirs, theirs - answered, timedelta(0))


def _rights_are_safe(uow: UnitOfWork) -> bool:
    problems = unsafe_rights(uow.session.connection(), WEB)
    for problem in problems:
        log.warning("health_rights", problem=problem)
    return not problems


def _age_of_heartbeat(at: datetime, then: datetime | None) -> int | None:
    """Return the age of a heartbeat; None if it is of a clock that was ahead, and would hide for as long that nothing runs."""
    return None if then is None or then - at > CLOCK_DIFFERENCE else _age(at, then)


def _age(at: datetime, then: datetime | None) -> int | None:
    return None if then is None else max(0, int((at - then).total_seconds()))


def _redis_answers(redis_url: str) -> bool:
    try:
        with Redis.from_url(redis_url, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS) as client:
            return bool(client.ping())
    except (RedisError, OSError) as error:
        log.warning("health_redis", error=type(error).__name__)
        return False


def raise_alarm(uow: UnitOfWork, kind: AlarmKind, number: int) -> None:
    """Raise an alarm for changes of a full pass that nothing explains, or increase the open one. Zero raises none."""
    if number:
        queries.raise_alarm(uow, kind, number, now())


def report_failures(uow: UnitOfWork, number: int) -> None:
    """Raise an alarm with the number of cases that failed. It is a total, as failed cases are tried again.

    After somebody has closed it, the same number raises no new alarm for a day.
    """
    at = now()
    if number > queries.known_failures(uow, at - FAILURE_REPEAT):
        queries.raise_alarm(uow, AlarmKind.FAILURES, number, at, is_total=True)


def end_alarm(uow: UnitOfWork, alarm_id: UUID) -> bool:
    """Close an alarm, and return whether it was open. Later findings raise a new one."""
    return queries.end_alarm(uow, alarm_id, now())
